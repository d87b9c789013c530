"""Lists of the annual report as sheets: the challenges behind table 4, and what each organ typed into table 2."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.challenges import CHALLENGE_KIND_NAMES
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.domain.proactive import FIGURE_NAMES, Figure
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.annual_challenges import in_challenge_cell
from tracker.queries.challenges import ChallengeRow, list_challenges
from tracker.queries.proactive import ProactiveSum, read_proactive
from tracker.web.access import needs
from tracker.web.annual_cells import write_group
from tracker.web.context import actor
from tracker.web.i18n import tell
from tracker.web.reports import bp
from tracker.web.reports.asking import asked_group
from tracker.web.reports.challenges import heading_of, named_cell, result_of
from tracker.web.reports.presenters import group_name
from tracker.web.sheets import sheet_response, whole_list

CHALLENGE_HEADS = (
    (N_("类别"), 24),
    (N_("案号"), 24),
    (N_("申请件"), 24),
    (N_("机关"), 24),
    (N_("复议机关或者法院"), 28),
    (N_("收到副本"), 12),
    (N_("答复（答辩）期限"), 14),
    (N_("答复（答辩）"), 12),
    (N_("听证、开庭日期"), 14),
    (N_("结果"), 14),
    (N_("结果日期"), 12),
    (N_("责令重新答复"), 14),
)


@bp.get("/<int:year>/challenges/list.xlsx")
@needs(Permission.REPORT_READ)
def challenge_sheet(year: int) -> ResponseReturnValue:
    """The challenges behind a cell, as ``challenge_list`` shows them."""
    group, choices = asked_group(year)
    kind, column = named_cell()
    person, session = actor(), db.session()
    where = in_challenge_cell(person, year, group, kind, column)
    rows = whole_list(lambda page: list_challenges(session, person, where, page=page, size=500))
    whose = group_name(group, choices)
    title = _("%(year)d 年%(whose)s：%(what)s", year=year, whose=whose, what=heading_of(kind, column))
    asked: dict[str, Any] = {"kind": kind, "column": column, "group": write_group(group) or None}
    return sheet_response(
        ListTaken.CHALLENGES,
        url_for("reports.challenge_list", year=year, **asked),
        title,
        [(tell(label), width) for label, width in CHALLENGE_HEADS],
        map(_challenge, rows),
    )


def _challenge(row: ChallengeRow) -> tuple[Cell, ...]:
    return (
        tell(CHALLENGE_KIND_NAMES[row.kind]),
        row.number,
        row.case_number,
        row.organ,
        row.body,
        row.received_on,
        row.due_on,
        row.answered_on,
        row.hearing_on,
        result_of(row),
        row.result_on,
        row.ordered_on,
    )


@bp.get("/<int:year>/proactive/list.xlsx")
@needs(Permission.REPORT_READ)
def proactive_sheet(year: int) -> ResponseReturnValue:
    """Table 2 of each organ of the group, and their sum below."""
    group, choices = asked_group(year)
    found = read_proactive(db.session(), actor(), year, group)
    heads = [(_("机关"), 28), *((tell(FIGURE_NAMES[figure]), 16) for figure in Figure)]
    return sheet_response(
        ListTaken.PROACTIVE,
        url_for("reports.proactive", year=year, group=write_group(group) or None),
        _("%(year)d 年%(whose)s：主动公开政府信息情况", year=year, whose=group_name(group, choices)),
        heads,
        _proactive(found),
    )


def _proactive(found: ProactiveSum) -> Iterable[tuple[Cell, ...]]:
    for (_code, organ), table in zip(found.filled, found.tables.values(), strict=True):
        yield (organ, *(float(table.written(figure)) for figure in Figure))
    if found.tables:
        yield (_("合计"), *(float(found.table.written(figure)) for figure in Figure))
    for _code, organ in found.missing:
        yield (_("%(organ)s（尚未填报）", organ=organ),)
