"""A slow oracle: lives through a case one day at a time and shares no code with the product but the entries' shape.

It knows a working day from its own copy of the days, counts by walking, and asks at the end of each day whether the
last day of the period has been counted. Only for the years of its copy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.oracle.days import OFF, WORKED

LAST = date(2026, 12, 31)


def works(day: date) -> bool:
    key = day.strftime("%m%d")
    if key in WORKED[day.year].split():
        return True
    return day.weekday() < 5 and key not in OFF[day.year].split()


@dataclass
class Answer:
    state: str
    due_on: date | None
    on_time: bool | None
    breaches: set[str]


@dataclass
class Life:
    """The case as it stands on one evening."""

    received: date
    day_zero: date
    limit: int = 20
    extended: bool = False
    correction_asked: bool = False
    awaiting: set[str] = field(default_factory=set)
    letters_out: list[tuple[str | None, int]] = field(default_factory=list)
    run: int = 1
    until: date | None = None
    handed: bool = False
    counted_days: list[date] = field(default_factory=list)
    standing_still: set[date] = field(default_factory=set)
    breaches: set[str] = field(default_factory=set)
    stopped: tuple[str, date] | None = None

    def still(self) -> bool:
        return any(run == self.run for _, run in self.letters_out)

    def due(self) -> date | None:
        if self.awaiting or self.still():
            return None
        if self.until is not None:
            return self.until
        day, left = self.day_zero, self.limit
        while left and day < LAST:
            day += timedelta(days=1)
            if works(day) and day not in self.standing_still:
                left -= 1
        return day if not left else None

    def late(self, day: date) -> bool:
        due = self.due()
        return due is not None and day > due

    def begin(self, day: date) -> None:
        self.run += 1
        self.day_zero, self.limit, self.extended, self.until = day, 20, False, None
        self.standing_still = set()


ORDER = [
    "received",
    "correction_requested",
    "corrected",
    "fee_notified",
    "fee_paid",
    "suspended",
    "resumed",
    "extended",
    "justification_requested",
    "justified",
    "delayed",
    "dispatched",
    "delivered",
    "abandoned",
    "withdrawn",
]


def live(log: list[dict[str, object]]) -> Answer:
    """What the oracle says of a log of one order to reply (no ``ordered_anew``)."""
    byday: dict[date, list[dict[str, object]]] = {}
    for entry in log:
        byday.setdefault(date.fromisoformat(str(entry["on"])), []).append(entry)
    day = next(d for d in sorted(byday) if any(e["type"] == "received" for e in byday[d]))
    life = Life(day, day)
    end = max(byday)
    while day <= end and life.stopped is None:
        if life.still() and day > life.day_zero:
            life.standing_still.add(day)
        for entry in sorted(byday.get(day, []), key=lambda e: ORDER.index(str(e["type"]))):
            if life.stopped is None:
                happen(life, day, entry)
        day += timedelta(days=1)
    return answer(life)


def happen(life: Life, day: date, entry: dict[str, object]) -> None:
    kind = str(entry["type"])
    if kind in ("dispatched", "delivered", "abandoned", "withdrawn"):
        leave(life, day, kind, entry)
    elif kind in ("suspended", "resumed"):
        consult(life, day, kind, entry)
    elif kind in ("fee_notified", "fee_paid", "corrected"):
        wait_or_restart(life, day, kind)
    elif kind == "correction_requested":
        correction_requested(life, day)
    elif kind == "extended":
        extended(life, day, int(str(entry["days"])))
    elif kind == "delayed":
        delayed(life, day, date.fromisoformat(str(entry["until"])))


def leave(life: Life, day: date, kind: str, entry: dict[str, object]) -> None:
    if kind == "dispatched" and entry["by"] == "hand":
        life.handed = True
    elif kind != "delivered" or life.handed:
        life.stopped = (kind, day)
        life.letters_out.clear()


def consult(life: Life, day: date, kind: str, entry: dict[str, object]) -> None:
    if kind == "suspended":
        late = life.late(day)
        if late:
            life.breaches.add("suspension_after_due")
        life.letters_out.append((entry.get("ref"), 0 if late else life.run))  # type: ignore[arg-type]
        return
    answered = next((x for x in life.letters_out if x[0] == entry.get("ref")), None)
    if answered is not None:
        life.letters_out.remove(answered)


def wait_or_restart(life: Life, day: date, kind: str) -> None:
    if kind == "fee_notified" and life.late(day):
        life.breaches.add("fee_after_due")
    elif kind == "fee_notified":
        life.awaiting.add("payment")
    else:
        what = "payment" if kind == "fee_paid" else "correction"
        if what in life.awaiting:
            life.awaiting.discard(what)
            life.begin(day)


def delayed(life: Life, day: date, until: date) -> None:
    if life.late(day):
        life.breaches.add("delay_after_due")
        return
    step = timedelta(
        days=1 if all(not works(day + timedelta(days=n)) for n in range((until - day).days + 1)) else -1
    )
    while not works(until):
        until += step
    life.until = until


def correction_requested(life: Life, day: date) -> None:
    seventh, left = life.received, 7
    while left:
        seventh += timedelta(days=1)
        left -= works(seventh)
    if life.correction_asked:
        life.breaches.add("second_correction")
    elif day > seventh:
        life.breaches.add("late_correction_notice")
    if life.late(day):
        life.breaches.add("correction_after_due")
    elif not life.correction_asked:
        life.awaiting.add("correction")
    life.correction_asked = True


def extended(life: Life, day: date, days: int) -> None:
    late = life.late(day)
    if days > 20:
        life.breaches.add("extension_over_20")
    if life.extended:
        life.breaches.add("second_extension")
    if late:
        life.breaches.add("extension_after_due")
    if not late and not life.extended:
        life.extended = True
        life.limit += min(days, 20)


def answer(life: Life) -> Answer:
    if life.stopped is None:
        if "correction" in life.awaiting:
            state = "awaiting_correction"
        elif "payment" in life.awaiting:
            state = "awaiting_payment"
        else:
            state = "suspended" if life.still() else "running"
        return Answer(state, life.due(), None, life.breaches)
    kind, day = life.stopped
    if kind in ("abandoned", "withdrawn"):
        return Answer("stopped", None, None, life.breaches)
    due = life.due()
    return Answer("stopped", due, due is None or day <= due, life.breaches)
