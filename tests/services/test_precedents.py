"""答复前先看: the same applicant, like requests by others, proposals with what they rest on, never a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.test_intake import ENVELOPE, REQUEST, stub
from tracker.domain.dispositions import Disposition
from tracker.domain.errors import NotFound
from tracker.domain.precedents import ProposalKind, SamePerson
from tracker.domain.request_facts import PersonDetails
from tracker.models import Case, Letter
from tracker.services.context import Context
from tracker.services.intake import register
from tracker.services.precedents import Before, before_case, before_registering, grounds_from

WANG = PersonDetails(name="王晓敏", identity_number="331002199001010014", phone="13857612345")
ASKED = "葭沚街道星光村2023年度征地补偿安置方案及补偿款发放明细表"


@pytest.fixture
def clerk(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.clerk)


def made(ctx: Context, cast: Cast, person: PersonDetails = WANG, asked: str = ASKED) -> int:
    request = replace(REQUEST, people=(person,), description=asked)
    return register(ctx, replace(stub(cast), request=request)).case_id


def answered(session: Session, case_id: int, outcome: Disposition, **grounds: str) -> None:
    """The case as an answered one, without the way there."""
    case = session.get_one(Case, case_id)
    case.disposition, case.stopped_on = str(outcome), date(2026, 10, 8)
    letter = Letter(
        case_id=case_id,
        organ_id=case.organ_id,
        kind=str(outcome),
        is_reply=True,
        status="signed",
        number="椒民公开〔2026〕3号",
        signed_on=date(2026, 10, 7),
        values={"parts": [{"template": str(outcome), "item": "", "grounds": grounds, "refused_under": ""}]},
    )
    session.add(letter)
    session.commit()


def before(ctx: Context, case_id: int) -> Before:
    return before_case(ctx, ctx.session.get_one(Case, case_id))


def test_the_same_applicants_answered_request_is_proposed_as_repeated_with_number_and_day(
    cast: Cast, clerk: Context, session: Session
) -> None:
    first = made(clerk, cast)
    again = made(clerk, cast, asked=f"本人申请公开{ASKED}的相关信息")
    assert before(clerk, again).proposals == ()
    answered(session, first, Disposition.NOT_HELD)
    (proposal,) = before(clerk, again).proposals
    assert (proposal.kind, proposal.earlier.case_id) == (ProposalKind.REPEATED, first)
    assert grounds_from(clerk, "repeated", first) == {
        "earlier_number": "椒民公开〔2026〕3号",
        "earlier_on": "2026年10月7日",
    }


@pytest.mark.parametrize(
    ("person", "outcome", "asked"),
    [
        (replace(WANG, identity_number="331002198505050028", phone=""), Disposition.NOT_HELD, ASKED),
        (replace(WANG, identity_number="", phone=""), Disposition.NOT_HELD, ASKED),
        (WANG, Disposition.REPEATED, ASKED),
        (WANG, Disposition.LAPSED_UNCORRECTED, ASKED),
        (WANG, Disposition.NOT_HELD, "海门街道2021年度环境影响评价报告书"),
    ],
    ids=["other document", "namesake", "repeated before", "lapsed", "something else"],
)
def test_no_repetition_without_certainty_answer_and_likeness(
    cast: Cast, clerk: Context, session: Session, person: PersonDetails, outcome: Disposition, asked: str
) -> None:
    answered(session, made(clerk, cast, person, asked), outcome)
    assert before(clerk, made(clerk, cast)).proposals == ()


def test_a_like_request_of_another_is_shown_with_its_figures_and_proposed_when_public(
    cast: Cast, clerk: Context, session: Session
) -> None:
    other = replace(WANG, name="李某", identity_number="", phone="")
    earlier = made(clerk, cast, other)
    answered(session, earlier, Disposition.DISCLOSED, public_where="区政府门户网站“征地补偿”专栏")
    case_id = made(clerk, cast)
    found = before(clerk, case_id)
    (like,) = found.alike
    assert (like.case_id, like.same, like.likeness.percent) == (earlier, None, 100)
    assert found.of_applicant == ()
    (proposal,) = found.proposals
    assert proposal.kind is ProposalKind.ALREADY_PUBLIC
    assert grounds_from(clerk, "already_public", earlier) == {"public_where": "区政府门户网站“征地补偿”专栏"}


def test_month_year_and_fee_are_counted_for_the_organ_without_namesakes(
    cast: Cast, clerk: Context, session: Session
) -> None:
    ids = [made(clerk, cast, asked=f"第{n}批资金安排") for n in range(12)]
    made(clerk, cast, replace(WANG, identity_number="", phone=""))
    last, tenth = before(clerk, ids[-1]), before(clerk, ids[9])
    assert (last.frequency.in_month, last.frequency.in_year, last.frequency.earlier) == (12, 12, 11)
    assert (last.frequency.fee_yuan, tenth.frequency.fee_yuan, tenth.frequency.earlier) == (100, 0, 9)
    assert last.namesakes == 1
    session.get_one(Case, ids[0]).received_on = date(2026, 8, 31)
    session.commit()
    last = before(clerk, ids[-1])
    assert (last.frequency.in_month, last.frequency.in_year, last.frequency.fee_yuan) == (11, 12, 100)


def test_before_registering_the_same_is_known_from_what_is_typed(cast: Cast, clerk: Context) -> None:
    case_id = made(clerk, cast)
    found = before_registering(
        clerk, [WANG], ASKED, cast.organ_ids["MZJ"], ENVELOPE.signed_on or date(2026, 9, 10)
    )
    assert [each.case_id for each in found.of_applicant] == [case_id]
    assert found.of_applicant[0].same is SamePerson.IDENTITY and found.frequency.in_month == 2
    assert before_registering(clerk, [], "", cast.organ_ids["MZJ"], date(2026, 9, 10)).alike == ()


def test_requests_of_other_organs_are_for_those_who_read_them(
    cast: Cast, clerk: Context, ctx_for: ContextFor
) -> None:
    case_id = made(clerk, cast)
    for part, seen in (("colleague", 0), ("supervisor", 1)):
        ctx = ctx_for(getattr(cast, part))
        found = before_registering(ctx, [WANG], ASKED, cast.organ_ids["CZJ"], date(2026, 9, 10))
        assert len(found.of_applicant) == seen and found.proposals == ()
    with pytest.raises(NotFound):
        grounds_from(ctx_for(cast.colleague), "repeated", case_id)
