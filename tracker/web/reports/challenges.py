"""Table 4 of a year with part six's fees beside it, and the challenges behind each number."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.challenge_table import COLUMN_NAMES, ChallengeColumn, ChallengeTable, wrong_totals
from tracker.domain.challenges import (
    CHALLENGE_KIND_NAMES,
    CHALLENGE_RESULT_NAMES,
    PENDING_NAME,
    ChallengeKind,
)
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.annual_challenges import in_challenge_cell, read_challenge_table
from tracker.queries.annual_fees import read_year_fees
from tracker.queries.annual_table import OrganGroup
from tracker.queries.challenges import ChallengeRow, list_challenges
from tracker.web.access import needs
from tracker.web.annual_cells import write_group
from tracker.web.context import actor, today
from tracker.web.i18n import tell
from tracker.web.reports import bp
from tracker.web.reports.asking import asked_group
from tracker.web.reports.presenters import group_name


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One number; ``url`` leads to its challenges and is empty for 0."""

    label: str
    number: int
    url: str


@bp.get("/<int:year>/challenges")
@needs(Permission.REPORT_READ)
def challenges(year: int) -> ResponseReturnValue:
    """Table 4."""
    group, choices = asked_group(year)
    session, person = db.session(), actor()
    table = read_challenge_table(session, person, year, group)
    return render_template(
        "pages/reports/challenges.html",
        year=year,
        group=write_group(group),
        group_name=group_name(group, choices),
        choices=choices,
        columns=[tell(COLUMN_NAMES[column]) for column in ChallengeColumn],
        rows=[(tell(CHALLENGE_KIND_NAMES[kind]), _cells(table, kind, year, group)) for kind in ChallengeKind],
        wrong=[
            _(
                "%(group)s：总计 %(total)d，各项之和 %(sum)d",
                group=tell(CHALLENGE_KIND_NAMES[kind]),
                total=total,
                sum=parts,
            )
            for kind, total, parts in wrong_totals(table)
        ],
        fees=read_year_fees(session, person, year, group),
        unfinished=year >= today().year,
    )


@bp.get("/<int:year>/challenges/list")
@needs(Permission.REPORT_READ)
def challenge_list(year: int) -> ResponseReturnValue:
    """The challenges behind a cell: ``?kind=`` and ``?column=``; without them all that the year counts."""
    group, choices = asked_group(year)
    kind, column = named_cell()
    page = request.args.get("page", "1")
    found = list_challenges(
        db.session(),
        actor(),
        in_challenge_cell(actor(), year, group, kind, column),
        page=int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1,
    )
    return render_template(
        "pages/reports/challenge_list.html",
        year=year,
        group=write_group(group),
        group_name=group_name(group, choices),
        heading=heading_of(kind, column),
        found=found,
        rows=[(row, tell(CHALLENGE_KIND_NAMES[row.kind]), result_of(row)) for row in found.rows],
        kind=kind,
        column=column,
    )


def named_cell() -> tuple[ChallengeKind | None, ChallengeColumn]:
    """The cell the address names; without one the whole year."""
    kind, column = request.args.get("kind", ""), request.args.get("column", "")
    if kind not in {"", *ChallengeKind} or column not in {"", *ChallengeColumn}:
        abort(404)
    return ChallengeKind(kind) if kind else None, ChallengeColumn(column or "total")


def heading_of(kind: ChallengeKind | None, column: ChallengeColumn) -> str:
    """The cell in words."""
    name = tell(CHALLENGE_KIND_NAMES[kind]) if kind else _("行政复议、行政诉讼")
    return (
        name
        if column is ChallengeColumn.TOTAL
        else _("%(name)s，%(column)s", name=name, column=tell(COLUMN_NAMES[column]))
    )


def result_of(row: ChallengeRow) -> str:
    """结果, or that there is none yet."""
    return tell(CHALLENGE_RESULT_NAMES[row.result] if row.result else PENDING_NAME)


def _cells(table: ChallengeTable, kind: ChallengeKind, year: int, group: OrganGroup) -> list[ShownCell]:
    return [
        ShownCell(
            tell(COLUMN_NAMES[column]),
            table[kind, column],
            url_for(
                "reports.challenge_list",
                year=year,
                kind=str(kind),
                column=str(column),
                group=write_group(group) or None,
            )
            if table[kind, column]
            else "",
        )
        for column in ChallengeColumn
    ]
