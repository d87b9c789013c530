"""``clock evaluate`` as the contract has it: every published expectation, and whatever else stands in a line."""

from __future__ import annotations

import json
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.logs import CALENDAR
from tracker.cli.clock_lines import LONGEST_LINE, answers_to

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "deadlines.jsonl"
EXPECTATIONS = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
FIELDS = {"id", "state", "due_on", "used", "remaining", "on_time", "provisional", "breaches", "refused"}
RECEIVED = {"type": "received", "on": "2025-03-03"}


def evaluate(app: Flask, tmp_path: Path, content: str | bytes, *options: str) -> list[dict[str, Any]]:
    file = tmp_path / "cases.jsonl"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    result = app.test_cli_runner().invoke(args=["clock", "evaluate", str(file), *options])
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def one(app: Flask, tmp_path: Path, log: object, *options: str, **more: object) -> dict[str, Any]:
    [answer] = evaluate(app, tmp_path, json.dumps({"id": "x", "log": log, **more}), *options)
    assert set(answer) == FIELDS
    return answer


def test_every_published_expectation(app: Flask, tmp_path: Path) -> None:
    answers = evaluate(app, tmp_path, CASES.read_bytes())
    assert [a["id"] for a in answers] == [e["id"] for e in EXPECTATIONS]
    assert len(answers) == 355
    wrong = [(a, e) for a, e in zip(answers, EXPECTATIONS, strict=True) if not meets(a, e["expect"])]
    assert wrong == []


def meets(answer: dict[str, Any], expect: dict[str, Any]) -> bool:
    if expect.get("refused"):
        return bool(answer["refused"] == expect["refused"])
    only_the_flag = expect["provisional"] and expect["due_on"] is None
    return all(answer[k] == v for k, v in expect.items() if not (only_the_flag and k == "due_on"))


def test_the_option_today_and_the_lines_own_today(app: Flask, tmp_path: Path) -> None:
    assert one(app, tmp_path, [RECEIVED])["used"] is None
    assert one(app, tmp_path, [RECEIVED], "--today", "2025-03-14")["remaining"] == 11
    assert one(app, tmp_path, [RECEIVED], "--today", "2025-03-14", today="2025-04-10")["remaining"] == -7
    assert one(app, tmp_path, [RECEIVED], "--today", "2025-03-02")["refused"] == "in_future"


def test_figures_of_a_stopped_clock_need_no_today(app: Flask, tmp_path: Path) -> None:
    answer = one(app, tmp_path, [RECEIVED, {"type": "dispatched", "on": "2025-03-18", "by": "post"}])
    assert (answer["used"], answer["remaining"]) == (11, 9)


def test_of_a_refused_line_everything_else_is_null(app: Flask, tmp_path: Path) -> None:
    answer = one(app, tmp_path, [])
    assert answer == dict.fromkeys(FIELDS) | {"id": "x", "refused": "no_receipt"}


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"9" * 5000,
        b'{"id": 1}',
        b'{"id": 1, "log": null}',
        b'{"id": 1, "log": {}}',
        b'{"id": 1, "log": [null]}',
        b'{"id": 1, "log": [7]}',
        b'{"id": 1, "log": [{}]}',
        b'{"id": 1, "log": [{"type": ["received"], "on": "2025-03-03"}]}',
        b'{"id": 1, "log": [{"type": "received", "on": true}]}',
        b'{"id": 1, "log": [{"type": "received", "on": 20250303}]}',
        b'{"id": 1, "log": [{"type": "received", "on": "2025-W10-1"}]}',
        b'{"id": 1, "log": [{"type": "received", "on": "0000-01-01"}]}',
        b'{"id": 1, "log": [{"type": "received", "on": "2025-3-3"}]}',
        b'{"id": 1, "log": [{"type": "received", "on": "2025-03-03", "details": 7}]}',
        b'{"id": 1, "log": [], "today": true}',
        b'{"id": 1, "log": [], "today": "tomorrow"}',
    ],
)
def test_a_malformed_line_is_answered_and_the_run_goes_on(app: Flask, tmp_path: Path, line: bytes) -> None:
    good = json.dumps({"id": "good", "log": [RECEIVED]}).encode()
    answers = evaluate(app, tmp_path, line + b"\n" + good + b"\n")
    assert [a["refused"] for a in answers] == ["bad_entry", None]
    assert answers[1]["due_on"] == "2025-03-31"


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"type": "extended", "on": "2025-03-10", "days": True}, "extension_days"),
        ({"type": "extended", "on": "2025-03-10", "days": "5"}, "extension_days"),
        ({"type": "extended", "on": "2025-03-10", "days": 2.5}, "extension_days"),
        ({"type": "extended", "on": "2025-03-10", "days": -1}, "extension_days"),
        ({"type": "extended", "on": "2025-03-10"}, "bad_entry"),
        ({"type": "suspended", "on": "2025-03-10"}, "bad_entry"),
        ({"type": "suspended", "on": "2025-03-10", "cause": "mood"}, "bad_entry"),
        ({"type": "suspended", "on": "2025-03-10", "cause": "third_party", "ref": 7}, "bad_entry"),
        ({"type": "dispatched", "on": "2025-03-10"}, "bad_entry"),
        ({"type": "dispatched", "on": "2025-03-10", "by": ["post"]}, "bad_entry"),
        ({"type": "delayed", "on": "2025-03-10"}, "bad_entry"),
        ({"type": "delayed", "on": "2025-03-10", "until": "2025-03-09"}, "bad_entry"),
        ({"type": "received", "on": "2025-03-10"}, "bad_entry"),
    ],
)
def test_fields_of_the_wrong_kind_are_refused(
    app: Flask, tmp_path: Path, entry: dict[str, object], code: str
) -> None:
    assert one(app, tmp_path, [RECEIVED, entry])["refused"] == code


def test_e_mail_is_known_under_both_spellings(app: Flask, tmp_path: Path) -> None:
    for by in ("email", "e-mail"):
        answer = one(app, tmp_path, [RECEIVED, {"type": "dispatched", "on": "2025-03-18", "by": by}])
        assert answer["on_time"] is True


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "1999-12-31", "2100-06-01"])
def test_the_ends_of_time_are_provisional_and_no_error(app: Flask, tmp_path: Path, on: str) -> None:
    answer = one(app, tmp_path, [{"type": "received", "on": on}])
    assert (answer["state"], answer["provisional"], answer["refused"]) == ("running", True, None)


def test_an_order_of_unheard_of_length_is_answered(app: Flask, tmp_path: Path) -> None:
    stop = {"type": "dispatched", "on": "2025-03-18", "by": "post"}
    answer = one(
        app, tmp_path, [RECEIVED, stop, {"type": "ordered_anew", "on": "2025-06-10", "days": 10**30}]
    )
    assert (answer["due_on"], answer["provisional"]) == ("9999-12-31", True)


def test_ten_thousand_entries_and_a_line_of_five_megabytes_in_bounded_time(
    app: Flask, tmp_path: Path
) -> None:
    pairs = [
        entry
        for n in range(5000)
        for entry in (
            {"type": "suspended", "on": "2025-03-05", "cause": "third_party", "ref": f"r{n}"},
            {"type": "resumed", "on": "2025-03-12", "ref": f"r{n}"},
        )
    ]
    far = [{"type": "received", "on": "0900-01-01"}] + [
        {"type": "justified", "on": f"{1000 + n}-06-01"} for n in range(8000)
    ]
    big = json.dumps({"id": "big", "log": [RECEIVED], "padding": "x" * 5_000_000})
    lines = [
        json.dumps({"id": "pairs", "log": [RECEIVED, *pairs]}),
        json.dumps({"id": "far", "log": far}),
        big,
    ]
    began = time.perf_counter()
    answers = evaluate(app, tmp_path, "\n".join(lines))
    assert time.perf_counter() - began < 20
    assert [(a["id"], a["refused"]) for a in answers] == [("pairs", None), ("far", None), ("big", None)]
    assert answers[0]["due_on"] == "2025-04-08"


def test_a_line_beyond_the_bound_is_answered_without_being_held_and_the_run_goes_on(
    app: Flask, tmp_path: Path
) -> None:
    good = json.dumps({"id": "good", "log": [RECEIVED]}).encode()
    longest = json.dumps({"id": "longest", "log": [RECEIVED]}).encode().ljust(LONGEST_LINE - 1) + b"\n"
    endless = b"[" * (2 * LONGEST_LINE + 7) + b"\n"
    answers = evaluate(app, tmp_path, longest + endless + good)
    assert [(a["id"], a["refused"]) for a in answers] == [
        ("longest", None),
        (None, "bad_entry"),
        ("good", None),
    ]


@pytest.mark.parametrize(
    "name", ["NaN", "-Infinity", "1e999", "[" * 960 + "]" * 960, "[" * 980 + "]" * 980, "[" * 990 + "]" * 990]
)
def test_a_name_that_cannot_be_written_back_is_answered(app: Flask, tmp_path: Path, name: str) -> None:
    [answer] = evaluate(app, tmp_path, f'{{"id": {name}, "log": [{json.dumps(RECEIVED)}]}}')
    assert (answer["id"], answer["refused"]) in ((None, "bad_entry"), (answer["id"], None))
    assert answer["id"] is None or answer["refused"] is None


def test_odd_bytes_and_odd_objects_have_an_answer(app: Flask, tmp_path: Path) -> None:
    received = json.dumps(RECEIVED).encode()
    lines = [
        b'{"id": 1, "log": [' + received + b"]}\x00",
        b'{"id": 2, "log": [' + received + b'], "x": "\\ud800"}',
        b'{"id": 3, "log": [], "log": [' + received + b"]}",
        b'{"id": 4, "log": [' + received + b', {"type": "extended", "on": "2025-03-10", "days": NaN}]}',
        b'{"id": 5, "log": ['
        + received
        + b', {"type": "extended", "on": "2025-03-10", "days": 1'
        + b"0" * 4000
        + b"}]}",
        b'{"id": 6, "log": ['
        + received
        + b', {"type": "extended", "on": "2025-03-10", "days": 1'
        + b"0" * 5000
        + b"}]}",
        b"  ",
        b'{"id": 7, "log": [' + received + b"]}\r",
    ]
    answers = evaluate(app, tmp_path, b"\n".join(lines))
    assert [a["refused"] for a in answers] == [
        "bad_entry",
        None,
        None,
        "extension_days",
        None,
        "bad_entry",
        "bad_entry",
        None,
    ]


def test_a_blank_file_has_no_answers(app: Flask, tmp_path: Path) -> None:
    assert evaluate(app, tmp_path, "") == []


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["received", "2025-03-03"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "log", "today", "type", "on", "days", "details"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@given(json_values | st.fixed_dictionaries({"id": json_values, "log": st.lists(json_values, max_size=4)}))
def test_any_json_is_answered_in_json(value: object) -> None:
    [answer] = answers_to(BytesIO(json.dumps(value).encode()), CALENDAR, None)
    assert set(json.loads(answer, parse_constant=pytest.fail)) == FIELDS


@given(st.binary(max_size=200))
def test_any_bytes_are_answered_line_by_line(content: bytes) -> None:
    assert len(list(answers_to(BytesIO(content), CALENDAR, None))) == len(content.split(b"\n")) - (
        content.endswith(b"\n") or not content
    )


def test_names_come_back_as_they_were(app: Flask, tmp_path: Path) -> None:
    answers = evaluate(
        app, tmp_path, '{"id": "\\ud800", "log": []}\n{"id": {"a": [1]}, "log": []}\n{"id": "案", "log": []}'
    )
    assert [a["id"] for a in answers] == ["\ud800", {"a": [1]}, "案"]
