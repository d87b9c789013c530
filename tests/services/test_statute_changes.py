"""条款变动: recorded by office or advisor, it marks what cites the article until checked or worded anew."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import TODAY
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.queries.statute_changes import list_changes, list_checks, marked, marked_of
from tracker.queries.wordings import VersionFacts, list_versions
from tracker.services.context import Context
from tracker.services.statute_changes import check_wording, record_change
from tracker.services.templates import load_shipped_templates
from tracker.services.wordings import Reworded, approve_wording, save_wording

CHANGED = date(2027, 1, 1)


@pytest.fixture
def office(cast: Cast, ctx_for: ContextFor) -> Context:
    load_shipped_templates(ctx_for(cast.supervisor, date(2026, 1, 5)))
    return ctx_for(cast.supervisor, TODAY)


@pytest.fixture
def advisor(cast: Cast, ctx_for: ContextFor) -> Context:
    return ctx_for(cast.legal_advisor, TODAY)


def waiting(office: Context) -> list[VersionFacts]:
    (record,) = list_changes(office.session, office.actor, TODAY)
    return list(record.waiting)


def test_a_change_marks_what_cites_it_until_it_is_checked_with_a_reason(
    office: Context, advisor: Context, session: Session
) -> None:
    change = record_change(advisor, "３６（5）", CHANGED, "第五项修改")
    marked_now = waiting(office)
    assert marked_now and all(
        any(a in ("36", "36(5)") for a in v.template.articles) or "第五项" in v.source for v in marked_now
    )
    one = marked_now[0]
    assert [v.id for v, _ in marked_of(session, office.actor, [one.id])] == [one.id]
    with pytest.raises(Invalid):
        check_wording(office, change, one.id, "  ")
    check_wording(office, change, one.id, "只改标点")
    with pytest.raises(Conflict):
        check_wording(office, change, one.id, "再核一次")
    assert one.id not in [v.id for v in waiting(office)] and len(waiting(office)) == len(marked_now) - 1
    (found,) = list_checks(session, one.id)
    assert (found.article, found.remark) == ("36(5)", "只改标点")
    assert not marked_of(session, office.actor, [one.id])


def test_a_version_approved_after_the_change_was_recorded_is_not_marked(
    office: Context, cast: Cast, ctx_for: ContextFor
) -> None:
    record_change(office, "36", CHANGED, "修改")
    before = next(v for v in waiting(office) if v.key == "not_existing")
    reworded = before.source.replace("。", "，请知悉。", 1)
    later = ctx_for(cast.supervisor, date(2026, 12, 1))
    draft = save_wording(
        later,
        before.key,
        None,
        Reworded(reworded, "条款变动", date(2026, 12, 1)),
        expected_version=None,
        submit=True,
    )
    approve_wording(ctx_for(cast.legal_advisor, date(2026, 12, 1)), draft, expected_version=1)
    versions = list_versions(office.session, office.actor, before.key)
    assert before.id in marked(office.session, versions, TODAY)
    assert not marked(office.session, versions, date(2026, 12, 1))


def test_who_may_record_and_check(office: Context, cast: Cast, ctx_for: ContextFor) -> None:
    change = record_change(office, "36", CHANGED, "修改")
    version = waiting(office)[0].id
    for person in (cast.clerk, cast.disclosure_head):
        with pytest.raises(Forbidden):
            record_change(ctx_for(person, TODAY), "35", CHANGED, "修改")
        with pytest.raises(Forbidden):
            check_wording(ctx_for(person, TODAY), change, version, "不用改")


def test_bad_changes_are_refused(office: Context) -> None:
    change = record_change(office, "56", CHANGED, "施行日期")
    for article, note in (("57", "修改"), ("三十六", "修改"), ("36", " ")):
        with pytest.raises(Invalid):
            record_change(office, article, CHANGED, note)
    with pytest.raises(Conflict):
        record_change(office, "56", CHANGED, "又记一次")
    anything = list_versions(office.session, office.actor)[0].id
    with pytest.raises(Invalid):
        check_wording(office, change, anything, "没有引用")
    with pytest.raises(NotFound):
        check_wording(office, change + 99, anything, "没有这一项")
