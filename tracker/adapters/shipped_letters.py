"""The standard wording as shipped with the program."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "letters"


def read_shipped_letters() -> dict[str, str]:
    """Source of every shipped document by its key."""
    return {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml"))}
