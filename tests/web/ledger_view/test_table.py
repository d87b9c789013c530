"""台账 on screen: whose rows, in which columns, and what each cell lets a person do."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.web.cases.conftest import IDENTITY_NUMBER, MONDAY, PHONE, Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_view import VIEW_COLUMNS
from tracker.services.case_record import NewEntry

SENT = NewEntry(EntryType.DISPATCHED, date(2026, 11, 20), {"by": "post"})


def cell_of(html: str, code: str) -> str:
    """The first row's cell in that column, markup and all."""
    found = re.search(rf'<td class="col-{code}[^>]*>.*?</td>', html, re.DOTALL)
    assert found is not None, code
    return found[0]


def test_the_columns_are_those_of_the_register_and_the_handler(told: Told, sign_in: SignIn) -> None:
    told()
    html = sign_in("clerk").get("/ledger/view").text
    heads = re.findall(r'<th scope="col" data-code="(\w+)"', html)
    assert heads == [column.code for column in VIEW_COLUMNS]
    assert [c.column for c in VIEW_COLUMNS if c.column is not None] == list(Column)
    assert "2026 年度台账" in html


def test_personal_data_is_masked_as_in_lists(told: Told, sign_in: SignIn) -> None:
    told()
    html = sign_in("clerk").get("/ledger/view").text
    assert "王＊敏" in html and "138****1234" in html
    for secret in ("王晓敏", PHONE, IDENTITY_NUMBER):
        assert secret not in html


@pytest.mark.parametrize(
    ("year", "there"), [("2026", True), ("2025", False), ("2027", False), ("all", True), ("nonsense", True)]
)
def test_an_answered_request_stands_in_the_register_of_its_years(
    told: Told, sign_in: SignIn, year: str, there: bool
) -> None:
    told(SENT)
    html = sign_in("clerk").get(f"/ledger/view?register={year}").text
    assert ("王＊敏" in html) is there


def test_a_request_open_at_the_end_of_its_year_stands_in_both(told: Told, sign_in: SignIn) -> None:
    told(SENT, received=date(2025, 12, 30))
    clerk = sign_in("clerk")
    before, after = (clerk.get(f"/ledger/view?register={year}").text for year in (2025, 2026))
    assert "结转下年" in before and "2026-11-20" not in cell_of(before, "replied_on")
    assert "结转下年" not in after and "2026-11-20" in cell_of(after, "replied_on")


def test_what_may_be_overwritten_links_to_its_form(told: Told, sign_in: SignIn) -> None:
    case_id = told()
    html = sign_in("clerk").get("/ledger/view").text
    form = f"/cases/{case_id}/actions/amend"
    for code in ("phone", "address", "description", "supply_way", "remark"):
        assert f'href="{form}#amend-{code}"' in cell_of(html, code), code
    assert f'href="/cases/{case_id}/actions/assign"' in cell_of(html, "handler")
    for code in ("received_on", "outcome", "applicant", "replied_on", "mail_number"):
        assert "can-edit" not in cell_of(html, code), code


def test_after_acceptance_the_request_is_closed_and_the_rest_is_not(told: Told, sign_in: SignIn) -> None:
    told(NewEntry(EntryType.ACCEPTED, date(2026, 11, 10)))
    html = sign_in("clerk").get("/ledger/view").text
    assert "can-edit" not in cell_of(html, "description")
    assert "can-edit" in cell_of(html, "remark")


def test_a_date_leads_to_its_correction_for_who_corrects_facts(told: Told, sign_in: SignIn) -> None:
    case_id = told(SENT)
    head = sign_in("disclosure_head")
    html = head.get("/ledger/view").text
    assert f"/cases/{case_id}/actions/correct_fact?seq=1" in cell_of(html, "received_on")
    assert f"/cases/{case_id}/actions/correct_fact?seq=3" in cell_of(html, "replied_on")
    assert '<option selected value="3">' in head.get(f"/cases/{case_id}/actions/correct_fact?seq=3").text
    assert "correct_fact" not in sign_in("clerk").get("/ledger/view").text


def test_an_empty_date_leads_to_the_act_that_fills_it(told: Told, sign_in: SignIn) -> None:
    case_id = told()
    cell = cell_of(sign_in("clerk").get("/ledger/view").text, "correction_requested_on")
    assert f"/cases/{case_id}/actions/request_correction" in cell and "告知补正" in cell


@pytest.mark.parametrize("part", ["auditor", "supervisor", "legal_advisor"])
def test_who_only_reads_is_offered_no_change(told: Told, sign_in: SignIn, part: str) -> None:
    told()
    html = sign_in(part).get("/ledger/view").text
    assert "王＊敏" in html and "can-edit" not in html and "/ledger/view/paste" not in html


def test_neighbours_see_nothing(told: Told, sign_in: SignIn) -> None:
    told()
    assert "王＊敏" not in sign_in("colleague").get("/ledger/view").text


def test_it_is_sorted_filtered_and_paged_like_the_list(told: Told, sign_in: SignIn) -> None:
    for serial in range(1, 28):
        told(serial=serial, received=date(2026, 11, 1 + serial % 20))
    clerk = sign_in("clerk")
    days = re.findall(
        r'<td class="col-received_on">([\d-]+)', clerk.get("/ledger/view?size=25&sort=-received").text
    )
    assert len(days) == 25 and days == sorted(days, reverse=True)
    assert len(re.findall('<td class="col-sequence">', clerk.get("/ledger/view?page=2").text)) == 2
    assert "没有符合条件的申请件" in clerk.get("/ledger/view?q=查无此事").text


def test_an_empty_register_says_what_will_appear(sign_in: SignIn) -> None:
    assert "这一年的台账还没有申请件" in sign_in("clerk").get("/ledger/view").text
    assert MONDAY.year == 2026
