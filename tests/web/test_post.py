"""The day's post: numbers pasted, labels, a voided letter, mail that came back."""

from __future__ import annotations

import io
from html import unescape

import docx
import pypdf
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.test_letters import TODAY, Desk
from tracker.models import Applicant, Case
from tracker.services.context import Runtime


@pytest.fixture
def desk(session: Session, people: Cast, runtime: Runtime, sign_in: SignIn, clock: StandingClock) -> Desk:
    clock.set(TODAY)
    return Desk(session, people, runtime, sign_in)


def sealed(desk: Desk) -> None:
    desk.drafted(submitted=True)
    desk.approved()
    desk.send("approver", "sign")
    desk.send("clerk", "seal", on="2026-11-23")


def test_mail_numbers_are_shown_line_by_line_before_they_are_recorded(desk: Desk) -> None:
    sealed(desk)
    clerk = desk.sign_in("clerk")
    page = clerk.get("/dispatches/post").text
    assert desk.letter.number in page and "张＊" in page and "张三" not in page
    wrong = {"on": "2026-11-23", "lines": "EX100000001CN\nEX100000002CN", "step": "preview"}
    shown = clerk.post("/dispatches/post", data=wrong)
    assert shown.status_code == 200 and "这一行多余" in shown.text
    assert "EX100000001CN\nEX100000002CN" in unescape(shown.text) and "登记交邮 " not in shown.text
    assert clerk.post("/dispatches/post", data={**wrong, "step": "record"}).status_code == 422
    right = {**wrong, "lines": "ex100000001cn"}
    assert "登记交邮 1 份" in clerk.post("/dispatches/post", data=right).text
    assert clerk.post("/dispatches/post", data={**right, "step": "record"}).status_code == 302
    assert desk.case.stage == "dispatched"
    assert "EX100000001CN" in clerk.get(f"/letters/{desk.letter.id}").text


@pytest.mark.parametrize(
    ("field", "value"), [("lines", ""), ("lines", " \n "), ("on", "2026-11-24"), ("on", "")]
)
def test_a_posting_without_day_or_numbers_comes_back(desk: Desk, field: str, value: str) -> None:
    sealed(desk)
    sent = {"on": "2026-11-23", "lines": "EX100000001CN", "step": "record", field: value}
    answer = desk.sign_in("clerk").post("/dispatches/post", data=sent)
    assert answer.status_code == 422 and desk.case.stage == "signed"


def test_labels_are_printed_for_what_is_chosen_and_nothing_else(desk: Desk) -> None:
    sealed(desk)
    clerk = desk.sign_in("clerk")
    made = clerk.post("/dispatches/post/labels.pdf", data={"envelope": desk.letter.id})
    assert made.status_code == 200 and made.headers["Content-Disposition"].startswith("attachment")
    assert "张三" in pypdf.PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert clerk.post("/dispatches/post/labels.pdf", data={"envelope": 999999}).status_code == 404
    for part in ("approver", "colleague"):
        assert desk.sign_in(part).post("/dispatches/post/pack.pdf").status_code in (403, 404)


def test_an_issued_letter_is_voided_and_stays_in_the_book_of_numbers(desk: Desk) -> None:
    sealed(desk)
    letter_id = desk.letter.id
    assert desk.send("approver", "void", reason="").status_code == 422
    assert desk.send("clerk", "void", reason="写错").status_code == 403
    assert desk.send("approver", "void", reason="附件页数写错").status_code == 302
    clerk = desk.sign_in("clerk")
    page = clerk.get(f"/letters/{letter_id}").text
    assert "2026年11月23日（周一） 作废" in page and "附件页数写错" in page
    book = clerk.get("/letters/numbers").text
    assert "椒民公开〔2026〕1号" in book and "附件页数写错" in book and "没有空号" in book
    assert "《资金发放汇总表》1份" in clerk.get(f"/cases/{desk.case_id}/letters/new").text
    assert "椒民公开〔2026〕1号" not in desk.sign_in("colleague").get("/letters/numbers").text


def test_returned_mail_says_why_and_what_comes_next(desk: Desk) -> None:
    sealed(desk)
    desk.send("clerk", "dispatch", on="2026-11-23", way="post", mail_number="EX100000001CN")
    assert desk.send("clerk", "returned", on="2026-11-23").status_code == 422
    answer = desk.send("clerk", "returned", on="2026-11-23", kind="moved", why="迁往外地")
    assert answer.status_code == 302
    page = desk.sign_in("clerk").get(f"/letters/{desk.letter.id}").text
    assert "迁移新址：迁往外地" in page


# what people write is text


HOSTILE = '<script>alert(1)</script>{{7*7}}#read("/etc/passwd")=cmd|A1{ DDEAUTO c:\\\\x }'


def test_what_an_applicant_writes_is_no_code_on_page_in_pdf_or_in_word(desk: Desk, session: Session) -> None:
    for row in session.scalars(select(Case)):
        row.description = HOSTILE
    for person in session.scalars(select(Applicant)):
        person.name = HOSTILE
    session.commit()
    letter_id = desk.drafted()
    clerk = desk.sign_in("clerk")
    for page in (f"/letters/{letter_id}", f"/letters/{letter_id}/edit", "/letters/numbers"):
        text = clerk.get(page).text
        assert "<script>alert" not in text
    word = docx.Document(io.BytesIO(clerk.get(f"/letters/{letter_id}/docx").data))
    assert f"{HOSTILE}：" in [p.text for p in word.paragraphs]
    fields = [
        node
        for node in word.element.body.iter()
        if node.tag.endswith(("instrText", "fldSimple", "hyperlink"))
    ]
    assert not fields
    shown = pypdf.PdfReader(io.BytesIO(clerk.get(f"/letters/{letter_id}/pdf").data))
    text = "".join(p.extract_text() for p in shown.pages).replace("\n", "")
    assert "{{7*7}}#read(" in text.replace(" ", "") and "root:" not in text and "49" not in text
    names = {name for p in shown.pages for name in p.get("/Annots", [])}
    assert not names and "/JavaScript" not in str(shown.trailer["/Root"])
