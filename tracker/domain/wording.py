"""Small repairs of what people type before it goes into an official sentence."""

from __future__ import annotations


def unended(text: str) -> str:
    """Without the stop at its end: the letter's wording puts its own."""
    return text.strip().rstrip("。；，、.;, ")
