"""The district's office changes the 计分规则: tries it, puts it in force, sees the ranking and takes it away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.hands import Person
from tests.browser.office import Office
from tests.browser.places import Place
from tests.browser.server import LiveServer
from tests.browser.test_pages import OUTPUT, look_at
from tests.factories.cases import bare_case
from tests.people import Cast
from tracker.extensions import db


def test_a_rule_is_tried_put_in_force_and_ranks_the_organs(
    server: LiveServer, cast: Cast, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 11, 23))
    answer_some(server, cast)
    person = office.at_desk("supervisor")
    main = person.page.get_by_role("main")
    person.go("/supervision")
    person.follow("考核指标", main)
    person.sees("随系统提供，区政府办公室尚未另定")
    person.follow("计分规则", main)
    person.follow("修改计分规则", main)

    late = person.page.get_by_role("group", name="逾期答复", exact=True)
    person.fill({"每超 1 件扣": "12"}, late)
    person.fill({"修改的原因": "逾期从严"})
    person.press("预览")
    person.is_told("“逾期答复”的扣分不能多于这一项的分值")
    person.fill({"每超 1 件扣": "10"}, late)
    person.press("预览")
    row = main.get_by_role("row").filter(has_text="椒江区民政局")
    expect(row).to_contain_text("-8")
    look(person, "points-preview")
    person.press("确认启用")
    person.is_told("第 2 版计分规则已确认，2026年11月23日起施行。")
    person.sees("今天施行的规则：第 2 版", "逾期从严", "每件扣 10 分")

    person.go("/assessment?period=2026")
    expect(main.get_by_role("row").nth(1)).to_contain_text("椒江区财政局")
    look(person, "points-ranking")
    with person.page.expect_download() as caught:
        person.follow("下载排名（PDF）", main)
    assert caught.value.suggested_filename == "2026年考核排名.pdf"
    assert caught.value.path().read_bytes().startswith(b"%PDF")
    person.follow("椒江区民政局", main)
    person.sees("1 件 × 10 分 = 10 分", "第 2 名，参评 2 个机关")
    look(person, "points-organ")


def answer_some(server: LiveServer, cast: Cast) -> None:
    """区民政局 answered two in the third quarter, one of them late; 区财政局 one, in time."""
    with server.house.app.app_context(), Session(db.engine) as session:
        for code, serial, on_time in (("MZJ", 1, True), ("MZJ", 2, False), ("CZJ", 1, True)):
            case = bare_case(session, cast.organ_ids[code], date(2026, 8, 3), serial)
            case.stopped_on, case.on_time, case.days_used = date(2026, 9, 1), on_time, 12
            case.clock_state, case.stage = "stopped", "archived"
        session.commit()


def look(person: Person, name: str) -> None:
    """Pictures at both widths, and nothing that keeps somebody from working with the page."""
    place = Place("assessment", name, person.page.url)
    assert list(look_at(person.page, OUTPUT / "points", place)) == []
