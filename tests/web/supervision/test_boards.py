"""The boards of the demonstration district: every figure is the length of the list it leads to."""

from __future__ import annotations

import html
import re
from datetime import date
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.supervision.conftest import EnterAs
from tracker.domain.permissions import Role

FIGURE = re.compile(r'<a class="figure" href="(?P<url>[^"]+)">(?P<value>\d+)</a>')
TOTAL = re.compile(r"共 (?P<total>\d+) 件，本页")


def figures_of(client: FlaskClient, address: str) -> dict[str, int]:
    page = client.get(address)
    assert page.status_code == 200
    return {html.unescape(m["url"]): int(m["value"]) for m in FIGURE.finditer(page.text)}


def length_of(client: FlaskClient, address: str) -> int:
    page = client.get(address)
    assert page.status_code == 200, address
    found = TOTAL.search(page.text)
    assert found is not None, address
    return int(found["total"])


def test_every_figure_of_the_district_is_the_length_of_its_list_and_sheet(
    enter_as: EnterAs,
) -> None:
    supervisor = enter_as(Role.SUPERVISOR)
    figures = figures_of(supervisor, "/supervision")
    assert len(figures) > 60
    for kind in (
        "due=overdue",
        "due=soon",
        "due=still",
        "due_on=",
        "stage=",
        "handler=",
        "organ=",
        "received=",
    ):
        assert any(kind in url for url in figures), kind
    for period in ("2026-11", "2026-Q3"):
        figures |= figures_of(supervisor, f"/supervision?period={period}")
    wrong = {url: value for url, value in figures.items() if length_of(supervisor, url) != value}
    assert wrong == {}

    for url, value in list(figures.items())[:4]:
        answer = supervisor.get(url.replace("/cases", "/cases/list.xlsx", 1))
        assert answer.headers["Cache-Control"] == "private, no-store"
        sheet = load_workbook(BytesIO(answer.data)).active
        assert sheet is not None
        rows = list(sheet.iter_rows(min_row=3, values_only=True))
        assert len(rows) == value
        shown = supervisor.get(f"{url}{'&' if '?' in url else '?'}size=200").text
        assert all(str(row[2]) in shown for row in rows), "a sheet says no more of a person than the page"

    soon = supervisor.get("/cases?due=soon").text.partition("<tbody>")[2]
    assert "超期" not in re.sub(r"<[^>]+>", "", soon), "before the due date nothing is overdue"


def test_every_figure_of_an_organ_is_the_length_of_its_list_for_its_head(enter_as: EnterAs) -> None:
    head = enter_as(Role.DISCLOSURE_HEAD)
    moved = head.get("/supervision")
    assert moved.status_code == 302
    figures = figures_of(head, moved.location)
    assert len(figures) > 20
    assert {url: value for url, value in figures.items() if length_of(head, url) != value} == {}


def test_other_organs_stay_shut(sign_in: SignIn, people: Cast) -> None:
    head = sign_in("disclosure_head")
    assert head.get("/supervision/MZJ").status_code == 200
    assert head.get("/supervision/CZJ").status_code == 404
    assert head.get("/supervision/NONE").status_code == 404
    assert sign_in("clerk").get("/supervision").status_code == 403


def test_a_person_of_several_organs_goes_from_one_board_to_the_other(sign_in: SignIn, people: Cast) -> None:
    page = sign_in("one_person").get("/supervision", follow_redirects=True)
    assert "海门街道办事处督办看板" in page.text


@pytest.mark.parametrize("period", ["x", "2026-13", "1999", "2020", "2031-Q1", "2026-02", "2026-Q4"])
def test_any_period_opens_on_an_empty_district(sign_in: SignIn, people: Cast, period: str) -> None:
    page = sign_in("auditor").get(f"/supervision?period={period}")
    assert page.status_code == 200
    assert "没有在办的申请件" in page.text


@pytest.mark.parametrize(
    "narrowing",
    [
        "due=x",
        "due_on=x",
        "due_on=2026-02-30",
        "due_on=20261123xx",
        "received=x",
        "answered=2026-99",
        "returned=",
    ],
)
def test_a_narrowing_that_says_nothing_is_left_out(sign_in: SignIn, people: Cast, narrowing: str) -> None:
    page = sign_in("supervisor").get(f"/cases?{narrowing}")
    assert page.status_code == 200
    assert "限定" not in page.text


def test_a_narrowing_is_told_and_can_be_taken_off(sign_in: SignIn, people: Cast) -> None:
    page = sign_in("supervisor").get(
        "/cases?due=soon&received=2026-11&due_on=2026-11-30&organ=1&handler=none"
    )
    for said in ("临期：剩 5 个工作日以内", "2026年11月收到", "2026年11月30日（周一）到期", "未分办"):
        assert said in page.text
    assert date(2026, 11, 30).isoformat() in page.text
