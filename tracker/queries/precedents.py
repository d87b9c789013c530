"""Earlier requests within what the person may see: of the same applicant, and like this one by whomever."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.dispositions import Disposition
from tracker.domain.likeness import core_words, likeness
from tracker.domain.precedents import EarlierRequest, SamePerson
from tracker.domain.request_terms import LegalKind
from tracker.models import Applicant, Case, Letter, Organ
from tracker.queries.disclosure import published_where
from tracker.queries.scope import visible_cases

MOST_OF_APPLICANT = 300


@dataclass(frozen=True, slots=True)
class PersonKey:
    """By what one applicant is found again; hashes are keyed."""

    name: str
    legal_kind: str
    identity_hash: str | None = None
    phone_hash: str | None = None


def keys_of(session: Session, case_id: int) -> list[PersonKey]:
    """The applicants of a case the caller has fetched through the scope, agents aside."""
    rows = session.execute(
        select(
            Applicant.name, Applicant.legal_kind, Applicant.identity_number_hash, Applicant.phone_hash
        ).where(Applicant.case_id == case_id, Applicant.capacity != "agent")
    )
    return [PersonKey(*row) for row in rows]


def list_of_applicant(
    session: Session,
    actor: Actor,
    people: Sequence[PersonKey],
    description: str,
    *,
    but: int | None,
    most: int = MOST_OF_APPLICANT,
) -> tuple[EarlierRequest, ...]:
    """The newest requests of these people, without the case itself, each with how it is known to be theirs."""
    named = [person for person in people if person.name or person.identity_hash]
    if not named:
        return ()
    rows = session.execute(
        select(
            Applicant.case_id,
            Applicant.name,
            Applicant.legal_kind,
            Applicant.identity_number_hash,
            Applicant.phone_hash,
        )
        .join(Case, Case.id == Applicant.case_id)
        .where(or_(*map(_may_be, named)), Applicant.capacity != "agent", visible_cases(actor))
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(most)
    ).all()
    same: dict[int, SamePerson] = {}
    for case_id, name, kind, identity_hash, phone_hash in rows:
        how = _how(PersonKey(name, kind, identity_hash, phone_hash), named)
        if case_id != but and how is not None:
            same[case_id] = min(how, same.get(case_id, how), key=list(SamePerson).index)
    return tuple(_read(session, actor, list(same), description, same))


def list_alike(
    session: Session, actor: Actor, case_ids: Collection[int], description: str
) -> tuple[EarlierRequest, ...]:
    """These cases as far as they are for these eyes, with their likeness to the description."""
    return tuple(_read(session, actor, case_ids, description, {}))


def _may_be(person: PersonKey) -> ColumnElement[bool]:
    alternatives = []
    if person.name:
        alternatives.append(Applicant.name == person.name)
    if person.identity_hash:
        alternatives.append(Applicant.identity_number_hash == person.identity_hash)
    return or_(*alternatives)


def _how(found: PersonKey, people: Sequence[PersonKey]) -> SamePerson | None:
    ways = [way for person in people if (way := _same(found, person)) is not None]
    return min(ways, key=list(SamePerson).index, default=None)


def _same(found: PersonKey, person: PersonKey) -> SamePerson | None:
    """Two different numbers of documents are two people, whatever their names."""
    if found.identity_hash and person.identity_hash:
        return SamePerson.IDENTITY if found.identity_hash == person.identity_hash else None
    if found.name != person.name or not person.name:
        return None
    if found.phone_hash and found.phone_hash == person.phone_hash:
        return SamePerson.PHONE
    if LegalKind.CITIZEN not in (found.legal_kind, person.legal_kind):
        return SamePerson.ORGANISATION
    return SamePerson.NAME_ALONE


def _read(
    session: Session,
    actor: Actor,
    case_ids: Collection[int],
    description: str,
    same: Mapping[int, SamePerson],
) -> Iterator[EarlierRequest]:
    mine = core_words(description)
    rows = session.execute(
        select(
            Case.id,
            Case.number,
            Case.organ_id,
            Organ.name,
            Case.received_on,
            Case.description,
            Case.disposition,
            Case.stopped_on,
        )
        .join(Organ, Organ.id == Case.organ_id)
        .where(Case.id.in_(case_ids), visible_cases(actor))
        .order_by(Case.received_on.desc(), Case.id.desc())
    ).all()
    ids = [row.id for row in rows]
    replies, published = _replies(session, ids), published_where(session, ids)
    for row in rows:
        number, signed_on, where = replies.get(row.id, ("", None, ""))
        yield EarlierRequest(
            case_id=row.id,
            number=row.number,
            organ_id=row.organ_id,
            organ=row.name,
            received_on=row.received_on,
            description=row.description,
            disposition=Disposition(row.disposition) if row.disposition else None,
            likeness=likeness(mine, core_words(row.description)),
            same=same.get(row.id),
            reply_number=number,
            replied_on=(signed_on or row.stopped_on) if row.stopped_on else None,
            public_where=where or published.get(row.id, ""),
        )


Reply = tuple[str, date | None, str]


def _replies(session: Session, case_ids: Sequence[int]) -> dict[int, Reply]:
    """Number, day and 'where it is public' of the last reply of each case."""
    rows = session.execute(
        select(Letter.case_id, Letter.number, Letter.signed_on, Letter.values)
        .where(and_(Letter.case_id.in_(case_ids), Letter.is_reply, Letter.status.in_(("signed", "historic"))))
        .order_by(Letter.id)
    )
    return {
        case_id: (number or "", signed_on, _where(values))
        for case_id, number, signed_on, values in rows
        if case_id
    }


def _where(values: Mapping[str, Any] | None) -> str:
    grounds = [part.get("grounds", {}) for part in (values or {}).get("parts", ())]
    return next((str(each["public_where"]) for each in grounds if each.get("public_where")), "")
