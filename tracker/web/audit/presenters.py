"""Rows of the auditor's tables, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from tracker.domain.case_log import EntryType
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.list_exports import LIST_NAMES, ListTaken
from tracker.domain.vocabulary import N_
from tracker.queries.audit import Export, Reading, RecordedAct
from tracker.web.i18n import tell

FIELD_NAMES = {
    "identity_number": N_("证件号码"),
    "phone": N_("联系电话"),
    "address": N_("通信地址"),
    "email": N_("电子邮箱"),
    "contact": N_("联系方式"),
    "name": N_("姓名"),
    "all": N_("全部个人信息"),
    "evidence_bundle": N_("举证包"),
}


@dataclass(frozen=True, slots=True)
class ActLine:
    """One recorded act."""

    case_id: int
    number: str
    organ: str
    act: str
    happened_on: date
    recorded_at: datetime
    person: str
    mark: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One look at unmasked personal data."""

    case_id: int
    number: str
    person: str
    field: str
    reason: str
    at: datetime


def act_lines(acts: Sequence[RecordedAct]) -> list[ActLine]:
    """Acts with the name of their type; what the system did by itself is signed 系统."""
    return [
        ActLine(
            case_id=act.case_id,
            number=act.case_number,
            organ=act.organ,
            act=_(ENTRY_NAMES[EntryType(act.type)]),
            happened_on=act.happened_on,
            recorded_at=act.recorded_at,
            person=act.person or _("系统"),
            mark=act.digest[:8],
        )
        for act in acts
    ]


def reading_lines(readings: Sequence[Reading]) -> list[ReadingLine]:
    """Readings with the field in words."""
    return [
        ReadingLine(
            r.case_id, r.case_number, r.person, _(FIELD_NAMES.get(r.field, N_("个人信息"))), r.reason, r.at
        )
        for r in readings
    ]


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One list taken away; ``url`` leads to the same list as the auditor sees it."""

    taken: str
    url: str
    rows: int
    personal: int
    reason: str
    person: str
    at: datetime


def export_lines(found: Sequence[Export]) -> list[ExportLine]:
    """Exports with the name of the list."""
    return [
        ExportLine(
            tell(LIST_NAMES[ListTaken(e.taken)]),
            e.address,
            e.rows,
            e.personal,
            e.reason or "",
            e.person,
            e.at,
        )
        for e in found
    ]
