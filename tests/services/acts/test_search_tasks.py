"""协查任务: asked by account, link or sheet; each answer is a search record; what waits is recalled."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.acts.conftest import File, all_but
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.case_facts import Fact
from tracker.domain.dispositions import Need
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow, TooManyTries
from tracker.domain.file_kinds import FileKind
from tracker.domain.passwords import FAILURES_UNTIL_ADDRESS_REFUSED
from tracker.domain.search_tasks import AnswerWay, AskedKind, SearchFindings
from tracker.models import Alert, Attachment, SearchRecord, SearchTask, SignInAttempt
from tracker.queries.search_tasks import get_task, list_tasks, list_waiting_tasks
from tracker.services.alert_waiting import tell_of_waiting
from tracker.services.attachments import Upload
from tracker.services.case_record import facts_for
from tracker.services.context import Context
from tracker.services.letter_facts import needs_held
from tracker.services.search_links import answer_by_link, make_link, open_link
from tracker.services.search_tasks import Asking, answer_task, ask_to_search, issue_sheet, withdraw_task
from tracker.services.templates import load_shipped_templates
from tracker.services.verification import verify_chain

TODAY, TERM = date(2026, 11, 23), date(2026, 11, 26)
FOUND_NOTHING = SearchFindings("档案室 3 号柜", "低保", "2019—2025", "林涛", TODAY, False, "没有检索到")
PICTURE = Upload("截图.pdf", b"%PDF-1.4\n%%EOF\n", FileKind.SEARCH_PROOF)
HERE = "10.0.0.7"


def ask(ctx: Context, file: File, **change: Any) -> list[int]:
    asking = {
        "kind": AskedKind.SUBDISTRICT,
        "parties": "海门街道办事处",
        "question": "2023 年低保名册",
        "reply_by_on": TERM,
        **change,
    }
    made = ask_to_search(ctx, file.id, Asking(**asking), expected_version=None)
    ctx.session.rollback()
    return made


def alerts(session: Session, kind: str) -> list[int]:
    session.rollback()
    return list(session.scalars(select(Alert.recipient_id).where(Alert.kind == kind).order_by(Alert.id)))


def test_several_places_are_asked_at_once_and_the_reply_waits_for_all(
    clerk: Context, cast: Cast, accepted: File, session: Session
) -> None:
    first, second = ask(clerk, accepted, parties="规划科\n 区档案馆 ")
    assert [task.party for task in list_tasks(session, cast.clerk, accepted.id)] == ["规划科", "区档案馆"]
    assert accepted.last.details == {"task_id": second, "reply_by": "2026-11-26"}
    assert answer_task(clerk, first, FOUND_NOTHING, [PICTURE]) is AnswerWay.PAPER
    assert Need.SEARCH_TASKS_CLOSED not in needs_held(session, accepted.case)
    withdraw_task(clerk, accepted.id, second, reason="已由规划科答复")
    assert {Need.SEARCH_RECORD, Need.SEARCH_TASKS_CLOSED} <= needs_held(session, accepted.case)
    record = session.scalars(select(SearchRecord)).one()
    assert (record.task_id, record.places) == (first, "规划科：档案室 3 号柜")
    assert session.scalars(select(Attachment.kind)).one() == "search_proof"
    for act in (
        lambda: answer_task(clerk, first, FOUND_NOTHING),
        lambda: answer_task(clerk, second, FOUND_NOTHING),
    ):
        with pytest.raises(NotLawfulNow):
            act()
    assert list(verify_chain(session)) == []


def test_an_account_of_another_organ_answers_without_seeing_the_case(
    clerk: Context, cast: Cast, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    (number,) = ask(clerk, accepted, asked_id=cast.one_person.account_id)
    assert alerts(session, "search_asked") == [cast.one_person.account_id]
    (waiting,) = list_waiting_tasks(session, cast.one_person)
    assert (waiting.question, waiting.request) == ("2023 年低保名册", "")
    for stranger in all_but(cast, "one_person", "clerk", "second_clerk"):
        with pytest.raises(NotFound):
            get_task(session, stranger, number)
        with pytest.raises((Forbidden, NotFound)):
            answer_task(ctx_for(stranger), number, FOUND_NOTHING)
    assert answer_task(ctx_for(cast.one_person), number, FOUND_NOTHING) is AnswerWay.ACCOUNT
    assert not list_waiting_tasks(session, cast.one_person)
    assert alerts(session, "search_answered") == [cast.clerk.account_id]
    assert Fact.SEARCH_TASK_OPEN not in facts_for(session, accepted.case)
    session.rollback()
    assert all(a.resolved_at for a in session.scalars(select(Alert).where(Alert.kind == "search_asked")))


def test_a_link_opens_the_question_once_and_is_kept_as_a_digest(
    clerk: Context, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    (number,) = ask(clerk, accepted)
    old = make_link(clerk, accepted.id, number)
    made = make_link(clerk, accepted.id, number)
    nobody = ctx_for(SYSTEM)
    with pytest.raises(NotFound):
        open_link(nobody, old.token, address=HERE)
    read = open_link(nobody, made.token, address=HERE)
    assert (read.question, read.request, read.party) == ("2023 年低保名册", "", "海门街道办事处")
    assert made.token not in str(session.get_one(SearchTask, number).link_digest)
    answer_by_link(nobody, made.token, FOUND_NOTHING, [PICTURE], address=HERE)
    assert accepted.entries[-2].details["way"] == "link"
    assert session.scalars(select(SearchRecord.task_id)).one() == number
    with pytest.raises(NotFound):
        answer_by_link(nobody, made.token, FOUND_NOTHING, [], address=HERE)


def test_the_words_of_the_request_are_shown_where_the_clerk_chose_so(
    clerk: Context, ctx_for: ContextFor, accepted: File
) -> None:
    (number,) = ask(clerk, accepted, shows_request=True)
    made = make_link(clerk, accepted.id, number)
    assert open_link(ctx_for(SYSTEM), made.token, address=HERE).request == accepted.case.description


@pytest.mark.parametrize(("days", "opens"), [(0, True), (6, True), (7, False)])
def test_a_link_ends_three_days_after_the_term(
    clerk: Context, ctx_for: ContextFor, accepted: File, days: int, opens: bool
) -> None:
    (number,) = ask(clerk, accepted)
    made = make_link(clerk, accepted.id, number)
    assert made.good_through == date(2026, 11, 29)
    later = ctx_for(SYSTEM, TODAY + timedelta(days=days))
    if opens:
        assert open_link(later, made.token, address=HERE).task_id == number
    else:
        with pytest.raises(NotFound):
            open_link(later, made.token, address=HERE)


def test_guessing_links_is_stopped_by_address(
    clerk: Context, ctx_for: ContextFor, accepted: File, session: Session
) -> None:
    (number,) = ask(clerk, accepted)
    made, nobody = make_link(clerk, accepted.id, number), ctx_for(SYSTEM)
    for guess in ("x", "y" * 100):
        with pytest.raises(NotFound):
            open_link(nobody, guess, address=HERE)
    assert session.scalars(select(SignInAttempt.login)).all() == ["search-link"] * 2
    tried = SignInAttempt(login="search-link", address=HERE, at=nobody.now, succeeded=False)
    session.add_all(
        SignInAttempt(login=tried.login, address=HERE, at=tried.at, succeeded=False)
        for _ in range(FAILURES_UNTIL_ADDRESS_REFUSED)
    )
    session.commit()
    with pytest.raises(TooManyTries):
        open_link(nobody, made.token, address=HERE)
    assert open_link(nobody, made.token, address="10.0.0.8").task_id == number


def test_withdrawing_kills_the_link(clerk: Context, ctx_for: ContextFor, accepted: File) -> None:
    (number,) = ask(clerk, accepted)
    made = make_link(clerk, accepted.id, number)
    with pytest.raises(Invalid):
        withdraw_task(clerk, accepted.id, number, reason=" ")
    withdraw_task(clerk, accepted.id, number, reason="问错了单位")
    assert (accepted.last.type, accepted.last_text) == ("search_withdrawn", "问错了单位")
    with pytest.raises(NotFound):
        open_link(ctx_for(SYSTEM), made.token, address=HERE)


def test_the_printed_sheet_says_whom_and_by_when(clerk: Context, accepted: File, session: Session) -> None:
    load_shipped_templates(clerk)
    (number,) = ask(clerk, accepted)
    letter_id = issue_sheet(clerk, accepted.id, number)
    (task,) = list_tasks(session, clerk.actor, accepted.id)
    assert task.letter_id == letter_id
    assert accepted.last.details == {"letter_id": letter_id, "template": "search_task"}
    with pytest.raises(NotLawfulNow):
        issue_sheet(clerk, accepted.id, number)


@pytest.mark.parametrize(
    ("today", "asked", "handler"),
    [
        (date(2026, 11, 24), 0, 0),
        (date(2026, 11, 25), 1, 0),
        (TERM, 1, 1),
        (date(2026, 11, 27), 1, 1),
    ],
)
def test_the_asked_are_reminded_before_the_day_and_the_handler_on_it(
    clerk: Context,
    cast: Cast,
    ctx_for: ContextFor,
    registered: File,
    session: Session,
    today: date,
    asked: int,
    handler: int,
) -> None:
    ask(clerk, registered, asked_id=cast.one_person.account_id)
    for _ in range(2):
        tell_of_waiting(ctx_for(cast.administrator, today).as_system())
    assert alerts(session, "search_due") == [cast.one_person.account_id] * asked
    assert len(alerts(session, "search_waiting")) == handler


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"parties": " \n "}, "parties"),
        ({"parties": "\n".join(f"第{n}科" for n in range(11))}, "parties"),
        ({"question": " "}, "question"),
        ({"question": "字" * 2001}, "question"),
        ({"reply_by_on": date(2026, 11, 22)}, "reply_by_on"),
        ({"parties": "甲科\n乙科", "asked_id": 1}, "asked_id"),
    ],
)
def test_what_cannot_be_asked(clerk: Context, accepted: File, change: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask(clerk, accepted, **change)
    assert list(refused.value.fields) == [field]


def test_only_who_handles_the_case_asks(cast: Cast, ctx_for: ContextFor, accepted: File) -> None:
    for person in all_but(cast, "clerk", "second_clerk"):
        with pytest.raises((Forbidden, NotFound)):
            ask(ctx_for(person), accepted)
