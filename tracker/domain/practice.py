"""练习件: a request that never was, walked through by the same rules as a real one, and counted nowhere.

It is a log like any other, so stage, offers, due date and breaches come from the very functions that judge real cases;
but it is kept apart from them, under a number of its own form, and all its days are supposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_facts import CaseFacts, Fact, facts_of
from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause
from tracker.domain.clock import Breach, Preview, Reading, fold, preview
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action, Rule, is_offered, missing_facts

MOST_AT_ONCE = 5
"""Practice cases one person keeps at a time."""

MOST_ACTS = 60
_ASKED = "practice"
_GIVEN = frozenset({Fact.COMPLETE, Fact.DELIVERY_PROOF, Fact.LAPSE_LETTER})
"""What a real case proves by files: here it is taken as given, for there are none."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One invented request. ``hint``: what it is meant to teach, told when it is thrown away or done."""

    key: str
    title: str
    request: str
    hint: str


SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        "plain",
        N_("写得清楚的申请"),
        N_("申请人王某（虚构）来信，要求公开本单位 2025 年困难群众救助资金发放明细。"),
        N_("受理、检索、保密审查、拟稿、审查、签发、用印、寄发、送达、归档：一件顺利的申请从头到尾。"),
    ),
    Scenario(
        "unclear",
        N_("内容不明确的申请"),
        N_("申请人赵某（虚构）来信，要求公开“去年的全部文件”。"),
        N_("内容不明确的，收到之日起 7 个工作日内一次性告知补正；补正后期限从收到补正之日重新起算。"),
    ),
    Scenario(
        "third_party",
        N_("涉及第三方的申请"),
        N_("申请人孙某（虚构）来信，要求公开某公司与本单位签订的服务合同。"),
        N_("书面征求第三方意见，等待答复的时间不计入期限；第三方 15 个工作日内不答复的，由本机关决定。"),
    ),
)
SCENARIO_OF = {scenario.key: scenario for scenario in SCENARIOS}


@dataclass(frozen=True, slots=True)
class PracticeAct:
    """One act of the workflow as it is practised: the entry it leaves; ``days``: it asks for working days."""

    action: Action
    leaves: EntryType
    days: bool = False


ACTS: tuple[PracticeAct, ...] = (
    PracticeAct(Action.ACCEPT, EntryType.ACCEPTED),
    PracticeAct(Action.REQUEST_CORRECTION, EntryType.CORRECTION_REQUESTED),
    PracticeAct(Action.RECORD_CORRECTION, EntryType.CORRECTED),
    PracticeAct(Action.CONSULT, EntryType.SUSPENDED),
    PracticeAct(Action.RECORD_CONSULTATION, EntryType.RESUMED),
    PracticeAct(Action.REQUEST_EXTENSION, EntryType.EXTENSION_REQUESTED),
    PracticeAct(Action.DECIDE_EXTENSION, EntryType.EXTENDED, days=True),
    PracticeAct(Action.RECORD_SEARCH, EntryType.SEARCH_RECORDED),
    PracticeAct(Action.REVIEW_SECRECY, EntryType.SECRECY_REVIEWED),
    PracticeAct(Action.DRAFT, EntryType.DRAFTED),
    PracticeAct(Action.SUBMIT, EntryType.SUBMITTED),
    PracticeAct(Action.REVIEW, EntryType.REVIEW_APPROVED),
    PracticeAct(Action.SIGN_OFF, EntryType.SIGNED_OFF),
    PracticeAct(Action.SEAL, EntryType.SEALED),
    PracticeAct(Action.DISPATCH, EntryType.DISPATCHED),
    PracticeAct(Action.RECORD_DELIVERY, EntryType.DELIVERED),
    PracticeAct(Action.ABANDON, EntryType.ABANDONED),
    PracticeAct(Action.WITHDRAW, EntryType.WITHDRAWN),
    PracticeAct(Action.ARCHIVE, EntryType.ARCHIVED),
)
ACT_OF = {act.action: act for act in ACTS}


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """An act that may be practised now, or what it still lacks; ``usual``: the one next step."""

    rule: Rule
    missing: tuple[Fact, ...]
    usual: bool
    days: bool


def practice_number(year: int, serial: int) -> str:
    """练习-2026-1: no number of the register looks like it."""
    return f"练习-{year}-{serial}"


def first_log(received_on: date) -> tuple[LogEntry, ...]:
    """The log a practice case begins with."""
    return (
        LogEntry(EntryType.RECEIVED, received_on, 1),
        LogEntry(EntryType.REGISTERED, received_on, 2),
        LogEntry(EntryType.COMPLETED, received_on, 3),
    )


def facts_of_practice(log: Sequence[LogEntry]) -> CaseFacts:
    """Stage and flags, by the functions that judge real cases."""
    return facts_of(log, _GIVEN)


def offers_of(log: Sequence[LogEntry]) -> tuple[PracticeOffer, ...]:
    """What may be done now, the usual act first. One person plays every part, so permissions are not asked."""
    facts = facts_of_practice(log)
    offers = []
    for act in ACTS:
        if not is_offered(act.action, facts):
            continue
        rule, missing = RULE_OF[act.action], missing_facts(act.action, facts)
        usual = facts.stage in rule.usual and not missing
        offers.append(PracticeOffer(rule, missing, usual, act.days))
    first = next((offer for offer in offers if offer.usual), None)
    return tuple(([first] if first else []) + [offer for offer in offers if offer is not first])


def entry_for(action: Action, on: date, days: int | None, seq: int) -> LogEntry:
    """The entry an act leaves in the log."""
    kind = ACT_OF[action].leaves
    return LogEntry(
        kind,
        on,
        seq,
        cause=SuspensionCause.THIRD_PARTY if kind is EntryType.SUSPENDED else None,
        ref=_ASKED if kind in (EntryType.SUSPENDED, EntryType.RESUMED) else None,
        days=days if kind is EntryType.EXTENDED else None,
        by=DispatchWay.POST if kind is EntryType.DISPATCHED else None,
    )


def supposed_day(log: Sequence[LogEntry]) -> date:
    """The day the practice has come to: that of its latest entry. Real today plays no part."""
    return max(entry.on for entry in log)


def try_act(log: Sequence[LogEntry], entry: LogEntry, calendar: WorkCalendar) -> Preview:
    """What recording the entry would do; its own day counts as today."""
    return preview(log, entry, calendar, max(supposed_day(log), entry.on))


def read_practice(log: Sequence[LogEntry], calendar: WorkCalendar) -> Reading:
    """The reply clock as of the supposed day."""
    return fold(log, calendar, supposed_day(log))


def is_done(log: Sequence[LogEntry]) -> bool:
    """Whether it has come to the archive."""
    return facts_of_practice(log).stage is Stage.ARCHIVED


def breaches_of(log: Sequence[LogEntry], calendar: WorkCalendar) -> tuple[Breach, ...]:
    """违法情形 the trainee has produced so far."""
    return tuple(read_practice(log, calendar).breaches)
