"""A year goes in by four hands: marked and submitted by one person, looked at and confirmed by another."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.hands import Person
from tests.browser.office import due_is
from tests.browser.places import Place
from tests.browser.server import LiveServer
from tests.browser.test_pages import OUTPUT, look_at
from tests.domain.years import INVENTED_NOTICE, LINES_2027
from tests.factories.cases import received_case
from tests.people import Cast
from tracker.extensions import db
from tracker.models import Case
from tracker.services.unit_of_work import transaction

TODAY = date(2026, 12, 10)
Enter = Callable[[str], Person]


@pytest.fixture
def case(server: LiveServer, cast: Cast) -> str:
    """The address of a case of 陈静, due on 6 January 2027 as far as the days of law go."""
    house = server.house
    house.clock.set(TODAY)
    with house.app.app_context(), Session(db.engine) as session:
        context = house.runtime.context(session, cast.clerk)
        case_id = received_case(context, cast.organ_ids["MZJ"], date(2026, 12, 8))
        with transaction(context):
            session.get_one(Case, case_id).handler_id = cast.clerk.account_id
    return f"/cases/{case_id}"


def day(person: Person, iso: str) -> None:
    """Click a day of the grid."""
    person.page.locator(f'td[data-day="{iso}"]').get_by_role("button").click()


def test_a_year_is_marked_by_one_person_and_confirmed_by_another(enter: Enter, case: str) -> None:
    clerk, administrator, supervisor = enter("clerk"), enter("administrator"), enter("supervisor")
    clerk.go(case)
    due_is(clerk, "1月6日")
    due_is(clerk, "暂定")

    administrator.go("/")
    administrator.sees("2027 年的放假通知还没有载入")
    administrator.follow("去载入", administrator.page.get_by_role("main"))
    mark(administrator)
    administrator.fill({"通知文号": INVENTED_NOTICE, "通知日期": "2026-11-20"})
    administrator.press("提交，待另一人确认")
    administrator.sees("请对照通知核对", "共放假 14 天")
    expect(administrator.page.get_by_label("通知文号")).to_have_value(INVENTED_NOTICE)
    administrator.fill({"已逐条核对上面的提示，通知确实如此": True})
    administrator.press("提交，待另一人确认")
    administrator.is_told("尚未生效")
    administrator.sees("须由另一位管理员或者督查")
    administrator.cannot("确认载入")
    clerk.go(case)
    due_is(clerk, "1月6日")

    supervisor.go("/")
    supervisor.follow("去核对")
    supervisor.sees("1 件在办申请的 1 个到期日会变", "2027-01-06", "2027-01-07", "推迟 1 天")
    place = Place("calendars.proposal", "proposal", supervisor.page.url)
    assert list(look_at(supervisor.page, OUTPUT / "calendar", place)) == []
    with supervisor.act("确认载入") as form:
        supervisor.fill({"已逐条核对上面的提示，通知确实如此": True}, form)
        supervisor.press("确认载入", form)
    supervisor.is_told("2027 年工作日历已载入")
    supervisor.sees("管理员甲提出，沈督查确认")

    clerk.go(case)
    due_is(clerk, "1月7日")
    expect(clerk.page.get_by_role("region", name=re.compile("^答复期限"))).not_to_contain_text("暂定")
    clerk.sees("答复期限由2027年1月6日（周三）（暂定）改为2027年1月7日（周四）")


def mark(administrator: Person) -> None:
    """4 January off, 9 January worked; a Monday cannot be made up for."""
    page = administrator.page
    page.get_by_label("节日", exact=True).fill("元旦")
    day(administrator, "2027-01-04")
    page.get_by_label("调休上班", exact=True).check()
    day(administrator, "2027-01-09")
    expect(page.get_by_label("放假和调休")).to_have_value(
        re.compile("^元旦 1月1日、1月4日 放假；调休上班 1月9日\n春节 2月5日—2月8日 放假\n")
    )
    day(administrator, "2027-01-11")
    administrator.is_told("本来就上班")
    page.get_by_label("放假", exact=True).check()
    day(administrator, "2027-01-12")
    page.get_by_label("平常", exact=True).check()
    day(administrator, "2027-01-12")
    expect(page.get_by_label("放假和调休")).not_to_have_value(re.compile("1月12日"))


def test_a_mistake_in_the_lines_is_named_and_nothing_is_lost(enter: Enter, case: str) -> None:
    administrator = enter("administrator")
    administrator.go("/calendars/2027/propose")
    wrong = LINES_2027.replace("2月5日—2月11日", "2月5日—2月31日")
    administrator.fill({"放假和调休": wrong, "通知文号": "九号"})
    administrator.press("提交，待另一人确认")
    administrator.is_told("还有内容需要更正")
    administrator.sees("第 2 行：没有这一天（2月31日）", "例如“国办发明电〔2024〕12号”", "请填写“通知日期”")
    expect(administrator.page.get_by_label("放假和调休")).to_have_value(wrong.strip())


def test_two_who_confirm_at_once_are_told_apart(enter: Enter, case: str) -> None:
    administrator, supervisor = enter("administrator"), enter("supervisor")
    administrator.go("/calendars/2027/propose")
    administrator.fill({"放假和调休": LINES_2027, "通知文号": INVENTED_NOTICE, "通知日期": "2026-11-20"})
    administrator.press("提交，待另一人确认")
    administrator.is_told("尚未生效")
    address = administrator.page.url
    supervisor.go(address)
    administrator.do("撤回", {"原因": "文号抄错"})
    administrator.is_told("已撤回")
    with supervisor.act("确认载入") as form:
        supervisor.press("确认载入", form)
    supervisor.sees("这份提案已经处理完毕", "文号抄错")
