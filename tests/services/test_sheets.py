"""期限计算说明 with a number: gapless, frozen, with what proves each fact, without anybody's name."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.factories.cases import bare_case, received_case
from tests.factories.letters import with_twin
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import PDF, TODAY, Office
from tracker.adapters.typesetter import MemoryRenderer
from tracker.domain.case_log import DispatchWay, EntryType, SuspensionCause
from tracker.domain.errors import Conflict, Forbidden, Missing, NotFound, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.sheet_paper import SheetPaper, facts_digest, in_chinese
from tracker.models import Attachment, Case, ComputationSheet, Counter, Receipt
from tracker.queries.case_log import read_log
from tracker.queries.scope import get_case
from tracker.queries.sheets import list_sheets, read_case_sheet
from tracker.services.attachments import Upload, add_file, open_file
from tracker.services.case_record import NewEntry, append
from tracker.services.consultation import consult
from tracker.services.context import Context
from tracker.services.correction import request_correction
from tracker.services.dispatch import Delivery, dispatch, record_delivery
from tracker.services.sheets import issue_sheet, preview_sheet, render_pending_sheets
from tracker.services.sign_off import seal
from tracker.services.unit_of_work import transaction


@pytest.fixture
def office(cast: Cast, session: Session, ctx_for: ContextFor) -> Office:
    return Office(cast, session, ctx_for, MemoryRenderer())


def sheet(office: Office, sheet_id: int) -> ComputationSheet:
    office.session.expire_all()
    return office.session.get_one(ComputationSheet, sheet_id)


def facts(office: Office, case_id: int) -> dict[int, tuple[str, list[str]]]:
    case = get_case(office.session, office.cast.clerk, case_id)
    known = read_case_sheet(office.session, case, office.today)
    return {
        fact.seq: (in_chinese(fact.what), [in_chinese(proof) for proof in fact.proofs])
        for fact in known.sheet.facts
    }


def test_numbers_follow_each_other_in_each_organ_and_year(office: Office) -> None:
    ours = [office.case(serial=n) for n in (1, 2)]
    other = received_case(
        office.ctx(office.cast.colleague), office.cast.organ_ids["CZJ"], date(2026, 11, 2), 1
    )
    numbers = [issue_sheet(office.clerk, case_id, expected_version=None).number for case_id in ours]
    assert numbers == ["椒民公开期〔2026〕1号", "椒民公开期〔2026〕2号"]
    theirs = issue_sheet(office.ctx(office.cast.colleague), other, expected_version=None)
    assert theirs.number.endswith("期〔2026〕1号") and theirs.number != numbers[0]


def test_a_sheet_that_cannot_be_set_takes_no_number(office: Office) -> None:
    case_id = office.case()
    office.renderer.lacking = "算"
    with pytest.raises(Missing, match="字体中没有的字"):
        issue_sheet(office.clerk, case_id, expected_version=None)
    office.renderer.lacking = ""
    assert issue_sheet(office.clerk, case_id, expected_version=None).number == "椒民公开期〔2026〕1号"


def test_what_was_issued_stays_as_it_was(office: Office) -> None:
    case_id = office.case()
    issued = issue_sheet(office.clerk, case_id, expected_version=None)
    before = dict(sheet(office, issued.id).content)
    file = open_file(office.clerk, sheet(office, issued.id).attachment_id or 0).content
    request_correction(
        office.clerk, case_id, on=TODAY, items="补充", guidance="", answer_due_on=date(2026, 12, 7),
        expected_version=None, reason="告知晚了",
    )  # fmt: skip
    row = sheet(office, issued.id)
    assert row.content == before and row.content_hash == SheetPaper(row.content).digest()
    assert open_file(office.clerk, row.attachment_id or 0).content == file
    assert "告知补正" not in json.dumps(row.content, ensure_ascii=False)
    log = read_log(office.session, case_id)
    assert row.facts_digest == facts_digest(log[: row.through_seq]) != facts_digest(log)
    again = issue_sheet(office.clerk, case_id, expected_version=None)
    assert again.fresh and again.id != issued.id
    newest, oldest = list_sheets(office.session, office.cast.clerk, case_id)
    assert (newest.number, oldest.number) == ("椒民公开期〔2026〕2号", "椒民公开期〔2026〕1号")


def test_asking_twice_gives_the_same_sheet(office: Office) -> None:
    case_id = office.case()
    first = issue_sheet(office.clerk, case_id, expected_version=None)
    second = issue_sheet(office.ctx(office.cast.disclosure_head), case_id, expected_version=None)
    assert (second.id, second.number, second.fresh) == (first.id, first.number, False)
    office.today = date(2026, 11, 24)
    assert issue_sheet(office.clerk, case_id, expected_version=None).fresh


def test_the_content_says_who_when_by_which_calendar_and_up_to_where(office: Office) -> None:
    case_id = office.case()
    row = sheet(office, issue_sheet(office.clerk, case_id, expected_version=None).id)
    head = dict(row.content["head"])
    assert head["编号"] == row.number and head["制作人"] == office.cast.clerk.name
    assert head["计算截至"] == "2026年11月23日（周一）"
    assert head["记录截至"] == f"第 {row.through_seq} 条"
    assert head["工作日历"] == f"第 {row.calendar_version} 版" and row.calendar_version > 0
    assert row.through_seq == len(read_log(office.session, case_id))


def test_the_file_is_kept_with_the_case(office: Office) -> None:
    case_id = office.case()
    row = sheet(office, issue_sheet(office.clerk, case_id, expected_version=None).id)
    kept = office.session.get_one(Attachment, row.attachment_id)
    assert (kept.case_id, kept.kind, kept.media_type) == (
        case_id,
        str(FileKind.COMPUTATION_SHEET),
        "application/pdf",
    )
    assert row.number in kept.filename


def test_a_file_that_could_not_be_made_is_made_later(office: Office) -> None:
    case_id = office.case()
    office.renderer.failing = True
    row = sheet(office, issue_sheet(office.clerk, case_id, expected_version=None).id)
    assert (row.attachment_id, row.render_attempts) == (None, 1) and row.render_error
    office.renderer.failing = False
    assert (render_pending_sheets(office.clerk), render_pending_sheets(office.clerk)) == (1, 0)
    row = sheet(office, row.id)
    assert row.attachment_id is not None and row.render_error is None


def test_who_saw_an_older_page_is_told(office: Office) -> None:
    case_id = office.case()
    seen = office.session.get_one(Case, case_id).version_id
    append_note(office.clerk, case_id)
    with pytest.raises(Conflict):
        issue_sheet(office.clerk, case_id, expected_version=seen)
    assert (
        office.session.scalar(select(func.count()).select_from(Counter).where(Counter.series == "sheet")) == 0
    )


def append_note(ctx: Context, case_id: int) -> None:
    with transaction(ctx) as session:
        append(ctx, session.get_one(Case, case_id), NewEntry(EntryType.NOTE_ADDED, ctx.today))


@pytest.mark.parametrize("part", ["clerk", "disclosure_head", "legal_advisor", "supervisor"])
def test_those_who_handle_advise_or_supervise_may_issue(office: Office, part: str) -> None:
    case_id = office.case()
    assert issue_sheet(office.ctx(office.cast.actors[part]), case_id, expected_version=None).fresh


@pytest.mark.parametrize(
    ("part", "error"),
    [("approver", Forbidden), ("auditor", Forbidden), ("colleague", NotFound), ("administrator", NotFound)],
)
def test_others_may_not(office: Office, part: str, error: type[Exception]) -> None:
    case_id = office.case()
    ctx = office.ctx(office.cast.actors[part])
    with pytest.raises(error):
        issue_sheet(ctx, case_id, expected_version=None)
    if error is NotFound:
        with pytest.raises(NotFound):
            preview_sheet(ctx, case_id)
    else:
        assert preview_sheet(ctx, case_id)
    assert office.session.scalars(select(ComputationSheet)).all() == []


def test_without_a_receipt_there_is_nothing_to_compute(office: Office, session: Session) -> None:
    case = bare_case(session, office.cast.organ_ids["MZJ"], date(2026, 11, 2), 9)
    session.commit()
    with pytest.raises(NotLawfulNow, match="还没有登记收到申请的日期"):
        issue_sheet(office.clerk, case.id, expected_version=None)


def test_the_preview_has_no_number_and_leaves_nothing(office: Office) -> None:
    case_id = office.case()
    content = preview_sheet(office.ctx(office.cast.auditor), case_id).decode()
    assert "未编号" in content and "期〔" not in content
    assert office.session.scalars(select(ComputationSheet)).all() == []


def test_each_fact_names_what_proves_it(office: Office) -> None:
    case_id = office.case()
    with transaction(office.clerk) as session:
        session.add(
            Receipt(
                case_id=case_id,
                channel="registered_mail",
                mail_number="XA12345678",
                signed_on=date(2026, 11, 9),
                signed_by="收发室",
            )
        )
    (scan,) = add_file(
        office.clerk, case_id, [Upload("张三的信封.pdf", PDF, FileKind.ENVELOPE)], expected_version=None
    )
    consult(
        office.clerk,
        case_id,
        on=date(2026, 11, 12),
        kind=SuspensionCause.THIRD_PARTY,
        party="李四",
        subject="补偿协议",
        mail_number="EMS778899",
        expected_version=None,
    )
    letter_id = office.signed(case_id)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(
        office.clerk,
        letter_id,
        way=DispatchWay.POST,
        on=TODAY,
        mail_number="EMS112233",
        expected_version=None,
    )
    record_delivery(
        office.clerk,
        letter_id,
        delivery=Delivery(TODAY, "本人", Upload("回执.pdf", PDF)),
        expected_version=None,
    )
    told = facts(office, case_id)
    received, suspended, dispatched, delivered = told.values()
    assert received[0] == "收到申请（邮寄(挂号)、收发室签收）"
    assert received[1] == ["邮件号 XA12345678", f"信封（材料 {scan}）"]
    assert suspended[1] == ["《政府信息公开征求意见书》椒民公开征〔2026〕1号", "邮件号 EMS778899"]
    letter = office.letter(letter_id)
    assert dispatched[1] == [f"《政府信息公开告知书》{letter.number}", "邮件号 EMS112233"]
    proof = letter.dispatches[0].proof_attachment_id
    assert delivered[1] == [f"送达凭证（材料 {proof}）"]
    whole = preview_sheet(office.clerk, case_id).decode()
    assert "张三" not in whole and "李四" not in whole and "困难群众" not in whole


def test_a_fact_without_proof_says_none(office: Office) -> None:
    case_id = office.case()
    assert [proofs for _, proofs in facts(office, case_id).values()] == [[]]
    assert "未附凭证" in preview_sheet(office.clerk, case_id).decode()


def test_sheets_issued_at_once_leave_no_gap(cast: Cast, ctx_for: ContextFor, engine: Engine) -> None:
    with Session(engine) as own:
        made, _twin = with_twin(ctx_for(cast.clerk, TODAY, own))
        cases = [received_case(made, cast.organ_ids["MZJ"], date(2026, 11, 2), n) for n in range(1, 9)]

    def issue(case_id: int) -> str:
        with Session(engine) as own:
            made, _twin = with_twin(ctx_for(cast.clerk, TODAY, own))
            return issue_sheet(made, case_id, expected_version=None).number

    with ThreadPoolExecutor(4) as pool:
        numbers = sorted(pool.map(issue, cases + cases))
    assert sorted(set(numbers)) == sorted(f"椒民公开期〔2026〕{n}号" for n in range(1, 9))
    assert all(numbers.count(number) == 2 for number in numbers)
