"""The search index of cases: written by the transaction that changes them, made anew or compared on demand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from tracker.adapters.cipher import Cipher
from tracker.domain.case_documents import CaseDocument, DocumentKind
from tracker.domain.likeness import sketch_words
from tracker.domain.reading import ClockState
from tracker.domain.request_terms import LegalKind
from tracker.domain.search_words import day_word, days_in, fold, month_word, place_of, words_of
from tracker.models import Attachment, Case, CaseSearch, Letter, note_for_search, take_noted
from tracker.queries.case_documents import read_documents
from tracker.services.bulk_rows import insert_rows
from tracker.services.context import Context

AT_ONCE = 500
_ENDED = (str(ClockState.STOPPED), str(ClockState.NOT_STARTED))


@dataclass(frozen=True, slots=True)
class IndexRow:
    """What the index should hold of one case."""

    case_id: int
    place: int
    tokens: list[int]


def index_changed(ctx: Context) -> None:
    """Index what this transaction changed. Called by the transaction itself, before it commits."""
    session = ctx.session
    session.flush()
    noted = take_noted(session)
    if not noted:
        return
    case_ids = set(noted.case_ids)
    if noted.letter_ids:
        case_ids.update(session.scalars(select(Letter.case_id).where(Letter.id.in_(noted.letter_ids))))
    if noted.attachment_ids:
        case_ids.update(
            session.scalars(select(Attachment.case_id).where(Attachment.id.in_(noted.attachment_ids)))
        )
    index_cases(session, ctx.adapters.cipher, (case_id for case_id in case_ids if case_id is not None))
    take_noted(session)


def index_cases(session: Session, cipher: Cipher, case_ids: Iterable[int]) -> int:
    """Write the rows of these cases; how many differed from what was there. Cases that are gone lose theirs."""
    changed = 0
    for some in _portions(sorted(case_ids)):
        _hold(session, some)
        wanted = {row.case_id: row for row in rows_for(session, cipher, some)}
        there = _rows_there(session, some)
        stale = [case_id for case_id in some if there.get(case_id) != _key(wanted.get(case_id))]
        gone = [case_id for case_id in stale if case_id in there]
        if gone:
            session.execute(delete(CaseSearch).where(CaseSearch.case_id.in_(gone)))
        fresh = [wanted[case_id] for case_id in stale if case_id in wanted]
        if fresh:
            rows = [{"place": row.place, "case_id": row.case_id, "tokens": row.tokens} for row in fresh]
            insert_rows(session.connection(), cast("Table", CaseSearch.__table__), rows)
        changed += len(stale)
    return changed


def differing_cases(session: Session, cipher: Cipher, case_ids: Sequence[int]) -> Iterator[int]:
    """Those of the cases whose row is not what it should be."""
    for some in _portions(case_ids):
        there = _rows_there(session, some)
        wanted = {row.case_id: row for row in rows_for(session, cipher, some)}
        yield from (case_id for case_id in some if there.get(case_id) != _key(wanted.get(case_id)))


def rows_for(session: Session, cipher: Cipher, case_ids: Sequence[int]) -> Iterator[IndexRow]:
    """What the index should hold of each of these cases."""
    documents = read_documents(session, case_ids)
    cases = session.execute(
        select(
            Case.id,
            Case.received_on,
            Case.description,
            Case.organ_id,
            Case.channel,
            Case.disposition,
            Case.clock_state,
        ).where(Case.id.in_(case_ids))
    )
    for case_id, received_on, description, organ_id, channel, disposition, state in cases:
        facets = [organ_word(organ_id), f"=channel:{channel}", state_word(ended=state in _ENDED)]
        if disposition:
            facets.append(outcome_word(disposition))
        tokens = {cipher.token(word) for word in (*facets, *sketch_words(description))}
        for document in documents.get(case_id, ()):
            tokens |= _tokens_of(document, cipher)
        yield IndexRow(case_id, place_of(received_on, case_id), sorted(tokens))


def organ_word(organ_id: int) -> str:
    """The word that all cases of an organ have."""
    return f"=organ:{organ_id}"


def outcome_word(disposition: str) -> str:
    """The word that all cases of an outcome have."""
    return f"=outcome:{disposition}"


def state_word(*, ended: bool) -> str:
    """The word of cases whose reply is owed, or of the others."""
    return "=state:ended" if ended else "=state:open"


def number_word(fingerprint: str) -> str:
    """The word under which a telephone number, its end, or the number of a document is found by its keyed hash."""
    return f"=hash:{fingerprint}"


def _tokens_of(document: CaseDocument, cipher: Cipher) -> set[int]:
    token = cipher.token
    if document.kind is DocumentKind.APPLICANT:
        closed = document.legal_kind == LegalKind.CITIZEN
        names = {token(word, closed=closed) for word in words_of(fold(document.text))}
        return names | {token(number_word(each), closed=True) for each in document.hashes}
    folded = fold(document.text)
    words = words_of(folded)
    for day, _start, _end in days_in(folded):
        words |= {day_word(day), month_word(day.year, day.month)}
    tokens = set(map(token, words))
    if document.sealed is not None:
        inside = fold(cipher.open(document.sealed))
        tokens |= {token(word, closed=True) for word in words_of(inside)}
    return tokens


def _hold(session: Session, case_ids: Sequence[int]) -> None:
    """Two who each change one text of a case must not both index the other text as it was. (SQLite has one writer.)"""
    if session.get_bind().dialect.name == "postgresql":
        query = select(Case.id).where(Case.id.in_(case_ids)).order_by(Case.id)
        session.execute(query.with_for_update(key_share=True)).all()


def _rows_there(session: Session, case_ids: Sequence[int]) -> dict[int, tuple[int, list[int]]]:
    rows = session.execute(
        select(CaseSearch.case_id, CaseSearch.place, CaseSearch.tokens).where(
            CaseSearch.case_id.in_(case_ids)
        )
    )
    return {case_id: (place, tokens) for case_id, place, tokens in rows}


def _key(row: IndexRow | None) -> tuple[int, list[int]] | None:
    return (row.place, row.tokens) if row else None


def _portions(case_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(case_ids), AT_ONCE):
        yield case_ids[start : start + AT_ONCE]


__all__ = [
    "IndexRow",
    "differing_cases",
    "index_cases",
    "index_changed",
    "note_for_search",
    "number_word",
    "organ_word",
    "outcome_word",
    "rows_for",
    "state_word",
]
