"""Each owed alert once: whatever stops the sweep, whoever runs it, wherever the clock jumps (D35 to D39)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, delete, event, select, update
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.shipped_calendars import shipped_calendar
from tracker.domain.actors import SYSTEM
from tracker.domain.alert_policy import DEFAULT_POLICY
from tracker.domain.alert_schedule import Timetable
from tracker.domain.case_log import EntryType
from tracker.domain.stages import Stage
from tracker.domain.year_edition import SpecialDay, YearEdition
from tracker.models import Account, Alert, AlertPolicy, AlertWatch, Case, Clock, OutboxMessage
from tracker.services.acceptance import accept
from tracker.services.alert_sweep import look_again, sweep
from tracker.services.calendars import load_year
from tracker.services.case_record import NewEntry, append
from tracker.services.facts import correct_fact
from tracker.services.unit_of_work import transaction
from tracker.services.verification import verify_clocks

RECEIVED = date(2026, 9, 10)
DUE = date(2026, 10, 14)
FIVE_AHEAD, ON_THE_EVE = date(2026, 10, 8), date(2026, 10, 13)

Told = tuple[str, str, int, str]


class Office:
    """One case of 区民政局, received on 10 September and due on 14 October, and the sweep that watches it."""

    def __init__(self, cast: Cast, contexts: ContextFor, session: Session) -> None:
        self.cast, self.contexts, self.session = cast, contexts, session
        self.case_id = self.case(1)
        self.paused_ref = ""

    def case(self, serial: int, *, accepted: bool = True) -> int:
        clerk = self.contexts(self.cast.clerk, RECEIVED)
        case_id = received_case(clerk, self.cast.organ_ids["MZJ"], RECEIVED, serial)
        if accepted:
            accept(clerk, case_id, on=RECEIVED, expected_version=None)
            self.session.get_one(Case, case_id).handler_id = self.cast.clerk.account_id
            self.session.commit()
        return case_id

    def happens(self, on: date, *entries: NewEntry, reason: str | None = None) -> None:
        ctx = self.contexts(self.cast.clerk, on)
        with transaction(ctx) as session:
            append(ctx, session.get_one(Case, self.case_id), *entries, reason=reason)

    def sweep(self, today: date, own_session: Session | None = None) -> int:
        return sweep(self.contexts(SYSTEM, today, own_session=own_session)).told

    def told(self) -> list[Told]:
        names = {actor.account_id: part for part, actor in self.cast.actors.items()}
        self.session.rollback()
        return [
            (names[alert.recipient_id], alert.kind, alert.step, alert.due_on.isoformat())
            for alert in self.session.scalars(select(Alert).order_by(Alert.id))
        ]

    def holding(self) -> set[tuple[str, int]]:
        self.session.rollback()
        rows = self.session.execute(select(Alert.kind, Alert.step).where(Alert.resolved_at.is_(None)))
        return {(kind, step) for kind, step in rows}

    def owed(self, today: date) -> set[Told]:
        """What the timetable of the clock of the reply says to the handler, the head and the supervisor."""
        self.session.rollback()
        clock = self.session.scalars(select(Clock).where(Clock.kind == "reply")).one()
        if clock.state != "running" or clock.due_on is None:
            return set()
        days = Timetable("reply", clock.due_on, clock.provisional, shipped_calendar(), DEFAULT_POLICY)
        part = {"handler": "clerk"}
        return {
            (part.get(owed.audience, str(owed.audience)), str(owed.kind), owed.step, clock.due_on.isoformat())
            for owed in days.owed_on(today, Stage.PROCESSING)
        }

    def reset(self) -> None:
        """As if no sweep had ever been."""
        self.session.rollback()
        for table in (OutboxMessage, Alert, AlertWatch):
            self.session.execute(delete(table))
        self.session.execute(
            update(Clock).where(Clock.state == "running").values(next_alert_on=date(2026, 9, 11))
        )
        self.session.commit()


@pytest.fixture
def office(cast: Cast, ctx_for: ContextFor, session: Session) -> Office:
    for account in session.scalars(select(Account)):
        account.email = f"{account.login}@example.test"
    session.commit()
    return Office(cast, ctx_for, session)


def test_d35_the_alert_five_days_ahead_comes_before_the_long_holiday(
    office: Office, session: Session
) -> None:
    session.execute(update(Clock).where(Clock.kind == "reply").values(due_on=date(2026, 10, 13)))
    session.commit()
    office.reset()
    office.sweep(date(2026, 9, 29))
    assert office.told() == []
    office.sweep(date(2026, 9, 30))
    assert office.told() == [("clerk", "due_soon", 5, "2026-10-13")]


def test_every_step_reaches_whom_it_is_owed_to(office: Office) -> None:
    for n in range((DUE - RECEIVED).days + 3):
        office.sweep(RECEIVED + timedelta(n))
    due = DUE.isoformat()
    assert office.told() == [
        ("clerk", "due_soon", 5, due),
        ("clerk", "due_soon", 3, due),
        ("clerk", "due_soon", 1, due),
        ("disclosure_head", "due_soon", 1, due),
        ("clerk", "due_today", 0, due),
        ("clerk", "overdue", 0, due),
        ("disclosure_head", "overdue", 0, due),
        ("supervisor", "overdue", 0, due),
    ]
    assert office.holding() == {("overdue", 0)}


def test_d36_after_three_days_off_each_person_is_told_once(office: Office) -> None:
    office.sweep(FIVE_AHEAD - timedelta(1))
    assert office.sweep(ON_THE_EVE) == 2
    assert office.told() == [
        ("clerk", "due_soon", 1, "2026-10-14"),
        ("disclosure_head", "due_soon", 1, "2026-10-14"),
    ]
    assert office.sweep(DUE + timedelta(3)) == 3
    assert office.sweep(DUE + timedelta(3)) == 0


def test_d37_two_runners_tell_once(office: Office, engine: Engine) -> None:
    with Session(engine) as second:
        assert [office.sweep(FIVE_AHEAD), office.sweep(FIVE_AHEAD, second), office.sweep(FIVE_AHEAD)] == [
            1,
            0,
            0,
        ]


def test_d37_a_second_runner_with_an_old_view_tells_nothing_again(office: Office, session: Session) -> None:
    office.sweep(FIVE_AHEAD)
    session.execute(update(Clock).values(next_alert_on=FIVE_AHEAD))
    session.commit()
    assert office.sweep(FIVE_AHEAD) == 0
    assert len(office.told()) == 1


def test_d38_an_extension_arms_the_new_date_only(office: Office) -> None:
    office.sweep(FIVE_AHEAD)
    office.happens(FIVE_AHEAD, NewEntry(EntryType.EXTENDED, FIVE_AHEAD, {"days": 20}))
    assert office.holding() == set()
    assert office.sweep(DUE) == 0
    new = office.session.scalar(select(Clock.due_on).where(Clock.kind == "reply"))
    assert new is not None and office.sweep(new) == 2
    assert {due for *_, due in office.told()} == {DUE.isoformat(), new.isoformat()}


def test_d38_a_pause_is_silent_and_its_end_arms_again(office: Office) -> None:
    cause = {"cause": "other_organ", "ref": "a"}
    office.happens(FIVE_AHEAD, NewEntry(EntryType.SUSPENDED, FIVE_AHEAD, cause))
    assert office.sweep(DUE + timedelta(2)) == 0
    office.happens(FIVE_AHEAD, NewEntry(EntryType.RESUMED, FIVE_AHEAD, {"ref": "a"}))
    assert office.sweep(FIVE_AHEAD) == 1


def test_d38_a_corrected_day_of_receipt_arms_the_new_date_only(office: Office) -> None:
    office.sweep(FIVE_AHEAD)
    head = office.contexts(office.cast.disclosure_head, FIVE_AHEAD)
    moved = correct_fact(
        head, office.case_id, seq=1, on=date(2026, 9, 8), reason="核对原件", expected_version=None
    )
    assert moved.due_on is not None and moved.due_on < DUE
    assert not {kind for kind, _ in office.holding()} & {"due_soon", "due_today", "overdue"}
    assert office.sweep(FIVE_AHEAD) == 1
    assert office.told()[-1] == ("clerk", "due_soon", 3, moved.due_on.isoformat())


def test_d38_a_loaded_year_arms_the_new_date_only(office: Office, session: Session) -> None:
    administrator = office.contexts(office.cast.administrator, date(2026, 12, 10))
    office.case_id = received_case(administrator, office.cast.organ_ids["MZJ"], date(2026, 12, 4), 9)
    eve = date(2026, 12, 28)
    office.sweep(eve)
    assert {due for *_, due in office.told() if due > "2026-12"} == {"2027-01-04"}
    new_year = tuple(SpecialDay(date(2027, 1, n), False, "元旦") for n in (1, 4))
    load_year(administrator, YearEdition(2027, new_year, "国办发明电〔2026〕9号", date(2026, 11, 30)))
    office.sweep(eve)
    held = set(
        session.scalars(
            select(Alert.due_on).where(
                Alert.case_id == office.case_id, Alert.kind == "due_soon", Alert.resolved_at.is_(None)
            )
        )
    )
    assert held == {date(2027, 1, 5)}


def test_d39_work_done_meanwhile_is_not_reminded_of(office: Office) -> None:
    office.happens(DUE, NewEntry(EntryType.DISPATCHED, DUE, {"by": "post"}))
    assert office.sweep(DUE + timedelta(1)) == 0


def test_d39_what_was_told_before_is_taken_back_when_the_work_is_done(
    office: Office, session: Session
) -> None:
    office.sweep(DUE + timedelta(1))
    office.happens(DUE + timedelta(1), NewEntry(EntryType.DISPATCHED, DUE, {"by": "post"}))
    assert office.holding() == set()
    assert set(session.scalars(select(OutboxMessage.state))) == {"cancelled"}


def test_a_later_step_takes_the_place_of_mail_that_could_not_leave(office: Office, session: Session) -> None:
    office.sweep(FIVE_AHEAD)
    office.sweep(date(2026, 10, 10))
    session.rollback()
    assert list(session.scalars(select(OutboxMessage.state).order_by(OutboxMessage.id))) == [
        "cancelled",
        "pending",
    ]


def test_a_clock_set_forward_and_back_loses_nothing_and_repeats_nothing(office: Office) -> None:
    for today in (
        FIVE_AHEAD,
        date(2026, 10, 9),
        FIVE_AHEAD,
        date(2027, 3, 1),
        FIVE_AHEAD,
        ON_THE_EVE,
        FIVE_AHEAD,
    ):
        office.sweep(today)
    for n in range((DUE - FIVE_AHEAD).days + 2):
        office.sweep(FIVE_AHEAD + timedelta(n))
    told = [row for row in office.told() if row[2] < 30]
    assert sorted(step for who, kind, step, _ in told if who == "clerk" and kind != "overdue") == [0, 1, 3, 5]
    assert sum(kind == "overdue" and who == "supervisor" for who, kind, *_ in told) == 1
    assert len(office.told()) == len(set(office.told()))


@pytest.mark.parametrize("seed", range(4))
def test_wherever_the_clock_walks_and_whatever_is_done_what_is_owed_is_there_once(
    office: Office, seed: int
) -> None:
    chosen, today, paused = random.Random(seed), FIVE_AHEAD, False
    for number in range(12):
        today = max(FIVE_AHEAD, today + timedelta(chosen.choice([-9, -2, -1, 0, 1, 1, 2, 5, 30])))
        act = chosen.random()
        if act < 0.2:
            paused = not paused
            office.paused_ref = f"q{number}" if paused else office.paused_ref
            kind = EntryType.SUSPENDED if paused else EntryType.RESUMED
            cause = {"cause": "other_organ"} if paused else {}
            office.happens(FIVE_AHEAD, NewEntry(kind, FIVE_AHEAD, {"ref": office.paused_ref, **cause}))
        elif act < 0.25:
            office.happens(FIVE_AHEAD, NewEntry(EntryType.EXTENDED, FIVE_AHEAD, {"days": 20}), reason="补记")
        office.sweep(today)
        assert len(office.told()) == len(set(office.told())), f"seed {seed}: told twice"
        assert office.owed(today) <= set(office.told()), f"seed {seed}: lost on {today}"
    office.happens(FIVE_AHEAD, NewEntry(EntryType.DISPATCHED, FIVE_AHEAD, {"by": "post"}), reason="补记")
    before = office.told()
    office.sweep(today + timedelta(40))
    assert (office.told(), office.holding()) == (before, set())


def test_a_missing_handler_is_stood_in_for(office: Office, session: Session) -> None:
    session.get_one(Account, office.cast.clerk.account_id).active = False
    session.commit()
    office.sweep(FIVE_AHEAD)
    assert [who for who, *_ in office.told()] == ["disclosure_head"]


def test_an_organs_own_days_count_from_the_next_sweep(office: Office, session: Session) -> None:
    office.sweep(date(2026, 9, 11))
    session.add(
        AlertPolicy(
            organ_id=office.cast.organ_ids["MZJ"],
            ahead=[10],
            overdue_every=1,
            review_days=1,
            sign_off_days=1,
            quiet_from=0,
            quiet_until=0,
            quiet_days_off=False,
        )
    )
    look_again(session, date(2026, 9, 11))
    session.commit()
    office.sweep(date(2026, 9, 11))
    office.sweep(FIVE_AHEAD)
    assert office.told() == [("clerk", "due_soon", 10, DUE.isoformat())]


class PowerCut(BaseException):
    """The process is gone: nothing catches it."""


@contextmanager
def cut_before(engine: Engine, statement: int) -> Iterator[list[int]]:
    """The n-th statement of the sweep is never executed."""
    seen = [0]

    def count(*_given: object) -> None:
        seen[0] += 1
        if seen[0] == statement:
            raise PowerCut

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", count)
        event.remove(engine, "commit", count)


def test_a_power_cut_at_any_statement_loses_nothing_and_repeats_nothing(
    office: Office, engine: Engine, ctx_for: ContextFor
) -> None:
    for serial in range(2, 5):
        office.case(serial)
    whole = run_whole(office)
    statement = 0
    while True:
        statement += 1
        office.reset()
        with Session(engine) as dying, cut_before(engine, statement) as seen:
            try:
                sweep(ctx_for(SYSTEM, ON_THE_EVE, own_session=dying))
            except PowerCut:
                dying.close()
        if seen[0] < statement:
            break
        assert run_whole(office, reset=False) == whole, f"cut before statement {statement}"
    assert statement > 8


def run_whole(office: Office, *, reset: bool = True) -> list[tuple[Told, int]]:
    if reset:
        office.reset()
    office.sweep(ON_THE_EVE)
    messages = office.session.scalars(select(OutboxMessage)).all()
    assert len(messages) == len(office.told())
    return sorted((row, office.told().count(row)) for row in set(office.told()))


def test_the_nightly_check_finds_a_day_too_late(office: Office, session: Session) -> None:
    def found() -> list[str]:
        session.rollback()
        return [d.what for d in verify_clocks(session, FIVE_AHEAD)]

    office.sweep(FIVE_AHEAD)
    assert found() == []
    for wrong in (DUE, None):
        session.execute(update(Clock).where(Clock.kind == "reply").values(next_alert_on=wrong))
        session.commit()
        assert found() == ["alerts of clock reply 1"]


def test_many_due_clocks_take_as_many_statements_as_few(office: Office, engine: Engine) -> None:
    counted = []
    for serials in (range(2, 5), range(5, 30)):
        for serial in serials:
            office.case(serial)
        office.reset()
        with cut_before(engine, 0) as seen:
            office.sweep(ON_THE_EVE)
        counted.append(seen[0])
    assert counted[0] == counted[1]


def test_the_sweep_writes_no_mail_for_a_topic_switched_off(office: Office, session: Session) -> None:
    session.execute(update(Account).values(email="a@example.test", mail_muted=["due"]))
    session.commit()
    office.sweep(ON_THE_EVE)
    assert office.told() and not session.scalars(select(OutboxMessage.id)).all()
    session.rollback()
    office.sweep(DUE + timedelta(1))
    session.rollback()
    mailed = session.scalars(select(Alert.kind).join(OutboxMessage, OutboxMessage.alert_id == Alert.id)).all()
    assert mailed and set(mailed) == {"overdue"}


def test_nothing_is_due_costs_next_to_nothing(office: Office, engine: Engine) -> None:
    office.sweep(FIVE_AHEAD)
    with cut_before(engine, 0) as seen:
        office.sweep(FIVE_AHEAD)
    assert seen[0] <= 7
