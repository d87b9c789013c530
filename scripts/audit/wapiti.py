"""Debian's wapiti 3.0.4, whose patterns Python 3.11 refuses, with that one function mended (/usr/bin/python3)."""

from __future__ import annotations

import fnmatch
import re

import wapitiCore.net.crawler as crawler  # type: ignore[import-not-found]
from wapitiCore.main.wapiti import wapiti_main  # type: ignore[import-not-found]

crawler.wildcard_translate = lambda pattern: re.compile(fnmatch.translate(pattern))
wapiti_main()
