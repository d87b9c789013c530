"""The digest that chains a log, on the written form of its entries: the same here, in a package, and anywhere else."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

GENESIS = "0" * 64
"""What stands before the first entry of every chain."""

FIELDS = (
    "case",
    "seq",
    "schema",
    "type",
    "on",
    "at",
    "actor",
    "person",
    "text",
    "calendar",
    "details",
)
"""What an entry is digested as. Texts enter by reference, so erasing one leaves the chain whole."""

_WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_entry(content: Mapping[str, Any], previous: str) -> str:
    """SHA-256 over the previous digest and the fields of the entry, days and instants as ISO texts."""
    kept = {name: content[name] for name in FIELDS}
    return hashlib.sha256((previous + _WRITTEN.encode(kept)).encode()).hexdigest()


def first_break(entries: Iterable[Mapping[str, Any]]) -> int | None:
    """Place of the first written entry whose ``digest``, or whose place in the row, is not what it should be."""
    previous = GENESIS
    for place, entry in enumerate(entries, start=1):
        if entry.get("seq") != place or entry.get("digest") != digest_of_entry(entry, previous):
            return place
        previous = str(entry["digest"])
    return None
