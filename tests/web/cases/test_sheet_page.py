"""The page of the computation: a real table for every ear, a number for every sheet given out."""

from __future__ import annotations

import io
import re
from datetime import date
from html.parser import HTMLParser

import pypdf
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from tests.web.cases.conftest import Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.models import Case, ComputationSheet
from tracker.services.case_record import NewEntry

EXTENDED = NewEntry(EntryType.EXTENDED, date(2026, 11, 20), {"days": 10})
ASKED = NewEntry(EntryType.SUSPENDED, date(2026, 11, 12), {"cause": "third_party"})
ANSWERED = NewEntry(EntryType.RESUMED, date(2026, 11, 18))


class Tables(HTMLParser):
    """Tables of a page: caption, whether every head has a scope, and the words of every cell."""

    def __init__(self) -> None:
        super().__init__()
        self.captions: list[str] = []
        self.unscoped = 0
        self.cells: list[list[str]] = []
        self._text: list[str] | None = None
        self._tag = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.captions.append("")
            self.cells.append([])
        if tag == "th" and "scope" not in dict(attrs):
            self.unscoped += 1
        if tag in ("caption", "td", "th"):
            self._tag, self._text = tag, []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._tag and self._text is not None:
            words = re.sub(r"\s+", " ", "".join(self._text)).strip()
            if tag == "caption":
                self.captions[-1] = words
            else:
                self.cells[-1].append(words)
            self._text = None


def read(client: FlaskClient, case_id: int) -> str:
    answer = client.get(f"/cases/{case_id}/clock")
    assert answer.status_code == 200
    return answer.text


def version(session: Session, case_id: int) -> int:
    session.rollback()
    return session.get_one(Case, case_id).version_id


def test_the_case_page_leads_to_the_sheet(told: Told, sign_in: SignIn) -> None:
    case_id = told()
    assert f'href="/cases/{case_id}/clock"' in sign_in("clerk").get(f"/cases/{case_id}").text


def test_every_table_has_its_caption_and_heads_with_scope(told: Told, sign_in: SignIn) -> None:
    tables = Tables()
    tables.feed(read(sign_in("clerk"), told(ASKED, ANSWERED, EXTENDED)))
    named = {"事实", "推算步骤", "2026年11月", "2026年12月", "不计入的日子", "逐日计算"}
    assert named <= set(tables.captions)
    assert tables.unscoped == 0


def test_every_cell_of_the_calendar_says_itself_in_words(told: Told, sign_in: SignIn) -> None:
    tables = Tables()
    tables.feed(read(sign_in("clerk"), told(ASKED, ANSWERED, EXTENDED)))
    november = tables.cells[tables.captions.index("2026年11月")]
    assert any(words.endswith("11月9日：起算日，不计入") for words in november)
    assert any(words.endswith("11月12日：第 3 个工作日") for words in november)
    assert any(words.endswith("11月13日：征求意见，不计入") for words in november)
    assert any(words.endswith("11月14日：周末") for words in november)
    assert any(words.endswith("11月23日：第 6 个工作日；今天") for words in november)
    assert any(words.endswith("11月24日：第 7 个工作日；尚未计入") for words in november)


def test_the_facts_say_who_recorded_them_and_what_proves_them(told: Told, sign_in: SignIn) -> None:
    html = read(sign_in("clerk"), told(ASKED))
    seen = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
    assert "收到申请（邮寄(挂号)）" in seen and "邮件号 XA123" in seen
    assert "未附凭证" in seen and "陈静" in seen
    for secret in ("王晓敏", "困难群众"):
        assert secret not in html


def test_a_number_is_given_once_and_the_file_can_be_had(
    told: Told,
    sign_in: SignIn,
    session: Session,
) -> None:
    case_id, clerk = told(), sign_in("clerk")
    sent = {"version": version(session, case_id)}
    answer = clerk.post(f"/cases/{case_id}/clock/sheets", data=sent, follow_redirects=True)
    assert "已生成椒民公开期〔2026〕1号" in answer.text
    again = clerk.post(f"/cases/{case_id}/clock/sheets", data=sent, follow_redirects=True)
    assert "没有另编新号" in again.text
    found = re.search(r'href="(/files/\d+)"', again.text)
    assert found is not None
    file = clerk.get(found[1])
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.data)).pages)
    assert "椒民公开期〔2026〕1号" in text.replace(" ", "")
    session.rollback()
    assert len(session.scalars(select(ComputationSheet)).all()) == 1


def test_a_sheet_that_facts_have_overtaken_is_marked(
    told: Told,
    sign_in: SignIn,
    session: Session,
) -> None:
    case_id, clerk = told(), sign_in("clerk")
    clerk.post(f"/cases/{case_id}/clock/sheets", data={"version": version(session, case_id)})
    assert "此后有变化" not in read(clerk, case_id)
    sent = {"on": "2026-11-23", "statement": "撤回", "version": str(version(session, case_id))}
    clerk.post(f"/cases/{case_id}/actions/withdraw", data=sent)
    assert "此后有变化" in read(clerk, case_id)


def test_an_older_page_is_answered_with_the_newer_one(
    told: Told,
    sign_in: SignIn,
    session: Session,
) -> None:
    case_id = told()
    answer = sign_in("clerk").post(f"/cases/{case_id}/clock/sheets", data={"version": "0"})
    assert answer.status_code == 409
    assert "刚被他人更新" in answer.text
    session.rollback()
    assert session.scalars(select(ComputationSheet)).all() == []


def test_the_preview_is_a_pdf_without_a_number(told: Told, sign_in: SignIn) -> None:
    answer = sign_in("auditor").get(f"/cases/{told()}/clock/preview.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    assert "未编号" in text


@pytest.mark.parametrize("part", ["approver", "auditor"])
def test_who_may_only_read_gets_no_button(told: Told, sign_in: SignIn, part: str) -> None:
    assert "clock/sheets" not in read(sign_in(part), told())


def test_the_page_speaks_english(told: Told, sign_in: SignIn) -> None:
    case_id, clerk = told(ASKED, ANSWERED, EXTENDED), sign_in("clerk")
    clerk.set_cookie("tracker_language", "en")
    seen = read(clerk, case_id)
    assert "Days not counted" in seen and "Day 0, not counted" in seen and "Nov 2026" in seen


def test_the_page_asks_the_database_few_times(told: Told, sign_in: SignIn, engine: Engine) -> None:
    case_id, clerk = told(ASKED, ANSWERED, EXTENDED), sign_in("clerk")
    read(clerk, case_id)
    asked: list[str] = []

    def count(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    try:
        read(clerk, case_id)
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(asked) <= 18, "\n\n".join(asked)
