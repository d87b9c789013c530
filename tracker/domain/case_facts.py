"""What is true of a case, as the workflow asks it: flags derived from the log and from what is attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.case_log import EntryType, LogEntry, effective
from tracker.domain.stages import Stage, stage_of
from tracker.domain.vocabulary import N_


class Fact(StrEnum):
    """Something an action may demand, or that may forbid it."""

    COMPLETE = "complete"
    ASSIGNED = "assigned"
    CORRECTION_ASKED = "correction_asked"
    CONSULTATION_OPEN = "consultation_open"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    JUSTIFICATION_OPEN = "justification_open"
    JUSTIFIED = "justified"
    SECRECY_REVIEWED = "secrecy_reviewed"
    SEARCHED = "searched"
    SEARCH_TASK_OPEN = "search_task_open"
    DRAFTED = "drafted"
    DISCLOSES = "discloses"
    SEALED = "sealed"
    MAIL_RETURNED = "mail_returned"
    DELIVERY_PROOF = "delivery_proof"
    LAPSE_LETTER = "lapse_letter"
    HELD = "held"
    CHASE_OPEN = "chase_open"
    ADVICE_OPEN = "advice_open"
    CHALLENGE_OPEN = "challenge_open"
    CHALLENGE_UNANSWERED = "challenge_unanswered"
    DESTROYED = "destroyed"


FACT_NAMES: dict[Fact, str] = {
    Fact.COMPLETE: N_("登记信息完整"),
    Fact.ASSIGNED: N_("已分办到人"),
    Fact.CORRECTION_ASKED: N_("已告知补正"),
    Fact.CONSULTATION_OPEN: N_("有尚未收回的征求意见"),
    Fact.EXTENSION_ASKED: N_("已提出延期申请"),
    Fact.EXTENDED: N_("已延期"),
    Fact.JUSTIFICATION_OPEN: N_("已要求说明理由"),
    Fact.JUSTIFIED: N_("申请人已说明理由"),
    Fact.SECRECY_REVIEWED: N_("保密审查已完成"),
    Fact.SEARCHED: N_("检索记录"),
    Fact.SEARCH_TASK_OPEN: N_("待答复的协查任务"),
    Fact.DRAFTED: N_("答复稿"),
    Fact.DISCLOSES: N_("拟公开信息"),
    Fact.SEALED: N_("已用印"),
    Fact.MAIL_RETURNED: N_("邮件已退回"),
    Fact.DELIVERY_PROOF: N_("送达凭证"),
    Fact.LAPSE_LETTER: N_("视为放弃告知书"),
    Fact.HELD: N_("涉诉保全"),
    Fact.CHASE_OPEN: N_("待答复的督办单"),
    Fact.ADVICE_OPEN: N_("待答复的咨询"),
    Fact.CHALLENGE_OPEN: N_("尚未审结的复议、诉讼"),
    Fact.CHALLENGE_UNANSWERED: N_("尚未答复（答辩）的复议、诉讼"),
    Fact.DESTROYED: N_("案卷已经销毁"),
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Stage and flags of one case: all that decides what may be done next."""

    stage: Stage
    flags: frozenset[Fact]

    def __contains__(self, fact: Fact) -> bool:
        return fact in self.flags


_SETS: dict[EntryType, Fact] = {
    EntryType.ASSIGNED: Fact.ASSIGNED,
    EntryType.CORRECTION_REQUESTED: Fact.CORRECTION_ASKED,
    EntryType.EXTENSION_REQUESTED: Fact.EXTENSION_ASKED,
    EntryType.EXTENDED: Fact.EXTENDED,
    EntryType.JUSTIFICATION_REQUESTED: Fact.JUSTIFICATION_OPEN,
    EntryType.JUSTIFIED: Fact.JUSTIFIED,
    EntryType.SECRECY_REVIEWED: Fact.SECRECY_REVIEWED,
    EntryType.SEARCH_RECORDED: Fact.SEARCHED,
    EntryType.DRAFTED: Fact.DRAFTED,
    EntryType.SEALED: Fact.SEALED,
    EntryType.MAIL_RETURNED: Fact.MAIL_RETURNED,
    EntryType.FILE_DESTROYED: Fact.DESTROYED,
}

_WORK_OF_A_RUN = frozenset(
    {
        Fact.SECRECY_REVIEWED,
        Fact.SEARCHED,
        Fact.DRAFTED,
        Fact.SEALED,
        Fact.EXTENSION_ASKED,
        Fact.EXTENDED,
        Fact.JUSTIFICATION_OPEN,
        Fact.JUSTIFIED,
        Fact.MAIL_RETURNED,
    }
)

_CLEARS: dict[EntryType, frozenset[Fact]] = {
    EntryType.CORRECTED: frozenset({Fact.EXTENDED, Fact.EXTENSION_ASKED}),
    EntryType.FEE_PAID: frozenset({Fact.EXTENDED, Fact.EXTENSION_ASKED}),
    EntryType.EXTENDED: frozenset({Fact.EXTENSION_ASKED}),
    EntryType.EXTENSION_REFUSED: frozenset({Fact.EXTENSION_ASKED}),
    EntryType.JUSTIFIED: frozenset({Fact.JUSTIFICATION_OPEN}),
    EntryType.REPLY_VOIDED: frozenset({Fact.DRAFTED, Fact.SEALED}),
    EntryType.REDISPATCHED: frozenset({Fact.MAIL_RETURNED}),
    EntryType.DELIVERED: frozenset({Fact.MAIL_RETURNED}),
    EntryType.ORDERED_ANEW: _WORK_OF_A_RUN,
}
"""A correction or a payment begins a new run in which an extension may be asked again (law: the earlier one is void);
an order for a new reply asks for new work altogether."""

_SPAN = {EntryType.SUSPENDED: 1, EntryType.RESUMED: -1}


def facts_of(log: Sequence[LogEntry], extra: frozenset[Fact] = frozenset()) -> CaseFacts:
    """Flags that follow from the log; ``extra`` are those that live elsewhere (completeness, attached proof, hold)."""
    flags: set[Fact] = set(extra)
    open_spans = 0
    open_chases: set[int] = set()
    open_questions: set[int] = set()
    open_tasks: set[int] = set()
    challenged: dict[Fact, set[int]] = {Fact.CHALLENGE_OPEN: set(), Fact.CHALLENGE_UNANSWERED: set()}
    for entry in sorted(effective(log), key=lambda e: e.seq):
        flags -= _CLEARS.get(entry.type, frozenset())
        if entry.type in _SETS:
            flags.add(_SETS[entry.type])
        open_spans = max(0, open_spans + _SPAN.get(entry.type, 0))
        _follow_chase(entry, open_chases)
        _follow_question(entry, open_questions)
        _follow_task(entry, open_tasks)
        _follow_challenge(entry, challenged)
    flags |= {fact for fact, numbers in challenged.items() if numbers}
    if open_chases:
        flags.add(Fact.CHASE_OPEN)
    if open_tasks:
        flags.add(Fact.SEARCH_TASK_OPEN)
    if open_questions:
        flags.add(Fact.ADVICE_OPEN)
    if open_spans:
        flags.add(Fact.CONSULTATION_OPEN)
    return CaseFacts(stage=stage_of(log), flags=frozenset(flags))


def _follow_chase(entry: LogEntry, waiting: set[int]) -> None:
    """Keep which 督办单 wait for an answer; reminders from before there were slips ask for none."""
    number = entry.details.get("chase_id")
    if number is None:
        return
    if entry.type is EntryType.CHASED:
        waiting.add(number)
    elif entry.type is EntryType.CHASE_ANSWERED:
        waiting.discard(number)


def _follow_task(entry: LogEntry, waiting: set[int]) -> None:
    """Keep which 协查任务 wait for an answer; a search somebody recorded by himself answers none."""
    number = entry.details.get("task_id")
    if number is None:
        return
    if entry.type is EntryType.SEARCH_ASKED:
        waiting.add(number)
    elif entry.type in (EntryType.SEARCH_RECORDED, EntryType.SEARCH_WITHDRAWN):
        waiting.discard(number)


def _follow_question(entry: LogEntry, waiting: set[int]) -> None:
    """Keep which questions to the legal advisor wait for an answer."""
    number = entry.details.get("question_id")
    if number is None:
        return
    if entry.type is EntryType.ADVICE_ASKED:
        waiting.add(number)
    elif entry.type is EntryType.ADVICE_GIVEN:
        waiting.discard(number)


_ENDS_CHALLENGE: dict[EntryType, tuple[Fact, ...]] = {
    EntryType.CHALLENGE_ANSWERED: (Fact.CHALLENGE_UNANSWERED,),
    EntryType.CHALLENGE_CLOSED: (Fact.CHALLENGE_OPEN, Fact.CHALLENGE_UNANSWERED),
}


def _follow_challenge(entry: LogEntry, waiting: dict[Fact, set[int]]) -> None:
    """Keep which challenges wait for the organ's answer, and which for their result."""
    number = entry.details.get("challenge_id")
    if number is None:
        return
    if entry.type is EntryType.CHALLENGED:
        for numbers in waiting.values():
            numbers.add(number)
    for fact in _ENDS_CHALLENGE.get(entry.type, ()):
        waiting[fact].discard(number)
