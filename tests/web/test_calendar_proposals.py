"""Pages on which a year is proposed, looked at by a second person, and confirmed."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.domain.years import INVENTED_NOTICE, LINES_2027
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import CalendarProposal
from tracker.queries.calendars import calendar_version, current_calendar
from tracker.services.context import Runtime

FORM = {
    "year": "2027",
    "notice_number": INVENTED_NOTICE,
    "notice_on": "2026-11-20",
    "lines": LINES_2027,
    "step": "submit",
}
SHEET = "2027-01-01,off,元旦\n2027-02-30,off,春节\n2027-02-05,maybe,春节\n2027-02-08,work,春节\n"


@pytest.fixture(autouse=True)
def _calendars(session: Session, clock: StandingClock) -> None:
    load_shipped(session)
    clock.set(date(2026, 12, 10))


@pytest.fixture
def case_id(session: Session, people: Cast, runtime: Runtime) -> int:
    """A case due on 6 January 2027 as far as is known, on 7 January by the notice."""
    made = received_case(runtime.context(session, people.clerk), people.organ_ids["MZJ"], date(2026, 12, 8))
    session.rollback()
    return made


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def proposal(sign_in: SignIn, **changes: str) -> str:
    """The address of a year that the administrator put forward."""
    answer = sign_in("administrator").post("/calendars/2027/propose", data=FORM | changes)
    assert answer.status_code == 302, text(answer.text)
    return answer.headers["Location"]


def confirm(sign_in: SignIn, address: str, **fields: str) -> TestResponse:
    client = sign_in("supervisor")
    version = re.search(r'name="version"[^>]*value="(\d+)"', client.get(address).text)
    assert version is not None
    return client.post(f"{address}/confirm", data={"version": version[1]} | fields)


def test_the_page_begins_with_the_days_of_law(sign_in: SignIn) -> None:
    html = sign_in("administrator").get("/calendars/2027/propose").text
    assert "春节 2月5日—2月8日 放假" in html
    assert "载入 2027 年工作日历" in text(html)
    assert html.count("data-day=") == 365


def test_a_loaded_year_begins_with_what_is_loaded_and_asks_for_a_reason(sign_in: SignIn) -> None:
    html = sign_in("administrator").get("/calendars/2025/propose").text
    assert "春节 1月28日—2月4日 放假；调休上班 1月26日、2月8日" in html
    assert "更正的原因" in html and "国办发明电〔2024〕12号" in html


def test_a_preview_saves_nothing(sign_in: SignIn, session: Session) -> None:
    answer = sign_in("administrator").post("/calendars/2027/propose", data=FORM | {"step": "preview"})
    assert answer.status_code == 200
    shown = text(answer.text)
    assert "放假 28 天（含周末），调休上班 7 天" in shown
    assert "2027年1月4日（周一） 加 — 放假（元旦）" in shown
    assert session.query(CalendarProposal).count() == 0


def test_faults_are_named_all_at_once_and_nothing_is_lost(sign_in: SignIn) -> None:
    lines = "元旦 1月1日 放假\n春节 2月30日 放假\n劳动节 5月3日 上班\n"
    answer = sign_in("administrator").post(
        "/calendars/2027/propose", data=FORM | {"lines": lines, "notice_number": "九号"}
    )
    assert answer.status_code == 422
    for said in ("第 2 行：没有这一天", "第 3 行：2027年5月3日（周一） 本来就是工作日"):
        assert said in text(answer.text)
    assert "春节 2月30日 放假" in answer.text and 'value="九号"' in answer.text


def test_the_form_of_the_notice_is_asked_for_with_an_example(sign_in: SignIn) -> None:
    answer = sign_in("administrator").post("/calendars/2027/propose", data=FORM | {"notice_number": "九号"})
    assert answer.status_code == 422
    assert "例如“国办发明电〔2024〕12号”" in answer.text


def test_doubts_are_shown_and_confirmed_before_anything_is_sent(sign_in: SignIn) -> None:
    lines = LINES_2027.replace("2月5日—2月11日", "2月6日—2月11日")
    client = sign_in("administrator")
    answer = client.post("/calendars/2027/propose", data=FORM | {"lines": lines})
    assert answer.status_code == 422
    assert "2027年2月5日（周五） 是法定节日（春节），这里没有放假。" in text(answer.text)
    again = client.post("/calendars/2027/propose", data=FORM | {"lines": lines, "doubts_accepted": "y"})
    assert again.status_code == 302


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_file_fills_the_form(sign_in: SignIn, encoding: str) -> None:
    content = f"# year: 2027\n# notice: {INVENTED_NOTICE}\n2027-01-01,放假,元旦\n2027-01-02,放假,元旦\n"
    answer = sign_in("administrator").post(
        "/calendars/2026/propose",
        data={"step": "read_file", "file": (BytesIO(content.encode(encoding)), "2027年.csv")},
    )
    assert answer.status_code == 200
    assert "元旦 1月1日—1月2日 放假" in answer.text and INVENTED_NOTICE in answer.text
    assert "已读入：2027年.csv" in answer.text
    assert 'action="/calendars/2027/propose"' in answer.text


def test_a_workbook_is_read_as_well(sign_in: SignIn) -> None:
    book, content = Workbook(), BytesIO()
    for row in (["日期", "类别", "名称"], [date(2027, 2, 5), "放假", "春节"], ["2027-01-31", "上班", "春节"]):
        book.active.append(row)
    book.save(content)
    answer = sign_in("administrator").post(
        "/calendars/2027/propose",
        data={"step": "read_file", "file": (BytesIO(content.getvalue()), "2027.xlsx")},
    )
    assert "春节 2月5日 放假；调休上班 1月31日" in answer.text


def test_a_workbook_of_something_else_is_refused_before_it_is_read_through(sign_in: SignIn) -> None:
    book, content = Workbook(), BytesIO()
    for number in range(600):
        book.active.append([number])
    book.save(content)
    answer = sign_in("administrator").post(
        "/calendars/2027/propose",
        data={"step": "read_file", "file": (BytesIO(content.getvalue()), "2027.xlsx")},
    )
    assert answer.status_code == 422 and "表格超过 500 行" in answer.text


def test_every_fault_of_a_file_is_told_with_its_line(sign_in: SignIn) -> None:
    answer = sign_in("administrator").post(
        "/calendars/2027/propose",
        data=FORM | {"step": "read_file", "file": (BytesIO(SHEET.encode()), "2027.csv")},
    )
    shown = text(answer.text)
    assert answer.status_code == 422
    for line in ("第 2 行：没有这一天", "第 3 行：应为", "第 4 行：2027年2月8日（周一） 本来就是工作日"):
        assert line in shown
    assert "端午节 6月9日 放假" in answer.text, "what was typed stays"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("2027.pdf", b"%PDF", "格式不能收存"),
        ("2027.csv", b"x" * 2_000_000, "超过 1 MB"),
        ("2027.csv", b"\x00\x01", "看不出是文本还是表格"),
        ("2027.xlsx", b"PK\x03\x04broken", "表格无法读取"),
        ("2027.xlsx", b"\xd0\xcf\x11\xe0old", "旧版 .xls"),
        ("2027.csv", b"", "是空文件"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(sign_in: SignIn, name: str, content: bytes, said: str) -> None:
    answer = sign_in("administrator").post(
        "/calendars/2027/propose", data={"step": "read_file", "file": (BytesIO(content), name)}
    )
    assert answer.status_code == 422
    assert said in answer.text


def test_the_second_person_sees_old_and_new_of_every_clock(sign_in: SignIn, case_id: int) -> None:
    address = proposal(sign_in)
    html = sign_in("supervisor").get(address).text
    shown = text(html)
    assert "1 件在办申请的 1 个到期日会变" in shown
    assert re.search(r"答复期限 2027-01-06 周三 暂定 .{0,9} 2027-01-07 周四 确定 .{0,9} 推迟 1 天", shown)
    assert f'href="/cases/{case_id}"' in html
    assert "2027年1月4日（周一） 加 — 放假（元旦）" in shown


def test_an_administrator_sees_numbers_and_dates_but_no_way_into_the_case(
    sign_in: SignIn, case_id: int
) -> None:
    html = sign_in("administrator").get(proposal(sign_in)).text
    assert "测试受〔2026〕" in html and "/cases/" not in html
    assert "困难群众" not in html
    assert "须由另一位管理员或者督查" in html and "确认载入" not in text(html)


def test_confirmed_it_is_in_force_and_in_the_log(sign_in: SignIn, case_id: int, session: Session) -> None:
    answer = confirm(sign_in, proposal(sign_in))
    assert answer.status_code == 302
    session.rollback()
    assert current_calendar(session).is_covered(2027)
    page = sign_in("supervisor").get(answer.headers["Location"])
    assert "管理员甲提出，沈督查确认" in text(page.text)
    case = text(sign_in("clerk").get(f"/cases/{case_id}").text)
    assert "答复期限由2027年1月6日（周三）（暂定）改为2027年1月7日（周四）" in case


def test_another_version_meanwhile_means_looking_again(sign_in: SignIn, session: Session) -> None:
    address = proposal(sign_in)
    answer = sign_in("supervisor").post(f"{address}/confirm", data={"version": "1"})
    assert answer.status_code == 409
    assert "已按新版本重新列出" in answer.text
    assert f'value="{calendar_version(session)}"' in answer.text
    assert confirm(sign_in, address).status_code == 302


def test_a_proposer_cannot_confirm_by_address_either(sign_in: SignIn, session: Session) -> None:
    address = proposal(sign_in)
    answer = sign_in("administrator").post(
        f"{address}/confirm", data={"version": str(calendar_version(session))}
    )
    assert answer.status_code == 403


def test_rejected_with_a_reason_it_can_be_put_forward_again(sign_in: SignIn) -> None:
    address = proposal(sign_in)
    client = sign_in("supervisor")
    assert client.post(f"{address}/reject", data={}).status_code == 422
    assert client.post(f"{address}/reject", data={"decision_reason": "春节少一天"}).status_code == 302
    shown = text(sign_in("administrator").get("/calendars/history").text)
    assert "已退回" in shown and "春节少一天" in shown
    assert sign_in("supervisor").post(f"{address}/confirm", data={"version": "8"}).status_code == 409
    assert proposal(sign_in) != address


def test_the_list_can_be_taken_away_as_a_file(sign_in: SignIn, case_id: int) -> None:
    address = proposal(sign_in)
    answer = sign_in("supervisor").get(f"{address}/moves.csv")
    assert answer.mimetype == "text/csv"
    head, row = answer.get_data().decode("utf-8-sig").split()
    assert head.startswith("受理号,机关,期限,原到期日")
    assert row.endswith("答复期限,2027-01-06,暂定,2027-01-07,确定,1")


def test_the_history_names_editions_and_what_each_changed(sign_in: SignIn, session: Session) -> None:
    shown = text(sign_in("clerk").get("/calendars/history").text)
    assert "随系统提供" in shown
    edition = sign_in("clerk").get(f"/calendars/editions/{calendar_version(session)}")
    assert edition.status_code == 200 and "与法律规定的节日相比" in edition.text
    assert sign_in("clerk").get("/calendars/editions/999999").status_code == 404


def test_who_begins_while_a_proposal_waits_is_told_before_typing(sign_in: SignIn) -> None:
    address = proposal(sign_in)
    client = sign_in("administrator")
    html = client.get("/calendars/2027/propose").text
    assert "2027 年已有一份待确认的提案" in html and f'href="{address}"' in html
    assert client.post("/calendars/2027/propose", data=FORM).status_code == 409
    assert "待确认的提案" not in client.get("/calendars/2028/propose").text
