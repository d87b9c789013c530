"""Table 3 as it is published, each number a link to its cases, what does not add up marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.annual_checks import IDENTITY_NAMES, Failure
from tracker.domain.annual_prose import Contradiction
from tracker.domain.annual_table import (
    COLUMN_NAMES,
    COLUMNS,
    ROW_OF_NUMBER,
    ROWS,
    AnnualTable,
    CellName,
    RowKind,
)
from tracker.domain.organs import ORGAN_KIND_NAMES
from tracker.queries.annual_table import Cell, OrganGroup
from tracker.web.annual_cells import cell_url, write_group
from tracker.web.i18n import tell
from tracker.web.list_state import Chip


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """One cell; ``url`` leads to its cases and is empty for 0, ``wrong`` marks a cell that an identity judges, ``now``
    is what the cases give where that is another number."""

    label: str
    number: int
    url: str
    wrong: bool
    now: int | None = None


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row; ``level`` 0 for the four main rows, 1 for outcomes."""

    number: str
    name: str
    level: int
    cells: tuple[ShownNumber, ...]


@dataclass(frozen=True, slots=True)
class ShownFailure:
    """One identity that does not hold, in words."""

    where: str
    identity: str
    figures: str


FIRST_YEAR, LAST_YEAR = 2008, 2099


def known_year(year: int) -> bool:
    """Whether there may be a report of the year: the regulation is in force since 2008."""
    return FIRST_YEAR <= year <= LAST_YEAR


def shown_rows(
    table: AnnualTable,
    year: int,
    group: OrganGroup,
    failures: Sequence[Failure],
    live: AnnualTable | None = None,
) -> tuple[ShownRow, ...]:
    """The 25 rows. ``live``: what the cases give now, where ``table`` is what was handed in; a link leads to today's
    cases, so it stands only where both agree."""

    names = {column: tell(COLUMN_NAMES[column]) for column in COLUMNS}
    wrong = {failure.at for failure in failures}

    def shown(row: str, column: str) -> ShownNumber:
        number, now = table[row, column], (live or table)[row, column]
        name = CellName(row, column)
        url = cell_url(Cell(year, name, group)) if number and now == number else ""
        return ShownNumber(names[column], number, url, name in wrong, None if now == number else now)

    return _rows(shown)


def plain_rows(table: AnnualTable, failures: Sequence[Failure]) -> tuple[ShownRow, ...]:
    """The 25 rows of a table that was given from outside: no cases behind it."""
    wrong = {failure.at for failure in failures}
    return _rows(
        lambda row, column: ShownNumber(
            tell(COLUMN_NAMES[column]), table[row, column], "", CellName(row, column) in wrong
        )
    )


def _rows(shown: Callable[[str, str], ShownNumber]) -> tuple[ShownRow, ...]:
    return tuple(
        ShownRow(
            row.number,
            tell(row.name),
            1 if row.kind is RowKind.OUTCOME else 0,
            tuple(shown(row.number, column) for column in COLUMNS),
        )
        for row in ROWS
    )


def cell_words(name: CellName) -> str:
    """第 1 行 本年新收政府信息公开申请数量，自然人."""
    return _(
        "第 %(row)s 行 %(name)s，%(column)s",
        row=name.row,
        name=tell(ROW_OF_NUMBER[name.row].name),
        column=tell(COLUMN_NAMES[name.column]),
    )


def shown_failures(failures: Sequence[Failure]) -> tuple[ShownFailure, ...]:
    """Failures in the order of the identities."""
    return tuple(
        ShownFailure(
            cell_words(failure.at),
            tell(IDENTITY_NAMES[failure.identity]),
            _(
                "左边 %(left)d，右边 %(right)d，相差 %(difference)d",
                left=failure.left,
                right=failure.right,
                difference=failure.difference,
            ),
        )
        for failure in failures
    )


@dataclass(frozen=True, slots=True)
class ShownContradiction:
    """One figure of the prose, in words."""

    sentence: str
    figures: str


def shown_contradictions(found: Sequence[Contradiction]) -> tuple[ShownContradiction, ...]:
    """Sentence, number and cell of each."""
    return tuple(
        ShownContradiction(
            each.sentence,
            _(
                "正文写 %(written)d，表中%(cell)s是 %(table)d",
                written=each.written,
                cell=tell(each.saying.name),
                table=each.table,
            ),
        )
        for each in found
    )


def year_chips(years: Sequence[int], year: int, group: OrganGroup) -> list[Chip]:
    """The years that have cases."""
    named = write_group(group) or None
    return [
        Chip(str(other), url_for("reports.show", year=other, group=named), other == year) for other in years
    ]


def group_choices(organs: Sequence[tuple[str, str]], *, whole_district: bool) -> list[tuple[str, str]]:
    """Whose table may be asked for: all together, a kind of organs, or one organ; (value, name)."""
    together = _("全区合计") if whole_district else _("本人所在机关合计")
    kinds = [(str(kind), tell(name)) for kind, name in ORGAN_KIND_NAMES.items()] if whole_district else []
    return [("", together), *kinds, *organs]


def group_name(group: OrganGroup, choices: Sequence[tuple[str, str]]) -> str:
    """The name of the group, for the title."""
    wanted = write_group(group)
    return next((name for value, name in choices if value == wanted), wanted)
