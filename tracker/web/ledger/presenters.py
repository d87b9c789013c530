"""A register as its owner reads it before and after the import: what goes in, what comes back, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.adapters.ledger_reader import LedgerSheet
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_states import BEFORE_IMPORT, IMPORT_STATE_NAMES, IN_WORK, VOIDABLE, ImportState
from tracker.domain.ledger_terms import REPORT_KINDS
from tracker.domain.ledger_values import normalise_choice, read_text
from tracker.domain.masking import mask_address, mask_name, mask_number, mask_phone
from tracker.domain.numbering import case_number
from tracker.domain.request_terms import LegalKind, ReportKind
from tracker.models import LedgerImport
from tracker.queries.ledger_imports import ImportLine
from tracker.web.i18n import instant, tell

FIRST_ROWS = 20
_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One import in the list."""

    url: str
    filename: str
    handed_in: str
    by: str
    state: str
    figures: str


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell of the preview: masked where it is personal, with the fault that stands in it."""

    label: str
    text: str
    fault: str
    rejects: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row of the preview; ``verdict`` is empty for a row without fault."""

    number: int
    cells: tuple[ShownCell, ...]
    verdict: str


@dataclass(frozen=True, slots=True)
class ShownFault:
    """One line of the list of faults."""

    row: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class ShownVoid:
    """Who voided an import, when and why; ``kept``: 受理号 that stay drawn, ``given_back``: those to be drawn again."""

    by: str
    at: str
    reason: str
    kept: Sequence[str]
    given_back: Sequence[str]


@dataclass(frozen=True, slots=True)
class ImportPage:
    """What the page of one register shows, by how far it is."""

    id: int
    filename: str
    state: ImportState
    state_name: str
    total: int
    done: int
    good: int
    imported: int
    continued: int
    already_there: int
    rejected: Sequence[ShownFault]
    rejected_count: int
    warnings: Sequence[ShownFault]
    in_work: bool
    may_import: bool
    may_discard: bool
    may_fetch: bool
    may_void: bool
    voided: ShownVoid | None


def shown_line(line: ImportLine) -> ShownLine:
    """One line of the list."""
    state = ImportState(line.state)
    return ShownLine(
        url=url_for("ledger.show", import_id=line.id) if line.mine else "",
        filename=line.filename,
        handed_in=instant(line.started_at),
        by=line.by or _("命令行"),
        state=tell(IMPORT_STATE_NAMES[state]),
        figures=_figures(line, state),
    )


def _figures(line: ImportLine, state: ImportState) -> str:
    if state in BEFORE_IMPORT or state is ImportState.QUEUED:
        return _("共 %(total)d 行，可导入 %(good)d 行", total=line.total, good=line.total - line.rejected)
    if state in {ImportState.DISCARDED, ImportState.VOIDED}:
        return ""
    return _(
        "导入 %(imported)d 件，续办 %(continued)d 件，退回 %(rejected)d 行",
        imported=line.imported,
        continued=line.continued,
        rejected=line.rejected,
    )


def import_page(record: LedgerImport, voided_by: str | None = None) -> ImportPage:
    """The page of one register. ``voided_by``: the name of who voided it."""
    faults: Mapping[str, Any] = record.faults or {}
    state = ImportState(record.state)
    return ImportPage(
        id=record.id,
        filename=record.filename,
        state=state,
        state_name=tell(IMPORT_STATE_NAMES[state]),
        total=record.total,
        done=record.rows,
        good=record.total - record.rejected,
        imported=record.imported,
        continued=record.continued,
        already_there=record.already_there,
        rejected=_shown_faults(faults.get("rejected", ())),
        rejected_count=record.rejected,
        warnings=_shown_faults(faults.get("warnings", ())),
        in_work=state in IN_WORK,
        may_import=state in {ImportState.CHECKED, ImportState.FAILED} and record.total > record.rejected,
        may_discard=state in BEFORE_IMPORT and not record.imported,
        may_fetch=bool(record.rejected) and record.storage_key is not None and state not in IN_WORK,
        may_void=state in VOIDABLE and bool(record.imported or record.continued),
        voided=_shown_void(record, voided_by) if state is ImportState.VOIDED else None,
    )


def _shown_void(record: LedgerImport, by: str | None) -> ShownVoid:
    return ShownVoid(
        by=by or _("命令行"),
        at=instant(record.voided_at) if record.voided_at else "",
        reason=record.void_reason or "",
        kept=_numbers(record, "kept"),
        given_back=_numbers(record, "given_back"),
    )


def _numbers(record: LedgerImport, which: str) -> tuple[str, ...]:
    return tuple(
        _span(*(case_number(series["prefix"], series["year"], serial) for serial in span))
        for series in record.voided_numbers or ()
        for span in series[which]
    )


def _span(first: str, last: str) -> str:
    return first if first == last else _("%(first)s至%(last)s", first=first, last=last)


def _shown_faults(faults: Iterable[Mapping[str, Any]]) -> tuple[ShownFault, ...]:
    return tuple(ShownFault(fault["row"], fault["column"], fault["message"]) for fault in faults)


def preview_rows(sheet: LedgerSheet, page: ImportPage) -> tuple[ShownRow, ...]:
    """The first rows with every fault in its place."""
    rejected: dict[int, dict[str, str]] = defaultdict(dict)
    warned: dict[int, dict[str, str]] = defaultdict(dict)
    for known, faults in ((rejected, page.rejected), (warned, page.warnings)):
        for fault in faults:
            known[fault.row][fault.column] = fault.message
    rows = []
    for number, cells in islice(iter(sheet), FIRST_ROWS):
        verdict = _("退回") if number in rejected else _("提示") if number in warned else ""
        shown = (_cell(column, cells, rejected[number], warned[number]) for column in sheet.headings)
        rows.append(ShownRow(number, tuple(shown), verdict))
    return tuple(rows)


def _cell(
    column: Column, cells: Mapping[Column, Any], rejected: Mapping[str, str], warned: Mapping[str, str]
) -> ShownCell:
    text = _masked(column, read_text(cells.get(column)) or "", cells)
    if len(text) > _LONGEST_CELL:
        text = text[:_LONGEST_CELL] + "…"
    fault = rejected.get(column) or warned.get(column) or ""
    return ShownCell(str(column), text, fault, column in rejected)


def _masked(column: Column, text: str, cells: Mapping[Column, Any]) -> str:
    if column is Column.APPLICANT:
        kind = normalise_choice(read_text(cells.get(Column.APPLICANT_KIND)) or "")
        natural = REPORT_KINDS.get(kind, ReportKind.NATURAL_PERSON) is ReportKind.NATURAL_PERSON
        return mask_name(text, LegalKind.CITIZEN if natural else LegalKind.LEGAL_PERSON)
    mask = {
        Column.IDENTITY_NUMBER: mask_number,
        Column.PHONE: mask_phone,
        Column.ADDRESS: mask_address,
    }.get(column)
    return mask(text) if mask and text else text


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of an unknown header: ``chosen`` is the column picked for it, ``known`` whether it was recognised."""

    place: int
    text: str
    chosen: str
    known: bool


def headings_of(
    cells: Sequence[str], meanings: Mapping[int, Column | None], known: Container[int]
) -> tuple[Heading, ...]:
    """The headings that hold anything, each with its choice. ``known``: places of those that were recognised."""
    return tuple(
        Heading(place, text, str(meanings.get(place) or ""), place in known)
        for place, text in enumerate(cells)
        if text
    )
