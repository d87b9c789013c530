"""表三 on screen: every number is the length of its list, each organ sees its own, a request counts once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.cases import received_case
from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.domain.annual_table import CellName
from tracker.domain.case_log import EntryType
from tracker.models import Applicant, Case
from tracker.queries.annual_table import read_annual_table
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context, Runtime
from tracker.services.unit_of_work import transaction

NATURAL, FIRM = "natural_person", "enterprise"


def request_of(
    ctx: Context,
    organ_id: int,
    serial: int,
    received_on: date,
    *entries: NewEntry,
    disposition: str | None = None,
    kind: str = NATURAL,
) -> int:
    case_id = received_case(ctx, organ_id, received_on, serial)
    with transaction(ctx) as session:
        session.add(
            Applicant(
                case_id=case_id,
                position=1,
                capacity="applicant",
                name="某",
                legal_kind="citizen",
                report_kind=kind,
                identity_type="none",
            )
        )
        case = session.get_one(Case, case_id)
        case.disposition = disposition
        if entries:
            append(ctx, case, *entries)
    ctx.session.rollback()
    return case_id


def sent(on: date) -> NewEntry:
    return NewEntry(EntryType.DISPATCHED, on, {"by": "post"})


def cell(ctx: Context, year: int, row: str, column: str = "total") -> int:
    ctx.session.rollback()
    number = read_annual_table(ctx.session, ctx.actor, year)[CellName(row, column).row, column]
    ctx.session.rollback()
    return number


@pytest.mark.parametrize(
    ("replied_on", "in_2025", "in_2026"),
    [(date(2025, 12, 31), (1, 0), (0, 0)), (date(2026, 1, 1), (0, 1), (1, 1))],
)
def test_a_result_belongs_to_the_year_in_which_the_clock_stopped(
    clerk: Context, people: Cast, replied_on: date, in_2025: tuple[int, int], in_2026: tuple[int, int]
) -> None:
    """(results, carried out) of 2025 and (results, carried in) of 2026, at the turn of the year."""
    organ = people.organ_ids["MZJ"]
    request_of(clerk, organ, 1, date(2025, 12, 15), sent(replied_on), disposition="disclosed")
    assert cell(clerk, 2025, "1") == 1
    assert (cell(clerk, 2025, "3.7"), cell(clerk, 2025, "4")) == in_2025
    assert (cell(clerk, 2026, "3.7"), cell(clerk, 2026, "2")) == in_2026


def test_a_new_reply_ordered_later_never_enters_again(
    clerk: Context, people: Cast, runtime: Runtime, session: Session
) -> None:
    case_id = request_of(
        clerk,
        people.organ_ids["MZJ"],
        1,
        date(2025, 11, 3),
        sent(date(2025, 11, 20)),
        disposition="refused_process",
    )
    with transaction(clerk) as inner:
        case = inner.get_one(Case, case_id)
        append(clerk, case, NewEntry(EntryType.ORDERED_ANEW, date(2026, 1, 12), {"days": 20}))
        case.disposition = "disclosed"
        append(clerk, case, sent(date(2026, 1, 26)))
    assert cell(clerk, 2025, "3.3.6") == 1
    assert [cell(clerk, 2026, row) for row in ("1", "2", "3.1", "3.7", "4")] == [0, 0, 0, 0, 0]


def test_every_number_is_the_length_of_its_list(clerk: Context, people: Cast, sign_in: SignIn) -> None:
    organ = people.organ_ids["MZJ"]
    request_of(clerk, organ, 1, date(2025, 12, 22))
    request_of(clerk, organ, 2, date(2026, 1, 5), sent(date(2026, 1, 20)), disposition="disclosed")
    request_of(
        clerk,
        organ,
        3,
        date(2026, 1, 6),
        sent(date(2026, 1, 20)),
        disposition="refused_third_party",
        kind=FIRM,
    )
    request_of(clerk, organ, 4, date(2026, 2, 6), kind=FIRM)
    client = sign_in("clerk")
    page = client.get("/reports/2026").text
    assert "全部相符" in page
    links = re.findall(r'<td class="num"><a href="([^"]+)"[^>]*>(\d+)</a>', page)
    assert len(links) >= 12
    for url, number in links:
        listed = client.get(url.replace("&amp;", "&")).text
        assert f"共 {number} 件" in listed, url


def test_each_organ_reads_its_own_and_the_office_all(clerk: Context, people: Cast, sign_in: SignIn) -> None:
    request_of(clerk, people.organ_ids["MZJ"], 1, date(2026, 1, 5))
    request_of(clerk, people.organ_ids["CZJ"], 2, date(2026, 1, 5))

    def received(part: str, query: str = "") -> str:
        found = re.search(r"总计：(\d+)\"|年新收", sign_in(part).get(f"/reports/2026{query}").text)
        rows = re.findall(
            r'report-number">1</td>.*?</tr>', sign_in(part).get(f"/reports/2026{query}").text, re.DOTALL
        )
        assert found and rows
        return re.findall(r">(\d+)</a></td>", rows[0])[-1]

    assert received("clerk") == received("colleague") == "1"
    assert received("supervisor") == received("auditor") == "2"
    assert received("supervisor", "?group=CZJ") == "1"
    assert received("supervisor", "?group=department") == "2"
    assert sign_in("clerk").get("/reports/2026?group=CZJ").status_code == 404
    assert sign_in("clerk").get("/reports/2026?group=department").status_code == 404
    assert sign_in("clerk").get("/reports/2026?group=<x>").status_code == 404
    assert sign_in("clerk").get("/reports/1900").status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("csv", b"\xef\xbb\xbfrow,"), ("xlsx", b"PK"), ("docx", b"PK")])
def test_files(clerk: Context, sign_in: SignIn, form: str, begins: bytes) -> None:
    answer = sign_in("supervisor").get(f"/reports/2026/table.{form}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_way_in_leads_to_the_year_that_is_reported_on_next(
    clerk: Context, sign_in: SignIn, clock: StandingClock
) -> None:
    assert sign_in("clerk").get("/reports").location.endswith("/reports/2025")
    clock.set(date(2026, 4, 1))
    assert sign_in("clerk").get("/reports").location.endswith("/reports/2026")
