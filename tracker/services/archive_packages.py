"""归档包: closed files laid out on disk with list, log and description, made into a bag, and the bag into a ZIP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tracker.adapters.bag_writer import make_bag, zip_folder
from tracker.adapters.file_store import FileMissing
from tracker.adapters.package_check import FACTS, LOG, METADATA, check_file, digest_of_file
from tracker.adapters.table_writer import write_table
from tracker.domain.archive_catalogue import (
    CATALOGUE_HEADS,
    CatalogueRow,
    catalogue_paper,
    cover_paper,
    list_paper,
)
from tracker.domain.archive_demands import lack_name
from tracker.domain.archive_materials import MATERIAL_NAMES, Listed
from tracker.domain.archive_metadata import BusinessAct, ComputerFile, metadata_xml
from tracker.domain.bundle_paper import Paper
from tracker.domain.case_log import EntryType
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.errors import NotLawfulNow
from tracker.domain.file_kinds import OUR_OWN, FileKind
from tracker.domain.four_properties import PropertyReport, report_paper
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import ArchivedFile, Attachment, Organ, StoredEntry
from tracker.queries.archived_files import FrozenFile, find_frozen
from tracker.queries.scope import get_case
from tracker.services.attachments import clean_filename
from tracker.services.case_keys import read_file
from tracker.services.context import Context
from tracker.services.log_chain import as_fields
from tracker.services.personal_data import note_reading

SOFTWARE = "jiaojiang-disclosure-tracker"
READ_AS = "package"


@dataclass(frozen=True, slots=True)
class MadePackage:
    """A package in the store: its token, the name to hand it out under, its size and digest, the reports on it."""

    token: str
    filename: str
    size: int
    sha256: str
    reports: tuple[PropertyReport, ...]

    @property
    def failed(self) -> int:
        """Files that did not pass."""
        return sum(not report.passed for report in self.reports)


def make_case_package(ctx: Context, case_id: int, *, why: str = N_("下载归档包")) -> MadePackage:
    """The package of one closed file; the look at its personal data is recorded.

    Raises ``NotLawfulNow`` while the file is not closed, ``Forbidden`` without the right to see people in full,
    ``TypesettingFailed``.
    """
    case = get_case(ctx.session, ctx.actor, case_id, Permission.PERSON_UNMASK)
    frozen = find_frozen(ctx.session, ctx.actor, case.id)
    if frozen is None or frozen.row.reopened or frozen.row.destroyed:
        raise NotLawfulNow(N_("案卷还没有归档，归档后才能生成归档包。"))
    note_reading(ctx, case_id, READ_AS, why)
    with ctx.adapters.packages.workshop() as shop:
        folder = shop / "bag"
        report = lay_out(ctx, frozen, folder)
        _print(ctx, report_paper((report,), ctx.today.isoformat()), folder / "四性检测报告.pdf")
        facts = bag_facts(ctx, frozen.row.organ, frozen.row.number, frozen.row.title)
        return finish(ctx, folder, shop, frozen.row.number, facts, (report,))


def lay_out_year(
    ctx: Context, rows: Iterable[CatalogueRow], folder: Path, heading: str, told: Callable[[int], None]
) -> tuple[PropertyReport, ...]:
    """Every closed file of a catalogue in a folder of its own, one in memory at a time, with catalogue and report."""
    listed: list[CatalogueRow] = []
    reports: list[PropertyReport] = []
    for row in rows:
        frozen = find_frozen(ctx.session, ctx.actor, row.case_id)
        if frozen is None:
            continue
        listed.append(row)
        reports.append(lay_out(ctx, frozen, folder / safe_name(row.number)))
        ctx.session.expunge_all()
        told(len(reports))
    _print(ctx, catalogue_paper(heading, listed), folder / "归档文件目录.pdf")
    with (folder / "归档文件目录.xlsx").open("wb") as out:
        cells = (row.cells(place) for place, row in enumerate(listed, start=1))
        write_table(
            out, "Sheet1", f"归档文件目录（{heading}）", [(head, 16) for head in CATALOGUE_HEADS], cells
        )
    _print(ctx, report_paper(reports, ctx.today.isoformat()), folder / "四性检测报告.pdf")
    return tuple(reports)


def finish(
    ctx: Context,
    folder: Path,
    shop: Path,
    name: str,
    facts: dict[str, str],
    reports: Sequence[PropertyReport],
) -> MadePackage:
    """Make the folder a bag, the bag a ZIP, and give the ZIP to the store."""
    make_bag(folder, facts)
    target = shop / "package.zip"
    size = zip_folder(folder, target, safe_name(name))
    digest = digest_of_file(target)
    token = ctx.adapters.packages.keep(target)
    return MadePackage(token, clean_filename(f"归档包（{name}）.zip"), size, digest, tuple(reports))


def bag_facts(ctx: Context, organ: str, identifier: str, about: str) -> dict[str, str]:
    """What bag-info.txt says."""
    return {
        "source-organization": organ,
        "external-identifier": identifier,
        "external-description": about,
        "internal-sender-description": f"{SOFTWARE} {ctx.now.isoformat(timespec='seconds')}",
    }


def lay_out(ctx: Context, frozen: FrozenFile, folder: Path) -> PropertyReport:
    """One closed file in a folder: materials, cover, list, log, description; and what the checks say of it."""
    (folder / "materials").mkdir(parents=True)
    files, archival = _materials(ctx, frozen.lines, folder)
    without = [lack_name(key) for key in frozen.lacking]
    _print(ctx, cover_paper(frozen.row, frozen.lines), folder / "000-封面.pdf", frozen)
    _print(ctx, list_paper(frozen.row, frozen.lines, without), folder / "000-材料清单.pdf", frozen)
    log = list(_log(ctx, frozen.row.case_id))
    with (folder / LOG).open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n" for entry in log)
    described = [
        _described(folder, files[line.material.key], line)
        for line in frozen.lines
        if line.material.key in files
    ]
    acts = [_act(entry) for entry in log]
    fonds, unit = _parts(ctx, frozen.row)
    (folder / METADATA).write_bytes(metadata_xml(frozen.row, fonds, unit, described, acts, frozen.lines))
    facts = {
        "number": frozen.row.number,
        "case_number": frozen.row.case_number,
        "organ": frozen.row.organ,
        "retention": str(frozen.row.retention),
        "year": frozen.row.year,
        "pages": frozen.row.pages,
        "contents": [line.to_data() for line in frozen.lines],
        "contents_hash": frozen.contents_hash,
        "files": files,
        "archival": archival,
        "lacking_names": without,
        "chain": log[-1]["digest"] if log else "",
    }
    (folder / FACTS).write_text(json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    return check_file(folder)


def safe_name(text: str) -> str:
    """A number as the name of a folder."""
    return clean_filename(text).replace(" ", "_")


def _materials(ctx: Context, lines: Sequence[Listed], folder: Path) -> tuple[dict[str, str], list[str]]:
    """Copy what is kept of each piece; where each lies by its key, and which are papers of our own (PDF/A)."""
    files: dict[str, str] = {}
    archival: list[str] = []
    for line in lines:
        one = line.material
        row = ctx.session.get(Attachment, one.attachment_id) if one.attachment_id else None
        if row is None:
            continue
        ending = Path(row.filename).suffix.lower() or ".bin"
        name = f"materials/{line.place:03d}-{clean_filename(MATERIAL_NAMES[one.kind])}{ending}"
        try:
            (folder / name).write_bytes(read_file(ctx, row))
        except FileMissing:
            continue  # the report says that it is not there
        files[one.key] = name
        if FileKind(row.kind) in OUR_OWN:
            archival.append(one.key)
    return files, archival


def _described(folder: Path, name: str, line: Listed) -> ComputerFile:
    path = folder / name
    kinds = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
    media_type = kinds.get(path.suffix, "application/octet-stream")
    return ComputerFile(name, media_type, path.stat().st_size, line.sha256 or digest_of_file(path), line)


def _log(ctx: Context, case_id: int) -> Iterator[dict[str, Any]]:
    """The log in its written form; who and what beside it, which the digest reads by reference."""
    rows = ctx.session.scalars(
        select(StoredEntry)
        .where(StoredEntry.case_id == case_id)
        .options(
            joinedload(StoredEntry.actor), joinedload(StoredEntry.named_person), joinedload(StoredEntry.text)
        )
        .order_by(StoredEntry.seq)
    )
    for row in rows:
        by = row.actor.name if row.actor else row.named_person.name if row.named_person else "系统"
        yield {
            **as_fields(row),
            "digest": row.digest,
            "by": by,
            "said": row.text.text if row.text is not None else "",
        }


def _act(entry: dict[str, Any]) -> BusinessAct:
    name = ENTRY_NAMES.get(EntryType(entry["type"]), entry["type"])
    return BusinessAct(name, date.fromisoformat(entry["on"]), entry["at"], entry["by"], entry["seq"])


def _parts(ctx: Context, row: CatalogueRow) -> tuple[str, str]:
    found = ctx.session.execute(
        select(Organ.fonds_number, ArchivedFile.unit)
        .join(Organ, Organ.id == ArchivedFile.organ_id)
        .where(ArchivedFile.case_id == row.case_id, ArchivedFile.current)
    ).first()
    return (found[0] or "", found[1]) if found else ("", "")


def _print(ctx: Context, paper: Paper, path: Path, frozen: FrozenFile | None = None) -> None:
    day = frozen.row.archived_on if frozen else ctx.today
    path.write_bytes(ctx.adapters.renderer.paper_pdf(paper, day))
