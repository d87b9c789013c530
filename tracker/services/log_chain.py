"""The chain of digests over a case's log: changing or removing an entry breaks it, erasing a text does not."""

from __future__ import annotations

import hashlib
import json

from tracker.models import StoredEntry

GENESIS = "0" * 64
"""What stands before the first entry of every chain."""


def entry_digest(row: StoredEntry, previous_digest: str) -> str:
    """SHA-256 over the previous digest and everything the entry says; texts enter by reference, so erasing a text
    leaves the chain whole."""
    content = {
        "case": row.case_id,
        "seq": row.seq,
        "schema": row.schema_version,
        "type": row.type,
        "on": row.happened_on.isoformat(),
        "at": row.recorded_at.isoformat(timespec="microseconds"),
        "actor": row.actor_id,
        "person": row.named_person_id,
        "text": row.text_id,
        "calendar": row.calendar_version,
        "details": row.details,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous_digest + canonical).encode()).hexdigest()
