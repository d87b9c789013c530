from __future__ import annotations

from dataclasses import replace

import pytest

from tests.domain.logs import CALENDAR, day, log
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import EntryType, LogEntry, parse_entry
from tracker.domain.clock import find_refusal, preview, refusals_in
from tracker.domain.errors import Refusal, RefusalCode

R = "received 2025-03-03"
OUT = "suspended 2025-03-06 cause=third_party ref=a"
BACK = "resumed 2025-03-10 ref=a"
SENT = "dispatched 2025-03-18 by=post"


def code(*lines: str, today: str | None = None) -> str | None:
    refusal = find_refusal(log(*lines), day(today) if today else None)
    return str(refusal.code) if refusal else None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("extended 2025-03-19 days=5",), "no_receipt"),
        (("received 2025-03-03", "received 2025-03-04"), "bad_entry"),
        ((R, "extended 2025-03-02 days=5"), "before_receipt"),
        ((R, "extended 2025-03-03 days=5"), None),
        ((R, "resumed 2025-03-10"), "resume_without_suspend"),
        ((R, OUT, "resumed 2025-03-10 ref=b"), "resume_without_suspend"),
        ((R, OUT, "resumed 2025-03-10"), "resume_without_suspend"),
        ((R, OUT, OUT), "already_suspended"),
        ((R, OUT, BACK, "suspended 2025-03-11 cause=third_party ref=a"), None),
        ((R, "suspended 2025-03-06 cause=third_party", "suspended 2025-03-06 cause=third_party"), None),
        (
            (R, OUT, "correction_requested 2025-03-07", "corrected 2025-03-10", "resumed 2025-03-12 ref=a"),
            None,
        ),
        ((R, SENT, "extended 2025-03-19 days=5"), "after_stop"),
        ((R, SENT, "dispatched 2025-03-19 by=post"), "after_stop"),
        ((R, SENT, "delivered 2025-03-21"), None),
        ((R, SENT, "ordered_anew 2025-06-10", "extended 2025-06-12 days=5"), None),
        ((R, SENT, "call_recorded 2025-03-21", "archived 2025-04-21"), None),
        ((R, "withdrawn 2025-03-05", "abandoned 2025-03-06"), "after_stop"),
        ((R, "delayed 2025-03-06 until=2025-03-05"), "bad_entry"),
        ((R, "delayed 2025-03-06 until=2025-03-06"), None),
        ((R, OUT, BACK, BACK), "resume_without_suspend"),
        ((R, "dispatched 2025-03-18 by=hand", "extended 2025-03-19 days=5"), None),
        (
            (R, "dispatched 2025-03-18 by=hand", "delivered 2025-03-19", "extended 2025-03-20 days=5"),
            "after_stop",
        ),
    ],
)
def test_what_cannot_be(lines: tuple[str, ...], expected: str | None) -> None:
    assert code(*lines) == expected


def test_the_future_counts_only_where_a_today_is_given() -> None:
    assert code(R) is None
    assert code(R, today="2025-03-03") is None
    assert code(R, today="2025-03-02") == "in_future"
    assert code(R, "delayed 2025-03-10 until=2025-06-03", today="2025-03-10") is None
    assert code(R, "note_added 2025-03-11", today="2025-03-10") == "in_future"


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"seq": 9},
        {"seq": True},
        {"seq": 1, "on": "2025-02-30"},
        {"seq": 1, "days": 0},
        {"seq": 2},
        {"seq": 1, "by": "bird"},
    ],
)
def test_a_correction_of_nothing_or_to_nonsense(details: dict[str, object]) -> None:
    entries = [*log(R), LogEntry(EntryType.FACT_CORRECTED, day("2025-03-10"), 2, details=details)]
    refusal = find_refusal(entries)
    assert refusal is not None and refusal.code == "bad_entry"


def test_a_correction_after_the_stop_can_be() -> None:
    fixed = LogEntry(EntryType.FACT_CORRECTED, day("2025-04-10"), 3, details={"seq": 2, "on": "2025-03-17"})
    assert find_refusal([*log(R, SENT), fixed]) is None


def test_preview_blames_the_new_entry_and_not_what_was_wrong_before() -> None:
    wrong = log(R, "resumed 2025-03-10")
    extended = parse_entry({"type": "extended", "on": "2025-03-12", "days": 5}, 3)
    assert preview(wrong, extended, CALENDAR).refusal is None
    again = parse_entry({"type": "resumed", "on": "2025-03-12"}, 3)
    refusal = preview(wrong, again, CALENDAR).refusal
    assert refusal is not None and refusal.code == "resume_without_suspend"


def test_preview_tells_effect_and_new_breaches_without_recording() -> None:
    entries = log(R, "extended 2025-03-10 days=5")
    effect = preview(entries, parse_entry({"type": "extended", "on": "2025-03-12", "days": 5}), CALENDAR)
    assert [str(b.code) for b in effect.new_breaches] == ["second_extension"]
    assert effect.before.due_on == effect.after.due_on == day("2025-04-08")
    assert len(entries) == 2


def test_preview_of_an_entry_recorded_late_names_the_breach_it_brings_out() -> None:
    entries = log(R, "extended 2025-03-20 days=5")
    effect = preview(entries, parse_entry({"type": "extended", "on": "2025-03-12", "days": 5}), CALENDAR)
    assert [b.seq for b in effect.new_breaches] == [2]


def test_what_our_own_table_could_hold_without_sense_is_refused() -> None:
    def refused(kind: EntryType) -> str | None:
        found = find_refusal([*log(R), LogEntry(kind, day("2025-03-06"), 2)])
        return str(found.code) if found else None

    assert refused(EntryType.DELAYED) == "bad_entry"
    assert refused(EntryType.EXTENDED) == "extension_days"
    assert list(refusals_in([])) == [(RefusalCode.NO_RECEIPT, 0)]


def test_preview_counts_a_day_to_come_against_the_new_entry_alone() -> None:
    entry = parse_entry({"type": "justified", "on": "2025-03-12"})
    refused = preview(log(R), entry, CALENDAR, day("2025-03-11")).refusal
    assert refused is not None and refused.code == "in_future"
    assert preview(log(R), entry, CALENDAR, day("2025-03-12")).refusal is None
    ahead = log(R, "justification_requested 2025-03-20")
    earlier = parse_entry({"type": "extended", "on": "2025-03-10", "days": 5})
    assert preview(ahead, earlier, CALENDAR, day("2025-03-11")).refusal is None


@pytest.mark.parametrize(("seq", "named"), [(0, 3), (9, 9)])
def test_preview_names_a_breach_by_the_place_the_entry_will_have(seq: int, named: int) -> None:
    entries = log(R, "extended 2025-03-10 days=5")
    second = parse_entry({"type": "extended", "on": "2025-03-12", "days": 5}, seq)
    [breach] = preview(entries, second, CALENDAR).new_breaches
    assert breach.seq == named


def test_preview_keeps_the_calendar_a_finished_reply_stopped_with() -> None:
    older = WorkCalendar(CALENDAR.editions.values(), 4)
    received, sent = log(R, SENT)
    entries = [received, replace(sent, calendar_version=4)]
    anew = parse_entry({"type": "ordered_anew", "on": "2025-06-10"})
    shown = preview(entries, anew, CALENDAR, calendars={4: older}.__getitem__)
    assert [run.calendar_version for run in shown.before.runs] == [4]
    assert [run.calendar_version for run in shown.after.runs] == [4, CALENDAR.version]


def test_every_refusal_has_words() -> None:
    refusal = find_refusal([])
    assert isinstance(refusal, Refusal) and "收到" in str(refusal)
