"""What an evidence bundle (举证包) is made from, as data: the challenge, the case as its log tells it, its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.case_log import DispatchWay, EntryType, SuspensionCause
from tracker.domain.challenges import ChallengeKind
from tracker.domain.dispositions import Need
from tracker.domain.exhibits import Exhibit


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands against whom. Names in full; numbers of identity documents, telephones and addresses of applicants are
    in the file of the reviewing organ or the court already and are never written. ``masks``: each name of a person as
    those see it who may not see it in full."""

    organ: str
    organ_address: str
    applicants: tuple[str, ...]
    agents: tuple[str, ...]
    masks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the log that is told outside. ``papers``: keys of the exhibits that prove it."""

    seq: int
    type: EntryType
    on: date
    papers: tuple[str, ...] = ()
    cause: SuspensionCause | None = None
    way: DispatchWay | None = None
    days: int | None = None
    until: date | None = None
    letter: str = ""
    mail_number: str = ""
    word: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReplyTold:
    """The reply that is challenged. ``templates``: the letters it was composed from; ``refused``: grounds of refused
    parts; ``key``: its exhibit, empty where its text is not held."""

    title: str
    number: str
    signed_on: date | None
    templates: tuple[str, ...]
    refused: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class PeriodTold:
    """The run of the reply clock the reply belongs to. ``breaches``: what broke the law, in words."""

    day_zero_on: date | None
    limit: int | None
    due_on: date | None
    stopped_on: date | None
    on_time: bool | None
    provisional: bool = False
    breaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """Everything. ``answer_due_on``: the last day for the organ's own answer; ``missing``: work an outcome demands that
    is not on record; ``sheet_number``: of the computation sheet given out last for the facts as they stand."""

    challenge_id: int
    case_id: int
    organ_id: int
    kind: ChallengeKind
    simplified: bool
    body: str
    number: str
    copied_on: date
    answered_on: date | None
    answer_due_on: date | None
    claim: str
    parties: Parties
    case_number: str
    received_on: date
    channel: str
    description: str
    period: PeriodTold
    reply: ReplyTold | None
    happenings: tuple[Happening, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    missing: tuple[Need, ...] = ()
    sheet_number: str = ""

    @property
    def us(self) -> str:
        """How the organ is called in the paper."""
        return "被告" if self.kind.is_suit else "被申请人"

    @property
    def them(self) -> str:
        """How the applicant is called."""
        return "原告" if self.kind.is_suit else "申请人"

    @property
    def paper_name(self) -> str:
        """What the organ has to hand in."""
        return "行政诉讼答辩状" if self.kind.is_suit else "行政复议答复书"
