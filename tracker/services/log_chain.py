"""The chain of digests over a case's log: changing or removing an entry breaks it, erasing a text does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tracker.domain.log_digest import GENESIS
from tracker.models import StoredEntry

__all__ = ["DIGESTED", "GENESIS", "as_fields", "digest_of", "entry_digest", "written"]

DIGESTED = {
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
    return digest_of({name: getattr(row, name) for name in DIGESTED.values()}, previous_digest)


def as_fields(row: StoredEntry) -> dict[str, Any]:
    """A stored entry as the fields its digest is taken over, days and instants as texts: what a package holds."""
    fields = {name: getattr(row, column) for name, column in DIGESTED.items()}
    fields["on"] = row.happened_on.isoformat()
    fields["at"] = row.recorded_at.isoformat(timespec="microseconds")
    return fields


def digest_of(values: Mapping[str, Any], previous_digest: str) -> str:
    """SHA-256 over the previous digest and everything the entry's columns say; texts enter by reference, so erasing a
    text leaves the chain whole."""
    return hashlib.sha256((previous_digest + written(values)).encode()).hexdigest()


def written(values: Mapping[str, Any]) -> str:
    """The columns an entry is digested as: one JSON object, its names in order, no blanks. Written out by hand, for a
    register brings hundreds of thousands of entries; a test holds it against what ``json`` makes of the same."""
    number = _number
    details = values["details"]
    return (
        f'{{"actor":{number(values["actor_id"])},"at":"{values["recorded_at"].isoformat(timespec="microseconds")}"'
        f',"calendar":{number(values["calendar_version"])},"case":{number(values["case_id"])}'
        f',"details":{"{}" if details == {} else _WRITTEN.encode(details)},"on":"{values["happened_on"].isoformat()}"'
        f',"person":{number(values["named_person_id"])},"schema":{number(values["schema_version"])}'
        f',"seq":{number(values["seq"])},"text":{number(values["text_id"])},"type":{_word(values["type"])}}}'
    )


def _number(value: int | None) -> str:
    return "null" if value is None else str(value)


@lru_cache(maxsize=100)
def _word(value: str) -> str:
    return _WRITTEN.encode(value)
