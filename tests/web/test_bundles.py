"""The page of an evidence bundle: what it shows, what comes back with faults, what two people do to each other."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.letters import case_in_hand
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.challenges import ChallengeKind
from tracker.models import AnswerDraft, Case, Challenge
from tracker.services.case_record import NewEntry, append
from tracker.services.challenges import NewChallenge, register_challenge
from tracker.services.context import Runtime
from tracker.services.search import record_search
from tracker.services.unit_of_work import transaction

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}=1+1"
RECEIVED, TODAY = date(2026, 3, 2), date(2026, 3, 23)


@pytest.fixture
def address(session: Session, people: Cast, runtime: Runtime, clock: StandingClock) -> str:
    """The bundle of a reconsideration against a posted reply of a case that was searched for."""
    load_shipped(session)
    session.rollback()
    clock.set(TODAY)
    clerk = runtime.context(session, people.clerk)
    case_id = case_in_hand(clerk, people.organ_ids["MZJ"], received_on=RECEIVED)
    record_search(
        clerk,
        case_id,
        on=RECEIVED,
        places=HOSTILE,
        keywords="救助",
        period="2025年",
        searched_by="陈静",
        found=False,
        result="没有",
        expected_version=None,
    )
    with transaction(clerk) as inner:
        case = inner.get_one(Case, case_id)
        append(clerk, case, NewEntry(EntryType.DISPATCHED, date(2026, 3, 16), {"by": str(DispatchWay.POST)}))
    new = NewChallenge(ChallengeKind.RECONSIDERATION, TODAY, f"撤销{HOSTILE}", number="椒政复〔2026〕8号")
    register_challenge(clerk, case_id, new, expected_version=None)
    number = session.scalars(select(Challenge.id)).one()
    session.rollback()
    return f"/challenges/{number}/bundle"


def form_of(client: FlaskClient, address: str) -> MultiDict[str, str]:
    """Every field of the page's form as a browser would send it."""
    html = client.get(address).text
    html = html[html.index('class="bundle-form"') :]
    sent: MultiDict[str, str] = MultiDict()
    for tag in re.findall(r"<input [^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            sent[name[1]] = value[1] if value else ""
    for name, text in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\r?\n?(.*?)</textarea>', html, re.S):
        sent[name] = text
    return sent


def drafts(session: Session) -> list[AnswerDraft]:
    session.rollback()
    return list(session.scalars(select(AnswerDraft).order_by(AnswerDraft.number)))


def test_the_page_says_what_is_missing_and_shows_markup_as_text(sign_in: SignIn, address: str) -> None:
    html = sign_in("clerk").get(address).text
    for words in (
        "2026年4月7日",
        "寄发、送达的凭证",
        "书面答复",
        "政府信息检索记录",
        "法律依据",
        "还没有保存过",
    ):
        assert words in html
    assert "<script>alert" not in html and "49=1+1" not in html


def test_saving_keeps_every_version_and_leads_back(sign_in: SignIn, session: Session, address: str) -> None:
    clerk = sign_in("clerk")
    sent = form_of(clerk, address)
    sent["conclusion"] = f"请求维持{HOSTILE}"
    assert clerk.post(address, data=sent).status_code == 302
    sent = form_of(clerk, address)
    sent["conclusion"] = "请求驳回"
    assert "已保存为第 2 版" in clerk.post(address, data=sent, follow_redirects=True).text
    assert [row.texts["conclusion"] for row in drafts(session)] == [f"请求维持{HOSTILE}", "请求驳回"]
    earlier = clerk.get(f"{address}?version=1").text
    assert "现在显示的是第 1 版" in earlier and "&lt;script&gt;alert(1)" in earlier
    assert clerk.get(f"{address}?version=9").status_code == 404


def test_a_place_that_is_no_number_comes_back_with_all_that_was_typed(
    sign_in: SignIn, session: Session, address: str
) -> None:
    clerk = sign_in("clerk")
    sent = form_of(clerk, address)
    sent["place-0"], sent["facts"] = "第一", "打了很久的字"
    answer = clerk.post(address, data=sent)
    assert answer.status_code == 422
    assert "请填写数字" in answer.text and "第一" in answer.text and "打了很久的字" in answer.text
    sent["place-0"], sent["facts"] = "1", "字" * 12_001
    assert clerk.post(address, data=sent).status_code == 422
    assert drafts(session) == []


def test_the_second_of_two_keeps_what_was_typed_and_may_save_on_top(
    sign_in: SignIn, session: Session, address: str
) -> None:
    first, second = sign_in("clerk"), sign_in("second_clerk")
    ours, theirs = form_of(first, address), form_of(second, address)
    ours["facts"], theirs["facts"] = "先保存的", "后保存的"
    assert first.post(address, data=ours).status_code == 302
    answer = second.post(address, data=theirs)
    assert answer.status_code == 409
    assert "刚被他人保存了新的一版" in answer.text and "后保存的" in answer.text
    theirs["version"] = "1"
    assert second.post(address, data=theirs).status_code == 302
    assert [row.texts["facts"] for row in drafts(session)] == ["先保存的", "后保存的"]


@pytest.mark.parametrize(
    "tampered",
    [{"version": "x"}, {"pieces": "letter:1,,search:x," + "a:1," * 500}, {"numbered": "⟦⟧"}, {"pieces": ""}],
)
def test_tampered_fields_break_nothing(
    sign_in: SignIn, session: Session, address: str, tampered: dict[str, str]
) -> None:
    clerk = sign_in("clerk")
    sent = form_of(clerk, address)
    for name, value in tampered.items():
        sent[name] = value
    assert clerk.post(address, data=sent).status_code in {302, 409, 422}


def test_the_district_reads_and_changes_nothing(sign_in: SignIn, address: str) -> None:
    html = sign_in("supervisor").get(address).text
    assert "保存底稿和目录" not in html and "被申请人：椒江区民政局" in html


def test_files_are_downloads_that_no_cache_keeps(sign_in: SignIn, address: str) -> None:
    clerk = sign_in("clerk")
    for ending, media_type, head in (("pdf", "application/pdf", b"%PDF-"), ("zip", "application/zip", b"PK")):
        answer = clerk.get(f"{address}.{ending}")
        assert answer.mimetype == media_type and answer.data.startswith(head)
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_file_that_cannot_be_set_leads_back_with_the_reason(sign_in: SignIn, address: str) -> None:
    clerk = sign_in("clerk")
    sent = form_of(clerk, address)
    sent["conclusion"] = "请求𓀀"
    clerk.post(address, data=sent)
    answer = clerk.get(f"{address}.pdf", follow_redirects=True)
    assert "字体中没有的字" in answer.text and "U+13000" in answer.text


def test_the_case_leads_there_for_those_who_may_see_it(
    sign_in: SignIn, session: Session, address: str
) -> None:
    case_id = session.scalars(select(Challenge.case_id)).one()
    session.rollback()
    assert f'href="{address}"' in sign_in("clerk").get(f"/cases/{case_id}").text
    for part in ("approver", "auditor"):
        html = sign_in(part).get(f"/cases/{case_id}").text
        assert "椒政复〔2026〕8号" in html and address not in html


def test_the_auditor_reads_who_looked(sign_in: SignIn, address: str) -> None:
    sign_in("clerk").get(address)
    html = sign_in("auditor").get("/audit/readings").text
    assert "举证包" in html and "查看举证包" in html and "陈静" in html


def test_in_english_only_the_papers_stay_chinese(sign_in: SignIn, address: str) -> None:
    clerk = sign_in("clerk")
    clerk.set_cookie("tracker_language", "en")
    html = clerk.get(address).text
    assert "Evidence bundle" in html and "What is missing" in html and "Save draft and list" in html


def test_the_advisor_reads_masked_names_and_speaks_of_one_version(
    sign_in: SignIn, session: Session, address: str
) -> None:
    clerk, advisor = sign_in("clerk"), sign_in("legal_advisor")
    assert "还没有可以审查的底稿" in advisor.get(f"{address}/review").text
    clerk.post(address, data=form_of(clerk, address))
    html = advisor.get(f"{address}/review").text
    assert "张＊" in html and "张三" not in html
    sent = {"version": "1", "verdict": "returned", "opinion": ""}
    answer = advisor.post(f"{address}/review", data=sent)
    assert answer.status_code == 422 and "请写明需要修改之处" in answer.text
    clerk.post(address, data=form_of(clerk, address))
    answer = advisor.post(f"{address}/review", data=sent | {"opinion": "补充检索经过"})
    assert answer.status_code == 409 and "补充检索经过" in answer.text
    sent = {"version": "2", "verdict": "returned", "opinion": HOSTILE}
    assert "审查意见已记" in advisor.post(f"{address}/review", data=sent, follow_redirects=True).text
    assert [(row.verdict, row.opinion) for row in drafts(session)] == [(None, None), ("returned", HOSTILE)]
    html = clerk.get(address).text
    assert "退回修改" in html and "&lt;script&gt;alert(1)" in html and "<script>alert" not in html


def test_the_case_leads_the_advisor_to_the_review(sign_in: SignIn, session: Session, address: str) -> None:
    case_id = session.scalars(select(Challenge.case_id)).one()
    session.rollback()
    assert f'href="{address}/review"' in sign_in("legal_advisor").get(f"/cases/{case_id}").text
