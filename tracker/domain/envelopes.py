"""一封多件: one envelope with several requests: by which channels, and how their words are read."""

from __future__ import annotations

from tracker.domain.request_terms import Channel

MOST_AT_ONCE = 30
"""Requests of one envelope that are registered in one go."""

IN_ONE_ENVELOPE: frozenset[Channel] = frozenset(
    {Channel.IN_PERSON, Channel.ORAL, Channel.REGISTERED_MAIL, Channel.ORDINARY_MAIL}
)
"""Channels by which several papers come at once, with one day of receipt for all. Portal, mail and fax take in each by
itself, with a moment of its own."""


def descriptions_of(text: str) -> tuple[str, ...]:
    """One request a line, blank lines left out. The same words twice are two requests: whether one repeats the other
    (Art 36(6)) is for the reply to say."""
    return tuple(line for line in (" ".join(raw.split()) for raw in text.splitlines()) if line)
