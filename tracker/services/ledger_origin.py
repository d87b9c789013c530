"""Where rows of a register come from, and what one batch of them remembers."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from tracker.domain.ledger_row import LedgerRow
from tracker.services.ledger_facts import REPLY_SERIES, reply_serial
from tracker.services.letter_act import named_person
from tracker.services.numbers import advance_to

ADVISOR = "legal_advisor"


@dataclass(frozen=True, slots=True)
class Origin:
    """The import and the register's name; who was named so far, and, for one batch, up to which number each organ's
    replies go: neither is asked of the database for every row."""

    import_id: int
    register: str
    advisors: dict[tuple[int, str], int] = field(default_factory=dict)
    numbers: dict[tuple[int, int], int] = field(default_factory=dict)

    def advisor(self, session: Session, organ_id: int, name: str | None) -> int | None:
        """The legal advisor known by name alone."""
        if not name:
            return None
        key = (organ_id, name)
        if key not in self.advisors:
            self.advisors[key] = named_person(session, organ_id, name, ADVISOR).id
        return self.advisors[key]

    def note_number(self, row: LedgerRow, organ_id: int) -> None:
        """The reply's number is taken."""
        told = reply_serial(row)
        if told is not None:
            year, serial = told
            self.numbers[organ_id, year] = max(self.numbers.get((organ_id, year), 0), serial)

    def advance_counters(self, session: Session) -> None:
        """Make sure that no number seen in the batch is drawn again."""
        for (organ_id, year), serial in sorted(self.numbers.items()):
            advance_to(session, organ_id, REPLY_SERIES, year, serial)
