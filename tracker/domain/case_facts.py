"""What is true of a case, as the workflow asks it: flags derived from the log and from what is attached."""

from __future__ import annotations

from collections import Counter
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
    DRAFTED = "drafted"
    DISCLOSES = "discloses"
    SEALED = "sealed"
    MAIL_RETURNED = "mail_returned"
    DELIVERY_PROOF = "delivery_proof"
    LAPSE_LETTER = "lapse_letter"
    HELD = "held"


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
    Fact.DRAFTED: N_("答复稿"),
    Fact.DISCLOSES: N_("拟公开信息"),
    Fact.SEALED: N_("已用印"),
    Fact.MAIL_RETURNED: N_("邮件已退回"),
    Fact.DELIVERY_PROOF: N_("送达凭证"),
    Fact.LAPSE_LETTER: N_("视为放弃告知书"),
    Fact.HELD: N_("涉诉保全"),
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """Stage and flags of one case: all that decides what may be done next."""

    stage: Stage
    flags: frozenset[Fact]

    def __contains__(self, fact: Fact) -> bool:
        return fact in self.flags


_SINCE_RUN = {
    EntryType.SECRECY_REVIEWED: Fact.SECRECY_REVIEWED,
    EntryType.SEARCH_RECORDED: Fact.SEARCHED,
    EntryType.DRAFTED: Fact.DRAFTED,
    EntryType.SEALED: Fact.SEALED,
    EntryType.EXTENDED: Fact.EXTENDED,
    EntryType.JUSTIFIED: Fact.JUSTIFIED,
}


def facts_of(log: Sequence[LogEntry], extra: frozenset[Fact] = frozenset()) -> CaseFacts:
    """Flags that follow from the log; ``extra`` are those that live elsewhere (completeness, attached proof, hold).

    Work done for an earlier run (before a new reply was ordered) does not count for the present one; a correction
    voids extensions and suspensions but not a search or a secrecy review.
    """
    entries = sorted(effective(log), key=lambda e: e.seq)
    flags: set[Fact] = set(extra)
    spans: Counter[str] = Counter()
    for entry in entries:
        kind = entry.type
        if kind is EntryType.ORDERED_ANEW:
            flags -= set(_SINCE_RUN.values()) | {Fact.MAIL_RETURNED, Fact.EXTENSION_ASKED}
        elif kind is EntryType.CORRECTED or kind is EntryType.FEE_PAID:
            flags.discard(Fact.EXTENDED)
        elif kind is EntryType.CORRECTION_REQUESTED:
            flags.add(Fact.CORRECTION_ASKED)
        elif kind is EntryType.SUSPENDED:
            spans["open"] += 1
        elif kind is EntryType.RESUMED:
            spans["open"] -= 1
        elif kind is EntryType.EXTENSION_REQUESTED:
            flags.add(Fact.EXTENSION_ASKED)
        elif kind is EntryType.EXTENSION_REFUSED:
            flags.discard(Fact.EXTENSION_ASKED)
        elif kind is EntryType.JUSTIFICATION_REQUESTED:
            flags.add(Fact.JUSTIFICATION_OPEN)
        elif kind is EntryType.ASSIGNED:
            flags.add(Fact.ASSIGNED)
        elif kind is EntryType.MAIL_RETURNED:
            flags.add(Fact.MAIL_RETURNED)
        elif kind is EntryType.DELIVERED:
            flags.discard(Fact.MAIL_RETURNED)
        if kind in _SINCE_RUN:
            flags.add(_SINCE_RUN[kind])
        if kind is EntryType.EXTENDED:
            flags.discard(Fact.EXTENSION_ASKED)
        if kind is EntryType.JUSTIFIED:
            flags.discard(Fact.JUSTIFICATION_OPEN)
    if spans["open"] > 0:
        flags.add(Fact.CONSULTATION_OPEN)
    return CaseFacts(stage=stage_of(log), flags=frozenset(flags))
