from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.year_edition import CalendarFileError, parse_year, read_year

GOOD = """\ufeff# year: 2027
# notice: 国办发明电〔2026〕9号
# notice-date: 2026-11-30
day,kind,name
2026-12-31,休,元旦
2027-01-01,off,元旦
2027-01-03,上班,元旦
"""


def test_a_year_file() -> None:
    edition = parse_year(GOOD)
    assert (edition.year, edition.notice_number) == (2027, "国办发明电〔2026〕9号")
    assert edition.notice_on == date(2026, 11, 30)
    assert [(d.day.isoformat(), d.is_workday) for d in edition.days] == [
        ("2026-12-31", False),
        ("2027-01-01", False),
        ("2027-01-03", True),
    ]


def test_headers_may_be_missing_and_nothing_is_invented() -> None:
    edition = parse_year("2027-02-05,off,春节\n")
    assert (edition.year, edition.notice_number, edition.notice_on) == (2027, None, None)


def test_columns_may_stand_in_another_order_and_the_name_may_be_missing() -> None:
    edition = parse_year("名称,日期,类别\n春节,2027-02-05,休\n")
    assert (edition.days[0].day, edition.days[0].name) == (date(2027, 2, 5), "春节")
    assert parse_year("date,type\n2027-02-05,holiday\n").days[0].name == ""


ROW = "应为“日期,off 或 work,名称”。"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "文件中没有任何日期。"),
        ("# year: 2027\n", "文件中没有任何日期。"),
        ("2027-02-30,off,春节", "第 1 行：没有这一天（2027-02-30）。"),
        ("2027-02-05,maybe,春节", f"第 1 行：{ROW}"),
        ("2027-02-05", f"第 1 行：{ROW}"),
        ("2027-01-01,off,元旦\n\n" + "x" * 140_000, f"第 3 行：{ROW}"),
        ("2027-02-05,off,春节\n2027-02-05,off,春节", "第 2 行：2027-02-05 重复。"),
        ("2027-02-05,work,春节", "第 1 行：2027-02-05 本来就是工作日，不是调休上班日。"),
        ("# year: 2027\n2028-01-01,off,元旦", "2028-01-01 不在 2027 年。"),
        ("# year: 2027\n2026-11-30,off,甲\n2027-01-01,off,元旦", "2026-11-30 不在 2027 年。"),
        (
            "# notice-date: 昨天\n2027-01-01,off,元旦",
            "通知日期写法不对（昨天），应为 2026-11-04 这样的日期。",
        ),
    ],
)
def test_what_cannot_be_taken_is_named(text: str, said: str) -> None:
    with pytest.raises(CalendarFileError) as raised:
        parse_year(text)
    assert str(raised.value) == said


def test_a_column_the_file_lacks_is_empty_and_never_another_one() -> None:
    for names, row in (("date,type", "2027-02-05,off"), ("type,date", "off,2027-02-05")):
        assert parse_year(f"{names}\n{row}\n").days[0].name == ""
    _, faults = read_year("date,name\n2027-02-05,off\n")
    assert [str(fault) for fault in faults] == [f"第 2 行：{ROW}"]
    _, faults = read_year("type,name\noff,2027-02-05\n")
    assert [str(fault) for fault in faults] == ["第 2 行：没有这一天（）。"]


def test_a_value_may_hold_a_colon_and_rows_after_a_fault_are_read() -> None:
    edition, faults = read_year("# notice: 甲:乙\n2027-02-30,off,甲\n2027-01-01,off,元旦\n")
    assert edition is not None and edition.notice_number == "甲:乙"
    assert ([d.name for d in edition.days], len(faults)) == (["元旦"], 1)


@given(st.text(max_size=200), st.sampled_from(["", "# year: ", "# notice-date: ", "2027-01-01,off,"]))
def test_no_file_breaks_the_reading(text: str, before: str) -> None:
    read_year(before + text)


@pytest.mark.parametrize("year", ["9" * 5000, "0", "-1", "二〇二七", "99999"])
def test_a_year_that_is_none_is_answered(year: str) -> None:
    edition, _ = read_year(f"# year: {year}\n2027-01-01,off,元旦\n")
    assert edition is not None
    assert edition.year == (0 if year == "0" else 2027)


def test_a_date_of_the_notice_that_is_none_is_not_kept() -> None:
    edition, faults = read_year("# notice-date: 昨天\n2027-01-01,off,元旦\n")
    assert edition is not None and edition.notice_on is None
    assert len(faults) == 1
