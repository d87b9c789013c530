"""逐步判断 as a clerk goes through it: by links, back again, and into the draft."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.test_letters import TODAY, Desk
from tracker.domain.case_log import EntryType
from tracker.models import Case
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Runtime
from tracker.services.unit_of_work import transaction


@pytest.fixture
def desk(session: Session, people: Cast, runtime: Runtime, sign_in: SignIn, clock: StandingClock) -> Desk:
    clock.set(TODAY)
    return Desk(session, people, runtime, sign_in)


def follow(client: FlaskClient, page: str, words: str) -> str:
    """The page behind the link with these words."""
    [address] = set(re.findall(rf'<a [^>]*href="([^"]+)"[^>]*>{re.escape(words)}<', page))
    answer = client.get(unescape(address))
    assert answer.status_code == 200
    return answer.text


def test_question_by_question_to_a_letter_in_part_and_into_the_draft(desk: Desk) -> None:
    client = desk.sign_in("clerk")
    page = client.get(f"/cases/{desk.case_id}/letters/guide").text
    for question, answer in [
        ("申请内容明确吗？", "明确"),
        ("要的是政府信息吗？", "是，要一份已有的政府信息"),
        ("由本机关负责公开吗？", "由本机关公开"),
        ("检索到了吗？", "检索到了"),
        ("已经主动公开了吗？", "没有"),
        ("以前答复过吗？数量、频次正常吗？", "第一次申请，数量正常"),
        ("是国家秘密，或者依法不得公开吗？", "都不是，保密审查已经通过"),
        ("涉及商业秘密、个人隐私等第三方合法权益吗？", "涉及，公开会损害其合法权益"),
        ("能区分处理吗？", "能够区分，其余部分可以公开"),
    ]:
        assert f'<h2 id="guide-question">{question}</h2>' in page
        page = follow(client, page, answer)
    for words in ("答复书：部分公开", "3.2 部分公开", "请法律顾问核对", "书面征求第三方意见的记录"):
        assert words in page
    draft = follow(client, page, "按此拟稿")
    assert re.search(r'<option selected value="partly_disclosed">', draft)
    assert re.search(r'<option selected value="refused_third_party">', draft)


def test_back_and_another_answer(desk: Desk) -> None:
    client = desk.sign_in("clerk")
    page = client.get(f"/cases/{desk.case_id}/letters/guide?answer=yes&answer=petition").text
    assert "答复书：信访、投诉、举报" in page
    page = follow(client, page, "返回上一问")
    assert "要的是政府信息吗？" in page
    assert "由其他机关公开" in follow(client, page, "是，要一份已有的政府信息")


def test_who_knows_begins_later_and_is_told_what_was_passed_over(desk: Desk) -> None:
    client = desk.sign_in("clerk")
    page = client.get(f"/cases/{desk.case_id}/letters/guide").text
    page = follow(client, page, "是行政执法案卷吗？")
    page = follow(client, page, "属于行政执法案卷")
    page = follow(client, page, "不能区分，全部不予公开")
    assert "答复书：行政执法案卷" in page
    assert "没有逐项判断的问题" in page
    assert "由本机关负责公开吗？" in page


def test_what_is_to_be_done_first_leads_to_its_form(desk: Desk) -> None:
    client = desk.sign_in("clerk")
    page = client.get(f"/cases/{desk.case_id}/letters/guide?start=secret&answer=unreviewed").text
    assert "先办这一步" in page
    assert f'href="/cases/{desk.case_id}/actions/review_secrecy"' in page
    assert "按此拟稿" not in page


def test_a_stored_draft_is_shown_with_the_new_outcome_and_kept_until_saved(desk: Desk) -> None:
    letter_id = desk.drafted()
    client = desk.sign_in("clerk")
    page = client.get(f"/cases/{desk.case_id}/letters/guide?answer=yes&answer=petition").text
    shown = follow(client, page, "按此拟稿")
    assert re.search(r'<option selected value="petition">', shown)
    assert re.search(r'<option selected value="disclosed">', client.get(f"/letters/{letter_id}/edit").text)


def test_where_no_reply_can_be_drafted_now_the_end_says_so(desk: Desk) -> None:
    ctx = desk.ctx("clerk")
    with transaction(ctx) as session:
        asked = NewEntry(EntryType.CORRECTION_REQUESTED, TODAY)
        append(ctx, session.get_one(Case, desk.case_id), asked, reason="补正告知晚于七个工作日")
    page = desk.sign_in("clerk").get(f"/cases/{desk.case_id}/letters/guide?answer=yes&answer=petition").text
    assert "现在还不能拟稿" in page
    assert "按此拟稿" not in page


@pytest.mark.parametrize(
    "query", ["answer=maybe", "start=severable", "start=nothing", "answer=still&answer=yes"]
)
def test_a_step_that_is_none_is_told_plainly(desk: Desk, query: str) -> None:
    answer = desk.sign_in("clerk").get(f"/cases/{desk.case_id}/letters/guide?{query}")
    assert answer.status_code == 404
    assert "没有这一步" in answer.text


@pytest.mark.parametrize("query", ["template=lapsed_uncorrected", "template=x", "template=petition&part=9"])
def test_an_address_names_no_outcome_a_draft_may_not_tell(desk: Desk, query: str) -> None:
    page = desk.sign_in("clerk").get(f"/cases/{desk.case_id}/letters/new?{query}").text
    assert '<option selected value="">' in page
