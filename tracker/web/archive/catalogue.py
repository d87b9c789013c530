"""归档文件目录 of a year: the closed files of an organ, as a page, an Excel sheet and a PDF for the archives bureau."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.archive_catalogue import CatalogueRow, catalogue_paper
from tracker.domain.archiving import RETENTION_NAMES, Retention
from tracker.domain.errors import Missing
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.archived_files import (
    CatalogueAsked,
    archive_years,
    list_catalogue,
    read_catalogue,
    sum_catalogue,
)
from tracker.queries.organs import list_organ_choices
from tracker.services.exports import record_export
from tracker.web.access import needs
from tracker.web.archive import bp
from tracker.web.context import actor, context, today
from tracker.web.i18n import tell
from tracker.web.list_state import Chip, ListState, chosen
from tracker.web.sheets import PDF, download, sheet_response

HEADS = (
    (N_("序号"), 6),
    (N_("档号"), 28),
    (N_("文号"), 24),
    (N_("责任者"), 20),
    (N_("题名"), 50),
    (N_("日期"), 12),
    (N_("密级"), 6),
    (N_("页数"), 6),
    (N_("备注"), 20),
)
"""Columns of DA/T 22-2015, with their widths in characters."""
FIRST_YEAR = 2008


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the state of the list, the part of the catalogue, and the organs to choose from."""

    state: ListState
    wanted: CatalogueAsked
    organs: tuple[tuple[int, str], ...]

    @property
    def organ(self) -> str:
        """Name of the organ, or of all one may see."""
        named = dict(self.organs).get(self.wanted.organ_id or 0)
        return named or (self.organs[0][1] if len(self.organs) == 1 else _("全部机关"))

    @property
    def heading(self) -> str:
        """Organ, year, period in words."""
        kept = tell(RETENTION_NAMES[self.wanted.retention]) if self.wanted.retention else _("全部期限")
        return _("%(organ)s %(year)d 年度 %(kept)s", organ=self.organ, year=self.wanted.year, kept=kept)


def asked() -> Asked:
    """Read the address; what names nothing falls back to the whole of this year."""
    state = ListState.from_request(("year", "organ", "retention"), {"year": str(today().year)})
    person = actor()
    organs = tuple(
        row
        for row in list_organ_choices(db.session())
        if person.reads_whole_district or row[0] in person.reading_organ_ids
    )
    year = state.number("year", today().year)
    organ_id = state.number("organ", 0) or None
    if not FIRST_YEAR <= year <= date.max.year - 100:
        year = today().year
    wanted = CatalogueAsked(
        year,
        organ_id if organ_id in dict(organs) else None,
        chosen(Retention, state.get("retention")),
    )
    return Asked(state, wanted, organs)


@bp.get("/archive")
@needs(Permission.CASE_READ)
def index() -> ResponseReturnValue:
    """归档文件目录 of a year."""
    this = asked()
    session, person, state = db.session(), actor(), this.state
    found = list_catalogue(session, person, this.wanted, page=state.number("page"))
    sums = sum_catalogue(session, person, this.wanted)
    years = sorted({*archive_years(session, person), today().year, this.wanted.year}, reverse=True)
    return render_template(
        "pages/archive/index.html",
        this=this,
        page=found,
        state=state,
        sums=sums,
        years=[Chip(str(y), state.url(year=y), y == this.wanted.year) for y in years],
        retentions=[
            Chip(_("全部期限"), state.url(retention=None), this.wanted.retention is None),
            *(
                Chip(
                    tell(name),
                    state.url(retention=str(kept)),
                    kept is this.wanted.retention,
                    sums.files.get(kept, 0),
                )
                for kept, name in RETENTION_NAMES.items()
            ),
        ],
        kept_names=RETENTION_NAMES,
        query=state.query,
    )


@bp.get("/archive/list.xlsx")
@needs(Permission.CASE_READ)
def sheet() -> ResponseReturnValue:
    """The same as a sheet."""
    this = asked()
    rows = read_catalogue(db.session(), actor(), this.wanted)
    title = _("归档文件目录（%(heading)s）", heading=this.heading)
    heads = [(tell(label), width) for label, width in HEADS]
    return sheet_response(
        ListTaken.ARCHIVE,
        _address(this),
        title,
        heads,
        (_cells(n, row) for n, row in enumerate(rows, start=1)),
    )


@bp.get("/archive/list.pdf")
@needs(Permission.CASE_READ)
def pdf() -> ResponseReturnValue:
    """The same as PDF/A, across."""
    this = asked()
    rows = list(read_catalogue(db.session(), actor(), this.wanted))
    ctx = context()
    paper = catalogue_paper(this.heading, rows)
    lacking = ctx.adapters.renderer.missing_on_papers((paper,))
    if lacking:
        raise Missing([f"{_('字体中没有的字')}：{'、'.join(lacking[:12])}"])
    content = ctx.adapters.renderer.paper_pdf(paper, ctx.today)
    record_export(ctx, ListTaken.ARCHIVE, _address(this), len(rows))
    return download(content, _("归档文件目录（%(heading)s）", heading=this.heading) + ".pdf", PDF)


def _address(this: Asked) -> str:
    return url_for("archive.index", **this.state.query)


def _cells(place: int, row: CatalogueRow) -> tuple[Cell, ...]:
    cells = row.cells(place)
    return (place, *cells[1:7], row.pages, cells[8])
