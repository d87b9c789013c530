"""救济途径: which remedy clause a reply must carry, by outcome and date (行政复议法 2023, 行政诉讼法, 法释〔2025〕8号).

Refusals under Art 14–16 of the 条例 go to reconsideration first since 2024-01-01 (复议法第二十三条第一款第四项), all
other replies leave the choice; in a partly disclosing reply the clause is written per part. Procedural notices carry
none. Reviewing organ and court are data of the organ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.dispositions import ROW_OF, Disposition, RemedyRule
from tracker.domain.errors import Missing
from tracker.domain.statute import RULES, RuleKey, Unit
from tracker.domain.vocabulary import N_


class RemedyKind(StrEnum):
    """Either way, reconsideration first, or the either-way clause told to a third party."""

    EITHER = "either"
    RECONSIDERATION_FIRST = "reconsideration_first"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True)
class Period:
    """A period for a remedy, in calendar terms, with where it stands."""

    key: str
    words: str
    article: str


RECONSIDERATION_FIRST_SINCE = date(2024, 1, 1)
_UNIT_WORDS = {Unit.CALENDAR_DAYS: "日", Unit.MONTHS: "个月"}


def _period(key: str, rule_key: RuleKey) -> Period:
    rule = RULES[rule_key]
    law = rule.source.replace("《", "《中华人民共和国")
    return Period(key, f"{rule.span}{_UNIT_WORDS[rule.unit]}", f"{law}{rule.article}")


RECONSIDERATION = _period("reconsideration", RuleKey.RECONSIDERATION_FILING)
SUIT = _period("suit", RuleKey.LITIGATION_FILING)
SUIT_AFTER_RECONSIDERATION = _period("suit_after_reconsideration", RuleKey.LITIGATION_AFTER_RECONSIDERATION)
PERIODS = (RECONSIDERATION, SUIT, SUIT_AFTER_RECONSIDERATION)


@dataclass(frozen=True, slots=True)
class RemedyBodies:
    """Where the applicant may go. For 派出机构 a second reviewing organ may be open (复议法第二十四条第四款)."""

    reviewing_organ: str | None
    court: str | None
    alternative_reviewing_organ: str | None = None

    def require(self) -> RemedyBodies:
        """Itself, when a clause can be written. Raises ``Missing`` naming what the organ's data lack."""
        lacking = []
        if not self.reviewing_organ:
            lacking.append(N_("本机关的行政复议机关"))
        if not self.court:
            lacking.append(N_("本机关的行政诉讼管辖法院"))
        if lacking:
            raise Missing(lacking)
        return self

    @property
    def reviewing(self) -> str:
        """The reviewing organ, or both where there is a choice."""
        if self.alternative_reviewing_organ:
            return f"{self.reviewing_organ}或者{self.alternative_reviewing_organ}"
        return self.reviewing_organ or ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a reply: its outcome and, in a letter of several parts, how the clause refers to it."""

    outcome: Disposition
    label: str | None = None


def kind_for(outcome: Disposition, on: date) -> RemedyKind:
    """The clause for one whole outcome decided on a day; for 部分公开 ask part by part.

    Raises ``ValueError`` for ``PARTLY_DISCLOSED``, whose parts differ.
    """
    rule = ROW_OF[outcome].remedy
    if rule is RemedyRule.PER_PART:
        raise ValueError("a partly disclosing reply has a clause for each of its parts")
    if rule is RemedyRule.RECONSIDERATION_FIRST and on >= RECONSIDERATION_FIRST_SINCE:
        return RemedyKind.RECONSIDERATION_FIRST
    return RemedyKind.EITHER


def clauses(parts: Sequence[Part], on: date, bodies: RemedyBodies) -> tuple[str, ...]:
    """Remedy paragraphs of a reply, refusals first. Raises ``Missing`` when the organ's bodies are not known."""
    bodies.require()
    kinds = {kind: [p for p in parts if kind_for(p.outcome, on) is kind] for kind in RemedyKind}
    first, either = kinds[RemedyKind.RECONSIDERATION_FIRST], kinds[RemedyKind.EITHER]
    if not first:
        return (either_clause(bodies, "对本答复不服的"),)
    if not either:
        return (first_clause(bodies, "对本答复不服的"),)
    return (
        first_clause(bodies, f"对本答复中{_names(first, '不予公开的部分')}不服的"),
        either_clause(bodies, f"对本答复中{_names(either, '其他部分')}不服的"),
    )


def either_clause(bodies: RemedyBodies, opening: str) -> str:
    """Reconsideration or suit, at the applicant's choice."""
    return (
        f"{opening}，可以自知道本答复之日起{RECONSIDERATION.words}内向{bodies.reviewing}申请行政复议，"
        f"或者自知道或者应当知道本答复之日起{SUIT.words}内向{bodies.court}提起行政诉讼。"
    )


def first_clause(bodies: RemedyBodies, opening: str) -> str:
    """Reconsideration before any suit; the organ must say so itself (复议法第二十三条第二款)."""
    return (
        f"{opening}，根据《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自知道本答复之日起"
        f"{RECONSIDERATION.words}内先向{bodies.reviewing}申请行政复议；对行政复议决定不服的，可以自收到行政复议"
        f"决定书之日起{SUIT_AFTER_RECONSIDERATION.words}内向{bodies.court}提起行政诉讼。"
    )


def third_party_clause(bodies: RemedyBodies) -> str:
    """For a third party told that its information is disclosed in spite of its objection (第三十二条)."""
    bodies.require()
    return (
        f"你（单位）对上述公开决定不服的，可以自知道该决定之日起{RECONSIDERATION.words}内向{bodies.reviewing}申请"
        f"行政复议，或者自知道或者应当知道该决定之日起{SUIT.words}内向{bodies.court}提起行政诉讼。"
    )


def _names(parts: Sequence[Part], otherwise: str) -> str:
    labels = [p.label for p in parts]
    if any(label is None for label in labels):
        return otherwise
    return "、".join(dict.fromkeys(str(label) for label in labels)) + "部分"
