"""答复前先看: what is known of an applicant and of requests like theirs, before a request is registered or answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.fees import FeeBasis, fee
from tracker.domain.identity_numbers import normalise_number
from tracker.domain.ledger_values import normalise_phone
from tracker.domain.likeness import ALIKE, sketch_words
from tracker.domain.precedents import SURE, EarlierRequest, Proposal, ProposalKind, SamePerson, proposals_from
from tracker.domain.request_facts import Capacity, PersonDetails
from tracker.domain.texts import clean_line
from tracker.models import Case
from tracker.queries.case_finder import Group, Places, find_places, read_candidates
from tracker.queries.precedents import PersonKey, keys_of, list_alike, list_of_applicant
from tracker.queries.scope import get_case
from tracker.services.context import Context
from tracker.services.search_index import organ_word

LOOKED_AT = 400
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often one applicant asked one organ: in the calendar month of the request and in its year, this request
    included. ``earlier``: requests of the month before it, by which the fee by item goes; namesakes are not counted.
    """

    in_month: int
    in_year: int
    earlier: int
    month: tuple[EarlierRequest, ...]

    @property
    def fee_yuan(self) -> int:
        """What this request costs by item (国办函〔2020〕109号)."""
        return fee(FeeBasis.ITEM, 1, earlier=self.earlier)


@dataclass(frozen=True, slots=True)
class Before:
    """What is known. ``of_applicant``: newest first; ``alike``: of others, the nearest first."""

    of_applicant: tuple[EarlierRequest, ...]
    alike: tuple[EarlierRequest, ...]
    proposals: tuple[Proposal, ...]
    frequency: Frequency

    @property
    def namesakes(self) -> int:
        """Requests known to be the applicant's by name alone."""
        return sum(each.same is SamePerson.NAME_ALONE for each in self.of_applicant)


def before_case(ctx: Context, case: Case) -> Before:
    """For a case the caller has fetched through the scope."""
    people = keys_of(ctx.session, case.id)
    return _before(ctx, people, case.description, case.organ_id, case.received_on, case.id)


def before_registering(
    ctx: Context, people: Sequence[PersonDetails], description: str, organ_id: int, received_on: date
) -> Before:
    """For a request that is being typed in."""
    keys = [_key(ctx, person) for person in people if person.capacity is not Capacity.AGENT]
    return _before(ctx, keys, description, organ_id, received_on, None)


def grounds_from(ctx: Context, template: str, earlier_id: int) -> dict[str, str]:
    """What an earlier request gives the draft of this template to begin with: number and day of its reply, or where it
    said that the information is public. Raises ``NotFound`` for a request that is not for these eyes."""
    get_case(ctx.session, ctx.actor, earlier_id)
    (earlier,) = list_alike(ctx.session, ctx.actor, [earlier_id], "")
    if template == ProposalKind.REPEATED and earlier.replied_on is not None:
        grounds = {"earlier_number": earlier.reply_number, "earlier_on": chinese_date(earlier.replied_on)}
    elif template == ProposalKind.ALREADY_PUBLIC:
        grounds = {"public_where": earlier.public_where}
    else:
        grounds = {}
    return {name: text for name, text in grounds.items() if text}


def _key(ctx: Context, person: PersonDetails) -> PersonKey:
    number, phone = normalise_number(person.identity_number), normalise_phone(person.phone)
    fingerprint = ctx.adapters.cipher.fingerprint
    return PersonKey(
        clean_line(person.name),
        str(person.legal_kind),
        fingerprint(number) if number else None,
        fingerprint(phone) if phone else None,
    )


def _before(
    ctx: Context,
    people: Sequence[PersonKey],
    description: str,
    organ_id: int,
    received_on: date,
    case_id: int | None,
) -> Before:
    theirs = list_of_applicant(ctx.session, ctx.actor, people, description, but=case_id)
    known = {each.case_id for each in theirs} | ({case_id} if case_id else set())
    alike = tuple(each for each in _alike(ctx, description, known) if each.likeness.score >= ALIKE)
    frequency = _frequency(theirs, organ_id, received_on, case_id)
    return Before(
        theirs,
        tuple(sorted(alike, key=lambda each: -each.likeness.score)[:SHOWN]),
        proposals_from(theirs, alike, organ_id),
        frequency,
    )


def _alike(ctx: Context, description: str, known: set[int]) -> tuple[EarlierRequest, ...]:
    token = ctx.adapters.cipher.token
    words = sketch_words(description)
    if not words:
        return ()
    groups: list[Group] = [[{token(word)} for word in words]]
    if not ctx.actor.reads_whole_district:
        groups.append([{token(organ_word(each))} for each in sorted(ctx.actor.reading_organ_ids)] or [{0}])
    places = find_places(ctx.session, groups, Places(), LOOKED_AT)
    found = read_candidates(ctx.session, ctx.actor, places)
    ids = {each.case_id for each in found.values()} - known
    return list_alike(ctx.session, ctx.actor, ids, description)


def _frequency(
    theirs: Sequence[EarlierRequest], organ_id: int, received_on: date, case_id: int | None
) -> Frequency:
    counted = [each for each in theirs if each.organ_id == organ_id and each.same in SURE]
    year = [each for each in counted if each.received_on.year == received_on.year]
    month = tuple(each for each in year if each.received_on.month == received_on.month)
    mine = (received_on, case_id or 2**62)
    earlier = sum((each.received_on, each.case_id) < mine for each in month)
    return Frequency(len(month) + 1, len(year) + 1, earlier, month)
