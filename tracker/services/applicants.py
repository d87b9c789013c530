"""People of a request as rows: what identifies them is encrypted and searchable by keyed hash only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from tracker.adapters.cipher import Cipher
from tracker.domain.identity_numbers import normalise_number
from tracker.domain.ledger_values import normalise_phone
from tracker.domain.request_facts import PersonDetails, RequestDetails
from tracker.domain.texts import clean_line, clean_text
from tracker.models import Applicant, CaseItem
from tracker.services.context import Context

PHONE_TAIL = 4
_LINES = ("name", "identity_number", "phone", "address", "postcode", "email", "contact_name")


def clean_details(details: RequestDetails) -> RequestDetails:
    """The same without control characters, stray blanks, people without any entry and empty items."""
    people = tuple(clean_person(person) for person in details.people)
    return replace(
        details,
        people=tuple(person for person in people if any(getattr(person, name) for name in _LINES)),
        description=clean_text(details.description),
        items=tuple(item for item in (clean_text(text) for text in details.items) if item),
    )


def clean_person(person: PersonDetails) -> PersonDetails:
    """One person's lines cleaned."""
    lines: dict[str, Any] = {name: clean_line(getattr(person, name)) for name in _LINES}
    return replace(person, **lines)


def write_people(ctx: Context, case_id: int, people: Sequence[PersonDetails]) -> list[Applicant]:
    """Put the people of a request into rows, over those of the stub where there are some. Flushes."""
    kept = {
        row.position: row
        for row in ctx.session.scalars(select(Applicant).where(Applicant.case_id == case_id))
    }
    rows = []
    for position, person in enumerate(people, start=1):
        row = kept.get(position)
        if row is None:
            row = Applicant(case_id=case_id, position=position)
            ctx.session.add(row)
        _fill(row, person, ctx.adapters.cipher)
        rows.append(row)
    ctx.session.flush()
    return rows


def _fill(row: Applicant, person: PersonDetails, cipher: Cipher) -> None:
    row.name = person.name
    row.capacity = str(person.capacity)
    row.representative = person.representative
    row.legal_kind = str(person.legal_kind)
    row.report_kind = str(person.report_kind)
    row.identity_type = str(person.identity_type)
    number = normalise_number(person.identity_number)
    row.identity_number_cipher = cipher.seal(number) if number else None
    row.identity_number_hash = cipher.fingerprint(number) if number else None
    write_phone(row, normalise_phone(person.phone), cipher)
    row.address_cipher = cipher.seal(person.address) if person.address else None
    row.postcode = person.postcode or None
    row.email_cipher = cipher.seal(person.email) if person.email else None
    row.email_hash = cipher.fingerprint(person.email.lower()) if person.email else None
    row.contact_name = person.contact_name or None


def write_phone(row: Applicant, phone: str, cipher: Cipher) -> None:
    """A telephone number as it is kept and searched, by itself and by its last figures."""
    row.phone_cipher = cipher.seal(phone) if phone else None
    row.phone_hash = cipher.fingerprint(phone) if phone else None
    row.phone_tail_hash = cipher.fingerprint(phone[-PHONE_TAIL:]) if phone else None


def write_items(ctx: Context, case_id: int, details: RequestDetails) -> None:
    """One row for each thing asked for; the whole description where the paper does not divide it."""
    texts = details.items or (details.description,)
    ctx.session.add_all(
        CaseItem(case_id=case_id, position=position, description=text, grounds={})
        for position, text in enumerate(texts, start=1)
    )
