"""管理操作: what was made, changed or removed of the installation, for the auditor, on screen and as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.administrative_acts import FIELD_NAMES, HIDDEN, OPERATION_NAMES, SUBJECT_NAMES, Subject
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import ROLE_NAMES, Permission, Role
from tracker.domain.vocabulary import N_
from tracker.domain.written_dates import NotADate, parse_written_date
from tracker.extensions import db
from tracker.queries.administration import AdministrationFilter, AdministrationRow, list_administration
from tracker.services.accounts import LOCKED_UNTIL_UNLOCKED
from tracker.web.access import needs
from tracker.web.audit.routes import bp
from tracker.web.context import today
from tracker.web.i18n import instant, tell
from tracker.web.list_state import ListState, chosen
from tracker.web.sheets import list_address, sheet_response, whole_list

HEADS = (
    (N_("序号"), 8),
    (N_("时间"), 20),
    (N_("操作人"), 12),
    (N_("对象"), 24),
    (N_("操作"), 8),
    (N_("变动内容"), 70),
    (N_("校验码"), 66),
)
"""Columns of the sheet, with their widths in characters."""
_LONG_HASH = 16


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; ``only``: there was nothing on the other side."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class AdministrationLine:
    """One act in words."""

    seq: int
    at: datetime
    person: str
    kind: str
    thing: str
    operation: str
    changes: tuple[Change, ...]
    digest: str


@bp.get("/administration")
@needs(Permission.AUDIT_READ)
def administration() -> ResponseReturnValue:
    """管理操作记录, newest first."""
    state, wanted, complaint = _wanted()
    found = list_administration(db.session(), wanted, page=state.number("page"))
    return render_template(
        "pages/audit/administration.html",
        state=state,
        wanted=wanted,
        complaint=complaint,
        page=found,
        lines=[_line(row) for row in found.rows],
        subjects=[(str(each), tell(name)) for each, name in SUBJECT_NAMES.items()],
        sheet_url=url_for("audit.administration_sheet", **state.query),
    )


@bp.get("/administration.xlsx")
@needs(Permission.AUDIT_READ)
def administration_sheet() -> ResponseReturnValue:
    """The same list as a sheet."""
    state, wanted, _complaint = _wanted()
    page = partial(list_administration, db.session(), wanted, size=500)
    rows = whole_list(lambda number: page(page=number))
    heads = [(tell(label), width) for label, width in HEADS]
    address = list_address("audit.administration", state)
    return sheet_response(ListTaken.ADMINISTRATION, address, _("管理操作记录"), heads, map(_cells, rows))


def _wanted() -> tuple[ListState, AdministrationFilter, NotADate | None]:
    state = ListState.from_request(("subject", "person", "since", "until"))
    since_on, complaint = _day(state.get("since"))
    until_on, second = _day(state.get("until"))
    wanted = AdministrationFilter(
        chosen(Subject, state.get("subject")), state.get("person"), since_on, until_on
    )
    return state, wanted, complaint or second


def _day(text: str) -> tuple[date | None, NotADate | None]:
    """The day a filter names; a text that is no day narrows nothing and is told."""
    try:
        return (parse_written_date(text, today()) if text else None), None
    except NotADate as error:
        return None, error


def _line(row: AdministrationRow) -> AdministrationLine:
    return AdministrationLine(
        row.seq,
        row.at,
        row.person or _("系统"),
        tell(SUBJECT_NAMES[row.subject]),
        row.thing or row.subject_id,
        tell(OPERATION_NAMES[row.operation]),
        tuple(
            Change(_field(name), _value(name, before), _value(name, after))
            for name, before, after in row.changes
        ),
        row.digest,
    )


def _cells(row: AdministrationRow) -> tuple[Cell, ...]:
    line = _line(row)
    told = "；".join(
        _("%(field)s：%(before)s → %(after)s", field=c.field, before=c.before, after=c.after)
        for c in line.changes
    )
    return (
        line.seq,
        instant(line.at),
        line.person,
        f"{line.kind} {line.thing}",
        line.operation,
        told,
        line.digest,
    )


def _field(name: str) -> str:
    return tell(FIELD_NAMES[name]) if name in FIELD_NAMES else name


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if value == HIDDEN:
        return _("（不记内容）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name == "role" and value in ROLE_NAMES:
        return tell(ROLE_NAMES[Role(value)])
    if name.endswith("_at") and isinstance(value, str):
        at = datetime.fromisoformat(value)
        return _("另行解锁为止") if at == LOCKED_UNTIL_UNLOCKED else instant(at)
    if isinstance(value, list):
        return "、".join(str(each) for each in value)
    text = str(value)
    return f"{text[:_LONG_HASH]}…" if name in {"digest", "sha256", "source_hash"} else text
