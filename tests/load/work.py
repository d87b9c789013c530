"""What an office does all day, over HTTP: registers, accepts, notes, writes down calls; each answered act is kept.

A clerk who was not answered does not know whether the act was done: it may have been. What was answered must be there.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.load.visitor import CASE, VERSION, Unanswered, Visitor
from tracker.domain.numbering import CASE_SERIES
from tracker.models import Applicant, Case, Counter, EntryText, Receipt, StoredEntry

PAUSE_SECONDS = 0.2


@dataclass
class Book:
    """What was answered: cases by id, and each note with its case. ``unanswered`` counts acts without an answer."""

    cases: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    accepted: list[int] = field(default_factory=list)
    unanswered: int = 0
    refused: int = 0
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def answered(self) -> int:
        """How many acts the site has said yes to."""
        return len(self.cases) + len(self.notes) + len(self.accepted)


@dataclass
class Office:
    """Clerks at work. ``organ_id`` is theirs, ``today`` the day of law."""

    port: int
    tokens: Sequence[str]
    organ_id: int
    today: date
    book: Book = field(default_factory=Book)
    _over: threading.Event = field(default_factory=threading.Event)
    _clerks: list[threading.Thread] = field(default_factory=list)

    def open(self, seed: int) -> None:
        """Everybody begins."""
        for number, token in enumerate(self.tokens):
            chosen = random.Random(seed * 1000 + number)
            clerk = threading.Thread(
                target=self._work, args=(Visitor(self.port, token, 30), chosen, number), daemon=True
            )
            clerk.start()
            self._clerks.append(clerk)

    def until_answered(self, acts: int, seconds: float = 1200) -> None:
        """Wait for so many answered acts."""
        end = time.monotonic() + seconds
        while self.book.answered < acts:
            if time.monotonic() > end or not any(clerk.is_alive() for clerk in self._clerks):
                raise SystemExit(f"only {self.book.answered} of {acts} acts were answered")
            time.sleep(0.05)

    def close(self) -> None:
        """Everybody ends what they are at."""
        self._over.set()
        for clerk in self._clerks:
            clerk.join()

    def _work(self, visitor: Visitor, chosen: random.Random, number: int) -> None:
        done = 0
        while not self._over.is_set():
            done += 1
            began = time.monotonic()
            try:
                self._one_act(visitor, chosen, f"{number}-{done}")
            except Unanswered:
                with self.book.lock:
                    self.book.unanswered += 1
                self._over.wait(PAUSE_SECONDS)
            else:
                self.book.slowest = max(self.book.slowest, time.monotonic() - began)
        visitor.close()

    def _one_act(self, visitor: Visitor, chosen: random.Random, mark: str) -> None:
        kind = chosen.random()
        if not self.book.cases or kind < 0.4:
            self._register(visitor, chosen, mark)
            return
        case_id = chosen.choice(self.book.cases)
        if kind < 0.5:
            visitor.get("/")
        elif kind < 0.6:
            visitor.get(f"/cases/{case_id}")
        elif kind < 0.8:
            text = f"备注 {mark}"
            if self._act(visitor, case_id, "add_note", {"text": text}):
                self.book.notes.append((case_id, text))
        elif self._act(visitor, case_id, "accept", {"on": self.today.isoformat()}):
            self.book.accepted.append(case_id)

    def _register(self, visitor: Visitor, chosen: random.Random, mark: str) -> None:
        fields = registration(self.organ_id, self.today - timedelta(days=chosen.randrange(3)), mark)
        status, location, page = visitor.post("/register", fields)
        found = CASE.search(location)
        if status != 302 or found is None:
            raise SystemExit(f"registering answered {status}: {page[:2000]}")
        with self.book.lock:
            self.book.cases.append(int(found[1]))

    def _act(self, visitor: Visitor, case_id: int, action: str, fields: dict[str, str]) -> bool:
        page = visitor.get(f"/cases/{case_id}/actions/{action}")
        version = VERSION.search(page)
        if version is None:
            return False
        status, _location, _page = visitor.post(
            f"/cases/{case_id}/actions/{action}", {"version": version[1], **fields}
        )
        if status == 302:
            return True
        with self.book.lock:
            self.book.refused += 1
        return False


def registration(organ_id: int, signed_on: date, mark: str) -> dict[str, str]:
    """A whole request by registered mail, as the form sends it."""
    return {
        "organ_id": str(organ_id),
        "channel": "registered_mail",
        "signed_on": signed_on.isoformat(),
        "signed_by": "门卫",
        "people-0-capacity": "applicant",
        "people-0-legal_kind": "citizen",
        "people-0-name": "王晓敏",
        "people-0-identity_type": "resident_id",
        "people-0-identity_number": "11010519491231002X",
        "people-0-phone": "13812345659",
        "people-0-report_kind": "",
        "description": f"2025 年度困难群众救助资金发放情况 {mark}",
        "supply_form": "paper",
        "supply_way": "post",
        "step": "full",
    }


def check(engine: Engine, book: Book) -> str:
    """What was answered is there, no number was given twice or left out, no case is half there. Raises ``SystemExit``
    with what is wrong, else says what was found."""
    with Session(engine) as session:
        wrong = [*_lost(session, book), *_numbers(session), *_halves(session)]
        cases = session.scalar(select(func.count()).select_from(Case)) or 0
    if wrong:
        raise SystemExit("\n".join(wrong[:20]))
    return (
        f"{book.answered} acts answered ({len(book.cases)} registrations, {len(book.notes)} notes,"
        f" {len(book.accepted)} acceptances), {book.unanswered} not answered, {book.refused} refused;"
        f" {cases} cases, every answered act there, numbers without gap or double, no half case"
    )


def _lost(session: Session, book: Book) -> list[str]:
    there = set(session.scalars(select(Case.id)))
    lost = [f"case {case_id} was answered and is not there" for case_id in book.cases if case_id not in there]
    lost += [
        f"case {case_id} was answered twice" for case_id in set(book.cases) if book.cases.count(case_id) > 1
    ]
    entries = select(StoredEntry.case_id, EntryText.text).join(EntryText, EntryText.id == StoredEntry.text_id)
    notes = {tuple(row) for row in session.execute(entries)}
    lost += [f"note {note!r} is lost" for note in book.notes if note not in notes]
    accepted = set(session.scalars(select(StoredEntry.case_id).where(StoredEntry.type == "accepted")))
    return lost + [f"acceptance of {each} is lost" for each in book.accepted if each not in accepted]


def _numbers(session: Session) -> list[str]:
    wrong = []
    held: dict[tuple[int, int], list[int]] = {}
    for organ_id, year, serial in session.execute(select(Case.organ_id, Case.year, Case.serial)):
        held.setdefault((organ_id, year), []).append(serial)
    for (organ_id, year), serials in held.items():
        if sorted(serials) != list(range(1, len(serials) + 1)):
            wrong.append(f"numbers of organ {organ_id} in {year}: {sorted(serials)[:50]} …")
        last = session.scalar(
            select(Counter.value).where(
                Counter.organ_id == organ_id, Counter.series == CASE_SERIES, Counter.year == year
            )
        )
        if last != len(serials):
            wrong.append(f"the counter of organ {organ_id} stands at {last} with {len(serials)} cases")
    return wrong


def _halves(session: Session) -> list[str]:
    """A registered case has an applicant, a receipt and the beginning of its log."""
    asked: dict[str, Callable[[], set[int]]] = {
        "applicant": lambda: set(session.scalars(select(Applicant.case_id))),
        "receipt": lambda: set(session.scalars(select(Receipt.case_id))),
        "log": lambda: set(session.scalars(select(StoredEntry.case_id).where(StoredEntry.seq == 1))),
    }
    there = set(session.scalars(select(Case.id)))
    return [f"case {each} has no {name}" for name, ids in asked.items() for each in sorted(there - ids())]
