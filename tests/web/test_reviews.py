"""The advisor's rooms: the queue across organs, the page of a review, comments, figures, the head's way past it."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import date

import openpyxl
import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.factories.letters import DISCLOSED, case_in_hand
from tests.factories.reviews import ticked
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.test_letters import GROUNDS, TODAY, Desk, hidden_fields
from tracker.services.advice import ask_advice
from tracker.services.context import Runtime
from tracker.services.legal_review import submit
from tracker.services.letters import save_draft

FREE = "part1.2"


@pytest.fixture
def desk(session: Session, people: Cast, runtime: Runtime, sign_in: SignIn, clock: StandingClock) -> Desk:
    clock.set(TODAY)
    made = Desk(session, people, runtime, sign_in)
    made.drafted(submitted=True)
    return made


def free_key(desk: Desk) -> str:
    return next(b["key"] for b in desk.letter.content["blocks"] if b["kind"] == "free")


def send(desk: Desk, fields: Mapping[str, object], step: str = "decide") -> TestResponse:
    url = f"/letters/{desk.letter.id}/review"
    data = {"version": desk.letter.version_id, "step": step, **fields}
    return desk.sign_in("legal_advisor").post(url, data=data)


# the queue


def test_the_queue_is_sorted_and_narrowed(desk: Desk, people: Cast) -> None:
    one = desk.ctx("one_person")
    other = case_in_hand(one, people.organ_ids["HMJ"], serial=3, received_on=date(2026, 11, 2))
    made = save_draft(one, other, DISCLOSED, letter_id=None, expected_version=None)
    submit(one, made.letter_id, expected_version=None)
    desk.session.rollback()
    own_number, other_number = f"{people.organ_ids['MZJ']}-1号", f"{people.organ_ids['HMJ']}-3号"
    advisor = desk.sign_in("legal_advisor")
    page = advisor.get("/reviews").text
    assert page.index(other_number) < page.index(own_number)
    assert "剩 5 个工作日" in page and "剩 10 个工作日" in page and "临期" in page
    turned = advisor.get("/reviews?sort=-due").text
    assert turned.index(own_number) < turned.index(other_number)
    narrowed = advisor.get(f"/reviews?organ={people.organ_ids['HMJ']}").text
    assert other_number in narrowed and own_number not in narrowed
    assert "没有符合条件的答复书" in advisor.get("/reviews?light=red").text
    assert own_number in advisor.get("/reviews?light=nonsense&sort=nonsense").text


def test_questions_asked_early_stand_on_the_queue(desk: Desk) -> None:
    clerk = desk.ctx("clerk")
    ask_advice(clerk, desk.case_id, text="纪要能否公开？", answer_by_on=TODAY, expected_version=None)
    desk.session.rollback()
    advisor = desk.sign_in("legal_advisor")
    page = advisor.get("/reviews").text
    assert "纪要能否公开？" in page and "今天到期" in page
    url = f"/cases/{desk.case_id}/actions/give_advice"
    assert f'href="{url}"' in page
    fields = hidden_fields(advisor.get(url).text)
    number = re.search(r'<option[^>]*value="(\d+)"', advisor.get(url).text)
    assert number is not None
    sent = fields | {"question_id": number[1], "text": "可以公开结论部分。"}
    assert advisor.post(url, data=sent).status_code == 302
    page = desk.sign_in("clerk").get(f"/cases/{desk.case_id}").text
    assert "咨询法律顾问，请于2026年11月23日（周一）前答复" in page and "可以公开结论部分。" in page
    assert "此前的咨询" in advisor.get(f"/letters/{desk.letter.id}/review").text


# the page of a review


def test_everything_needed_lies_side_by_side(desk: Desk) -> None:
    page = desk.sign_in("legal_advisor").get(f"/letters/{desk.letter.id}/review").text
    for heading in ("答复稿", "答复期限", "申请", "事实与记录", "相近的往例", "审查要点", "结论"):
        assert re.search(rf"<h2[^>]*>{heading}", page), heading
    assert page.index('id="draft-title"') < page.index('id="asked-title"') < page.index('id="points-title"')
    assert "完成保密审查" in page and "文中写明2026年11月9日，与登记一致" in page
    assert "《条例》第三十三条" in page and "可否区分" not in page


def test_an_approval_without_answers_comes_back_with_what_was_typed(desk: Desk) -> None:
    answers = {k: v for k, v in ticked().items() if k != "answer-remedy"}
    answer = send(desk, {"verdict": "approved", "opinion": "同意这样答复", **answers})
    assert answer.status_code == 422
    assert "通过前须逐项审查" in answer.text and "同意这样答复" in answer.text
    assert desk.letter.status == "submitted"


def test_comments_alone_are_kept_and_nothing_else_is_lost(desk: Desk) -> None:
    key = free_key(desk)
    typed = {f"comment-{key}": "写明页数", "opinion": "初步意见", "answer-subject": "met"}
    answer = send(desk, typed, "comment")
    assert answer.status_code == 200
    assert "已保存 1 条批注" in answer.text and "初步意见" in answer.text
    assert re.search(r'<input checked[^>]*name="answer-subject"[^>]*value="met"', answer.text)
    assert answer.text.count("写明页数") == 1
    too_long = send(desk, {f"comment-{key}": "长" * 1001}, "comment")
    assert too_long.status_code == 422 and "最多 1000 个字" in too_long.text


def test_a_returned_draft_shows_its_comments_and_takes_the_ticks(desk: Desk) -> None:
    key = free_key(desk)
    sent = {
        "verdict": "returned",
        "reasons": ["facts", "wording"],
        "opinion": "请写明页数。",
        f"comment-{key}": "这里写明页数",
    }
    assert send(desk, sent).status_code == 302
    clerk = desk.sign_in("clerk")
    shown = clerk.get(f"/letters/{desk.letter.id}").text
    assert "退回原因：事实不清、证据不足、文字、格式问题" in shown and "这里写明页数" in shown
    url = f"/letters/{desk.letter.id}/edit"
    page = clerk.get(url).text
    box = re.search(r'name="dealt" value="(\d+)"', page)
    assert box is not None and "对审查批注的处理" in page
    reworded = {"parts-0-ground-disclosed_content": "《资金发放汇总表》1份，共3页"}
    data = {**hidden_fields(page), **GROUNDS, **reworded, "step": "submit"}
    assert "还不能提交审查" in clerk.post(url, data=data, follow_redirects=True).text
    data = {**hidden_fields(clerk.get(url).text), **data, "dealt": box[1]}
    data["version"] = desk.letter.version_id
    assert "已提交审查" in clerk.post(url, data=data, follow_redirects=True).text
    page = desk.sign_in("legal_advisor").get(f"/letters/{desk.letter.id}/review").text
    assert "与上次审查的文字对照" in page and re.search(r"<ins>.*，共3页", page) and "已处理：陈静" in page


def test_an_amended_text_is_approved_and_its_redline_kept(desk: Desk) -> None:
    key = free_key(desk)
    sent = {"verdict": "approved", f"text-{key}": "现向你提供《资金发放汇总表》1份，共3页。", **ticked()}
    answer = send(desk, sent)
    assert answer.status_code == 302
    page = desk.sign_in("approver").get(f"/letters/{desk.letter.id}").text
    assert "合法性审查修改通过" in page and "审查人的修改" in page
    assert re.search(r"<ins>.*?共3页", page)
    assert desk.send("approver", "sign").status_code == 302


def test_a_page_that_is_out_of_date_says_so_and_keeps_what_was_typed(desk: Desk) -> None:
    version = desk.letter.version_id
    assert desk.approved().status_code == 302
    late = desk.sign_in("legal_advisor").post(
        f"/letters/{desk.letter.id}/review",
        data={"version": version, "verdict": "approved", "opinion": "我也同意", **ticked()},
    )
    assert late.status_code == 409 and "我也同意" in late.text
    assert desk.sign_in("legal_advisor").get(f"/letters/{desk.letter.id}/review").status_code == 302


# the head


def test_the_head_lets_it_pass_with_a_reason_on_record(desk: Desk) -> None:
    head = desk.sign_in("disclosure_head")
    assert "免予审查" in head.get(f"/letters/{desk.letter.id}").text
    assert "免予审查" not in desk.sign_in("approver").get(f"/letters/{desk.letter.id}").text
    assert desk.send("disclosure_head", "waive-review", reason="").status_code == 422
    assert desk.send("disclosure_head", "waive-review", reason="顾问出差").status_code == 302
    page = head.get(f"/cases/{desk.case_id}").text
    assert "工作机构负责人决定免予合法性审查" in page and "顾问出差" in page
    assert "工作机构负责人决定免予审查" in head.get(f"/letters/{desk.letter.id}").text


# figures


def test_every_figure_leads_to_as_many_decisions(desk: Desk) -> None:
    send(desk, {"verdict": "returned", "reasons": ["facts", "law"], "opinion": "请补充。"})
    submit(desk.ctx("clerk"), desk.letter.id, expected_version=None)
    desk.session.rollback()
    desk.approved()
    advisor = desk.sign_in("legal_advisor")
    page = advisor.get("/reviews/figures").text
    links = set(re.findall(r'<a class="figure" href="([^"]+)">(\d+)</a>', page))
    assert len(links) > 10
    for url, number in links:
        listed = advisor.get(url.replace("&amp;", "&")).text
        assert f"共 {number} 次结论" in listed
        assert listed.count("<tr data-href") == int(number)
    sheet = advisor.get("/reviews/figures.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet.data)).active.iter_rows(values_only=True))
    assert rows[0][0] == "2026年审查统计"
    assert ("机关", "椒江区民政局", 2, 1, 0, 1, 0, 2) in [row[:8] for row in rows]
    assert "2025年还没有审查结论" in advisor.get("/reviews/figures?period=2025").text


@pytest.mark.parametrize("part", ["clerk", "approver", "administrator"])
def test_figures_are_for_advisors_heads_and_the_district(desk: Desk, part: str) -> None:
    assert desk.sign_in(part).get("/reviews/figures").status_code == 403
