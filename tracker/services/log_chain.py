"""The chain of digests over a case's log: changing or removing an entry breaks it, erasing a text does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tracker.models import StoredEntry

GENESIS = "0" * 64
"""What stands before the first entry of every chain."""


_DIGESTED = {
    "case": "case_id",
    "seq": "seq",
    "schema": "schema_version",
    "type": "type",
    "on": "happened_on",
    "at": "recorded_at",
    "actor": "actor_id",
    "person": "named_person_id",
    "text": "text_id",
    "calendar": "calendar_version",
    "details": "details",
}
"""What an entry is digested as, and the column it is kept in."""

_WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_digest(row: StoredEntry, previous_digest: str) -> str:
    """The digest of a stored entry; see ``digest_of``."""
    return digest_of({name: getattr(row, name) for name in _DIGESTED.values()}, previous_digest)


def digest_of(values: Mapping[str, Any], previous_digest: str) -> str:
    """SHA-256 over the previous digest and everything the entry's columns say; texts enter by reference, so erasing a
    text leaves the chain whole."""
    content = {name: values[column] for name, column in _DIGESTED.items()}
    content["on"] = content["on"].isoformat()
    content["at"] = content["at"].isoformat(timespec="microseconds")
    return hashlib.sha256((previous_digest + _WRITTEN.encode(content)).encode()).hexdigest()
