"""办理环节: where a case stands in the work, derived from its log and never set by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.vocabulary import N_


class Stage(StrEnum):
    """One station between the mail room and the archive."""

    REGISTERED = "registered"
    AWAITING_CORRECTION = "awaiting_correction"
    PROCESSING = "processing"
    AWAITING_PAYMENT = "awaiting_payment"
    DRAFTING = "drafting"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    APPROVED = "approved"
    SIGNED = "signed"
    DISPATCHED = "dispatched"
    DELIVERED = "delivered"
    ABANDONED = "abandoned"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"


STAGE_NAMES: dict[Stage, str] = {
    Stage.REGISTERED: N_("待初审"),
    Stage.AWAITING_CORRECTION: N_("待补正"),
    Stage.PROCESSING: N_("办理中"),
    Stage.AWAITING_PAYMENT: N_("待缴费"),
    Stage.DRAFTING: N_("拟稿中"),
    Stage.UNDER_REVIEW: N_("审查中"),
    Stage.RETURNED: N_("退回修改"),
    Stage.APPROVED: N_("待签发"),
    Stage.SIGNED: N_("待寄发"),
    Stage.DISPATCHED: N_("待送达"),
    Stage.DELIVERED: N_("待归档"),
    Stage.ABANDONED: N_("视为放弃"),
    Stage.WITHDRAWN: N_("已撤回"),
    Stage.ARCHIVED: N_("已归档"),
}

IN_HAND = frozenset({Stage.PROCESSING, Stage.DRAFTING, Stage.RETURNED})
"""Being worked on by the handler."""

WITH_REPLY_DRAFT = frozenset(
    {Stage.DRAFTING, Stage.UNDER_REVIEW, Stage.RETURNED, Stage.APPROVED, Stage.SIGNED}
)
"""A draft reply is on its way."""

BEFORE_REPLY = frozenset(
    {
        Stage.REGISTERED,
        Stage.AWAITING_CORRECTION,
        Stage.PROCESSING,
        Stage.AWAITING_PAYMENT,
        Stage.DRAFTING,
        Stage.UNDER_REVIEW,
        Stage.RETURNED,
        Stage.APPROVED,
        Stage.SIGNED,
    }
)
"""Open: no reply has left the organ and nothing else has ended the request."""

ENDED = frozenset({Stage.DISPATCHED, Stage.DELIVERED, Stage.ABANDONED, Stage.WITHDRAWN, Stage.ARCHIVED})
"""The reply clock has stopped."""

_ANY = frozenset(Stage)
_OPEN = BEFORE_REPLY

MOVES: dict[EntryType, tuple[frozenset[Stage], Stage]] = {
    EntryType.RECEIVED: (frozenset(), Stage.REGISTERED),
    EntryType.ACCEPTED: (frozenset({Stage.REGISTERED}), Stage.PROCESSING),
    EntryType.CORRECTION_REQUESTED: (
        frozenset({Stage.REGISTERED, Stage.PROCESSING, Stage.DRAFTING, Stage.RETURNED}),
        Stage.AWAITING_CORRECTION,
    ),
    EntryType.CORRECTED: (frozenset({Stage.AWAITING_CORRECTION}), Stage.PROCESSING),
    EntryType.FEE_NOTIFIED: (
        frozenset({Stage.REGISTERED, Stage.PROCESSING, Stage.DRAFTING, Stage.RETURNED}),
        Stage.AWAITING_PAYMENT,
    ),
    EntryType.FEE_PAID: (frozenset({Stage.AWAITING_PAYMENT}), Stage.PROCESSING),
    EntryType.DRAFTED: (
        frozenset({Stage.REGISTERED, Stage.PROCESSING, Stage.RETURNED, Stage.UNDER_REVIEW, Stage.APPROVED}),
        Stage.DRAFTING,
    ),
    EntryType.SUBMITTED: (frozenset({Stage.DRAFTING, Stage.RETURNED}), Stage.UNDER_REVIEW),
    EntryType.REVIEW_APPROVED: (frozenset({Stage.UNDER_REVIEW, Stage.DRAFTING}), Stage.APPROVED),
    EntryType.REVIEW_RETURNED: (frozenset({Stage.UNDER_REVIEW}), Stage.RETURNED),
    EntryType.REVIEW_WAIVED: (frozenset({Stage.UNDER_REVIEW}), Stage.APPROVED),
    EntryType.SIGN_OFF_RETURNED: (frozenset({Stage.APPROVED}), Stage.RETURNED),
    EntryType.SIGNED_OFF: (frozenset({Stage.APPROVED}), Stage.SIGNED),
    EntryType.REPLY_VOIDED: (frozenset({Stage.SIGNED}), Stage.PROCESSING),
    EntryType.DISPATCHED: (_OPEN, Stage.DISPATCHED),
    EntryType.DELIVERED: (frozenset({Stage.DISPATCHED}), Stage.DELIVERED),
    EntryType.ABANDONED: (_OPEN, Stage.ABANDONED),
    EntryType.WITHDRAWN: (_OPEN, Stage.WITHDRAWN),
    EntryType.ARCHIVED: (frozenset({Stage.DELIVERED, Stage.ABANDONED, Stage.WITHDRAWN}), Stage.ARCHIVED),
    EntryType.ORDERED_ANEW: (ENDED, Stage.PROCESSING),
}
"""Entry → (stages it moves a case out of, stage it moves to). An entry recorded elsewhere is a fact without a move."""


def stage_of(log: Sequence[LogEntry]) -> Stage:
    """Where the case stands: its effective entries in the order they were recorded.

    The order of recording is meant, not that of law: a telephone call of last week noted today moves nothing, and a
    correction notice recorded late does not pull back a reply that is already out.
    """
    return standing_of(log)[0]


def standing_of(log: Sequence[LogEntry]) -> tuple[Stage, date | None]:
    """The stage, and since which day of law the case has stood at it (None for an empty log).

    What does not change the stage does not begin it anew: a second draft or a note leaves the day as it is.
    """
    stage, since = Stage.REGISTERED, None
    for entry in sorted(effective(log), key=lambda e: e.seq):
        move = MOVES.get(entry.type)
        if since is None:
            since = entry.on
        if move and stage in move[0] and move[1] is not stage:
            stage, since = move[1], entry.on
    return stage, since
