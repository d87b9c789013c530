"""答复前先看: what is proposed from earlier requests. Nothing here decides; a proposal names what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.dispositions import Disposition
from tracker.domain.likeness import NEARLY_THE_SAME, Likeness
from tracker.domain.vocabulary import N_


class SamePerson(StrEnum):
    """By what an earlier applicant is taken for the same."""

    IDENTITY = "identity"
    PHONE = "phone"
    ORGANISATION = "organisation"
    NAME_ALONE = "name"


SAME_PERSON_NAMES: dict[SamePerson, str] = {
    SamePerson.IDENTITY: N_("证件号码相同"),
    SamePerson.PHONE: N_("姓名和电话相同"),
    SamePerson.ORGANISATION: N_("单位名称相同"),
    SamePerson.NAME_ALONE: N_("只有姓名相同，请核对"),
}
SURE: frozenset[SamePerson] = frozenset(SamePerson) - {SamePerson.NAME_ALONE}

NO_ANSWER: frozenset[Disposition] = frozenset(
    {
        Disposition.REPEATED,
        Disposition.LAPSED_UNCORRECTED,
        Disposition.LAPSED_UNPAID,
        Disposition.STILL_UNCLEAR,
        Disposition.OTHER,
    }
)
"""Outcomes that gave no answer on the information itself: a later request is no repetition of them (Art 36(6))."""


@dataclass(frozen=True, slots=True)
class EarlierRequest:
    """An earlier request and how it was answered. ``same``: None for another applicant's. ``reply_number`` is the
    发文字号, ``replied_on`` the day of the reply; ``public_where``: where the reply said that it is public."""

    case_id: int
    number: str
    organ_id: int
    organ: str
    received_on: date
    description: str
    disposition: Disposition | None
    likeness: Likeness
    same: SamePerson | None = None
    reply_number: str = ""
    replied_on: date | None = None
    public_where: str = ""

    @property
    def answered(self) -> bool:
        """Whether its reply was about the information itself."""
        return (
            self.replied_on is not None and self.disposition is not None and self.disposition not in NO_ANSWER
        )


class ProposalKind(StrEnum):
    """What an earlier request may lead to."""

    REPEATED = "repeated"
    ALREADY_PUBLIC = "already_public"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal for the drafter: the template of the reply and the request it rests on."""

    kind: ProposalKind
    earlier: EarlierRequest

    @property
    def template(self) -> str:
        """The key of the letter that would say so."""
        return str(self.kind)


def repeats(earlier: EarlierRequest, organ_id: int) -> bool:
    """Whether the request may be 重复申请 (Art 36(6)): the same applicant, the same organ, an answer given, the same
    words nearly. A namesake is not enough, nor is a reply of another organ."""
    return (
        earlier.same in SURE
        and earlier.organ_id == organ_id
        and earlier.answered
        and earlier.likeness.score >= NEARLY_THE_SAME
    )


def is_public(earlier: EarlierRequest) -> bool:
    """Whether the same was answered with where it is public (Art 36(1)), whoever asked."""
    return bool(earlier.public_where) and earlier.likeness.score >= NEARLY_THE_SAME


def proposals_from(
    of_applicant: tuple[EarlierRequest, ...], alike: tuple[EarlierRequest, ...], organ_id: int
) -> tuple[Proposal, ...]:
    """At most one proposal of each kind, from the latest request it can rest on."""
    found = []
    repeated = max(
        (each for each in of_applicant if repeats(each, organ_id)),
        key=lambda each: each.replied_on or each.received_on,
        default=None,
    )
    if repeated is not None:
        found.append(Proposal(ProposalKind.REPEATED, repeated))
    public = max(
        (each for each in (*of_applicant, *alike) if is_public(each)),
        key=lambda each: each.received_on,
        default=None,
    )
    if public is not None:
        found.append(Proposal(ProposalKind.ALREADY_PUBLIC, public))
    return tuple(found)
