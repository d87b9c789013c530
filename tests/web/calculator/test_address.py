"""An address is the whole state of the calculator, and its shortest form is the one that stays."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from tests.domain.logs import log
from tests.domain.strategies import likely_logs
from tracker.domain.case_log import EntryType, LogEntry, parse_entry
from tracker.domain.order_of_law import RANK
from tracker.web.calculator.address import LONGEST, MOST_ROWS, NEEDS, Pairs, canonical, pairs_of

TODAY = date(2026, 11, 23)


def short(**said: str) -> Pairs:
    return canonical(MultiDict({name.replace("_", "-"): value for name, value in said.items()}), TODAY)[0]


def test_everything_the_clock_reads_can_be_typed() -> None:
    assert set(NEEDS) == (set(RANK) - {EntryType.RECEIVED}) | {EntryType.CONSULTATION_DELIVERED}


def test_empty_and_foreign_parameters_and_what_a_kind_does_not_need_are_left_out() -> None:
    assert short(
        received=" 2026-09-10 ",
        colour="red",
        e1_kind="extended",
        e1_on="2026-10-13",
        e1_days="20",
        e1_cause="third_party",
        e1_by="post",
        e2_kind="",
        e2_on="",
        e2_cause="third_party",
    ) == [("received", "2026-09-10"), ("e1-kind", "extended"), ("e1-on", "2026-10-13"), ("e1-days", "20")]


def test_days_get_their_year_and_what_is_no_day_stays_as_typed() -> None:
    assert short(received="9.10", e1_kind="delayed", e1_on="2026年9月15日", e1_until="下月") == [
        ("received", "2026-09-10"),
        ("e1-kind", "delayed"),
        ("e1-on", "2026-09-15"),
        ("e1-until", "下月"),
    ]


def test_rows_are_numbered_anew_and_one_can_be_removed() -> None:
    rows = {"e3_kind": "fee_notified", "e3_on": "2026-09-15", "e7_kind": "fee_paid", "e7_on": "2026-09-22"}
    assert short(**rows) == [
        ("e1-kind", "fee_notified"),
        ("e1-on", "2026-09-15"),
        ("e2-kind", "fee_paid"),
        ("e2-on", "2026-09-22"),
    ]
    assert short(remove="3", **rows) == [("e1-kind", "fee_paid"), ("e1-on", "2026-09-22")]


def test_what_was_typed_before_a_kind_was_chosen_is_kept() -> None:
    assert short(e1_days="20", e1_ref="1", e1_cause="third_party") == [("e1-ref", "1"), ("e1-days", "20")]


def test_rows_and_lengths_are_bounded() -> None:
    many = {f"e{n}-kind": "justified" for n in range(1, MOST_ROWS + 2)}
    pairs, too_many = canonical(MultiDict(many), TODAY)
    assert (len(pairs), too_many) == (MOST_ROWS, True)
    long = canonical(MultiDict({f"e1-{name}": "9" * 500 for name in LONGEST}), TODAY)[0]
    assert all(len(value) == LONGEST[name.removeprefix("e1-")] for name, value in long)


names = st.sampled_from(
    ["received", "remove", "x", "e0-on", "e01-on", "e99999-on", "e1", "e-on"]
) | st.builds("e{}-{}".format, st.integers(0, 40), st.sampled_from([*LONGEST, "other"]))
typed = ["2026-09-10", "11.23", "20", "post", " ", *map(str, NEEDS)]
values = st.lists(st.sampled_from("0129-./年月日 é<&'"), max_size=30).map("".join) | st.sampled_from(typed)


@given(st.dictionaries(names, values, max_size=12))
def test_the_shortest_form_is_final_and_every_address_can_be_read(given_: dict[str, str]) -> None:
    pairs, _many = canonical(MultiDict(given_), TODAY)
    assert canonical(MultiDict(pairs), TODAY)[0] == pairs
    assert len({name for name, _value in pairs}) == len(pairs)


@given(likely_logs())
def test_a_log_and_its_address_say_the_same(raw: list[dict[str, object]]) -> None:
    entries = [parse_entry(entry, seq) for seq, entry in enumerate(raw, start=1)]
    pairs = pairs_of(entries)
    assert pairs is not None
    assert sorted(canonical(MultiDict(pairs), TODAY)[0]) == sorted(pairs)


@pytest.mark.parametrize("entries", [log("extended 2026-10-13 days=20"), []])
def test_without_a_receipt_a_case_has_no_address(entries: list[LogEntry]) -> None:
    assert pairs_of(entries) is None


def test_the_address_of_a_case_holds_days_and_codes_alone() -> None:
    entries = [
        *log("received 2026-09-10", "suspended 2026-09-15 cause=third_party ref=consultation-871"),
        LogEntry(EntryType.NOTE_ADDED, date(2026, 9, 16), 3, details={"text": "张三"}),
        *log("resumed 2026-09-22 ref=consultation-871", "assigned 2026-09-23"),
    ]
    assert pairs_of(entries) == [
        ("received", "2026-09-10"),
        ("e1-kind", "suspended"),
        ("e1-on", "2026-09-15"),
        ("e1-cause", "third_party"),
        ("e1-ref", "1"),
        ("e2-kind", "resumed"),
        ("e2-on", "2026-09-22"),
        ("e2-ref", "1"),
    ]


def test_a_case_longer_than_the_calculator_reads_has_no_address() -> None:
    many = [f"justified 2026-09-{n % 20 + 10}" for n in range(MOST_ROWS + 1)]
    assert pairs_of(log("received 2026-09-10", *many)) is None
