"""The rooms of drafting, review, sign-off and dispatch as people use them."""

from __future__ import annotations

import io
import re
from datetime import date
from html import unescape
from typing import Any

import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.clocks import StandingClock
from tests.factories.calendars import load_shipped
from tests.factories.letters import DISCLOSED, case_in_hand
from tests.factories.reviews import ticked
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.adapters.pdf_binder import blank_pdf
from tracker.models import Case, Letter
from tracker.services.attachments import Upload, add_file
from tracker.services.context import Context, Runtime
from tracker.services.legal_review import submit
from tracker.services.letters import save_draft

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
GROUNDS = {
    "parts-0-template": "disclosed",
    "parts-0-was_template": "disclosed",
    "parts-0-ground-disclosed_content": "《资金发放汇总表》1份",
    "parts-0-ground-supply_how": "随本告知书一并邮寄提供",
}


TODAY = date(2026, 11, 23)


class Desk:
    """One case of 区民政局 received ten working days ago, and the browsers of those who work on it."""

    def __init__(self, session: Session, people: Cast, runtime: Runtime, sign_in: SignIn) -> None:
        self.session, self.people, self.runtime, self.sign_in = session, people, runtime, sign_in
        load_shipped(session)
        self.case_id = case_in_hand(self.ctx("clerk"), people.organ_ids["MZJ"])
        self.session.rollback()

    def ctx(self, part: str) -> Context:
        return self.runtime.context(self.session, self.people.actors[part])

    def drafted(self, *, submitted: bool = False) -> int:
        ctx = self.ctx("clerk")
        letter_id = save_draft(ctx, self.case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
        if submitted:
            submit(ctx, letter_id, expected_version=None)
        self.session.rollback()
        return letter_id

    @property
    def letter(self) -> Letter:
        self.session.rollback()
        return self.session.scalars(select(Letter).order_by(Letter.id.desc())).first()  # type: ignore[return-value]

    @property
    def case(self) -> Case:
        self.session.rollback()
        return self.session.get_one(Case, self.case_id)

    def approved(self) -> TestResponse:
        """The advisor has nothing to complain of."""
        return self.send("legal_advisor", "review", verdict="approved", opinion="同意", **ticked())

    def send(self, part: str, act: str, **fields: Any) -> TestResponse:
        letter = self.letter
        data = {"version": letter.version_id, **fields}
        return self.sign_in(part).post(f"/letters/{letter.id}/{act}", data=data)


@pytest.fixture
def desk(session: Session, people: Cast, runtime: Runtime, sign_in: SignIn, clock: StandingClock) -> Desk:
    clock.set(TODAY)
    return Desk(session, people, runtime, sign_in)


def hidden_fields(page: str) -> dict[str, str]:
    found = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    fields = {}
    for tag in found:
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag, re.DOTALL)
        if name:
            fields[name[1]] = unescape(value[1]) if value else ""
    return fields


def texts_of(page: str) -> dict[str, str]:
    areas = re.findall(r'<textarea[^>]*name="(text-[^"]*)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text).strip() for name, text in areas}


# drafting


def test_the_form_asks_for_what_the_chosen_outcome_needs(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    url = f"/cases/{desk.case_id}/letters/new"
    assert "怎样答复" in clerk.get(url).text
    page = clerk.post(url, data={"parts-0-template": "refused_process", "step": "preview"}).text
    assert "过程性信息的类别" in page and "不予公开的理由" in page
    assert "第十六条第二款" in page
    assert "提交前还缺" in page
    assert desk.letter is None


def test_a_draft_is_saved_and_shown_as_a_letter(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    url = f"/cases/{desk.case_id}/letters/new"
    answer = clerk.post(url, data={**GROUNDS, "step": "save", "version": desk.case.version_id})
    assert answer.status_code == 302
    letter = desk.letter
    assert letter.status == "draft" and desk.case.stage == "drafting"
    page = clerk.get(f"/letters/{letter.id}").text
    assert "政府信息公开告知书" in page and "张三：" in page and "《资金发放汇总表》1份" in page
    assert clerk.get(url).status_code == 302


def test_saving_and_submitting_goes_to_the_advisor(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    data = {**GROUNDS, "step": "submit", "version": desk.case.version_id}
    clerk.post(f"/cases/{desk.case_id}/letters/new", data=data)
    assert desk.letter.status == "submitted"
    assert "政府信息公开告知书" in desk.sign_in("legal_advisor").get("/reviews").text


def test_an_incomplete_draft_is_kept_and_says_what_it_lacks(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    data = {
        "parts-0-template": "petition",
        "parts-0-was_template": "petition",
        "step": "submit",
        "version": desk.case.version_id,
    }
    answer = clerk.post(f"/cases/{desk.case_id}/letters/new", data=data, follow_redirects=True)
    assert "草稿已保存，但还不能提交审查" in answer.text and "可以通过的渠道" in answer.text
    assert desk.letter.status == "draft"


def test_free_paragraphs_are_reworded_and_fixed_ones_are_not_offered(desk: Desk) -> None:
    letter_id = desk.drafted()
    clerk = desk.sign_in("clerk")
    page = clerk.get(f"/letters/{letter_id}/edit").text
    texts = texts_of(page)
    assert len(texts) == 2 and not any("第三十六条" in text for text in texts.values())
    changed = next(iter(texts))
    data = {**GROUNDS, **hidden_fields(page), **texts, changed: "另行约定领取时间。", "step": "save"}
    assert clerk.post(f"/letters/{letter_id}/edit", data=data).status_code == 302
    assert "另行约定领取时间。" in clerk.get(f"/letters/{letter_id}").text
    assert list(desk.letter.values["texts"].values()) == ["另行约定领取时间。"]


def test_fixed_paragraphs_stand_between_those_that_may_be_reworded(desk: Desk) -> None:
    page = desk.sign_in("clerk").get(f"/letters/{desk.drafted()}/edit").text
    rewording = page[page.index("改写文字") : page.index('label for="attachments"')]
    assert rewording.count("固定</span>") >= 4 and rewording.count("<textarea") == 2
    assert "先向" not in rewording and "申请行政复议" in rewording


def test_a_file_of_the_case_is_listed_with_its_pages(desk: Desk) -> None:
    ctx = desk.ctx("clerk")
    (file_id,) = add_file(ctx, desk.case_id, [Upload("发放汇总表.pdf", blank_pdf(3))], expected_version=None)
    desk.session.rollback()
    clerk, url = desk.sign_in("clerk"), f"/cases/{desk.case_id}/letters/new"
    page = clerk.post(url, data={**GROUNDS, "attach_file": file_id, "step": "attach"})
    assert "《发放汇总表》（3页）" in page.text and "附件：《发放汇总表》（3页）" in page.text
    assert "《资金发放汇总表》1份" in page.text
    assert clerk.post(url, data={**GROUNDS, "attach_file": 999, "step": "attach"}).status_code == 404
    sent = {**GROUNDS, "attachments": "《发放汇总表》", "step": "submit", "version": desk.case.version_id}
    answer = clerk.post(url, data=sent, follow_redirects=True)
    assert "附件的页数：《发放汇总表》" in answer.text and desk.letter.status == "draft"


def test_words_that_were_not_touched_follow_the_grounds(desk: Desk) -> None:
    letter_id = desk.drafted()
    clerk = desk.sign_in("clerk")
    page = clerk.get(f"/letters/{letter_id}/edit").text
    data = {**GROUNDS, **hidden_fields(page), **texts_of(page), "step": "save"}
    data["parts-0-ground-disclosed_content"] = "《新汇总表》2份"
    clerk.post(f"/letters/{letter_id}/edit", data=data)
    shown = clerk.get(f"/letters/{letter_id}").text
    assert "《新汇总表》2份" in shown and "《资金发放汇总表》" not in shown


def test_two_editors_meet_and_nothing_typed_is_lost(desk: Desk) -> None:
    letter_id = desk.drafted()
    seen = desk.letter.version_id
    other = desk.sign_in("second_clerk")
    theirs = {**GROUNDS, "parts-0-ground-supply_how": "当面领取", "step": "save", "version": seen}
    assert other.post(f"/letters/{letter_id}/edit", data=theirs).status_code == 302
    mine = {**GROUNDS, "parts-0-ground-supply_how": "通过电子邮件发送", "step": "save", "version": seen}
    answer = desk.sign_in("clerk").post(f"/letters/{letter_id}/edit", data=mine)
    assert answer.status_code == 409
    assert "刚被他人更新" in answer.text and "通过电子邮件发送" in answer.text
    again = {**mine, "version": hidden_fields(answer.text)["version"]}
    assert desk.sign_in("clerk").post(f"/letters/{letter_id}/edit", data=again).status_code == 302


def test_several_items_are_added_and_taken_away(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    url = f"/cases/{desk.case_id}/letters/new"
    two = clerk.post(url, data={**GROUNDS, "step": "add"}).text
    assert "第一项" in two and "第二项" in two
    sent = {**GROUNDS, "parts-0-item": "汇总表", "parts-1-template": "petition", "parts-1-item": "投诉"}
    shown = clerk.post(url, data={**sent, "step": "preview"}).text
    assert "一、关于“汇总表”" in shown and "二、关于“投诉”" in shown
    one = clerk.post(url, data={**sent, "step": "remove-1"}).text
    assert "关于“投诉”" not in one and "parts-1-template" not in one


def test_a_choice_still_open_is_shown_as_open(desk: Desk) -> None:
    sent = {"parts-0-template": "partly_disclosed", "step": "preview"}
    answer = desk.sign_in("clerk").post(f"/cases/{desk.case_id}/letters/new", data=sent)
    assert answer.status_code == 200 and "不予公开部分的依据" in answer.text
    saved = desk.sign_in("clerk").post(
        f"/cases/{desk.case_id}/letters/new", data={**sent, "step": "save", "version": desk.case.version_id}
    )
    assert saved.status_code == 422 and "请选择不予公开部分的依据" in saved.text


def test_a_date_nobody_can_read_stays_in_its_field(desk: Desk) -> None:
    data = {
        "parts-0-template": "repeated",
        "parts-0-was_template": "repeated",
        "parts-0-ground-earlier_on": "去年春天",
        "parts-0-ground-earlier_number": "椒民公开〔2026〕3号",
        "step": "save",
        "version": desk.case.version_id,
    }
    answer = desk.sign_in("clerk").post(f"/cases/{desk.case_id}/letters/new", data=data)
    assert answer.status_code == 422 and "去年春天" in answer.text
    assert desk.letter is None


HOSTILE = '<script>alert(1)</script>{{ 7*7 }}"><img src=x onerror=alert(1)>'


def test_what_is_typed_stays_text_on_every_page(desk: Desk) -> None:
    data = {
        **GROUNDS,
        "parts-0-ground-disclosed_content": HOSTILE,
        "step": "save",
        "version": desk.case.version_id,
    }
    clerk = desk.sign_in("clerk")
    clerk.post(f"/cases/{desk.case_id}/letters/new", data=data)
    letter_id = desk.letter.id
    for url in (f"/letters/{letter_id}", f"/letters/{letter_id}/edit"):
        page = clerk.get(url).text
        assert "<script>alert" not in page and "<img src=x" not in page
        assert "{{ 7*7 }}" in unescape(page)


# the way to the applicant


def test_the_way_of_a_reply_through_the_pages(desk: Desk) -> None:
    desk.drafted(submitted=True)
    assert "合法性审查" in desk.sign_in("legal_advisor").get(f"/letters/{desk.letter.id}").text
    assert desk.approved().status_code == 302
    assert "政府信息公开告知书" in desk.sign_in("approver").get("/sign-offs").text
    assert desk.send("approver", "sign").status_code == 302
    assert desk.letter.number == "椒民公开〔2026〕1号"
    assert "椒民公开〔2026〕1号" in desk.sign_in("clerk").get("/dispatches").text
    assert desk.send("clerk", "seal", on="2026-11-23").status_code == 302
    posted = {"way": "post", "on": "2026-11-23", "mail_number": "EX951202720CN"}
    assert desk.send("clerk", "dispatch", **posted).status_code == 302
    assert desk.case.on_time is True
    proof = (io.BytesIO(PDF), "回执.pdf")
    assert desk.send("clerk", "delivery", on="2026-11-23", to="张三", proof=proof).status_code == 302
    assert desk.case.stage == "delivered"
    page = desk.sign_in("clerk").get(f"/letters/{desk.letter.id}").text
    assert "EX951202720CN" in page and "签收人张三" in page and "同意" in page


def test_the_issued_files_are_the_kept_ones(desk: Desk) -> None:
    desk.drafted(submitted=True)
    desk.approved()
    desk.send("approver", "sign")
    clerk = desk.sign_in("clerk")
    first = clerk.get(f"/letters/{desk.letter.id}/pdf")
    assert first.mimetype == "application/pdf" and first.data.startswith(b"%PDF")
    assert clerk.get(f"/letters/{desk.letter.id}/docx").data.startswith(b"PK")
    assert clerk.get(f"/letters/{desk.letter.id}/pdf").data == first.data


@pytest.mark.parametrize("form", ["approval-sheet", "delivery-receipt"])
def test_forms_for_the_file_are_printed(desk: Desk, form: str) -> None:
    desk.drafted(submitted=True)
    desk.approved()
    desk.send("approver", "sign")
    answer = desk.sign_in("clerk").get(f"/letters/{desk.letter.id}/{form}")
    assert answer.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    assert "张三" in text and ("徐律师" in text if form == "approval-sheet" else "椒民公开" in text)


def test_the_drafter_is_told_why_others_must_review(desk: Desk) -> None:
    one = desk.ctx("one_person")
    desk.case_id = case_in_hand(one, desk.people.organ_ids["HMJ"], serial=7)
    desk.session.rollback()
    letter_id = save_draft(one, desk.case_id, DISCLOSED, letter_id=None, expected_version=None).letter_id
    submit(one, letter_id, expected_version=None)
    desk.approved()
    page = desk.sign_in("one_person").get(f"/letters/{letter_id}").text
    assert "您参与了起草" in page and "登记纸质签发" in page
    assert desk.send("one_person", "sign").status_code == 403
    scan = (io.BytesIO(PDF), "呈批单.pdf")
    paper = {"paper_name": "赵主任", "paper_on": "2026-11-23", "scan": scan}
    assert desk.send("one_person", "paper-sign-off", **paper).status_code == 302
    assert desk.send("one_person", "sign").status_code == 302
    assert "赵主任" in desk.sign_in("one_person").get(f"/letters/{letter_id}").text


def test_faults_bring_the_form_back_with_what_was_typed(desk: Desk) -> None:
    desk.drafted(submitted=True)
    answer = desk.send("legal_advisor", "review", verdict="returned", opinion="")
    assert answer.status_code == 422 and "退回修改须写明审查意见" in answer.text
    stale = desk.sign_in("legal_advisor").post(
        f"/letters/{desk.letter.id}/review",
        data={"verdict": "approved", "opinion": "同意", "version": 1} | ticked(),
    )
    assert stale.status_code == 409 and "同意" in stale.text


def test_a_late_posting_is_recorded_as_it_was(desk: Desk, clock: StandingClock) -> None:
    desk.drafted(submitted=True)
    desk.approved()
    desk.send("approver", "sign")
    desk.send("clerk", "seal", on="2026-11-23")
    clock.set(date(2026, 12, 30))
    late = {"way": "post", "on": "2026-12-30", "mail_number": "EX1"}
    assert desk.send("clerk", "dispatch", **late).status_code == 302
    assert desk.case.on_time is False


# notices and access


def test_a_receipt_is_issued_from_its_page(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    assert "政府信息公开申请登记回执" in clerk.get(f"/cases/{desk.case_id}/notices").text
    url = f"/cases/{desk.case_id}/notices/receipt"
    assert clerk.get(url).status_code == 200
    assert clerk.post(url, data={"version": desk.case.version_id}).status_code == 302
    assert desk.letter.number == "椒民公开回〔2026〕1号"
    assert clerk.get(f"/cases/{desk.case_id}/notices/extension_notice").status_code == 404


def test_a_notice_that_lacks_facts_names_them(desk: Desk) -> None:
    url = f"/cases/{desk.case_id}/notices/search_task"
    answer = desk.sign_in("clerk").post(url, data={"party": "某中心", "version": desk.case.version_id})
    assert answer.status_code == 422 and "请求协助的事项" in answer.text and "某中心" in answer.text


def test_a_document_out_of_its_time_says_what_it_waits_for(desk: Desk) -> None:
    clerk = desk.sign_in("clerk")
    page = clerk.get(f"/cases/{desk.case_id}/notices").text
    waiting = page[page.index("还不能制发") :]
    assert "政府信息公开补充答复书" in waiting and "答复寄出之后、归档之前" in waiting
    assert "政府信息检索记录" in waiting and "检索记录（第三十六条第四项、第五项）" in waiting
    assert "答复寄出之后" in clerk.get(f"/cases/{desk.case_id}/notices/supplement").text
    sent = {"supplement_reason": "另有材料", "version": desk.case.version_id}
    answer = clerk.post(f"/cases/{desk.case_id}/notices/supplement", data=sent)
    assert answer.status_code == 422 and "答复寄出之后" in answer.text and "另有材料" in answer.text


def test_a_document_that_decides_goes_to_whoever_signs_and_back(desk: Desk) -> None:
    letter_id = desk.drafted(submitted=True)
    desk.approved()
    desk.send("approver", "sign")
    desk.send("clerk", "seal", on="2026-11-23")
    desk.send("clerk", "dispatch", on="2026-11-23", way="portal")
    clerk, approver = desk.sign_in("clerk"), desk.sign_in("approver")
    url = f"/cases/{desk.case_id}/notices/supplement"
    assert "由签发人签发" in clerk.get(f"/cases/{desk.case_id}/notices").text
    facts = {"supplement_reason": "又检索到材料", "disclosed_content": "《补充表》1份", "supply_how": "邮寄"}
    clerk.post(url, data={**facts, "about": letter_id, "version": desk.case.version_id})
    assert "政府信息公开补充答复书" in approver.get("/sign-offs").text
    desk.send("approver", "send-back", opinion="请写明页数")
    assert "请写明页数" in clerk.get(url).text and "《补充表》1份" in clerk.get(url).text
    facts["disclosed_content"] = "《补充表》1份2页"
    clerk.post(url, data={**facts, "about": letter_id, "version": desk.case.version_id})
    desk.send("approver", "sign")
    assert desk.letter.number == "椒民公开补答〔2026〕1号"
    assert "《补充表》1份2页" in clerk.get(f"/letters/{desk.letter.id}").text


@pytest.mark.parametrize("part", ["colleague", "stranger", "administrator"])
def test_other_organs_find_no_letter(desk: Desk, part: str) -> None:
    letter_id = desk.drafted()
    for tail in ("", "/pdf", "/docx", "/edit", "/approval-sheet"):
        assert desk.sign_in(part).get(f"/letters/{letter_id}{tail}").status_code in (403, 404)
