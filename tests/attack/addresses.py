"""``python -m tests.attack.addresses BASE ROLE``: addresses with parameters, one of each shape, for sqlmap."""

from __future__ import annotations

import sys

from tests.attack.site import Site, shape

PAGES, MOST = 120, 12

if __name__ == "__main__":
    base, role = sys.argv[1:]
    paths, _ = Site(base, role).crawl(PAGES)
    found = {shape(path): path for path in paths if "?" in path and ".xlsx" not in path}
    for path in list(found.values())[:MOST]:
        print(base + path)
    print(f"{base}/search?q=1" if role != "administrator" else f"{base}/organs?q=1")
