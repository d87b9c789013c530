"""Reports not handed in: who is reminded on which day, once each, until it is handed in or the round is over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.domain.actors import SYSTEM
from tracker.domain.alerts import AlertKind
from tracker.domain.annual_report import SUBMISSION, Reminder
from tracker.models import Alert, AnnualReport, Organ
from tracker.services.annual_reports import return_report, submit_report
from tracker.services.report_reminders import remind_of_reports

FIRST = date(2026, 1, 1)


def held(session: Session, *, holding: bool = True) -> list[tuple[int, str, int]]:
    """Recipient, kind and step of what was told, in order."""
    session.rollback()
    query = select(Alert).where(Alert.kind.like("report_%")).order_by(Alert.id)
    return [
        (a.recipient_id, a.kind, a.step)
        for a in session.scalars(query)
        if not holding or a.resolved_at is None
    ]


@pytest.mark.parametrize(
    ("today", "owed"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), Reminder(False, 30)),
        (date(2026, 1, 14), Reminder(False, 30)),
        (date(2026, 1, 15), Reminder(False, 16)),
        (date(2026, 1, 25), Reminder(False, 6)),
        (date(2026, 1, 29), Reminder(False, 2)),
        (date(2026, 1, 31), Reminder(False, 0)),
        (date(2026, 2, 1), Reminder(True, 0)),
        (date(2026, 2, 7), Reminder(True, 0)),
        (date(2026, 2, 8), Reminder(True, 7)),
        (date(2026, 3, 31), Reminder(True, 56)),
        (date(2026, 4, 1), None),
        (date(2027, 1, 31), None),
    ],
)
def test_what_is_owed_on_a_day(today: date, owed: Reminder | None) -> None:
    assert SUBMISSION.owed_on(2025, today) == owed


def test_each_head_is_told_once_a_step_and_holds_the_latest_alone(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    heads = {cast.disclosure_head.account_id, cast.colleague.account_id, cast.one_person.account_id}
    # The district's office has nobody but its supervisor.
    everybody = heads | {cast.supervisor.account_id}
    assert remind_of_reports(ctx_for(SYSTEM, FIRST - timedelta(days=1))) == 0
    assert remind_of_reports(ctx_for(SYSTEM, FIRST)) == 4
    assert remind_of_reports(ctx_for(SYSTEM, FIRST)) == 0
    assert remind_of_reports(ctx_for(SYSTEM, FIRST + timedelta(days=3))) == 0
    assert {who for who, _kind, _step in held(session)} == everybody
    # Nothing ran for three weeks: the step that holds now is told, not those that were missed.
    assert remind_of_reports(ctx_for(SYSTEM, date(2026, 1, 26))) == 4
    assert {(kind, step) for _who, kind, step in held(session)} == {("report_owed", 6)}


def test_handing_in_ends_it_and_a_return_begins_it_again(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    head = cast.disclosure_head.account_id
    day = date(2026, 1, 20)
    remind_of_reports(ctx_for(SYSTEM, day))
    submit_report(ctx_for(cast.disclosure_head, day), 2025, "MZJ", expected_version=0)
    assert head not in {who for who, _kind, _step in held(session)}
    assert remind_of_reports(ctx_for(SYSTEM, date(2026, 1, 25))) == 3
    for _time in range(2):
        seen = session.scalars(select(AnnualReport.version_id)).one()
        return_report(
            ctx_for(cast.supervisor, date(2026, 1, 26)),
            2025,
            "MZJ",
            comment="请补充。",
            expected_version=seen,
        )
        assert [kind for who, kind, _step in held(session) if who == head] == ["report_returned"]
        seen = session.scalars(select(AnnualReport.version_id)).one()
        submit_report(ctx_for(cast.disclosure_head, date(2026, 1, 26)), 2025, "MZJ", expected_version=seen)
        assert head not in {who for who, _kind, _step in held(session)}
        session.rollback()
    assert [kind for who, kind, _ in held(session, holding=False) if who == head].count(
        "report_returned"
    ) == 2


def test_after_the_day_the_district_is_told_too_week_by_week(
    session: Session, cast: Cast, ctx_for: ContextFor
) -> None:
    remind_of_reports(ctx_for(SYSTEM, date(2026, 1, 31)))
    assert remind_of_reports(ctx_for(SYSTEM, date(2026, 2, 1))) == 3 * 2 + 1
    mine = [each[1:] for each in held(session) if each[0] == cast.disclosure_head.account_id]
    assert mine == [("report_late", 0)]
    office = [each for each in held(session) if each[0] == cast.supervisor.account_id]
    assert len(office) == 4
    assert remind_of_reports(ctx_for(SYSTEM, date(2026, 2, 7))) == 0
    assert remind_of_reports(ctx_for(SYSTEM, date(2026, 2, 8))) == 7
    assert {each[1:] for each in held(session)} == {("report_late", 7)}
    assert remind_of_reports(ctx_for(SYSTEM, date(2026, 4, 1))) == 0
    assert held(session) == []


def test_an_organ_that_is_closed_owes_nothing(session: Session, cast: Cast, ctx_for: ContextFor) -> None:
    session.get_one(Organ, cast.organ_ids["CZJ"]).active = False
    session.commit()
    assert remind_of_reports(ctx_for(SYSTEM, FIRST)) == 3
    session.rollback()
    (alert, *_others) = session.scalars(select(Alert).order_by(Alert.id))
    assert alert.params == {"year": 2025, "organ": "椒江区民政局", "code": "MZJ"}
    assert (alert.kind, alert.due_on) == (str(AlertKind.REPORT_OWED), date(2026, 1, 31))
