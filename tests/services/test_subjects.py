"""主题: the district keeps the list, the organ says what its case is about; what is retired stays where it was used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.test_intake import REQUEST, stub
from tracker.domain.errors import Forbidden, Invalid, NotFound
from tracker.models import Case
from tracker.queries.subjects import SubjectFacts, find_subject_of, list_subjects
from tracker.services.intake import complete_registration, register
from tracker.services.subjects import LONGEST_SUBJECT, MOST_SUBJECTS, add_subject, change_subject, classify


def test_the_list_is_the_districts_with_names_once_and_bounded(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    keeper = ctx_for(cast.supervisor)
    first = add_subject(keeper, " 征地 拆迁 ")
    for name in ("征地 拆迁", "", "长" * (LONGEST_SUBJECT + 1)):
        with pytest.raises(Invalid):
            add_subject(keeper, name)
    with pytest.raises(Forbidden):
        add_subject(ctx_for(cast.disclosure_head), "财政资金")
    with pytest.raises(NotFound):
        change_subject(keeper, first + 99, "财政资金", active=True)
    for n in range(1, MOST_SUBJECTS):
        add_subject(keeper, f"第 {n} 个")
    with pytest.raises(Invalid):
        add_subject(keeper, "再一个")
    change_subject(keeper, first, "征地拆迁", active=False)
    assert list_subjects(session)[-1] == SubjectFacts(first, "征地拆迁", active=False)


def test_a_case_has_one_subject_and_keeps_it_when_it_is_retired(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    keeper, clerk = ctx_for(cast.supervisor), ctx_for(cast.clerk)
    one, other = add_subject(keeper, "征地拆迁"), add_subject(keeper, "财政资金")
    case_id = received_case(clerk, cast.organ_ids["MZJ"], date(2026, 11, 2))
    classify(clerk, case_id, one)
    classify(clerk, case_id, other)
    change_subject(keeper, other, "财政资金", active=False)
    classify(clerk, case_id, other)
    assert find_subject_of(session, case_id) == SubjectFacts(other, "财政资金", active=False)
    classify(clerk, case_id, None)
    assert find_subject_of(session, case_id) is None
    for unknown in (other, 0, 10_000):
        with pytest.raises(Invalid):
            classify(clerk, case_id, unknown)
    with pytest.raises(NotFound):
        classify(ctx_for(cast.colleague), case_id, one)
    with pytest.raises(Forbidden):
        classify(ctx_for(cast.approver), case_id, one)


def test_the_subject_chosen_at_registration_or_completion_is_kept(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    clerk = ctx_for(cast.clerk)
    one = add_subject(ctx_for(cast.supervisor), "征地拆迁")
    details = replace(REQUEST, subject_id=one)
    whole = register(clerk, replace(stub(cast), request=details))
    assert find_subject_of(session, whole.case_id) == SubjectFacts(one, "征地拆迁", active=True)
    later = register(clerk, stub(cast))
    version = session.get_one(Case, later.case_id).version_id
    with pytest.raises(Invalid):
        complete_registration(
            clerk, later.case_id, replace(details, subject_id=one + 1), expected_version=version
        )
    complete_registration(clerk, later.case_id, details, expected_version=version)
    assert find_subject_of(session, later.case_id) is not None
