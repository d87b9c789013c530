"""知识库: a reply held up and read while drafting, a refusal looked at again, its information published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from tests.browser.hands import Person
from tests.browser.places import Place
from tests.browser.server import LiveServer
from tests.browser.test_pages import OUTPUT, look_at
from tests.factories.cases import bare_case
from tests.factories.letters import DISCLOSED, case_in_hand
from tests.factories.reviews import approve
from tests.people import Cast
from tracker.extensions import db
from tracker.services.legal_review import submit
from tracker.services.letters import save_draft
from tracker.services.sign_off import sign_off
from tracker.services.unit_of_work import transaction

TODAY = date(2026, 11, 23)


@pytest.fixture
def ids(server: LiveServer, cast: Cast) -> dict[str, int]:
    """A signed reply, a case to be answered, a refusal more than a year old."""
    house, organ_id = server.house, cast.organ_ids["MZJ"]
    house.clock.set(TODAY)
    with house.app.app_context(), Session(db.engine) as session:
        clerk = house.runtime.context(session, cast.clerk)
        answered = case_in_hand(clerk, organ_id)
        letter_id = save_draft(clerk, answered, DISCLOSED, letter_id=None, expected_version=None).letter_id
        submit(clerk, letter_id, expected_version=None)
        approve(house.runtime.context(session, cast.legal_advisor), letter_id)
        sign_off(house.runtime.context(session, cast.approver), letter_id, expected_version=None)
        waiting = case_in_hand(clerk, organ_id, serial=2, applicant="李四")
        with transaction(clerk):
            refused = bare_case(session, organ_id, date(2025, 9, 1), 3)
            refused.disposition, refused.stopped_on = "refused_process", date(2025, 10, 9)
            refused.stage = "archived"
            refused_id = refused.id
        return {"letter": letter_id, "waiting": waiting, "refused": refused_id}


def test_what_was_learned_reaches_who_answers_next(
    enter: Callable[[str], Person], ids: dict[str, int]
) -> None:
    advisor, clerk, head = enter("legal_advisor"), enter("clerk"), enter("disclosure_head")
    advisor.go(f"/letters/{ids['letter']}")
    advisor.follow("标为示范答复")
    expect(advisor.page.get_by_label("示范文字")).not_to_have_value("张三")
    advisor.fill({"好在哪里": "张三这件附件写明页数"})
    advisor.press("保存示范答复")
    advisor.is_told("文字中还有可以认出当事人的内容：张三")
    advisor.fill({"好在哪里": "附件写明名称和页数"})
    advisor.press("保存示范答复")
    advisor.is_told("已标为示范答复。")
    look(advisor, "model")

    clerk.go(f"/cases/{ids['waiting']}/letters/new?template=disclosed")
    clerk.sees("附件写明名称和页数")
    clerk.page.locator("summary").get_by_text("看正文", exact=True).click()
    clerk.sees("受理号：×××")
    look(clerk, "drafting")

    clerk.go("/")
    clerk.sees("到期应审查的有 1 件")
    clerk.follow("去审查")
    clerk.sees("超过 45 天")
    look(clerk, "refusals")
    clerk.go(f"/cases/{ids['refused']}/refusal")
    clerk.choose("审查结果", "情况变化，可以公开")
    clerk.press("登记审查结果")
    clerk.is_told("请填写“依据”。")
    clerk.fill({"依据": "方案已经批准公布"})
    clerk.press("登记审查结果")
    clerk.is_told("审查结果已登记。")
    clerk.follow("提出主动公开建议")
    clerk.fill({"理由": "定期审查认为可以公开"})
    clerk.press("提出建议")
    clerk.is_told("已提出主动公开建议。")

    head.go("/")
    head.follow("去处理")
    head.follow("困难群众救助资金发放情况", head.page.get_by_role("main"))
    head.choose("审核意见", "采纳，纳入主动公开")
    head.fill({"理由": "群众关心"})
    head.press("登记审核意见")
    head.is_told("审核意见已登记。")
    head.fill({"在哪里公开": "区政府网站社会救助栏目"})
    head.press("登记公开")
    head.is_told("已登记主动公开。")
    head.sees("已主动公开", "群众关心", "区政府网站社会救助栏目")
    look(head, "published")

    clerk.go(f"/cases/{ids['waiting']}/before")
    clerk.sees("区政府网站社会救助栏目")


def look(person: Person, name: str) -> None:
    """Pictures at both widths, and nothing that keeps somebody from working with the page."""
    place = Place("knowledge", name, person.page.url)
    assert list(look_at(person.page, OUTPUT / "knowledge", place)) == []
