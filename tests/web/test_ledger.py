"""台账导入 on screen: handed in, looked at, imported by the runner, the faulty rows taken back and mended."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from openpyxl import Workbook, load_workbook
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.databases import unguarded
from tests.factories.calendars import load_shipped
from tests.people import Cast
from tests.registers import GOOD, make_register
from tests.services.test_ledger_void import looked_at
from tests.web.conftest import SignIn
from tracker.adapters.file_store import MemoryFileStore
from tracker.adapters.ledger_writer import REASON_HEADING
from tracker.domain.actors import SYSTEM
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_values import Cell
from tracker.models import Case, LedgerImport, PersonalDataReading, StoredEntry
from tracker.services.context import Context, Runtime
from tracker.services.housekeeping import sweep_orphans
from tracker.services.ledger_intake import KEPT, forget_registers, import_queued

BAD_DATE: Mapping[Column, Cell] = {**GOOD, Column.SEQUENCE: 2, Column.RECEIVED_ON: "2023-02-30"}
FORMULA: Mapping[Column, Cell] = {**BAD_DATE, Column.SEQUENCE: 3, Column.DESCRIPTION: '=HYPERLINK("x")'}
OWN_NAMES = {
    Column.RECEIVED_ON: "来文时间",
    Column.ORGAN: "承办单位",
    Column.OUTCOME: "答复类型",
}


@pytest.fixture
def supervisor(sign_in: SignIn, session: Session, people: Cast) -> FlaskClient:
    load_shipped(session)
    session.rollback()
    return sign_in("supervisor")


@pytest.fixture
def runner(session: Session, runtime: Runtime) -> Context:
    return runtime.context(session, SYSTEM)


def hand_in(client: FlaskClient, path: Path, name: str = "2023年台账.xlsx") -> str:
    """The address of the register handed in."""
    file = (io.BytesIO(path.read_bytes()), name)
    answer = client.post("/ledger", data={"file": file}, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def register(tmp_path: Path, *rows: Mapping[Column, Cell], header: Sequence[str] = tuple(Column)) -> Path:
    return make_register(tmp_path / "register.xlsx", rows, header=header)


def a_book(*rows: Sequence[Cell]) -> bytes:
    book, content = Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(content)
    return content.getvalue()


def cases(session: Session) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(Case)) or 0
    session.rollback()
    return found


def test_checked_shown_imported_and_the_rest_handed_back(
    supervisor: FlaskClient, runner: Context, session: Session, people: Cast, tmp_path: Path
) -> None:
    url = hand_in(supervisor, register(tmp_path, GOOD, BAD_DATE, FORMULA))
    page = supervisor.get(url).text
    assert "共 3 行：可以导入 1 行，退回 2 行" in page
    assert "2023-02-30”不是有效日期" in page
    assert "王某某" not in page and "王＊某" in page and "331002190709268208" not in page
    assert cases(session) == 0

    assert supervisor.post(f"{url}/import").status_code == 302
    waiting = supervisor.get(url).text
    assert "排队导入" in waiting and 'http-equiv="refresh"' in waiting
    assert import_queued(runner) == 1
    assert cases(session) == 1
    assert "导入 1 件，续办 0 件，退回 2 行" in supervisor.get(url).text
    actors = set(session.scalars(select(StoredEntry.actor_id)))
    assert actors == {people.supervisor.account_id}

    answer = supervisor.get(f"{url}/rejected.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    assert sheet is not None
    headings = [cell.value for cell in sheet[1]]
    assert headings == [*map(str, Column), REASON_HEADING]
    at_fault = sheet.cell(2, headings.index("收到日期") + 1)
    assert at_fault.value == "2023-02-30"
    assert at_fault.comment is not None and "不是有效日期" in at_fault.comment.text
    text = sheet.cell(3, headings.index("申请公开的信息") + 1)
    assert (text.value, text.data_type) == ('=HYPERLINK("x")', "s")


def test_the_rows_handed_back_can_be_mended_and_handed_in_again(
    supervisor: FlaskClient, runner: Context, session: Session, tmp_path: Path
) -> None:
    url = hand_in(supervisor, register(tmp_path, GOOD, BAD_DATE))
    supervisor.post(f"{url}/import")
    import_queued(runner)
    book = load_workbook(io.BytesIO(supervisor.get(f"{url}/rejected.xlsx").data))
    sheet = book.active
    assert sheet is not None
    sheet.cell(2, 2).value = "2023-02-28"
    book.save(tmp_path / "mended.xlsx")
    again = hand_in(supervisor, tmp_path / "mended.xlsx")
    supervisor.post(f"{again}/import")
    import_queued(runner)
    assert cases(session) == 2
    assert "下一步：在“申请件”中核对" in supervisor.get(again).text


def test_the_headings_of_another_office_are_matched_once(
    supervisor: FlaskClient, runner: Context, session: Session, tmp_path: Path
) -> None:
    path = register(tmp_path, GOOD)
    book = load_workbook(path)
    assert book.active is not None
    for cell in book.active[2]:
        cell.value = OWN_NAMES.get(Column(cell.value), cell.value)
    book.save(path)
    url = hand_in(supervisor, path)
    page = supervisor.get(url).text
    assert "来文时间" in page
    offered = re.findall(r'<option value="([^"]+)" selected>', page)
    assert "申请人" in offered and "收到日期" not in offered
    assert (
        page.index("来文时间") < page.index(f"已认识的 {len(Column) - 3} 列") < page.index("申请渠道</label>")
    )

    places = {str(cell.value): index for index, cell in enumerate(book.active[2])}
    chosen = {f"column-{place}": name for name, place in places.items()}
    incomplete = supervisor.post(f"{url}/headings", data=chosen)
    assert incomplete.status_code == 422
    assert "还没有哪一列对应：收到日期、责任单位、办理结果" in incomplete.text

    chosen |= {f"column-{places[own]}": str(column) for column, own in OWN_NAMES.items()}
    twice = {**chosen, f"column-{places['备注']}": "申请人"}
    assert "有两列都对应到“申请人”" in supervisor.post(f"{url}/headings", data=twice).text
    assert supervisor.post(f"{url}/headings", data=chosen).status_code == 302
    assert "可以导入 1 行" in supervisor.get(url).text
    assert supervisor.post(f"{url}/headings", data=chosen).status_code == 409

    second = hand_in(supervisor, path, "另一年.xlsx")
    assert "可以导入 1 行" in supervisor.get(second).text
    supervisor.post(f"{second}/import")
    import_queued(runner)
    assert cases(session) == 1


def test_a_runner_that_was_killed_goes_on_and_imports_nothing_twice(
    supervisor: FlaskClient, runner: Context, session: Session, tmp_path: Path
) -> None:
    rows = [
        {
            **GOOD,
            Column.SEQUENCE: n,
            Column.DESCRIPTION: f"第{n}项",
            Column.DOCUMENT_NUMBER: f"椒民公开〔2023〕{n}号",
        }
        for n in range(1, 4)
    ]
    url = hand_in(supervisor, register(tmp_path, *rows[:2]))
    supervisor.post(f"{url}/import")
    import_queued(runner)
    record = session.scalars(select(LedgerImport)).one()
    record.state = "running"  # as a kill after the last batch leaves it
    record.imported = 0
    session.commit()
    assert import_queued(runner) == 1
    assert cases(session) == 2
    session.rollback()
    record = session.scalars(select(LedgerImport)).one()
    assert (record.state, record.imported, record.already_there) == ("done", 2, 0)


def test_thrown_away_before_the_import_never_after(
    supervisor: FlaskClient, runner: Context, runtime: Runtime, session: Session, tmp_path: Path
) -> None:
    files = runtime.adapters.files
    assert isinstance(files, MemoryFileStore)
    url = hand_in(supervisor, register(tmp_path, GOOD))
    assert len(files.files) == 1
    assert supervisor.post(f"{url}/discard").status_code == 302
    assert files.files == {}
    assert "已经放弃" in supervisor.get(url).text
    assert supervisor.post(f"{url}/import").status_code == 409
    other = hand_in(supervisor, register(tmp_path, GOOD))
    supervisor.post(f"{other}/import")
    import_queued(runner)
    assert supervisor.post(f"{other}/discard").status_code == 409
    assert supervisor.post(f"{other}/import").status_code == 409
    assert cases(session) == 1


def test_files_stay_while_they_are_needed_and_go_after_thirty_days(
    supervisor: FlaskClient,
    sign_in: SignIn,
    runtime: Runtime,
    session: Session,
    clock: StandingClock,
    tmp_path: Path,
) -> None:
    files = runtime.adapters.files
    assert isinstance(files, MemoryFileStore)
    url = hand_in(supervisor, register(tmp_path, GOOD, BAD_DATE))
    sweep_orphans(runtime.context(session, SYSTEM))
    assert len(files.files) == 1
    handed_in_on = clock.today()
    clock.set(handed_in_on + KEPT)
    assert forget_registers(runtime.context(session, SYSTEM)) == 0
    clock.set(handed_in_on + KEPT + timedelta(days=1))
    assert forget_registers(runtime.context(session, SYSTEM)) == 1
    assert files.files == {}
    assert sign_in("supervisor").get(f"{url}/rejected.xlsx").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("台账.xlsx", b"", "空文件"),
        ("台账.xls", b"\xd0\xcf\x11\xe0rest", "请选择 .xlsx 文件"),
        ("台账.xlsx", b"\xd0\xcf\x11\xe0rest", "旧版 .xls"),
        ("台账.xlsx", b"PK\x03\x04 nothing", "无法读取"),
        ("<script>.xlsx", b"text", "无法读取"),
        ("台账.xlsx", a_book(["姓名", "年龄"], ["张三", 3]), "叫法可以不同，列不能缺"),
        ("台账.xlsx", a_book(list(map(str, Column))), "表头下面没有申请"),
    ],
)
def test_what_is_no_register_is_said_and_nothing_kept(
    supervisor: FlaskClient, session: Session, runtime: Runtime, name: str, content: bytes, said: str
) -> None:
    answer = supervisor.post(
        "/ledger", data={"file": (io.BytesIO(content), name)}, content_type="multipart/form-data"
    )
    assert answer.status_code == 422
    assert said in answer.text
    assert "<script>.xlsx" not in answer.text
    assert session.scalars(select(LedgerImport)).all() == []
    files = runtime.adapters.files
    assert isinstance(files, MemoryFileStore) and files.files == {}


def test_nobody_else_looks_into_it(supervisor: FlaskClient, session: Session, tmp_path: Path) -> None:
    """The file holds the personal data of a whole year."""
    url = hand_in(supervisor, register(tmp_path, GOOD, BAD_DATE))
    record = session.scalars(select(LedgerImport)).one()
    record.imported_by_id = None
    session.commit()
    assert supervisor.get(url).status_code == 404
    assert supervisor.get(f"{url}/rejected.xlsx").status_code == 404
    assert supervisor.post(f"{url}/import").status_code == 404
    assert url not in supervisor.get("/ledger").text


def test_an_import_is_voided_with_a_reason_while_nobody_has_worked_on_it(
    supervisor: FlaskClient, runner: Context, session: Session, people: Cast, tmp_path: Path
) -> None:
    second = {
        **GOOD,
        Column.SEQUENCE: 2,
        Column.DESCRIPTION: "另一件",
        Column.DOCUMENT_NUMBER: "椒民公开〔2023〕2号",
    }
    url = hand_in(supervisor, register(tmp_path, GOOD, second))
    assert "作废本次导入" not in supervisor.get(url).text
    assert supervisor.post(f"{url}/void", data={"void_reason": "导错"}).status_code == 409
    supervisor.post(f"{url}/import")
    assert "作废本次导入" not in supervisor.get(url).text
    import_queued(runner)
    assert "确认作废，删除 2 件" in supervisor.get(url).text

    missing = supervisor.post(f"{url}/void", data={"void_reason": "  "})
    assert missing.status_code == 422 and cases(session) == 2

    case = session.scalars(select(Case).order_by(Case.id)).first()
    assert case is not None
    case_id, number = case.id, case.number
    session.add(looked_at(case_id, people, runner))
    session.commit()
    refused = supervisor.post(f"{url}/void", data={"void_reason": "导错<b>年度</b>"})
    assert refused.status_code == 409
    assert "有 1 件导入后又办理过" in refused.text and f"<li>{number}</li>" in refused.text
    assert "导错&lt;b&gt;年度&lt;/b&gt;" in refused.text
    assert cases(session) == 2

    with unguarded(session):
        session.execute(delete(PersonalDataReading))
    assert supervisor.post(f"{url}/void", data={"void_reason": "导错<b>年度</b>"}).status_code == 302
    assert cases(session) == 0
    page = supervisor.get(url).text
    assert "导错&lt;b&gt;年度&lt;/b&gt;" in page and people.supervisor.name in page
    assert "椒民公开受〔2023〕1号至椒民公开受〔2023〕2号" in page
    assert "作废本次导入" not in page
    assert "已作废" in supervisor.get("/ledger").text
