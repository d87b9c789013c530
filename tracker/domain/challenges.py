"""行政复议、行政诉讼: who challenges a reply by which way, how it ended, and which period the organ has to answer."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.clock_kinds import ClockKind
from tracker.domain.vocabulary import N_


class ChallengeKind(StrEnum):
    """The three groups of table 4 (国办公开办函〔2021〕30号)."""

    RECONSIDERATION = "reconsideration"
    DIRECT_SUIT = "direct_suit"
    SUIT_AFTER_RECONSIDERATION = "suit_after_reconsideration"

    @property
    def is_suit(self) -> bool:
        """Whether a court decides."""
        return self is not ChallengeKind.RECONSIDERATION


CHALLENGE_KIND_NAMES: dict[ChallengeKind, str] = {
    ChallengeKind.RECONSIDERATION: N_("行政复议"),
    ChallengeKind.DIRECT_SUIT: N_("行政诉讼（未经复议直接起诉）"),
    ChallengeKind.SUIT_AFTER_RECONSIDERATION: N_("行政诉讼（复议后起诉）"),
}


class ChallengeResult(StrEnum):
    """How a challenge ended. Until it has, it is 尚未审结."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"


CHALLENGE_RESULT_NAMES: dict[ChallengeResult, str] = {
    ChallengeResult.UPHELD: N_("结果维持"),
    ChallengeResult.CORRECTED: N_("结果纠正"),
    ChallengeResult.OTHER: N_("其他结果"),
}
PENDING_NAME = N_("尚未审结")

ANSWER_CLOCKS: frozenset[ClockKind] = frozenset(
    {
        ClockKind.RECONSIDERATION_ANSWER,
        ClockKind.RECONSIDERATION_ANSWER_SIMPLE,
        ClockKind.LITIGATION_ANSWER,
    }
)
"""The organ's own periods as respondent; they run whether or not the reply clock has stopped."""


def answer_clock_of(kind: ChallengeKind, *, simplified: bool) -> ClockKind:
    """The organ's period to answer: 10 working days, 5 in the simplified procedure, 15 days before a court."""
    if kind.is_suit:
        return ClockKind.LITIGATION_ANSWER
    return ClockKind.RECONSIDERATION_ANSWER_SIMPLE if simplified else ClockKind.RECONSIDERATION_ANSWER
