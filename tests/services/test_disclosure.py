"""Art 44 on record: proposed on requests of one organ, decided by its head with a reason, published somewhere."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import bare_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.disclosure import Basis, Outcome, ProposalState, often_asked
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow
from tracker.models import Applicant
from tracker.queries.disclosure import (
    count_open_proposals,
    get_proposal,
    list_disclosed,
    list_proposals,
    published_where,
)
from tracker.services.disclosure import (
    NewProposal,
    decide_disclosure,
    propose_disclosure,
    publish_disclosure,
)

TODAY = date(2026, 11, 23)
NEW = NewProposal("救助资金发放汇总表", "两人申请过", Basis.SEVERAL)


def disclosed(session: Session, cast: Cast, serial: int, applicant: str, organ: str = "MZJ") -> int:
    case = bare_case(session, cast.organ_ids[organ], date(2026, 3, serial), serial)
    case.disposition, case.stopped_on, case.clock_state, case.stage = (
        "disclosed",
        date(2026, 4, 1),
        "stopped",
        "archived",
    )
    session.add(
        Applicant(
            case_id=case.id,
            position=1,
            capacity="applicant",
            name=applicant,
            legal_kind="citizen",
            report_kind="natural_person",
            identity_type="none",
        )
    )
    session.commit()
    return case.id


def test_what_two_people_asked_of_one_organ_is_often_asked_until_it_is_proposed(
    cast: Cast, session: Session, ctx_for: ContextFor
) -> None:
    clerk = ctx_for(cast.clerk, TODAY)
    first, second = disclosed(session, cast, 1, "张三"), disclosed(session, cast, 2, "李四")
    disclosed(session, cast, 1, "王五", organ="CZJ")

    def often() -> list[list[int]]:
        rows = list_disclosed(session, cast.clerk, cast.organ_ids["MZJ"], date(2025, 1, 1))
        session.rollback()
        return [[each.case_id for each in group.requests] for group in often_asked(rows)]

    assert often() == [[second, first]]
    proposal_id = propose_disclosure(clerk, second, [first], NEW)
    assert often() == []
    row = get_proposal(session, cast.clerk, proposal_id)
    assert row.state is ProposalState.WAITING and [key for key, _ in row.cases] == [second, first]
    with pytest.raises(NotFound):
        get_proposal(session, cast.colleague, proposal_id)
    assert [each.id for each in list_proposals(session, cast.supervisor)] == [proposal_id]
    assert list_proposals(session, cast.colleague) == []


def test_the_head_decides_once_with_a_reason_and_then_publishes(
    cast: Cast, session: Session, ctx_for: ContextFor
) -> None:
    case_id = disclosed(session, cast, 1, "张三")
    proposal_id = propose_disclosure(ctx_for(cast.legal_advisor, TODAY), case_id, [], NEW)
    head = ctx_for(cast.disclosure_head, TODAY)
    assert count_open_proposals(session, cast.disclosure_head) == 1
    assert count_open_proposals(session, cast.clerk) == 0
    session.rollback()
    accepted = Outcome.ACCEPTED
    for other in (cast.clerk, cast.legal_advisor, cast.supervisor):
        with pytest.raises(Forbidden):
            decide_disclosure(ctx_for(other, TODAY), proposal_id, accepted, reason="好", expected_version=1)
    with pytest.raises(NotFound):
        decide_disclosure(
            ctx_for(cast.colleague, TODAY), proposal_id, accepted, reason="好", expected_version=1
        )
    with pytest.raises(Invalid):
        decide_disclosure(head, proposal_id, accepted, reason=" ", expected_version=1)
    with pytest.raises(NotLawfulNow):
        publish_disclosure(head, proposal_id, on=TODAY, where="网站", expected_version=1)
    decide_disclosure(head, proposal_id, accepted, reason="涉及面广", expected_version=1)
    with pytest.raises(Conflict):
        publish_disclosure(head, proposal_id, on=TODAY, where="网站", expected_version=1)
    with pytest.raises(NotLawfulNow):
        decide_disclosure(head, proposal_id, Outcome.DECLINED, reason="改主意", expected_version=2)
    for on, where in ((date(2026, 11, 24), "网站"), (date(2026, 11, 22), "网站"), (TODAY, "")):
        with pytest.raises(Invalid):
            publish_disclosure(head, proposal_id, on=on, where=where, expected_version=2)
    publish_disclosure(head, proposal_id, on=TODAY, where="区政府网站社会救助栏目", expected_version=2)
    row = get_proposal(session, cast.clerk, proposal_id)
    assert row.state is ProposalState.PUBLISHED and row.decided_by == "周敏" and row.outcome_on == TODAY
    assert published_where(session, [case_id]) == {case_id: "区政府网站社会救助栏目"}
    assert count_open_proposals(session, cast.disclosure_head) == 0


def test_requests_of_another_organ_are_no_ground(cast: Cast, session: Session, ctx_for: ContextFor) -> None:
    ours = disclosed(session, cast, 1, "张三")
    theirs = disclosed(session, cast, 1, "王五", organ="CZJ")
    with pytest.raises(Invalid):
        propose_disclosure(ctx_for(cast.supervisor, TODAY), ours, [theirs], NEW)
    with pytest.raises(Invalid):
        propose_disclosure(ctx_for(cast.clerk, TODAY), ours, [], NewProposal("", "理由", Basis.SEVERAL))
    with pytest.raises(NotFound):
        propose_disclosure(ctx_for(cast.clerk, TODAY), theirs, [], NEW)
    with pytest.raises(Forbidden):
        propose_disclosure(ctx_for(cast.approver, TODAY), ours, [], NEW)
    assert list_proposals(session, cast.supervisor) == []
