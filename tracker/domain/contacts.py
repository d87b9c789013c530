"""电话、来访: the ways in which people and the office speak with one another, each kept as evidence."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class Manner(StrEnum):
    """Who went to whom."""

    CALL_OUT = "call_out"
    CALL_IN = "call_in"
    VISIT = "visit"


MANNER_NAMES: dict[Manner, str] = {
    Manner.CALL_OUT: N_("去电"),
    Manner.CALL_IN: N_("来电"),
    Manner.VISIT: N_("来访"),
}
