"""Cells of the annual table in addresses: a number on the report's page leads to its list in the register."""

from __future__ import annotations

import re

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.annual_table import COLUMN_NAMES, COLUMNS, ROW_OF_NUMBER, CellName
from tracker.domain.organs import OrganKind
from tracker.queries.annual_table import DISTRICT, Cell, OrganGroup
from tracker.web.i18n import tell

_CODES = re.compile(r"[A-Z0-9_-]{1,16}(?:,[A-Z0-9_-]{1,16})*")


def read_group(text: str) -> OrganGroup | None:
    """The group an address names: a kind of organs, codes with commas, nothing for the district; None for anything
    else."""
    if not text:
        return DISTRICT
    if text in set(OrganKind):
        return OrganGroup(kind=OrganKind(text))
    return OrganGroup(codes=tuple(text.split(","))) if _CODES.fullmatch(text) else None


def write_group(group: OrganGroup) -> str:
    """How an address names the group."""
    return str(group.kind) if group.kind else ",".join(group.codes)


def read_cell(text: str, group_text: str) -> Cell | None:
    """The cell an address names as year~row~column; None when it names none."""
    year, _first, rest = text.partition("~")
    row, _second, column = rest.partition("~")
    group = read_group(group_text)
    known = row in ROW_OF_NUMBER and column in COLUMNS
    if group is None or not known or not re.fullmatch(r"20[0-9]{2}", year, re.ASCII):
        return None
    return Cell(int(year), CellName(row, column), group)


def cell_url(cell: Cell) -> str:
    """The list of the cell's cases."""
    named = f"{cell.year}~{cell.name.row}~{cell.name.column}"
    return url_for("cases.index", status="all", cell=named, group=write_group(cell.group) or None)


def cell_words(cell: Cell) -> str:
    """2023 年表三：不予公开-属于国家秘密，自然人."""
    return _(
        "%(year)d 年表三：%(row)s，%(column)s",
        year=cell.year,
        row=tell(ROW_OF_NUMBER[cell.name.row].name),
        column=tell(COLUMN_NAMES[cell.name.column]),
    )
