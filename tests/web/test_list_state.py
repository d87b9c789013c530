"""A list's state is its address."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tracker.domain.urgency import Urgency
from tracker.web.list_state import ListState, chosen


@pytest.fixture
def state(app: Flask) -> Iterator[ListState]:
    with app.test_request_context("/cases?stage=drafting&page=3&sort=-due&nonsense=1&organ="):
        yield ListState.from_request(("stage", "organ"), {"sort": "due"})


def test_what_the_list_does_not_know_is_left_out(state: ListState) -> None:
    assert state.values == {"stage": "drafting", "page": "3", "sort": "-due"}


def test_another_filter_begins_at_the_first_page(state: ListState) -> None:
    assert state.url(organ=2) == "/cases?stage=drafting&sort=-due&organ=2"
    assert state.url(page=4) == "/cases?stage=drafting&sort=-due&page=4"
    assert state.url(page=1) == "/cases?stage=drafting&sort=-due"


def test_a_column_sorts_and_turns_round(state: ListState) -> None:
    assert (state.sort, state.descending) == ("due", True)
    assert "sort" not in state.sorted_by("due")
    assert state.sorted_by("number").endswith("sort=number")


def test_a_chip_that_is_on_takes_its_filter_away(state: ListState) -> None:
    assert "stage" not in state.toggled("stage", "drafting")
    assert "stage=signed" in state.toggled("stage", "signed")


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), ("0", 1), ("-3", 1), ("x", 1), ("９", 1), ("99999999", 1)]
)
def test_numbers_in_addresses_are_not_trusted(text: str, number: int) -> None:
    assert ListState("cases.index", {"page": text}).number("page") == number


def test_an_old_link_still_opens() -> None:
    assert chosen(Urgency, "red") is Urgency.RED
    assert chosen(Urgency, "purple") is None
