"""Verifying an archive package from its own bytes: manifests, the chain of the log, the list, the formats.

Needs neither the database nor the rest of the system: the bagit and pypdf libraries and the domain are enough.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import bagit

from tracker.adapters.pdfa_check import CHECKS, pdfa_faults, safety_faults
from tracker.domain.archive_digest import digest_of_contents
from tracker.domain.archive_metadata import REQUIRED
from tracker.domain.four_properties import Finding, Property, PropertyReport
from tracker.domain.log_digest import first_break

FACTS, LOG, METADATA = "file.json", "log.jsonl", "metadata.xml"
OWN = frozenset({FACTS, LOG, METADATA, "000-封面.pdf", "000-材料清单.pdf", "四性检测报告.pdf"})
ALLOWED = frozenset(
    {".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx", ".ofd", ".txt", ".json", ".jsonl", ".xml"}
)
MOST_BYTES = 64 * 1024**3
MOST_FILES = 200_000
CHUNK = 1024 * 1024
_FAULTS = (OSError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile)


class NotAPackage(Exception):
    """The path is no package; the text says why, for people."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: faults of the bag as a whole, and a report for each 件 in it."""

    name: str
    bag_faults: tuple[str, ...]
    reports: tuple[PropertyReport, ...]

    @property
    def passed(self) -> bool:
        return not self.bag_faults and bool(self.reports) and all(report.passed for report in self.reports)


def verify_package(path: Path) -> Verdict:
    """Verify a package, as a folder or as a ZIP. Raises ``NotAPackage``."""
    with _opened(path) as folder:
        logging.getLogger("bagit").setLevel(logging.CRITICAL)
        try:
            bag = bagit.Bag(str(folder))
        except (bagit.BagError, *_FAULTS) as error:
            raise NotAPackage(f"{path.name} 不是 BagIt 归档包：{error}") from error
        reports = tuple(check_file(piece) for piece in files_in(folder / "data"))
        faults = tuple(_bag_faults(bag))
        return Verdict(path.name, faults, reports)


def files_in(payload: Path) -> list[Path]:
    """Folders of the 件 in a package: the payload itself, or each folder in it that holds one."""
    if (payload / FACTS).is_file():
        return [payload]
    return sorted(one.parent for one in payload.glob(f"*/{FACTS}"))


def check_file(folder: Path) -> PropertyReport:
    """四性检测 of one 件 as it lies in a folder."""
    try:
        facts = json.loads((folder / FACTS).read_text("utf-8"))
        log = [json.loads(line) for line in (folder / LOG).read_text("utf-8").splitlines() if line]
        read = _Read(folder, facts, log)
        return PropertyReport(str(facts["number"]), tuple(_findings(read)))
    except _FAULTS as error:
        what = Finding(Property.COMPLETE, "案卷数据可以读取", (f"{FACTS}、{LOG} 缺失或者损坏：{error}",))
        return PropertyReport(folder.name, (what,))


@dataclass(frozen=True, slots=True)
class _Read:
    folder: Path
    facts: Mapping[str, Any]
    log: list[dict[str, Any]]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return list(self.facts["contents"])

    @property
    def paths(self) -> dict[str, str]:
        """Where the file of a piece lies, by its key."""
        return dict(self.facts["files"])

    def file(self, key: str) -> Path | None:
        """The file of a piece, never outside the folder."""
        name = self.paths.get(key)
        if name is None or ".." in PurePosixPath(name).parts or PurePosixPath(name).is_absolute():
            return None
        path = self.folder / name
        return path if path.is_file() else None


def _findings(read: _Read) -> Iterator[Finding]:
    yield Finding(Property.AUTHENTIC, "办理记录的校验链完整", tuple(_chain(read)))
    yield Finding(Property.AUTHENTIC, "材料清单与归档记录中的摘要一致", tuple(_list(read)))
    yield Finding(Property.AUTHENTIC, "每份材料与清单中的 SHA-256 摘要一致", tuple(_digests(read)))
    yield Finding(Property.COMPLETE, "清单中的电子材料都在包内", tuple(_pieces(read)), tuple(_on_paper(read)))
    yield Finding(Property.COMPLETE, "元数据齐全（DA/T 46-2009）", tuple(_metadata(read)))
    yield Finding(Property.COMPLETE, "页号连续，页数相符", tuple(_pages(read)))
    yield Finding(Property.COMPLETE, "归档时应有的材料", (), tuple(read.facts.get("lacking_names") or ()))
    yield Finding(Property.USABLE, "公文和系统编制的材料符合 PDF/A 的检查项", tuple(_archival(read)))
    yield Finding(Property.USABLE, "格式在允许的范围内", tuple(_formats(read)))
    yield Finding(Property.SAFE, "PDF 没有密码，不含脚本和自动执行的动作", tuple(_safe(read)))
    yield Finding(Property.SAFE, "没有清单以外的文件", tuple(_strangers(read)))


def _chain(read: _Read) -> Iterator[str]:
    if not read.log:
        yield "没有办理记录"
        return
    broken = first_break(read.log)
    if broken is not None:
        yield f"第 {broken} 条记录与校验链不符"
    if read.facts.get("chain") != read.log[-1].get("digest"):
        yield "最后一条记录的摘要与案卷数据不符"


def _list(read: _Read) -> Iterator[str]:
    digest = digest_of_contents(read.lines)
    if digest != read.facts.get("contents_hash"):
        yield "材料清单的内容与其摘要不符"
    archived = [entry for entry in read.log if entry.get("type") == "archived"]
    told = [entry["details"].get("list") for entry in archived]
    if not archived:
        yield "办理记录中没有归档"
    elif told[-1] is not None and told[-1] != digest:
        yield "材料清单与归档记录中的摘要不符"


def _digests(read: _Read) -> Iterator[str]:
    for line in read.lines:
        path = read.file(line["key"])
        if path is not None and line["sha256"] and digest_of_file(path) != line["sha256"]:
            yield f"第 {line['place']} 号材料与清单中的摘要不符"


def _pieces(read: _Read) -> Iterator[str]:
    for line in read.lines:
        if not line["paper"] and read.file(line["key"]) is None:
            yield f"第 {line['place']} 号材料（{line['title']}）不在包内"


def _on_paper(read: _Read) -> Iterator[str]:
    for line in read.lines:
        if line["paper"]:
            yield f"第 {line['place']} 号材料（{line['title']}）为纸质，另存"


def _metadata(read: _Read) -> Iterator[str]:
    data = (read.folder / METADATA).read_bytes() if (read.folder / METADATA).is_file() else b""
    if not data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        yield f"{METADATA} 缺失，或者含有不允许的声明"
        return
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - no declarations get this far
    except ElementTree.ParseError as error:
        yield f"{METADATA} 不是合法的 XML：{error}"
        return
    yield from (f"缺少元素：{name}" for name in REQUIRED if root.find(name) is None)
    if root.findtext("档号/归档号") != read.facts.get("number"):
        yield "元数据中的档号与案卷不符"


def _pages(read: _Read) -> Iterator[str]:
    expected = 1
    for line in read.lines:
        if not line["first"]:
            continue
        if line["first"] != expected or line["last"] - line["first"] + 1 != line["pages"]:
            yield f"第 {line['place']} 号材料的页号不连续"
        expected = line["last"] + 1
    if expected - 1 != read.facts.get("pages"):
        yield f"页数应为 {read.facts.get('pages')}，清单共 {expected - 1}"


def _archival(read: _Read) -> Iterator[str]:
    for line in read.lines:
        path = read.file(line["key"])
        if path is not None and line["key"] in set(read.facts.get("archival") or ()):
            for fault in pdfa_faults(path.read_bytes()):
                yield f"第 {line['place']} 号材料：{CHECKS[fault]}"


def _formats(read: _Read) -> Iterator[str]:
    for path in sorted(read.folder.rglob("*")):
        if path.is_file() and path.suffix.lower() not in ALLOWED:
            yield f"{path.relative_to(read.folder)} 的格式不在允许的范围内"


def _safe(read: _Read) -> Iterator[str]:
    for line in read.lines:
        path = read.file(line["key"])
        if path is not None and path.suffix.lower() == ".pdf":
            for fault in safety_faults(path.read_bytes()):
                yield f"第 {line['place']} 号材料：{CHECKS[fault]}"


def _strangers(read: _Read) -> Iterator[str]:
    known = {*OWN, *read.paths.values()}
    for path in sorted(read.folder.rglob("*")):
        name = path.relative_to(read.folder).as_posix()
        if path.is_file() and name not in known:
            yield f"{name} 不在清单内"


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file, a chunk in memory at a time."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        while piece := source.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _bag_faults(bag: Any) -> Iterator[str]:
    try:
        bag.validate()
    except bagit.BagValidationError as error:
        details = list(getattr(error, "details", None) or [error])
        yield from (f"校验清单不符：{detail}" for detail in details[:20])
    except (bagit.BagError, *_FAULTS) as error:
        yield f"校验清单不能读取：{error}"


@contextmanager
def _opened(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield path
        return
    if not path.is_file():
        raise NotAPackage(f"没有找到 {path}")
    folder = Path(tempfile.mkdtemp(prefix="archive-verify-"))
    try:
        yield _unpacked(path, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unpacked(path: Path, folder: Path) -> Path:
    """The bag of a ZIP, streamed to disk. Nothing is written outside the folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_BYTES:
                raise NotAPackage(f"{path.name} 太大，不像是归档包")
            for one in members:
                target = (folder / one.filename).resolve()
                if not target.is_relative_to(folder.resolve()):
                    raise NotAPackage(f"{path.name} 含有指向包外的路径")
                if one.is_dir():
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(one) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out, CHUNK)
    except (zipfile.BadZipFile, RuntimeError, OSError, EOFError) as error:
        raise NotAPackage(f"{path.name} 不是完好的 ZIP 文件：{error}") from error
    inside = [one for one in folder.iterdir() if one.is_dir()]
    return folder if (folder / "bagit.txt").is_file() else inside[0] if len(inside) == 1 else folder
