"""The digest of a frozen list of materials: it stands in the log, so the chain vouches for the list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any


def digest_of_contents(contents: Sequence[Mapping[str, Any]]) -> str:
    """SHA-256 of a list as it is stored."""
    text = json.dumps(list(contents), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
