"""Wait until the web server answers: ``wait_until_up.py URL PID``. Exit 1 when it ends first or takes too long."""

from __future__ import annotations

import os
import sys
import time
import urllib.error
import urllib.request

PATIENCE_SECONDS = 60


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def main(url: str, pid: int) -> int:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at and alive(pid):
        if answers(url) and alive(pid):
            return 0
        time.sleep(0.2)
    print(
        f"网站没有启动，端口可能被占用 / the site did not start, the port may be taken: {url}",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
