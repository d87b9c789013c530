"""Registration: stub, completion, numbers, people, the day of receipt; and what hostile input does not do."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from tests.people import NOW, Cast
from tests.services.conftest import ContextFor
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.domain.file_kinds import FileKind
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_facts import Capacity, PersonDetails, RequestDetails
from tracker.domain.request_terms import (
    Channel,
    IdentityType,
    LegalKind,
    ReportKind,
    SupplyForm,
    SupplyWay,
)
from tracker.models import Applicant, Attachment, CallRecord, Case, CaseItem, Counter, Receipt
from tracker.queries.case_log import read_log
from tracker.services.attachments import Upload
from tracker.services.context import Context, Runtime
from tracker.services.intake import Registration, complete_registration, register
from tracker.services.receipts import ConfirmationCall
from tracker.services.unit_of_work import transaction

RECEIVED = date(2026, 9, 10)
ENVELOPE = ReceiptFacts(
    Channel.REGISTERED_MAIL, signed_on=RECEIVED, signed_by="门卫 老李", mail_number="xa 1234 5678 533"
)
WANG = PersonDetails(
    name="王晓敏",
    identity_type=IdentityType.RESIDENT_ID,
    identity_number="11010519491231002x",
    phone="138 1234 5659",
    address="台州市椒江区海门街道 1 号",
    email="Wang@example.cn",
)
REQUEST = RequestDetails(
    people=(WANG,),
    description="2025 年度困难群众救助资金发放情况",
    supply_form=SupplyForm.PAPER,
    supply_way=SupplyWay.POST,
)
PDF = b"%PDF-1.4\n%%EOF"


def stub(cast: Cast, receipt: ReceiptFacts = ENVELOPE) -> Registration:
    return Registration(cast.organ_ids["MZJ"], receipt)


def told(error: pytest.ExceptionInfo[Invalid]) -> str:
    return "".join(str(text) for texts in error.value.fields.values() for text in texts)


def test_a_stub_has_its_number_and_due_date_at_once(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    done = register(ctx_for(cast.clerk), stub(cast))
    assert (done.number, done.received_on, done.due_on) == (
        "椒民公开受〔2026〕1号",
        RECEIVED,
        date(2026, 10, 14),
    )
    assert not done.complete
    case = session.get_one(Case, done.case_id)
    assert (case.needs_completion, case.stage, case.description) == (True, "registered", "")
    kept = session.scalars(select(Receipt)).one()
    assert (kept.signed_by, kept.mail_number) == ("门卫 老李", "XA12345678533")
    assert [(e.type, e.on) for e in read_log(session, done.case_id)] == [
        (EntryType.RECEIVED, RECEIVED),
        (EntryType.REGISTERED, date(2026, 11, 23)),
    ]


def test_an_odd_mail_number_is_told_and_kept(cast: Cast, ctx_for: ContextFor) -> None:
    odd = register(ctx_for(cast.clerk), stub(cast, replace(ENVELOPE, mail_number="12-34")))
    assert any("邮件号码" in str(w) for w in odd.warnings)
    usual = register(ctx_for(cast.clerk), stub(cast, replace(ENVELOPE, mail_number="1234567890123")))
    assert usual.warnings == ()


def test_the_stub_is_completed_later(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    ctx = ctx_for(cast.clerk)
    done = register(ctx, replace(stub(cast), sender="王晓敏"))
    version = session.get_one(Case, done.case_id).version_id
    assert complete_registration(ctx, done.case_id, REQUEST, expected_version=version) == ()
    session.rollback()
    case = session.get_one(Case, done.case_id)
    assert (case.needs_completion, case.description, case.supply_way) == (False, REQUEST.description, "post")
    assert [e.type for e in read_log(session, case.id)][-1] is EntryType.COMPLETED
    assert len(session.scalars(select(Applicant)).all()) == 1
    with pytest.raises(NotLawfulNow):
        complete_registration(ctx, case.id, REQUEST, expected_version=case.version_id)


def test_two_clerks_who_complete_one_stub_meet(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    done = register(ctx_for(cast.clerk), stub(cast))
    version = session.get_one(Case, done.case_id).version_id
    complete_registration(ctx_for(cast.second_clerk), done.case_id, REQUEST, expected_version=version)
    with pytest.raises(Conflict):
        complete_registration(ctx_for(cast.clerk), done.case_id, REQUEST, expected_version=version)


def test_what_identifies_a_person_is_encrypted_and_found_by_hash(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    register(ctx, replace(stub(cast), request=REQUEST))
    row = session.scalars(select(Applicant)).one()
    cipher = ctx.adapters.cipher
    assert row.identity_number_cipher is not None and b"110105" not in row.identity_number_cipher
    assert cipher.open(row.identity_number_cipher) == "11010519491231002X"
    assert row.identity_number_hash == cipher.fingerprint("11010519491231002X")
    assert row.phone_tail_hash == cipher.fingerprint("5659")
    assert row.phone_hash == cipher.fingerprint("13812345659")
    assert row.email_hash == cipher.fingerprint("wang@example.cn")
    log = read_log(session, row.case_id)
    assert "138" not in str([e.details for e in log]) and "王" not in str([e.details for e in log])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"identity_number": "110105194912310021"}, "校验位"),
        ({"identity_number": "1101"}, "位数"),
        ({"identity_type": IdentityType.NONE, "identity_number": ""}, "没有身份证明"),
        ({"email": "wang"}, "电子邮箱"),
    ],
)
def test_a_doubtful_document_warns_and_never_blocks(
    cast: Cast, ctx_for: ContextFor, change: dict[str, object], said: str
) -> None:
    person = replace(WANG, **change)  # type: ignore[arg-type]
    done = register(ctx_for(cast.clerk), replace(stub(cast), request=replace(REQUEST, people=(person,))))
    assert any(said in str(warning) for warning in done.warnings)


def test_a_passport_is_taken_as_it_is(cast: Cast, ctx_for: ContextFor) -> None:
    person = replace(WANG, identity_type=IdentityType.PASSPORT, identity_number="E 123")
    done = register(ctx_for(cast.clerk), replace(stub(cast), request=replace(REQUEST, people=(person,))))
    assert done.warnings == ()


def test_joint_applicants_an_agent_and_items(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    people = (
        replace(WANG, representative=True),
        replace(WANG, name="李四", capacity=Capacity.JOINT),
        PersonDetails(name=""),
        replace(WANG, name="徐律师", capacity=Capacity.AGENT),
    )
    request = replace(REQUEST, people=people, items=("第一项", " ", "第二项"))
    paper = Upload("授权.pdf", PDF, kind=FileKind.AUTHORISATION)
    done = register(ctx_for(cast.clerk), replace(stub(cast), request=request, uploads=(paper,)))
    rows = session.scalars(select(Applicant).order_by(Applicant.position)).all()
    assert [(r.name, r.capacity, r.representative) for r in rows] == [
        ("王晓敏", "applicant", True),
        ("李四", "joint", False),
        ("徐律师", "agent", False),
    ]
    assert rows[2].authorised_by_attachment_id == session.scalars(select(Attachment.id)).one()
    items = session.scalars(
        select(CaseItem).where(CaseItem.case_id == done.case_id).order_by(CaseItem.position)
    )
    assert [item.description for item in items] == ["第一项", "第二项"]


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (replace(REQUEST, people=()), "people-0-name"),
        (replace(REQUEST, description=" \n"), "description"),
        (replace(REQUEST, description="字" * 20_001), "description"),
        (replace(REQUEST, people=(replace(WANG, name="长" * 201),)), "people-0-name"),
        (replace(REQUEST, people=(replace(WANG, postcode="31800"),)), "people-0-postcode"),
        (
            replace(REQUEST, people=(replace(WANG, report_kind=ReportKind.ENTERPRISE),)),
            "people-0-report_kind",
        ),
        (
            replace(REQUEST, people=(replace(WANG, legal_kind=LegalKind.LEGAL_PERSON),)),
            "people-0-report_kind",
        ),
        (replace(REQUEST, people=(replace(WANG, representative=True),) * 2), "people"),
        (replace(REQUEST, people=(replace(WANG, capacity=Capacity.AGENT),)), "people-0-name"),
        (replace(REQUEST, items=("一",) * 101), "items"),
    ],
)
def test_what_cannot_be_kept_is_named_by_field_and_draws_no_number(
    cast: Cast, ctx_for: ContextFor, session: Session, request_: RequestDetails, field: str
) -> None:
    with pytest.raises(Invalid) as error:
        register(ctx_for(cast.clerk), replace(stub(cast), request=request_))
    assert field in error.value.fields
    session.rollback()
    assert session.scalars(select(Case)).all() == []
    assert session.scalars(select(Counter)).all() == []


def test_hostile_text_is_kept_as_text(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    nasty = "<script>alert(1)</script>=cmd|'/c calc'!A0 \x00\x07\u202e\"; DROP TABLE cases;--"
    person = replace(WANG, name="=HYPERLINK()\r\n王\x1b[31m", address=nasty)
    done = register(
        ctx_for(cast.clerk),
        replace(stub(cast), request=replace(REQUEST, people=(person,), description=nasty + "\r\n第二行")),
    )
    case = session.get_one(Case, done.case_id)
    assert "<script>alert(1)</script>=cmd" in case.description and "\x00" not in case.description
    assert case.description.endswith("\n第二行") and "\u202e" not in case.description
    assert session.scalars(select(Applicant.name)).one() == "=HYPERLINK() 王[31m"


def test_late_confirmation_of_an_email_needs_reason_and_call(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    ctx = ctx_for(cast.clerk)
    facts = ReceiptFacts(
        Channel.EMAIL, taken_in_on=RECEIVED, confirmed_on=date(2026, 9, 14), confirmed_by="陈静"
    )
    with pytest.raises(Invalid) as error:
        register(ctx, stub(cast, facts))
    assert set(error.value.fields) == {"confirmation_reason", "call_content"}
    call = ConfirmationCall(datetime(2026, 9, 14, 2, 0, tzinfo=UTC), "王晓敏", "确认收到", "13812345659")
    done = register(
        ctx,
        replace(
            stub(cast, replace(facts, confirmation_reason="附件打不开，请其重发")),
            call=call,
            taken_in_at=time(23, 30),
        ),
    )
    assert done.received_on == date(2026, 9, 14)
    assert session.scalars(select(CallRecord.content)).one() == "确认收到"
    assert session.scalars(select(Receipt.system_received_at)).one() == datetime(
        2026, 9, 10, 15, 30, tzinfo=UTC
    )


def test_a_call_to_come_or_without_words_is_refused(cast: Cast, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk)
    call = ConfirmationCall(datetime(2026, 11, 24, tzinfo=UTC), " ", "")
    with pytest.raises(Invalid) as error:
        register(ctx, replace(stub(cast), call=call))
    assert set(error.value.fields) == {"call_time", "call_with", "call_content"}


def test_nobody_registers_for_another_organ(cast: Cast, ctx_for: ContextFor, session: Session) -> None:
    for part in ("colleague", "approver", "supervisor", "stranger", "administrator"):
        with pytest.raises(Forbidden):
            register(ctx_for(cast.actors[part]), stub(cast))
    done = register(ctx_for(cast.clerk), stub(cast))
    with pytest.raises(NotFound):
        complete_registration(ctx_for(cast.colleague), done.case_id, REQUEST, expected_version=None)
    with pytest.raises(Forbidden):
        complete_registration(ctx_for(cast.approver), done.case_id, REQUEST, expected_version=None)


def test_a_bad_file_stops_the_registration_before_a_number_is_drawn(
    cast: Cast, ctx_for: ContextFor, session: Session
) -> None:
    with pytest.raises(Invalid) as error:
        register(ctx_for(cast.clerk), replace(stub(cast), uploads=(Upload("a.pdf", b"<html>"),)))
    assert "内容与格式不符" in told(error)
    session.rollback()
    assert session.scalars(select(Counter)).all() == []


def test_a_number_rolled_back_is_drawn_again(cast: Cast, ctx_for: ContextFor) -> None:
    ctx = ctx_for(cast.clerk)
    register(ctx, stub(cast))
    with pytest.raises(RuntimeError), transaction(ctx):
        register(ctx, stub(cast))
        raise RuntimeError
    assert register(ctx, stub(cast)).number == "椒民公开受〔2026〕2号"


def test_numbers_are_gapless_however_many_register_at_once(
    cast: Cast, engine: Engine, runtime: Runtime, session: Session
) -> None:
    """Six people at once, each failing now and then after the number was drawn."""
    registration = stub(cast)
    start = threading.Barrier(6)

    def work(worker: int) -> list[str]:
        with Session(engine) as own:
            ctx = Context(own, cast.clerk, date(2026, 11, 23), NOW, runtime.adapters)
            start.wait()
            drawn = []
            for turn in range(4):
                if (worker + turn) % 3 == 0:
                    _register_and_fail(ctx, registration)
                drawn.append(register(ctx, registration).number)
            return drawn

    with ThreadPoolExecutor(6) as pool:
        drawn = [number for numbers in pool.map(work, range(6)) for number in numbers]
    assert sorted(drawn) == sorted(f"椒民公开受〔2026〕{n}号" for n in range(1, 25))
    session.rollback()
    assert sorted(session.scalars(select(Case.serial))) == list(range(1, 25))


def _register_and_fail(ctx: Context, registration: Registration) -> None:
    try:
        with transaction(ctx):
            register(ctx, registration)
            raise RuntimeError
    except RuntimeError:
        return
