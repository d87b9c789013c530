"""统计分析 on its page: every figure is the length of its list, an address is a question, bad days come back."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.supervision.conftest import EnterAs
from tests.web.supervision.test_boards import figures_of, length_of
from tracker.domain.permissions import Role

ADDRESSES = (
    "/statistics",
    "/statistics?count=in_hand&rows=stage&columns=organ_kind",
    "/statistics?count=answered&rows=outcome&columns=quarter&applicant_kind=natural_person",
    "/statistics?count=returned&period=2026&rows=advisor",
    "/statistics?count=received&period=days&first=2026-10-01&last=10.31&rows=handler",
)


def test_figures_lists_and_sheet_of_the_demonstration_agree_and_keep_to_the_own_organ(
    enter_as: EnterAs,
) -> None:
    supervisor = enter_as(Role.SUPERVISOR)
    figures: dict[str, int] = {}
    for address in ADDRESSES:
        found = figures_of(supervisor, address)
        assert found, address
        figures |= found
    wrong = {url: value for url, value in figures.items() if length_of(supervisor, url) != value}
    assert wrong == {}

    asked = "count=received&rows=organ&columns=channel"
    answer = supervisor.get(f"/statistics/table.xlsx?{asked}")
    assert answer.headers["Cache-Control"] == "private, no-store"
    rows = list(load_workbook(BytesIO(answer.data)).active.iter_rows(min_row=2, values_only=True))
    whole = next(n for n, row in enumerate(rows) if row[0] == "合计")
    cells = rows[1:whole]
    assert all(sum(row[1:-1]) == row[-1] for row in rows[1 : whole + 1])
    for place in range(1, len(rows[0])):
        assert sum(row[place] for row in cells) == rows[whole][place]
    page = figures_of(supervisor, f"/statistics?{asked}")
    assert rows[whole][-1] == max(page.values())

    clerk = enter_as(Role.CLERK)
    page = clerk.get("/statistics?count=received&rows=organ")
    assert page.text.count("<tbody>") == 1
    assert "椒江区民政局" in page.text and "椒江区财政局" not in page.text
    (url, *_rest) = figures_of(clerk, "/statistics?count=received&rows=organ&channel=portal")
    listed = clerk.get(url).text
    assert "2026年收到：椒江区民政局、网络" in listed
    assert "figure=received" not in listed.partition("限定")[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ("first=abc", "看不出是哪一天"),
        ("first=2026-02-30", "没有这一天"),
        ("first=2026-03-01&last=2026-02-01", "结束日期早于开始日期，请核对。"),
        ("last=1999-12-31", "结束日期早于开始日期，请核对。"),
        ("first=1999-12-31", "只能统计 2000 年至 2099 年的日期。"),
        ("last=2100-01-01", "只能统计 2000 年至 2099 年的日期。"),
    ],
)
def test_days_that_cannot_be_come_back_with_what_to_do(
    sign_in: SignIn, people: Cast, days: str, said: str
) -> None:
    clerk = sign_in("clerk")
    page = clerk.get(f"/statistics?period=days&{days}")
    assert page.status_code == 200
    assert said in page.text and "日期还不能用来统计" in page.text
    assert all(f'value="{given.partition("=")[2]}"' in page.text for given in days.split("&"))
    sheet = clerk.get(f"/statistics/table.xlsx?period=days&{days}")
    assert sheet.status_code == 302 and sheet.location.startswith("/statistics?")


@pytest.mark.parametrize(
    "query",
    [
        "count=x&rows=y&columns=z&period=w",
        "rows=month&columns=month",
        "organ=99999999999&handler=~&advisor=none&stage=none&channel=portal",
        "period=2099-12&rows=year",
        "period=2000&count=challenged&rows=advisor&columns=handler",
        "period=days",
        "period=2026-01-15..2026-02-15&rows=quarter",
    ],
)
def test_any_address_opens_on_an_empty_district(sign_in: SignIn, people: Cast, query: str) -> None:
    page = sign_in("auditor").get(f"/statistics?{query}")
    assert page.status_code == 200
    assert "没有符合条件的申请件" in page.text
    assert sign_in("auditor").get(f"/statistics/table.xlsx?{query}").status_code == 200


def test_the_register_leaves_out_a_figure_that_is_none(sign_in: SignIn, people: Cast) -> None:
    for query in (
        "figure=x&figure_period=2026",
        "figure=received",
        "figure=received&figure_period=this_year",
    ):
        page = sign_in("supervisor").get(f"/cases?{query}")
        assert page.status_code == 200
        assert "限定" not in page.text


def test_the_page_speaks_english(sign_in: SignIn, people: Cast) -> None:
    supervisor = sign_in("supervisor")
    supervisor.set_cookie("tracker_language", "en")
    page = supervisor.get("/statistics?count=answered&period=last_quarter&rows=outcome").text
    assert "Answered, 2026 Q3, by Outcome" in page
