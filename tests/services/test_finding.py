"""全文检索: found wherever it stands, by whoever may see it, on the index the verb itself wrote."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.orm import Session

from tests.adapters.test_typesetter import INSTANCE
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.test_intake import REQUEST, stub
from tracker.adapters.fonts import FontSet
from tracker.adapters.typesetter import TypstRenderer
from tracker.domain.bundle_paper import Paper, heading
from tracker.domain.case_documents import DocumentKind
from tracker.domain.errors import TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.request_facts import PersonDetails
from tracker.domain.search_query import parse_query
from tracker.models import Case, CaseSearch
from tracker.services.attachments import Upload, add_file
from tracker.services.context import Context
from tracker.services.finding import COUNTED, Found, Wanted, find_cases
from tracker.services.intake import complete_registration, register
from tracker.services.notes import add_note
from tracker.services.search_rebuild import rebuild_index, verify_index
from tracker.services.unit_of_work import transaction

TODAY = date(2026, 11, 23)


def find(ctx: Context, query: str, **narrowed: object) -> Found:
    return find_cases(ctx, Wanted(parse_query(query), **narrowed))  # type: ignore[arg-type]


def numbers(ctx: Context, query: str, **narrowed: object) -> list[int]:
    return [hit.row.id for hit in find(ctx, query, **narrowed).hits]


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.clerk)


@pytest.fixture
def case_id(cast: Cast, clerk: Context) -> int:
    done = register(clerk, stub(cast))
    person = PersonDetails(
        name="欧阳修远", identity_number="331002199001010014", phone="13857612345", address="椒江区"
    )
    request = replace(REQUEST, people=(person,), description="葭沚街道2023年征地补偿安置方案，附件A-12")
    complete_registration(clerk, done.case_id, request, expected_version=None)
    return done.case_id


@pytest.mark.parametrize(
    "query",
    [
        "补偿",
        "征地补偿安置方案",
        "葭沚 方案",
        "２０２３年征地",
        "a-12",
        "欧阳",
        "欧阳修远 征地",
        "2345",
        "13857612345",
        "331002199001010014",
    ],
)
def test_a_case_is_found_by_what_stands_in_it(clerk: Context, case_id: int, query: str) -> None:
    found = find(clerk, query)
    assert [hit.row.id for hit in found.hits] == [case_id] and found.exact and found.counted == 1
    assert found.hits[0].lines


@pytest.mark.parametrize("query", ["偿补", "方案葭沚", "补偿 环保", "欧阳锋", "9999", "安置案", "2022年征地"])
def test_what_is_not_there_is_not_found(clerk: Context, case_id: int, query: str) -> None:
    assert find(clerk, query).hits == ()


@pytest.mark.parametrize("query", ["补", "，。", "的 了", "a b c d e f g h i"])
def test_what_the_index_cannot_answer_is_said(query: str) -> None:
    with pytest.raises(TrackerError):
        parse_query(query)


def test_by_number_mail_number_and_day(cast: Cast, clerk: Context, case_id: int, session: Session) -> None:
    case = session.get_one(Case, case_id)
    day = case.received_on
    for query in (
        case.number,
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month:02d}",
    ):
        assert numbers(clerk, query) == [case_id], query
    assert numbers(clerk, "2019-05-15") == []
    assert numbers(clerk, "补偿", first_on=day, last_on=day) == [case_id]
    assert numbers(clerk, "补偿", last_on=date(2020, 1, 1)) == []
    assert numbers(clerk, "补偿", ended=True) == [] and numbers(clerk, "补偿", ended=False) == [case_id]


def test_notes_and_files_are_searched_and_marked(clerk: Context, case_id: int) -> None:
    document = docx.Document()
    document.add_paragraph("关于滨江地块权属的说明")
    kept = io.BytesIO()
    document.save(kept)
    add_file(clerk, case_id, [Upload("说明.docx", kept.getvalue(), FileKind.OTHER)], expected_version=None)
    add_note(clerk, case_id, text="已电话联系规划部门", expected_version=None)
    (hit,) = find(clerk, "地块权属 规划部门").hits
    kinds = {line.kind for line in hit.lines}
    assert {DocumentKind.FILE, DocumentKind.RECORD} <= kinds
    marked = [piece.text for line in hit.lines for piece in line.pieces if piece.found]
    assert marked == ["规划部门", "地块权属"] or set(marked) == {"规划部门", "地块权属"}


@pytest.mark.parametrize("query", ["山塘", "水库", "水库 除险", "山塘水库除险加固", "GB50201"])
def test_the_text_layer_of_a_pdf_is_found_by_two_characters(clerk: Context, case_id: int, query: str) -> None:
    """A PDF as offices make them, with its fonts cut down to what it uses: what is searched is what can be read."""
    reply = Paper("reply", "批复", (heading("关于山塘水库除险加固的批复，执行 GB50201"),))
    paper = TypstRenderer(FontSet.of_installation(INSTANCE)).paper_pdf(reply, TODAY)
    add_file(clerk, case_id, [Upload("批复.pdf", paper, FileKind.OTHER)], expected_version=None)
    (hit,) = find(clerk, query).hits
    marked = {piece.text for line in hit.lines for piece in line.pieces if piece.found}
    assert {line.kind for line in hit.lines} == {DocumentKind.FILE} and marked == {query.replace(" ", "")}
    assert numbers(clerk, "水山") == [] == numbers(clerk, "山塘 泄洪")


def test_who_may_not_see_a_name_does_not_find_it_and_nobody_is_shown_it(
    cast: Cast, clerk: Context, case_id: int, ctx_for: ContextFor
) -> None:
    add_note(clerk, case_id, text="欧阳修远来电催问", expected_version=None)
    advisor = ctx_for(cast.legal_advisor)
    for query in ("欧阳修远", "2345", "331002199001010014"):
        assert numbers(advisor, query) == [] and numbers(clerk, query) == [case_id]
    assert numbers(advisor, "来电催问") == [case_id]
    for ctx, query in ((clerk, "欧阳"), (advisor, "来电催问")):
        shown = "".join(
            piece.text for hit in find(ctx, query).hits for line in hit.lines for piece in line.pieces
        )
        assert "修远" not in shown and shown


def test_the_scope_is_that_of_every_list(cast: Cast, case_id: int, ctx_for: ContextFor) -> None:
    for part in ("colleague", "stranger", "administrator"):
        assert numbers(ctx_for(getattr(cast, part)), "补偿") == [], part
    for part in ("clerk", "approver", "legal_advisor", "supervisor", "auditor"):
        assert numbers(ctx_for(getattr(cast, part)), "补偿") == [case_id], part


def test_the_index_follows_a_change_and_a_rollback(clerk: Context, case_id: int, session: Session) -> None:
    with pytest.raises(RuntimeError), transaction(clerk) as held:
        held.get_one(Case, case_id).description = "从未提交的内容"
        held.flush()
        raise RuntimeError
    assert numbers(clerk, "从未提交") == []
    add_note(clerk, case_id, text="第一次说明", expected_version=None)
    assert numbers(clerk, "第一次说明") == [case_id]
    session.rollback()
    assert not list(verify_index(clerk))


def test_drift_is_found_and_mended(clerk: Context, case_id: int, session: Session) -> None:
    session.execute(update(Case).where(Case.id == case_id).values(description="殡葬服务收费标准"))
    session.commit()
    (differing,) = list(verify_index(clerk))
    assert differing == session.get_one(Case, case_id).number
    session.rollback()
    assert rebuild_index(clerk) == 1 and not list(verify_index(clerk))
    assert numbers(clerk, "殡葬服务") == [case_id]
    session.execute(delete(CaseSearch))
    session.commit()
    assert numbers(clerk, "殡葬服务") == [] and rebuild_index(clerk) == 1
    assert numbers(clerk, "殡葬服务") == [case_id]


def test_nothing_can_be_read_from_the_index(clerk: Context, case_id: int, session: Session) -> None:
    kept = str(session.scalars(select(CaseSearch.tokens)).all())
    raw = str(session.execute(text("SELECT tokens FROM case_search")).all())
    for word in ("欧阳", "补偿", "2345"):
        assert word not in kept
    assert "欧" not in raw and "补" not in raw
    cipher = clerk.adapters.cipher
    assert cipher.token("欧阳") != cipher.token("欧阳", closed=True)


def test_pages_follow_each_other_and_the_count_is_exact_where_all_was_read(
    cast: Cast, clerk: Context
) -> None:
    made = [
        register(clerk, replace(stub(cast), request=replace(REQUEST, description=f"低保名册第{n}号")))
        for n in range(23)
    ]
    first = find(clerk, "低保名册")
    assert len(first.hits) == 20 and first.next_from == 20 and first.counted == 23 < COUNTED
    rest = find_cases(clerk, Wanted(parse_query("低保名册")), first.next_from)
    assert rest.next_from is None
    shown = [hit.row.id for hit in (*first.hits, *rest.hits)]
    assert sorted(shown) == sorted(done.case_id for done in made) and len(set(shown)) == 23
