"""考核得分 on screen: the sum of each organ, the rule tried before it is put in force, ranking as sheet and paper."""

from __future__ import annotations

import html
import re
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.cases import bare_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.supervision.test_boards import figures_of, length_of
from tracker.domain.points_form import typed_rule
from tracker.domain.points_rule import SHIPPED_RULE
from tracker.models import PointsRule

TODAY = date(2026, 11, 23)
NEW = "/assessment/rules/new"
STRICT = typed_rule(SHIPPED_RULE) | {
    "weight_on_time_rate": "20",
    "weight_late": "20",
    "step_late": "10",
    "reason": "逾期从严",
    "in_force_from": "2026-12-01",
    "period": "2026-Q3",
    "version": "1",
}


@pytest.fixture(autouse=True)
def answered(people: Cast, session: Session, clock: StandingClock) -> Cast:
    """区民政局 answered three in the third quarter, one late and one not archived; 区财政局 one, well."""
    clock.set(TODAY)
    for code, serial, on_time, stage in (
        ("MZJ", 1, True, "archived"),
        ("MZJ", 2, True, "delivered"),
        ("MZJ", 3, False, "archived"),
        ("CZJ", 1, True, "archived"),
    ):
        case = bare_case(session, people.organ_ids[code], date(2026, 8, 3), serial)
        case.stopped_on, case.on_time, case.days_used = date(2026, 9, 1), on_time, 12
        case.clock_state, case.stage = "stopped", stage
    session.commit()
    return people


@pytest.fixture
def office(answered: Cast, sign_in: SignIn) -> FlaskClient:
    return sign_in("supervisor")


def seen(page: str) -> str:
    found = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def put_in_force(office: FlaskClient, **typed: str) -> str:
    data = STRICT | typed
    preview = office.post(NEW, data=data | {"step": "preview"}).text
    done = office.post(NEW, data=data | {"step": "confirm", "seen": seen(preview)}, follow_redirects=True)
    assert done.status_code == 200
    return done.text


def cells(page: str, organ: str) -> list[str]:
    """The texts of the row that names the organ."""
    for row in re.findall(r"<tr.*?</tr>", page, re.DOTALL):
        if organ in row:
            parts = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)
            return [
                re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", part))).strip() for part in parts
            ]
    raise AssertionError(organ)


def test_the_ranking_has_places_points_and_the_rule(office: FlaskClient) -> None:
    page = office.get("/assessment?period=2026-Q3").text
    assert cells(page, "椒江区财政局")[:3] == ["1", "椒江区财政局", "100"]
    assert cells(page, "椒江区民政局")[:3] == ["2", "椒江区民政局", "67"]
    assert cells(page, "海门街道办事处")[:3] == ["—", "海门街道办事处", "不参评"]
    assert page.index("椒江区财政局</a>") < page.index("椒江区民政局</a>") < page.index("海门街道办事处</a>")
    assert "按第 1 版计分规则计分（随系统提供，区政府办公室尚未另定），满分 100 分。" in page


def test_the_sum_of_an_organ_stands_line_by_line_and_its_figures_lead_to_their_lists(
    office: FlaskClient,
) -> None:
    address = "/assessment/organs/MZJ?period=2026-Q3"
    page = office.get(address).text
    assert "第 2 名，参评 2 个机关" in page
    rate = cells(page, "按期答复率")
    assert rate[2].startswith("66.6%") and rate[4] == "（100% − 66.6%）× 1 分 = 33.4 分，扣完 30 分为止"
    late = cells(page, ">逾期答复<")
    assert late == ["逾期答复", "10", "1", "每件扣 2 分", "1 件 × 2 分 = 2 分", "2", "8"]
    assert cells(page, ">未归档<")[2:] == ["1", "每件扣 1 分", "1 件 × 1 分 = 1 分", "1", "14"]
    assert cells(page, ">合计<") == ["合计", "100", "", "33", "67"]
    figures = figures_of(office, address)
    assert {url: value for url, value in figures.items() if length_of(office, url) != value} == {}
    for kind in ("unarchived=2026-Q3", "outcome=late", "answered=2026-Q3"):
        assert any(kind in url for url in figures), kind
    chip = office.get(next(url for url in figures if "unarchived" in url)).text
    assert "2026年第3季度答复、未归档" in chip


def test_the_sheet_has_the_points_of_every_measure(office: FlaskClient) -> None:
    rows = list(
        load_workbook(BytesIO(office.get("/assessment/figures.xlsx?period=2026-Q3").data)).active.iter_rows(
            min_row=2, values_only=True
        )
    )
    heads = list(rows[0])
    named = {row[0]: dict(zip(heads, row, strict=True)) for row in rows[1:]}
    ours = named["椒江区民政局"]
    assert (ours["名次"], ours["得分"], ours["答复"]) == (2, 67, 3)
    taken = {head: ours[head] for head in heads if str(head).endswith("扣分")}
    assert len(taken) == 7 and taken["按期答复率扣分"] == 30 and taken["未归档扣分"] == 1
    assert (named["海门街道办事处"]["名次"], named["海门街道办事处"]["得分"]) == (None, "不参评")
    assert any(str(row[0]).startswith("按第 1 版计分规则") for row in rows[1:])


def test_papers_are_downloads(office: FlaskClient) -> None:
    for address in ("/assessment/ranking.pdf", "/assessment/organs/MZJ/points.pdf"):
        answer = office.get(f"{address}?period=2026-Q3")
        assert answer.status_code == 200 and answer.data.startswith(b"%PDF")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "attachment" in answer.headers["Content-Disposition"]


def test_a_head_sees_the_own_sheet_and_no_place(sign_in: SignIn) -> None:
    head = sign_in("disclosure_head")
    page = head.get("/assessment?period=2026-Q3").text
    assert "椒江区财政局" not in page and "全区名次由区政府办公室查看。" in page
    assert cells(page, "椒江区民政局")[:2] == ["椒江区民政局", "67"]
    assert "第 2 名" not in head.get("/assessment/organs/MZJ?period=2026-Q3").text
    assert head.get("/assessment/organs/CZJ").status_code == 404
    assert head.get("/assessment/organs/CZJ/points.pdf").status_code == 404
    assert head.get("/assessment/ranking.pdf").status_code == 403
    assert "修改计分规则" not in head.get("/assessment/rules").text
    assert head.get(NEW).status_code == 403


def test_a_preview_compares_and_keeps_nothing(office: FlaskClient, session: Session) -> None:
    page = office.post(NEW, data=STRICT | {"step": "preview"})
    assert page.status_code == 200
    assert "预览：2026年第3季度" in page.text and "确认启用" in page.text
    assert cells(page.text, "椒江区民政局") == ["椒江区民政局", "67", "2", "69", "2", "+2"]
    assert cells(page.text, "椒江区财政局") == ["椒江区财政局", "100", "1", "100", "1", "—"]
    assert session.scalar(select(func.count()).select_from(PointsRule)) == 0
    empty = office.post(NEW, data=STRICT | {"step": "preview", "period": "2026-10"}).text
    assert "没有可以预览的机关" in empty and "确认启用" in empty


def test_what_was_seen_is_what_is_put_in_force(office: FlaskClient, session: Session) -> None:
    assert 'value="confirm"' not in office.get(NEW).text
    preview = office.post(NEW, data=STRICT | {"step": "preview"}).text
    changed = STRICT | {"step_late": "5", "step": "confirm", "seen": seen(preview)}
    refused = office.post(NEW, data=changed)
    assert refused.status_code == 422 and "规则在预览之后有改动" in refused.text
    assert cells(refused.text, "椒江区民政局")[3] == "74"
    assert session.scalar(select(func.count()).select_from(PointsRule)) == 0
    done = office.post(NEW, data=changed | {"seen": seen(refused.text)}, follow_redirects=True).text
    assert "第 2 版计分规则已确认，2026年12月1日起施行。" in done


def test_ended_periods_keep_their_rule_and_old_versions_stay_readable(office: FlaskClient) -> None:
    listed = put_in_force(office)
    assert "今天施行的规则：第 1 版" in listed and "2026年12月1日起" in listed
    assert "逾期从严" in listed and "沈督查" in listed
    assert cells(office.get("/assessment?period=2026-Q3").text, "椒江区民政局")[2] == "67"
    year = office.get("/assessment?period=2026").text
    assert cells(year, "椒江区民政局")[2] == "69" and "按第 2 版计分规则计分（2026年12月1日起施行）" in year
    assert "每件扣 10 分" in office.get("/assessment/rules/2").text
    first = office.get("/assessment/rules/1").text
    assert "每件扣 2 分" in first and "至2026年11月30日" in first
    assert office.get("/assessment/rules/3").status_code == 404


def test_nothing_typed_is_lost_with_any_fault(office: FlaskClient) -> None:
    wrong = {"full": "一百", "step_late": "多", "in_force_from": "某日", "reason": ""}
    answer = office.post(NEW, data=STRICT | wrong | {"step": "preview"})
    assert answer.status_code == 422 and 'value="confirm"' not in answer.text
    page = html.unescape(answer.text)
    for text in (
        'value="一百"',
        'value="多"',
        'value="某日"',
        "请填写“修改的原因”。",
        "满分请填写不小于 0 的数字",
    ):
        assert text in page, text
    past = office.post(NEW, data=STRICT | {"in_force_from": "2026-11-22", "step": "preview"})
    assert past.status_code == 422 and "启用日期不能早于今天" in past.text
    hostile = office.post(NEW, data=STRICT | {"reason": "<script>x</script>", "full": "110"})
    assert hostile.status_code == 422 and "<script>x" not in hostile.text
    assert "各项分值合计 100 分，应当等于满分 110 分" in hostile.text


def test_a_colleague_who_was_faster_is_told(office: FlaskClient, sign_in: SignIn) -> None:
    put_in_force(sign_in("supervisor"), reason="先到")
    late = STRICT | {"step_late": "5", "reason": "后到", "step": "preview"}  # begun before, on version 1
    digest = seen(office.post(NEW, data=late).text)
    refused = office.post(NEW, data=late | {"step": "confirm", "seen": digest})
    assert refused.status_code == 409 and "计分规则刚被他人修改" in refused.text and "后到" in refused.text
    assert re.search(r'name="version"[^>]*value="2"', refused.text)


def test_empty_district_says_what_will_appear(session: Session, office: FlaskClient) -> None:
    page = office.get("/assessment?period=2026-02").text
    assert "2026年2月还没有机关答复过申请" in page and "下载排名" not in page
    sheet = office.get("/assessment/organs/MZJ?period=2026-02").text
    assert "有答复后，每一项的数字、扣分和得分会列在这里。" in sheet and "下载计分表" not in sheet


@pytest.mark.parametrize("address", ["/assessment", "/assessment/organs/MZJ", "/assessment/rules", NEW])
def test_a_page_asks_the_database_few_questions(office: FlaskClient, engine: Engine, address: str) -> None:
    asked: list[str] = []

    def count(*arguments: object) -> None:
        asked.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", count)
    try:
        assert office.get(address).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(asked) <= 15, asked
