"""表四: which year a challenge counts in, every number the length of its list, the fees of part six."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.challenge_table import ChallengeColumn, ChallengeTable, table_of, write_csv, wrong_totals
from tracker.domain.challenges import ChallengeKind
from tracker.domain.reporting_period import ReportingPeriod
from tracker.models import Case, Challenge, FeeNotice
from tracker.queries.annual_challenges import read_challenge_table, read_challenge_tables_by_organ
from tracker.queries.annual_fees import YearFees, read_year_fees
from tracker.queries.annual_table import OrganGroup
from tracker.queries.case_conditions import corrected_in
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

RECONSIDERATION, SUIT = ChallengeKind.RECONSIDERATION, ChallengeKind.DIRECT_SUIT
TOTAL, PENDING = ChallengeColumn.TOTAL, ChallengeColumn.PENDING


def challenge(
    ctx: Context,
    organ_id: int,
    serial: int,
    received_on: date,
    result_on: date | None = None,
    *,
    result: str = "upheld",
    kind: ChallengeKind = RECONSIDERATION,
    voided: bool = False,
) -> int:
    case_id = received_case(ctx, organ_id, date(2024, 6, 3), serial)
    with transaction(ctx) as session:
        session.add(
            Challenge(
                case_id=case_id,
                kind=str(kind),
                received_on=received_on,
                body="台州市椒江区人民政府",
                claimed_seq=1,
                result=result if result_on else None,
                result_on=result_on,
                voided=voided,
            )
        )
    ctx.session.rollback()
    return case_id


def table(ctx: Context, year: int, group: OrganGroup | None = None) -> ChallengeTable:
    ctx.session.rollback()
    read = read_challenge_table(ctx.session, ctx.actor, year, group or OrganGroup())
    ctx.session.rollback()
    return read


@pytest.mark.parametrize(
    ("received_on", "decided_on", "of_2024", "of_2025", "of_2026"),
    [
        (date(2024, 12, 31), date(2024, 12, 31), "upheld", None, None),
        (date(2024, 12, 31), date(2025, 1, 1), "pending", "upheld", None),
        (date(2025, 1, 1), date(2025, 12, 31), None, "upheld", None),
        (date(2024, 11, 1), date(2026, 1, 1), "pending", "pending", "upheld"),
        (date(2024, 11, 1), None, "pending", "pending", "pending"),
    ],
)
def test_the_year_is_that_of_the_decision_and_until_then_it_is_pending(
    clerk: Context,
    people: Cast,
    received_on: date,
    decided_on: date | None,
    of_2024: str | None,
    of_2025: str | None,
    of_2026: str | None,
) -> None:
    challenge(clerk, people.organ_ids["MZJ"], 1, received_on, decided_on)
    for year, column in ((2024, of_2024), (2025, of_2025), (2026, of_2026)):
        counted = {c: table(clerk, year)[RECONSIDERATION, c] for c in ChallengeColumn}
        expected = dict.fromkeys(ChallengeColumn, 0)
        if column:
            expected |= {ChallengeColumn(column): 1, TOTAL: 1}
        assert counted == expected, year


def test_groups_organs_and_what_was_taken_back(clerk: Context, people: Cast, session: Session) -> None:
    ours, theirs = people.organ_ids["MZJ"], people.organ_ids["CZJ"]
    lost = challenge(clerk, ours, 1, date(2025, 3, 3), date(2025, 5, 6), result="corrected")
    challenge(clerk, ours, 2, date(2025, 3, 3), kind=SUIT)
    challenge(clerk, ours, 3, date(2025, 3, 3), voided=True)
    challenge(clerk, theirs, 4, date(2025, 3, 3), date(2025, 5, 6))
    own = table(clerk, 2025)
    assert (own.line(RECONSIDERATION), own.line(SUIT)) == ((0, 1, 0, 0, 1), (0, 0, 0, 1, 1))
    by_organ = read_challenge_tables_by_organ(session, people.supervisor, 2025)
    assert by_organ[ours] + by_organ[theirs] == read_challenge_table(session, people.supervisor, 2025)
    assert by_organ[ours] == own
    found = session.query(Case.id).where(corrected_in(ReportingPeriod(2025))).all()
    assert [row.id for row in found] == [lost]


def test_a_total_that_does_not_add_up_is_named() -> None:
    whole = table_of([(SUIT, PENDING, 2), (SUIT, ChallengeColumn.OTHER, 1)])
    assert wrong_totals(whole) == ()
    assert wrong_totals(ChallengeTable({**whole.cells, (SUIT, TOTAL): 4})) == ((SUIT, 4, 3),)
    assert write_csv(whole).splitlines()[2] == "行政诉讼（未经复议直接起诉）,0,0,1,2,3"


def test_every_number_is_the_length_of_its_list(clerk: Context, people: Cast, sign_in: SignIn) -> None:
    organ = people.organ_ids["MZJ"]
    for serial, decided in enumerate((None, None, date(2025, 9, 1)), start=1):
        challenge(clerk, organ, serial, date(2025, 3, 3), decided)
    browser = sign_in("clerk")
    page = browser.get("/reports/2025/challenges").get_data(as_text=True)
    cells = re.findall(r'<a href="([^"]*challenges/list[^"]*)"[^>]*>(\d+)</a>', page)
    assert sorted(int(number) for _url, number in cells) == [1, 2, 3]
    for url, number in cells:
        listed = browser.get(url.replace("&amp;", "&")).get_data(as_text=True)
        assert listed.count('href="/cases/') == int(number)
    assert "没有这样的复议" in browser.get("/reports/2023/challenges/list").get_data(as_text=True)


def test_addresses_that_name_nothing_are_no_pages(clerk: Context, sign_in: SignIn) -> None:
    browser = sign_in("clerk")
    for address in ("?kind=x", "?column=x", "?group=CZJ"):
        assert browser.get(f"/reports/2025/challenges/list{address}").status_code == 404
    assert browser.get("/reports/1999/challenges").status_code == 404


def test_fees_by_the_day_they_were_paid(clerk: Context, people: Cast) -> None:
    case_id = received_case(clerk, people.organ_ids["MZJ"], date(2024, 6, 3))
    with transaction(clerk) as session:
        for paid_on, yuan in (
            (date(2025, 1, 1), 400),
            (date(2025, 12, 31), 30),
            (date(2026, 1, 1), 7),
            (None, 9),
        ):
            session.add(
                FeeNotice(
                    case_id=case_id,
                    basis="page",
                    quantity=1,
                    amount_yuan=yuan,
                    notified_on=date(2024, 12, 30),
                    paid_on=paid_on,
                )
            )
    clerk.session.rollback()
    assert read_year_fees(clerk.session, clerk.actor, 2025) == YearFees(2, 430)
    assert read_year_fees(clerk.session, people.colleague, 2025) == YearFees(0, 0)
