"""Copies of anchors outside the database: a file that is only added to, and the log of the machine."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

log = logging.getLogger("tracker.anchors")


class AnchorFile:
    """One line of JSON an anchor. Put it on another disk, or let it be collected: it is to outlive the database."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, anchor: Mapping[str, Any]) -> None:
        """Add a copy and tell the log (and with it the audit server, where there is one)."""
        log.info("anchor", extra={"fields": dict(anchor)})
        line = json.dumps(dict(anchor), sort_keys=True) + "\n"
        with open(
            os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a", encoding="utf-8"
        ) as out:
            out.write(line)

    def read(self) -> list[dict[str, Any]]:
        """The copies there are; a line that is none counts as a copy that says nothing right."""
        try:
            lines = self._path.read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [_read(line) for line in lines if line.strip()]


class NoAnchorFile:
    """Copies go nowhere."""

    def write(self, anchor: Mapping[str, Any]) -> None:
        """Keep nothing."""

    def read(self) -> list[dict[str, Any]]:
        """Nothing was kept."""
        return []


def _read(line: str) -> dict[str, Any]:
    try:
        held = json.loads(line)
        return held if isinstance(held, dict) and "anchor" in held else {"anchor": "1970-01-01"}
    except ValueError:
        return {"anchor": "1970-01-01"}
