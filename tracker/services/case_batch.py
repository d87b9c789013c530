"""Many new cases at once, each with a whole log: computed in memory as ``append`` computes, written table by table.

The log of a new case and what stands beside it follow from its entries alone, so nothing is asked of the database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.domain.alert_policy import AlertPolicy
from tracker.domain.calendar import WorkCalendar
from tracker.domain.case_log import LogEntry
from tracker.domain.clock import Reading, clocks_of, fold
from tracker.domain.numbering import CASE_SERIES, case_number
from tracker.models import Case, Clock, EntryText, StoredEntry, note_for_search
from tracker.models.tally_keeping import tally_in
from tracker.services.bulk_rows import Keys, Rows
from tracker.services.case_standing import (
    breach_codes,
    clock_key,
    clock_values,
    first_alert_of,
    first_result_values,
    is_recalled,
    standing_values,
)
from tracker.services.context import Context
from tracker.services.log_chain import GENESIS
from tracker.services.log_entries import NewEntry, ToldEntry, entry_values, told_entries
from tracker.services.numbers import draw_numbers

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """What the cases of a batch are computed with: the calendar in force, and what each organ wants to be told."""

    calendar: WorkCalendar
    policies: Mapping[int, AlertPolicy]


@dataclass(frozen=True, slots=True)
class NewCase:
    """A historic case before it has its number. ``values``: its columns, those that follow from its log included."""

    id: int
    organ_id: int
    prefix: str
    year: int
    values: Values


class CaseBatch:
    """Historic cases that nobody has taken up yet.

    Nothing else may write to the register of cases between the first of them and ``write``.
    """

    def __init__(self, ctx: Context, rules: Rules) -> None:
        self._ctx = ctx
        self._rules = rules
        self._rows = Rows()
        self._cases: list[NewCase] = []
        self.keys = Keys(ctx.session)

    def record(
        self,
        rows: Rows,
        facts: Mapping[str, Any],
        entries: Sequence[NewEntry],
        *,
        prefix: str,
        reason: str | None,
    ) -> None:
        """Take up a case. ``facts``: its key and its own columns; ``rows``: what hangs on it. Raises ``Refusal``,
        ``BreachNeedsReason``, ``NotLawfulNow``, as ``append`` does, and has then taken up nothing."""
        calendar, today = self._rules.calendar, self._ctx.today
        ready = told_entries((), entries, calendar, today, limits=None, reason=reason)
        log = [entry.told for entry in ready]
        reading = ready[-1].reading or fold(log, calendar, today)
        self._add_log(rows, facts["id"], ready)
        for values in self._clocks(facts["organ_id"], log, reading):
            rows.add(Clock, {"case_id": facts["id"], **values})
        values = {
            **_AS_IMPORTED,
            **facts,
            "breach_codes": breach_codes(reading),
            "created_at": self._ctx.now,
            **standing_values(log, reading),
            **first_result_values(log, reading, facts["disposition"]),
        }
        self._rows.extend(rows)
        self._cases.append(NewCase(facts["id"], facts["organ_id"], prefix, facts["received_on"].year, values))

    def write(self) -> None:
        """Number the cases in the order in which they were taken up, and write everything."""
        session = self._ctx.session
        series = Counter((case.organ_id, case.year) for case in self._cases)
        serials = {
            (organ_id, year): iter(draw_numbers(session, organ_id, CASE_SERIES, year, how_many))
            for (organ_id, year), how_many in sorted(series.items())
        }
        for case in self._cases:
            serial = next(serials[case.organ_id, case.year])
            number = case_number(case.prefix, case.year, serial)
            self._rows.add(Case, {**case.values, "year": case.year, "serial": serial, "number": number})
        session.flush()
        self._rows.write(session)
        case_ids = [case.id for case in self._cases]
        tally_in(session, case_ids)
        note_for_search(session, case_ids)

    def _add_log(self, rows: Rows, case_id: int, ready: Sequence[ToldEntry]) -> None:
        digest = GENESIS
        for entry in ready:
            text_id = None
            if entry.text:
                text_id = self.keys.next(EntryText)
                rows.add(EntryText, {"id": text_id, "case_id": case_id, "text": entry.text})
            values = entry_values(self._ctx, entry, case_id, text_id, digest)
            digest = values["digest"]
            rows.add(StoredEntry, values)

    def _clocks(self, organ_id: int, log: Sequence[LogEntry], reading: Reading) -> Iterator[Values]:
        calendar, policy = self._rules.calendar, self._rules.policies[organ_id]
        for clock in clocks_of(log, calendar, self._ctx.today, reading=reading):
            recalled = is_recalled(clock, dormant=True)
            kind, run, ref = clock_key(clock)
            first = first_alert_of(clock, calendar, policy) if recalled else None
            yield {"kind": kind, "run": run, "ref": ref, "next_alert_on": first, **clock_values(clock)}


_AS_IMPORTED: Values = {"historic": True, "held": False, "needs_completion": False, "version_id": 1}
