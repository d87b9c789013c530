"""The log as a timeline, newest first: the day of law large, who and when recorded small."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.case_log import EntryType
from tracker.domain.reading import BreachCode
from tracker.domain.stand_ins import STOOD_IN
from tracker.domain.vocabulary import N_
from tracker.models import Letter
from tracker.queries.case_record import CaseRecord, ToldEntry
from tracker.web.cases.sentences import sentence
from tracker.web.frame import has_page
from tracker.web.i18n import instant, tell

CLOCK_TYPES = frozenset(
    {
        EntryType.RECEIVED,
        EntryType.CORRECTION_REQUESTED,
        EntryType.CORRECTED,
        EntryType.FEE_NOTIFIED,
        EntryType.FEE_PAID,
        EntryType.SUSPENDED,
        EntryType.RESUMED,
        EntryType.EXTENDED,
        EntryType.DELAYED,
        EntryType.DISPATCHED,
        EntryType.DELIVERED,
        EntryType.ABANDONED,
        EntryType.WITHDRAWN,
        EntryType.ORDERED_ANEW,
    }
)
STEPS_OF_A_LETTER = frozenset(
    {
        EntryType.SUBMITTED,
        EntryType.REVIEW_APPROVED,
        EntryType.REVIEW_RETURNED,
        EntryType.REVIEW_WAIVED,
        EntryType.SIGN_OFF_RETURNED,
        EntryType.SEALED,
        EntryType.DELIVERED,
    }
)
"""Entries about a letter that another entry shows already."""

BREACH_TAGS: dict[BreachCode, str] = {
    BreachCode.LATE_CORRECTION_NOTICE: N_("违法情形：告知补正超过 7 个工作日"),
    BreachCode.SECOND_CORRECTION: N_("违法情形：再次告知补正"),
    BreachCode.SECOND_EXTENSION: N_("违法情形：再次延期"),
    BreachCode.EXTENSION_OVER_20: N_("违法情形：延期超过 20 个工作日"),
    BreachCode.EXTENSION_AFTER_DUE: N_("违法情形：到期后延期"),
    BreachCode.SUSPENSION_AFTER_DUE: N_("违法情形：到期后征求意见"),
    BreachCode.CORRECTION_AFTER_DUE: N_("违法情形：到期后告知补正"),
    BreachCode.FEE_AFTER_DUE: N_("违法情形：到期后收费"),
    BreachCode.DELAY_AFTER_DUE: N_("违法情形：到期后另定期限"),
}


@dataclass(frozen=True, slots=True)
class LetterLink:
    """A letter attached to an entry; without an address when the room of letters is closed to it."""

    url: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One entry as the page shows it."""

    seq: int
    on: date
    text: str
    note: str
    meta: str
    letters: Sequence[LetterLink]
    clock: bool
    void: bool
    breaches: Sequence[str]


def timeline(record: CaseRecord) -> list[TimelineEntry]:
    """All entries, the newest day of law first; on one day the one recorded last."""
    void = {
        told.entry.details.get("seq")
        for told in record.entries
        if told.entry.type is EntryType.FACT_CORRECTED and told.entry.details.get("void")
    }
    moved = _moved_days(record)
    breaches = _breaches(record)
    entries = [
        TimelineEntry(
            seq=told.entry.seq,
            on=moved.get(told.entry.seq, told.entry.on),
            text=sentence(told, record),
            note=told.text or "",
            meta=_meta(told, record),
            letters=_letters(told, record),
            clock=told.entry.type in CLOCK_TYPES,
            void=told.entry.seq in void,
            breaches=breaches.get(told.entry.seq, ()),
        )
        for told in record.entries
    ]
    return sorted(entries, key=lambda e: (e.on, e.seq), reverse=True)


def _moved_days(record: CaseRecord) -> dict[int, date]:
    """Days as corrected later: an entry stands at the day it really happened."""
    moved: dict[int, date] = {}
    for told in record.entries:
        details = told.entry.details
        if told.entry.type is EntryType.FACT_CORRECTED and details.get("on"):
            moved[int(details["seq"])] = date.fromisoformat(str(details["on"]))
    return moved


def _breaches(record: CaseRecord) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for breach in record.reading.breaches:
        found.setdefault(breach.seq, []).append(tell(BREACH_TAGS[breach.code]))
    return found


def _meta(told: ToldEntry, record: CaseRecord) -> str:
    who = told.recorded_by or _("系统")
    away = record.people.get(told.entry.details.get(STOOD_IN, 0))
    if away:
        who = _("%(who)s（代%(away)s）", who=who, away=away)
    if told.named:
        who = _("%(named)s（由%(who)s录入）", named=told.named, who=who)
    return _("%(who)s %(at)s 登记", who=who, at=instant(told.recorded_at))


def _letters(told: ToldEntry, record: CaseRecord) -> list[LetterLink]:
    if told.entry.type in STEPS_OF_A_LETTER:
        return []
    details = told.entry.details
    slip = details.get("chase_id")
    if slip is not None:
        url = url_for("supervision.slip", chase_id=slip)
        return [LetterLink(url, _("督办单"), str(details.get("number", "")))]
    wanted = {details.get("letter_id"), *details.get("letters", ())}
    return [letter_link(letter) for letter in record.letters if letter.id in wanted]


def letter_link(letter: Letter) -> LetterLink:
    """A letter by its title and number."""
    return LetterLink(
        url=url_for("letters.show", letter_id=letter.id) if has_page("letters.show") else "",
        label=letter_title(letter),
        detail=letter.number or letter_state(letter),
    )


def letter_title(letter: Letter) -> str:
    """What the letter calls itself."""
    content = letter.issued_content or letter.content or {}
    return str(content.get("title") or (_("答复") if letter.is_reply else _("告知书")))


def letter_state(letter: Letter) -> str:
    """Where a letter without a number stands."""
    names = {
        "draft": _("拟稿"),
        "submitted": _("审查中"),
        "returned": _("退回修改"),
        "approved": _("待签发"),
        "signed": _("已签发"),
        "voided": _("作废"),
        "historic": _("台账记载，正文未存"),
    }
    return names[letter.status]
