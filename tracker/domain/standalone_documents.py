"""Documents of a case that move no clock (登记回执, 协查单, 笔误更正 …): at which stages each is lawful, and on what it
rests. Those that belong to an act of the workflow (补正、延期、征求意见 …) go out with that act and are not here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.dispositions import Need, missing_needs
from tracker.domain.stages import BEFORE_REPLY, WITH_REPLY_DRAFT, Stage
from tracker.domain.vocabulary import N_


class About(StrEnum):
    """Whether a document speaks of another: of none, of the ``reply`` being written or sent, of the reply once it is
    ``issued``, or of any ``letter`` that was issued."""

    NONE = "none"
    REPLY = "reply"
    ISSUED = "issued"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class StandaloneDocument:
    """One document by the key of its wording. ``when`` says in words at which stages it is lawful. ``decides``: it
    tells a decision with a remedy, so whoever drafts it does not issue it. ``discloses``: only for a reply that gives
    something out."""

    key: str
    when: str
    stages: frozenset[Stage]
    about: About = About.NONE
    needs: frozenset[Need] = frozenset()
    decides: bool = False
    discloses: bool = False


_REPLIED = frozenset({Stage.DISPATCHED, Stage.DELIVERED})
_OPEN_FILE = frozenset(Stage) - {Stage.ARCHIVED}
_BEFORE, _AFTER = N_("答复寄出之前"), N_("答复寄出之后、归档之前")

STANDALONE: tuple[StandaloneDocument, ...] = (
    StandaloneDocument("receipt", _BEFORE, BEFORE_REPLY),
    StandaloneDocument("agent_notice", _BEFORE, BEFORE_REPLY),
    StandaloneDocument("assist_request", _BEFORE, BEFORE_REPLY),
    StandaloneDocument("search_task", _BEFORE, BEFORE_REPLY),
    StandaloneDocument("search_record", N_("归档之前"), _OPEN_FILE, needs=frozenset({Need.SEARCH_RECORD})),
    StandaloneDocument("consult_notice", _BEFORE, BEFORE_REPLY, needs=frozenset({Need.CONSULTATION})),
    StandaloneDocument(
        "third_party_disclosure",
        N_("归档之前"),
        _OPEN_FILE,
        needs=frozenset({Need.THIRD_PARTY_CONSULTATION, Need.SECRECY_REVIEW}),
        decides=True,
    ),
    StandaloneDocument(
        "legal_opinion", N_("拟稿之后、归档之前"), WITH_REPLY_DRAFT | _REPLIED, about=About.REPLY
    ),
    StandaloneDocument(
        "approval_sheet", N_("拟稿之后、归档之前"), WITH_REPLY_DRAFT | _REPLIED, about=About.REPLY
    ),
    StandaloneDocument(
        "supply_list",
        N_("签发公开答复之后、归档之前"),
        frozenset({Stage.SIGNED}) | _REPLIED,
        about=About.ISSUED,
        needs=frozenset({Need.SECRECY_REVIEW}),
        discloses=True,
    ),
    StandaloneDocument("erratum", N_("有公文发出之后、归档之前"), _OPEN_FILE, about=About.LETTER),
    StandaloneDocument(
        "supplement",
        _AFTER,
        _REPLIED,
        about=About.ISSUED,
        needs=frozenset({Need.SECRECY_REVIEW}),
        decides=True,
    ),
    StandaloneDocument("record_correction", _AFTER, _REPLIED, decides=True),
    StandaloneDocument(
        "lapsed_uncorrected",
        N_("登记视为放弃（逾期不补正）前后"),
        frozenset({Stage.AWAITING_CORRECTION, Stage.ABANDONED}),
        needs=frozenset({Need.CORRECTION_NOTICE}),
    ),
    StandaloneDocument(
        "lapsed_unpaid",
        N_("登记视为放弃（逾期不缴费）前后"),
        frozenset({Stage.AWAITING_PAYMENT, Stage.ABANDONED}),
        needs=frozenset({Need.FEE_NOTICE}),
    ),
)
"""In the order in which a file comes to need them."""

DOCUMENT_OF: dict[str, StandaloneDocument] = {document.key: document for document in STANDALONE}

FOR_THE_FILE: frozenset[str] = frozenset(
    {"search_task", "search_record", "legal_opinion", "approval_sheet", "supply_list"}
)
"""Forms that stay in the file or go along with a letter: they are never posted by themselves."""


OWN_WORK: frozenset[str] = frozenset({"legal_opinion", "approval_sheet"})
"""Sheets of the organ's own deliberation: in the file, but no evidence that is told or shown outside."""


def missing_for(document: StandaloneDocument, stage: Stage, held: Collection[Need]) -> tuple[str, ...]:
    """What stands against issuing it now, in words: the stage first, then work that is not on record."""
    lacking = missing_needs(document.needs, held)
    return lacking if stage in document.stages else (document.when, *lacking)
