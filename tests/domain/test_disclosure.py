"""Art 44: the same information, several applicants, one organ."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.disclosure import Asked, Outcome, ProposalState, often_asked, state_of

DAY = date(2026, 1, 5)
TEXTS = st.sampled_from(
    [
        "申请公开2025年困难群众救助资金发放汇总表",
        "2025年困难群众救助资金发放汇总表",
        "养老机构名单",
        "某路施工合同",
        "",
    ]
)
PEOPLE = st.sampled_from(["甲", "乙", "丙", None])


def asked(number: int, text: str, who: str | None) -> Asked:
    return Asked(number, f"{number}号", DAY + timedelta(days=number), text, who)


REQUESTS = st.lists(st.tuples(TEXTS, PEOPLE), max_size=12).map(
    lambda rows: [asked(n, text, who) for n, (text, who) in enumerate(rows)]
)


@given(REQUESTS)
def test_groups_share_nothing_and_have_several_applicants(requests: list[Asked]) -> None:
    found = often_asked(requests)
    ids = [each.case_id for group in found for each in group.requests]
    assert len(ids) == len(set(ids))
    assert all(group.applicants >= 2 for group in found)
    assert [g.applicants for g in found] == sorted((g.applicants for g in found), reverse=True)


@given(REQUESTS)
def test_the_order_they_are_read_in_does_not_matter(requests: list[Asked]) -> None:
    assert often_asked(requests) == often_asked(requests[::-1])


def test_the_same_in_other_words_counts_and_one_person_asking_twice_does_not() -> None:
    rows = [
        asked(1, "申请公开2025年困难群众救助资金发放汇总表", "甲"),
        asked(2, "2025年困难群众救助资金发放汇总表（电子版）", "乙"),
        asked(3, "养老机构名单", "丙"),
        asked(4, "请求公开养老机构名单", "丙"),
        asked(5, "某路施工合同", None),
        asked(6, "某路施工合同", "甲"),
    ]
    (group,) = often_asked(rows)
    assert [each.case_id for each in group.requests] == [2, 1] and group.applicants == 2


def test_where_a_proposal_stands() -> None:
    assert state_of(None, None) is ProposalState.WAITING
    assert state_of(Outcome.DECLINED, None) is ProposalState.DECLINED
    assert state_of(Outcome.ACCEPTED, None) is ProposalState.TO_PUBLISH
    assert state_of(Outcome.ACCEPTED, DAY) is ProposalState.PUBLISHED
