"""统计 saved under a name: whose it is, who finds it, unique and bounded, changed by those who may."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.saved_statistics import DISTRICT, LONGEST_NAME, MOST_SAVED, OWN, SharedWith, Sharing
from tracker.domain.statistics import NONE, Dimension, Measure, Question
from tracker.domain.statistics_period import Relative
from tracker.queries.saved_statistics import get_saved, list_saved
from tracker.services.saved_statistics import change_statistic, delete_statistic, save_statistic

QUESTION = Question(
    Measure.RECEIVED, Relative.LAST_QUARTER, Dimension.ORGAN, Dimension.CHANNEL, {Dimension.HANDLER: NONE}
)


def finders(session: Session, cast: Cast) -> set[str]:
    session.rollback()
    return {part for part, actor in cast.actors.items() if list_saved(session, actor)}


def of_organ(cast: Cast, code: str) -> SharedWith:
    return SharedWith(Sharing.ORGAN, cast.organ_ids[code])


def test_it_is_found_by_those_it_is_shared_with_and_nobody_else(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    own = save_statistic(ctx_for(cast.clerk), " 各机关  上季度 ", QUESTION, OWN)
    kept = get_saved(session, cast.clerk, own)
    assert (kept.name, kept.question, kept.mine) == ("各机关 上季度", QUESTION, True)
    assert finders(session, cast) == {"clerk"}
    delete_statistic(ctx_for(cast.clerk), own, expected_version=1)
    assert finders(session, cast) == set()

    save_statistic(ctx_for(cast.disclosure_head), "本机关的", QUESTION, of_organ(cast, "MZJ"))
    assert finders(session, cast) == {
        "clerk",
        "second_clerk",
        "approver",
        "disclosure_head",
        "legal_advisor",
    }
    save_statistic(ctx_for(cast.supervisor), "全区的", QUESTION, DISTRICT)
    assert finders(session, cast) == set(cast.actors) - {"administrator", "stranger"}


def test_only_those_who_may_share_do(cast: Cast, ctx_for: ContextFor) -> None:
    for actor, shared in (
        (cast.clerk, of_organ(cast, "MZJ")),
        (cast.disclosure_head, of_organ(cast, "CZJ")),
        (cast.disclosure_head, DISTRICT),
        (cast.auditor, DISTRICT),
        (cast.administrator, OWN),
        (cast.stranger, OWN),
    ):
        with pytest.raises(Forbidden):
            save_statistic(ctx_for(actor), "各机关", QUESTION, shared)


def test_names_are_ones_own_unique_not_empty_and_not_too_long(cast: Cast, ctx_for: ContextFor) -> None:
    clerk = ctx_for(cast.clerk)
    first = save_statistic(clerk, "甲", QUESTION, OWN)
    save_statistic(ctx_for(cast.second_clerk), "甲", QUESTION, OWN)
    other = save_statistic(clerk, "乙" * LONGEST_NAME, QUESTION, OWN)
    for name in ("甲", " 甲\u200b ", "", " \n", "乙" * (LONGEST_NAME + 1)):
        with pytest.raises(Invalid) as refused:
            save_statistic(clerk, name, QUESTION, OWN)
        assert list(refused.value.fields) == ["name"]
        with pytest.raises(Invalid):
            change_statistic(clerk, other, name, OWN, expected_version=1)
    change_statistic(clerk, first, "甲", OWN, expected_version=1)


def test_one_person_keeps_so_many_and_not_one_more(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    clerk = ctx_for(cast.clerk)
    kept = [save_statistic(clerk, f"第 {n} 个", QUESTION, OWN) for n in range(MOST_SAVED)]
    with pytest.raises(Invalid):
        save_statistic(clerk, "再一个", QUESTION, OWN)
    delete_statistic(clerk, kept[0], expected_version=1)
    save_statistic(clerk, "再一个", QUESTION, OWN)
    assert len(list_saved(session, cast.clerk)) == MOST_SAVED


def test_what_is_anothers_is_changed_by_those_who_keep_the_shared_list(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    ours = save_statistic(ctx_for(cast.one_person), "街道的", QUESTION, of_organ(cast, "HMJ"))
    with pytest.raises(NotFound):
        change_statistic(ctx_for(cast.clerk), ours, "夺来的", OWN, expected_version=1)
    with pytest.raises(Forbidden):
        delete_statistic(ctx_for(cast.legal_advisor), ours, expected_version=1)
    theirs = save_statistic(ctx_for(cast.supervisor), "全区的", QUESTION, DISTRICT)
    with pytest.raises(Forbidden):
        change_statistic(ctx_for(cast.clerk), theirs, "夺来的", DISTRICT, expected_version=1)
    assert not get_saved(session, cast.disclosure_head, theirs).may_change


def test_two_people_meet_as_a_conflict(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    clerk = ctx_for(cast.clerk)
    kept = save_statistic(clerk, "甲", QUESTION, OWN)
    change_statistic(clerk, kept, "乙", OWN, expected_version=1)
    with pytest.raises(Conflict):
        change_statistic(clerk, kept, "丙", OWN, expected_version=1)
    with pytest.raises(Conflict):
        delete_statistic(clerk, kept, expected_version=1)
    assert get_saved(session, cast.clerk, kept).name == "乙"
