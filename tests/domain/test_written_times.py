"""Times of day as people write them."""

from __future__ import annotations

from datetime import time

import pytest

from tracker.domain.written_times import NotATime, parse_written_time


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14:05", time(14, 5)),
        ("14：05", time(14, 5)),
        (" 9.30 ", time(9, 30)),
        ("9点", time(9)),
        ("14点05分", time(14, 5)),
        ("０8:00", time(8)),
    ],
)
def test_usual_ways(text: str, meant: time) -> None:
    assert parse_written_time(text) == meant


@pytest.mark.parametrize("text", ["", "25:00", "9:60", "上午", "1:2:3", "-1:00", "9:5x"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(NotATime):
        parse_written_time(text)
