"""主动公开建议 (Art 44): what is often asked, proposed for proactive disclosure, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.likeness import Likeness, core_words
from tracker.domain.vocabulary import N_

LEAST_APPLICANTS = 2
"""Art 44 begins with several applicants (多个申请人) for the same information."""
SAME_INFORMATION = 0.6
"""Shared pairs of characters by all pairs, from which on two requests are taken to ask for the same."""
LOOKED_BACK_YEARS = 2


class Basis(StrEnum):
    """Why it is proposed."""

    SEVERAL = "several"
    SUGGESTED = "suggested"
    CHANGED = "changed"


BASIS_NAMES: dict[Basis, str] = {
    Basis.SEVERAL: N_("多个申请人申请相同的信息（第四十四条第一款）"),
    Basis.SUGGESTED: N_("申请人建议主动公开（第四十四条第二款）"),
    Basis.CHANGED: N_("定期审查认为可以公开（第十八条）"),
}


class Outcome(StrEnum):
    """What the organ decided."""

    ACCEPTED = "accepted"
    DECLINED = "declined"


OUTCOME_NAMES: dict[Outcome, str] = {
    Outcome.ACCEPTED: N_("采纳，纳入主动公开"),
    Outcome.DECLINED: N_("不采纳"),
}


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    TO_PUBLISH = "to_publish"
    PUBLISHED = "published"
    DECLINED = "declined"


PROPOSAL_STATE_NAMES: dict[ProposalState, str] = {
    ProposalState.WAITING: N_("待审核"),
    ProposalState.TO_PUBLISH: N_("已采纳，待公开"),
    ProposalState.PUBLISHED: N_("已主动公开"),
    ProposalState.DECLINED: N_("不采纳"),
}


def state_of(outcome: Outcome | None, published_on: date | None) -> ProposalState:
    """Where a proposal stands by what is on record."""
    if outcome is None:
        return ProposalState.WAITING
    if outcome is Outcome.DECLINED:
        return ProposalState.DECLINED
    return ProposalState.TO_PUBLISH if published_on is None else ProposalState.PUBLISHED


@dataclass(frozen=True, slots=True)
class Asked:
    """One request answered with the information. ``applicant`` tells applicants apart and is shown to nobody; None:
    not known any more."""

    case_id: int
    number: str
    received_on: date
    description: str
    applicant: Hashable | None


@dataclass(frozen=True, slots=True)
class OftenAsked:
    """The same information asked for by several applicants, the latest request first."""

    requests: tuple[Asked, ...]

    @property
    def applicants(self) -> int:
        """How many different applicants are known to have asked."""
        return len({each.applicant for each in self.requests} - {None})


def often_asked(requests: Sequence[Asked]) -> tuple[OftenAsked, ...]:
    """Requests of one organ grouped by what they ask for; groups of several applicants, the most asked first.

    Each request joins the group whose latest request it is most like; groups are not chained, so that a row of small
    steps does not gather what has nothing in common."""
    groups: list[list[Asked]] = []
    sizes: list[int] = []
    having: dict[str, list[int]] = {}
    for request in sorted(requests, key=lambda each: (each.received_on, each.case_id), reverse=True):
        words = core_words(request.description)
        shared = Counter(at for word in words for at in having.get(word, ()))
        near = [
            (alike, -at)
            for at, common in shared.items()
            if (alike := Likeness(common, len(words), sizes[at]).jaccard) >= SAME_INFORMATION
        ]
        if near:
            groups[-max(near)[1]].append(request)
            continue
        for word in words:
            having.setdefault(word, []).append(len(groups))
        groups.append([request])
        sizes.append(len(words))
    several = [OftenAsked(tuple(group)) for group in groups]
    wanted = [each for each in several if each.applicants >= LEAST_APPLICANTS]
    return tuple(sorted(wanted, key=lambda each: (-each.applicants, -len(each.requests))))
