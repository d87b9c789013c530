"""归档包: what is in it, that it verifies from its own bytes, and that whatever is changed is found."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.adapters.test_typesetter import INSTANCE
from tests.factories.archive import APPLICANT, whole_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.bag_writer import BaggingFailed, make_bag
from tracker.adapters.fonts import FontSet
from tracker.adapters.package_check import NotAPackage, verify_package
from tracker.adapters.package_store import PackageStore
from tracker.adapters.typesetter import TypstRenderer
from tracker.cli.verify_package import main, told
from tracker.domain.archive_metadata import REQUIRED
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.four_properties import Property
from tracker.domain.orders import OrderSource
from tracker.models import ArchivePackage, ListExport, PersonalDataReading
from tracker.services.archive_packages import make_case_package
from tracker.services.archiving import archive
from tracker.services.context import Context
from tracker.services.order_anew import order_anew
from tracker.services.year_packages import (
    KEPT,
    expire_packages,
    fetch_package,
    make_packages,
    request_package,
)

TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parents[2]
BARE = """
import sys
allowed = sys.stdlib_module_names | {"tracker", "bagit", "pypdf"}
class Bare:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] not in allowed:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Bare())
from tracker.cli.verify_package import main
sys.exit(main(sys.argv[1:]))
"""
"""The verification where nothing is installed but the two libraries that ``docs/operations.md`` names."""


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    return TypstRenderer(FontSet.of_installation(INSTANCE))


@pytest.fixture
def set_in_type(renderer: TypstRenderer, tmp_path: Path) -> Callable[[Context], Context]:
    """The surroundings with the real typesetter and a package store of the test's own."""

    def dress(ctx: Context) -> Context:
        store = PackageStore(tmp_path / "packages")
        return replace(ctx, adapters=replace(ctx.adapters, renderer=renderer, packages=store))

    return dress


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor, set_in_type: Callable[[Context], Context]) -> Context:
    return set_in_type(ctx_for(cast.clerk))


def closed(ctx: Context, cast: Cast, serial: int = 1) -> int:
    case_id = whole_case(ctx, cast.organ_ids["MZJ"], serial)
    archive(ctx, case_id, on=TODAY, expected_version=None)
    return case_id


def unpacked(ctx: Context, token: str, folder: Path) -> Path:
    with zipfile.ZipFile(ctx.adapters.packages.path(token)) as packed:
        packed.extractall(folder)
    [bag] = folder.iterdir()
    return bag


def failing(folder: Path) -> set[Property]:
    """Properties that some check of the package fails, the manifest left aside."""
    [report] = verify_package(folder).reports
    return {finding.kind for finding in report.findings if not finding.passed}


def test_a_package_holds_everything_and_verifies_anywhere(
    clerk: Context, cast: Cast, session: Session, tmp_path: Path
) -> None:
    case_id = closed(clerk, cast)
    made = make_case_package(clerk, case_id)
    assert made.failed == 0 and "Z109-WS·2026-D10-MZJ-0001" in made.filename
    path = clerk.adapters.packages.path(made.token)
    verdict = verify_package(path)
    assert verdict.passed, told(path)[0]
    bag = unpacked(clerk, made.token, tmp_path / "out")
    data = bag / "data"
    names = {one.name for one in data.iterdir()}
    assert {"000-封面.pdf", "000-材料清单.pdf", "metadata.xml", "log.jsonl", "四性检测报告.pdf"} <= names
    assert len(list((data / "materials").iterdir())) == 10
    root = ElementTree.parse(data / "metadata.xml").getroot()
    assert all(root.find(name) is not None for name in REQUIRED)
    log = [json.loads(line) for line in (data / "log.jsonl").read_text("utf-8").splitlines()]
    assert log[-1]["type"] == "archived" and any(APPLICANT in entry["said"] for entry in log)
    assert "SHA-256" not in (bag / "manifest-sha256.txt").read_text("utf-8")
    assert (bag / "bagit.txt").is_file() and "Z109" in (bag / "bag-info.txt").read_text("utf-8")
    read = session.scalars(select(PersonalDataReading.field).where(PersonalDataReading.case_id == case_id))
    assert list(read) == ["package"]
    alone = subprocess.run(
        [sys.executable, "-c", BARE, str(path)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert alone.returncode == 0 and "核验通过" in alone.stdout, alone.stderr


def test_verifying_needs_neither_database_nor_web() -> None:
    """What is imported to verify is the domain, the checks and two libraries."""
    code = (
        "import sys, tracker.cli.verify_package as v;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in"
        " {'flask', 'sqlalchemy', 'typst', 'click', 'werkzeug'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_whatever_is_changed_is_found(clerk: Context, cast: Cast, tmp_path: Path) -> None:
    made = make_case_package(clerk, closed(clerk, cast))
    bag = unpacked(clerk, made.token, tmp_path / "out")
    data = bag / "data"
    letter = next((data / "materials").glob("001-*"))

    def after(path: Path, content: bytes) -> set[Property]:
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(content)
        try:
            assert verify_package(bag).bag_faults or before is None
            return failing(bag)
        finally:
            path.unlink() if before is None else path.write_bytes(before)

    log, facts = data / "log.jsonl", data / "file.json"
    assert failing(bag) == set()
    assert Property.AUTHENTIC in after(letter, letter.read_bytes() + b"\n")
    assert {Property.USABLE, Property.SAFE} <= after(letter, b"%PDF-1.7 not any more")
    assert Property.AUTHENTIC in after(log, log.read_bytes().replace(b'"seq": 2', b'"seq": 3'))
    assert Property.AUTHENTIC in after(log, b"\n".join(log.read_bytes().splitlines()[:-1]))
    assert Property.AUTHENTIC in after(
        facts, facts.read_bytes().replace("申请书".encode(), "别的书".encode())
    )
    assert Property.COMPLETE in after(facts, facts.read_bytes().replace(b'"pages": 2', b'"pages": 3'))
    assert Property.COMPLETE in after(data / "metadata.xml", b"<x/>")
    assert Property.COMPLETE in after(data / "metadata.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert Property.COMPLETE in after(facts, b"{}")
    assert Property.SAFE in after(data / "materials" / "hidden.exe", b"MZ")
    letter.unlink()
    assert Property.COMPLETE in failing(bag)


def test_an_erased_text_leaves_the_package_whole(clerk: Context, cast: Cast, tmp_path: Path) -> None:
    bag = unpacked(clerk, make_case_package(clerk, closed(clerk, cast)).token, tmp_path / "out")
    log = bag / "data" / "log.jsonl"
    entries = [json.loads(line) | {"said": ""} for line in log.read_text("utf-8").splitlines()]
    log.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), "utf-8")
    assert failing(bag) == set()


def test_what_is_no_package_is_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken, climbing, other = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "c.zip"
    broken.write_bytes(b"PK nonsense")
    with zipfile.ZipFile(climbing, "w") as out:
        out.writestr("../../evil.txt", "x")
    with zipfile.ZipFile(other, "w") as out:
        out.writestr("hello/readme.txt", "x")
    for path in (broken, climbing, other, tmp_path / "missing.zip", tmp_path):
        with pytest.raises(NotAPackage):
            verify_package(path)
    assert not (tmp_path.parent / "evil.txt").exists()
    assert main([]) == 2 and main([str(broken)]) == 1
    assert "不是完好的 ZIP" in capsys.readouterr().out
    with pytest.raises(BaggingFailed):
        make_bag(tmp_path / "nowhere", {})


def test_who_may_take_a_package(clerk: Context, cast: Cast, ctx_for: ContextFor) -> None:
    case_id = closed(clerk, cast)
    for part in ("approver", "legal_advisor", "auditor"):
        with pytest.raises(Forbidden):
            make_case_package(ctx_for(cast.actors[part]), case_id)
        with pytest.raises(Forbidden):
            request_package(ctx_for(cast.actors[part]), cast.organ_ids["MZJ"], 2026, "移交")
    for part in ("colleague", "administrator", "stranger"):
        with pytest.raises(NotFound):
            make_case_package(ctx_for(cast.actors[part]), case_id)
    open_case = whole_case(clerk, cast.organ_ids["MZJ"], 2)
    with pytest.raises(NotLawfulNow):
        make_case_package(clerk, open_case)


def test_a_file_answered_anew_gets_no_package_until_it_is_closed_again(
    clerk: Context, cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    reopened, closed_still = closed(clerk, cast, 1), closed(clerk, cast, 2)
    head = ctx_for(cast.disclosure_head)
    document = "（2026）浙1002行初8号"
    order_anew(head, reopened, on=TODAY, source=OrderSource.COURT, document=document, expected_version=None)
    with pytest.raises(NotLawfulNow):
        make_case_package(clerk, reopened)
    package_id = request_package(clerk, cast.organ_ids["MZJ"], 2026, "向区档案馆移交")
    assert make_packages(clerk.as_system()) == 1
    session.rollback()
    assert session.get_one(ArchivePackage, package_id).files == 1
    assert make_case_package(clerk, closed_still).failed == 0


def test_a_year_is_asked_for_made_fetched_and_thrown_away(
    clerk: Context,
    cast: Cast,
    ctx_for: ContextFor,
    session: Session,
    set_in_type: Callable[[Context], Context],
) -> None:
    organ_id = cast.organ_ids["MZJ"]
    with pytest.raises(NotLawfulNow):
        request_package(clerk, organ_id, 2026, "移交")
    cases = {closed(clerk, cast, serial) for serial in (1, 2, 3)}
    for wrong in ("", "长" * 201):
        with pytest.raises(Invalid):
            request_package(clerk, organ_id, 2026, wrong)
    package_id = request_package(clerk, organ_id, 2026, "向区档案馆移交")
    assert request_package(clerk, organ_id, 2026, "再点一次") == package_id
    with pytest.raises(Conflict):
        fetch_package(clerk, package_id)
    session.rollback()
    session.get_one(ArchivePackage, package_id).state = "making"  # the runner died over it
    session.commit()
    system = clerk.as_system()
    assert make_packages(system) == 1 and make_packages(system) == 0
    session.rollback()
    row = session.get_one(ArchivePackage, package_id)
    assert (row.state, row.files, row.failed) == ("ready", 3, 0)
    path = fetch_package(clerk, package_id).path
    verdict = verify_package(path)
    assert verdict.passed and len(verdict.reports) == 3
    with zipfile.ZipFile(path) as packed:
        names = {name.rpartition("/")[2] for name in packed.namelist()}
    assert {"归档文件目录.pdf", "归档文件目录.xlsx", "四性检测报告.pdf"} <= names
    session.rollback()
    taken = session.scalars(select(ListExport)).one()
    assert (taken.taken, taken.rows, taken.personal) == ("archive_package", 3, 3)
    looked = set(session.scalars(select(PersonalDataReading.case_id)))
    assert looked == cases
    with pytest.raises(NotFound):
        fetch_package(ctx_for(cast.colleague), package_id)
    later = set_in_type(ctx_for(cast.clerk, TODAY + KEPT + timedelta(days=1)))
    assert expire_packages(later) == 1 and not path.exists()
    with pytest.raises(NotLawfulNow, match="过期"):
        fetch_package(later, package_id)
