"""``python -m tests.attack.cookie BASE ROLE FILE``: sign in and hand the cookies to a scanner."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.attack.site import Site

if __name__ == "__main__":
    base, role, where = sys.argv[1:]
    cookies = Site(base, role).cookies
    host = urlsplit(base).hostname or ""
    held = {
        name: {"expires": None, "port": None, "secure": False, "value": value, "version": 0}
        for name, value in cookies.items()
    }
    Path(where).write_text(json.dumps({f".{host}" if not host[0].isdigit() else host: {"/": held}}), "utf-8")
    print("; ".join(f"{name}={value}" for name, value in cookies.items()))
