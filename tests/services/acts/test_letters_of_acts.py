"""Acts that owe somebody a letter issue it in their own transaction, or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories.letters import case_in_hand, with_twin
from tests.people import Cast
from tests.services.acts.conftest import File
from tests.services.conftest import ContextFor
from tracker.domain.case_log import SuspensionCause
from tracker.domain.errors import BreachNeedsReason, Missing
from tracker.domain.fees import FeeBasis
from tracker.models import Applicant, Letter
from tracker.services.closing import abandon
from tracker.services.consultation import consult
from tracker.services.context import Context
from tracker.services.correction import request_correction
from tracker.services.extension import approve_extension, request_extension
from tracker.services.fees import notify_fee
from tracker.services.justification import request_justification

ON, ENDS = date(2026, 11, 12), date(2026, 11, 19)


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    return with_twin(ctx_for(cast.clerk))[0]


@pytest.fixture
def file(clerk: Context, cast: Cast, session: Session) -> File:
    """Received on 9 November 2026 from 张三, accepted; the standard wording is loaded."""
    return File(session, case_in_hand(clerk, cast.organ_ids["MZJ"], secrecy=False))


def letter(file: File) -> Letter:
    """The letter the newest entry names."""
    return file.session.get_one(Letter, file.last.details["letter_id"])


def ask(ctx: Context, file: File, on: date = ON, ends: date = ENDS) -> None:
    request_correction(
        ctx, file.id, on=on, items="补充文件名称。", guidance="", answer_due_on=ends, expected_version=None
    )


def test_the_correction_notice_says_what_was_asked(clerk: Context, file: File) -> None:
    ask(clerk, file)
    issued = letter(file)
    assert (issued.kind, issued.number, issued.signed_on) == (
        "correction_notice",
        "椒民公开补〔2026〕1号",
        ON,
    )
    text = str(issued.issued_content)
    assert "需要补正的事项：补充文件名称。" in text and "2026年11月19日" in text and "张三" in text


def test_each_act_its_letter(clerk: Context, cast: Cast, ctx_for: ContextFor, file: File) -> None:
    consult(
        clerk,
        file.id,
        kind=SuspensionCause.THIRD_PARTY,
        party="某某有限公司",
        subject="合同",
        on=ON,
        interest="个人隐私",
        expected_version=None,
    )
    asked = letter(file)
    assert asked.kind == "consult_third_party"
    assert "个人隐私" in str(asked.issued_content) and "张三" not in str(asked.issued_content)
    consult(
        clerk,
        file.id,
        kind=SuspensionCause.CO_PRODUCER,
        party="区财政局",
        subject="会签文件",
        on=ON,
        expected_version=None,
    )
    assert letter(file).kind == "consult_organ" and "共同制作" in str(letter(file).issued_content)
    request_justification(
        clerk, file.id, on=ON, facts="已提出 86 件", answer_due_on=ENDS, expected_version=None
    )
    assert letter(file).kind == "justification_notice"
    request_extension(clerk, file.id, days=10, grounds="需核实", on=ON, expected_version=None)
    head = with_twin(ctx_for(cast.disclosure_head))[0]
    approve_extension(head, file.id, on=ON, expected_version=None)
    assert letter(file).kind == "extension_notice" and "10个工作日" in str(letter(file).issued_content)


def test_a_provisional_date_is_not_quoted(
    clerk: Context, cast: Cast, ctx_for: ContextFor, file: File
) -> None:
    request_extension(clerk, file.id, days=20, grounds="需核实", on=ON, expected_version=None)
    head = with_twin(ctx_for(cast.disclosure_head))[0]
    reading = approve_extension(head, file.id, on=ON, expected_version=None)
    assert reading.provisional and reading.due_on is not None and reading.due_on.year == 2027
    assert "2027年" not in str(letter(file).issued_content)


def test_the_fee_notice_quotes_the_tariff(clerk: Context, file: File) -> None:
    notify_fee(clerk, file.id, basis=FeeBasis.PAGE, quantity=72, on=ON, expected_version=None)
    text = str(letter(file).issued_content)
    assert "420" in text and "72页" in text and "按量（页）计收" in text


def test_a_lapse_is_told_to_the_applicant(clerk: Context, file: File) -> None:
    ask(clerk, file)
    abandon(clerk, file.id, on=date(2026, 11, 20), checked="均未收到", expected_version=None)
    assert letter(file).kind == "lapsed_uncorrected"
    assert "2026年11月12日" in str(letter(file).issued_content)


def test_nothing_is_recorded_when_the_letter_cannot_be_written(
    clerk: Context, file: File, session: Session
) -> None:
    session.rollback()
    session.delete(session.scalars(select(Applicant)).one())
    session.commit()
    before = len(file.entries)
    with pytest.raises(Missing, match="申请人"):
        ask(clerk, file)
    assert len(file.entries) == before
    assert session.scalar(select(func.count()).select_from(Letter)) == 0


def test_a_number_is_not_lost_with_a_breach_that_was_not_explained(clerk: Context, file: File) -> None:
    with pytest.raises(BreachNeedsReason):
        ask(clerk, file, date(2026, 11, 19), date(2026, 12, 3))
    request_correction(
        clerk,
        file.id,
        on=date(2026, 11, 19),
        items="补充名称",
        answer_due_on=date(2026, 12, 3),
        expected_version=None,
        reason="收发室迟转",
    )
    assert letter(file).number == "椒民公开补〔2026〕1号"
