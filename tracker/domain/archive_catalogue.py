"""归档文件目录, 封面 and 卷内材料清单 as papers, in the columns of DA/T 22-2015."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.archive_materials import MATERIAL_NAMES, Listed
from tracker.domain.archiving import RETENTION_NAMES, Retention
from tracker.domain.bundle_paper import Paper, PaperPart, flush, heading, paragraphs, table
from tracker.domain.chinese_numerals import chinese_date

NO_SECRET = ""
"""密级: nothing classified ever enters the system, so the column stays empty."""

CATALOGUE_HEADS = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注")
_CATALOGUE_WIDTHS = (10, 50, 36, 30, 60, 19, 10, 10, 16)
_LIST_WIDTHS = (11, 34, 55, 22, 13, 21)


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One line of the catalogue. ``reopened``: the case is being answered anew since; ``lacking``: how many demands it
    was closed without. It names nobody but the organ."""

    case_id: int
    case_number: str
    organ: str
    number: str
    year: int
    retention: Retention
    serial: int
    title: str
    document_number: str
    responsible: str
    document_on: date
    pages: int
    paper_pages: int
    lacking: int
    archived_on: date
    reopened: bool
    destroyed: bool = False

    @property
    def remark(self) -> str:
        """备注: what is on paper alone, and what is lacking."""
        told = ["已销毁"] if self.destroyed else []
        if self.paper_pages:
            told.append(f"纸质{self.paper_pages}页")
        if self.lacking:
            told.append(f"缺{self.lacking}项")
        if self.reopened:
            told.append("重新办理")
        return "，".join(told)

    def cells(self, place: int) -> tuple[str, ...]:
        """The nine columns."""
        return (
            str(place),
            self.number,
            self.document_number,
            self.responsible,
            self.title,
            f"{self.document_on:%Y%m%d}",
            NO_SECRET,
            str(self.pages),
            self.remark,
        )


def catalogue_paper(said: str, rows: Iterable[CatalogueRow]) -> Paper:
    """归档文件目录 on A4 across; ``said`` stands above it: organ, year, retention."""
    cells = [row.cells(place) for place, row in enumerate(rows, start=1)]
    parts = (flush(said), table(CATALOGUE_HEADS, _CATALOGUE_WIDTHS, cells))
    return Paper("catalogue", "归档文件目录", parts, landscape=True, numbered=True)


def cover_paper(row: CatalogueRow, lines: Sequence[Listed]) -> Paper:
    """封面 of one 件."""
    on_paper = f"（其中纸质 {row.paper_pages} 页）" if row.paper_pages else ""
    facts = [
        ("档号", row.number),
        ("题名", row.title),
        ("责任者", row.responsible),
        ("文号", row.document_number),
        ("受理号", row.case_number),
        ("文件日期", chinese_date(row.document_on)),
        ("年度", str(row.year)),
        ("保管期限", RETENTION_NAMES[row.retention]),
        ("材料、页数", f"{len(lines)} 份，{row.pages} 页{on_paper}"),
        ("归档日期", chinese_date(row.archived_on)),
    ]
    parts = (table(("项目", "内容"), (40, 116), [fact for fact in facts if fact[1]]),)
    return Paper("cover", "政府信息公开申请案卷", parts, cover=True)


def list_paper(row: CatalogueRow, lines: Sequence[Listed], lacking: Sequence[str] = ()) -> Paper:
    """卷内材料清单, with what the file was closed without."""
    cells = [
        (
            str(line.place),
            MATERIAL_NAMES[line.material.kind],
            "　".join(filter(None, (line.material.title, line.material.number))),
            f"{line.material.on:%Y%m%d}" if line.material.on else "",
            line.span,
            "纸质" if line.material.paper else "",
        )
        for line in lines
    ]
    parts: list[PaperPart] = [
        flush(f"档号：{row.number}"),
        table(("序号", "材料", "题名", "日期", "页号", "备注"), _LIST_WIDTHS, cells),
    ]
    if lacking:
        parts += [heading("归档时缺少的材料"), paragraphs("\n".join(lacking))]
    return Paper("list", "材料清单", tuple(parts), numbered=True)
