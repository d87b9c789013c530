"""归档: retention periods (DA/T 22-2015), and what a file must hold before it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_


class Retention(StrEnum):
    """保管期限."""

    PERMANENT = "Y"
    THIRTY_YEARS = "D30"
    TEN_YEARS = "D10"


RETENTION_NAMES: dict[Retention, str] = {
    Retention.PERMANENT: N_("永久"),
    Retention.THIRTY_YEARS: N_("30 年"),
    Retention.TEN_YEARS: N_("10 年"),
}


class FilePart(StrEnum):
    """What the file of a case consists of."""

    REPLY = "reply"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    LAPSE_LETTER = "lapse_letter"
    NOTICES = "notices"
    APPLICATION = "application"
    OTHER_FILES = "other_files"
    REVIEWS = "reviews"
    SECRECY_REVIEWS = "secrecy_reviews"
    SEARCHES = "searches"
    CONSULTATIONS = "consultations"
    CALLS = "calls"


FILE_PART_NAMES: dict[FilePart, str] = {
    FilePart.REPLY: N_("答复文书"),
    FilePart.PROOF_OF_DELIVERY: N_("送达凭证"),
    FilePart.LAPSE_LETTER: N_("视为放弃告知书"),
    FilePart.NOTICES: N_("程序性文书（补正、延期、收费等）"),
    FilePart.APPLICATION: N_("申请书、信封等来件"),
    FilePart.OTHER_FILES: N_("其他附件"),
    FilePart.REVIEWS: N_("合法性审查和签发意见"),
    FilePart.SECRECY_REVIEWS: N_("保密审查"),
    FilePart.SEARCHES: N_("检索记录"),
    FilePart.CONSULTATIONS: N_("征求意见"),
    FilePart.CALLS: N_("电话记录"),
}

_DEMANDED: dict[Stage, frozenset[FilePart]] = {
    Stage.DELIVERED: frozenset({FilePart.REPLY, FilePart.PROOF_OF_DELIVERY}),
    Stage.ABANDONED: frozenset({FilePart.LAPSE_LETTER}),
}


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line of the list of what the file holds."""

    part: FilePart
    count: int
    demanded: bool

    @property
    def lacking(self) -> bool:
        return self.demanded and not self.count


def file_list(stage: Stage, counts: dict[FilePart, int]) -> tuple[FileLine, ...]:
    """The list in the order of the paper file (复文 before 来文): each part, how many pieces, whether demanded."""
    demanded = _DEMANDED.get(stage, frozenset())
    return tuple(FileLine(part, counts.get(part, 0), part in demanded) for part in FilePart)


def usual_retention(disposition: str | None, *, litigated: bool) -> Retention:
    """Refused or litigated: 30 years; otherwise 10. A proposal, which the archivist may change with a reason."""
    refused = disposition is not None and (
        disposition.startswith("refused_") or disposition == "partly_disclosed"
    )
    return Retention.THIRTY_YEARS if refused or litigated else Retention.TEN_YEARS
