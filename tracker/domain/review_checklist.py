"""合法性审查要点: what an advisor must have looked at before a reply may pass, by outcome, each with its articles.

What a machine can see of a point is shown beside it as a ``Finding``; the answer is the advisor's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.domain.calendar import WorkCalendar
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.dispositions import (
    NEED_NAMES,
    ROW_OF_TEMPLATE,
    VARIANT_OF,
    Disposition,
    Group,
    Need,
    missing_needs,
    needs_of,
)
from tracker.domain.legal_basis import article_words
from tracker.domain.vocabulary import N_


class Point(StrEnum):
    """One thing to look at."""

    SUBJECT = "subject"
    RECEIPT_DATE = "receipt_date"
    GROUND = "ground"
    SEVERABILITY = "severability"
    THIRD_PARTY = "third_party"
    REMEDY = "remedy"
    TIME = "time"


class Answer(StrEnum):
    """What the advisor says of a point."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_CONCERNED = "not_concerned"


ANSWER_NAMES: dict[Answer, str] = {
    Answer.MET: N_("符合"),
    Answer.NOT_MET: N_("不符合"),
    Answer.NOT_CONCERNED: N_("不涉及"),
}


@dataclass(frozen=True, slots=True)
class CheckPoint:
    """A point as data. ``basis``: articles of the 条例 by code, ``other_basis``: those of other laws in words.
    ``outcomes``: where it applies, everywhere when empty. ``may_not_concern``: 不涉及 is an answer."""

    point: Point
    name: str
    question: str
    basis: tuple[str, ...]
    other_basis: tuple[str, ...] = ()
    outcomes: frozenset[Disposition] = frozenset()
    may_not_concern: bool = False

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Answers that can be given."""
        return tuple(a for a in Answer if a is not Answer.NOT_CONCERNED or self.may_not_concern)

    def articles(self) -> tuple[str, ...]:
        """Its articles in words."""
        return (*(f"《条例》{article_words(code)}" for code in self.basis), *self.other_basis)


_REFUSING = frozenset(
    {row.code for row in ROW_OF_TEMPLATE.values() if row.group is Group.REFUSED}
    | {Disposition.PARTLY_DISCLOSED}
) - {Disposition.REFUSED_ENQUIRY}
_WITH_THIRD_PARTIES = frozenset(
    {Disposition.DISCLOSED, Disposition.PARTLY_DISCLOSED, Disposition.REFUSED_THIRD_PARTY}
)

POINTS: tuple[CheckPoint, ...] = (
    CheckPoint(
        Point.SUBJECT,
        N_("办理对象"),
        N_("答复的申请人、申请内容与申请一致，逐项答复没有遗漏。"),
        ("29", "36"),
    ),
    CheckPoint(Point.RECEIPT_DATE, N_("收到日期"), N_("文中写明的收到申请之日与凭证一致。"), ("31",)),
    CheckPoint(
        Point.GROUND,
        N_("理由条款"),
        N_("事实有记录可查，适用的条、款、项正确，理由说得清楚。"),
        ("36",),
    ),
    CheckPoint(
        Point.SEVERABILITY,
        N_("可否区分"),
        N_("不应公开的内容能够区分的，已区分处理；不能区分的，理由成立。"),
        ("37",),
        outcomes=_REFUSING,
        may_not_concern=True,
    ),
    CheckPoint(
        Point.THIRD_PARTY,
        N_("第三方"),
        N_("涉及第三方合法权益的，已书面征求意见，并按意见和公共利益作出判断。"),
        ("15", "32"),
        outcomes=_WITH_THIRD_PARTIES,
        may_not_concern=True,
    ),
    CheckPoint(
        Point.REMEDY,
        N_("救济告知"),
        N_("复议机关、管辖法院、期限和先后顺序与办理结果相符。"),
        (),
        ("《行政复议法》第二十条、第二十三条", "《行政诉讼法》第四十五条、第四十六条"),
    ),
    CheckPoint(Point.TIME, N_("时限"), N_("能在法定期限内寄出；延期、中止都有依据。"), ("33",)),
)
POINT_OF: dict[Point, CheckPoint] = {p.point: p for p in POINTS}


def points_for(outcomes: Iterable[Disposition]) -> tuple[CheckPoint, ...]:
    """The points that apply to a reply with these outcomes, in their order."""
    told = set(outcomes)
    return tuple(p for p in POINTS if not p.outcomes or told & p.outcomes)


def unanswered(points: Iterable[CheckPoint], answers: Mapping[str, str]) -> tuple[CheckPoint, ...]:
    """Points without an answer that can be given to them."""
    return tuple(p for p in points if answers.get(p.point) not in p.answers)


def not_met(points: Iterable[CheckPoint], answers: Mapping[str, str]) -> tuple[CheckPoint, ...]:
    """Points the advisor found wanting."""
    return tuple(p for p in points if answers.get(p.point) == Answer.NOT_MET)


class Sight(StrEnum):
    """What a machine can say: it agrees, something differs, or only a person can tell."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNTOLD = "untold"


SIGHT_NAMES: dict[Sight, str] = {
    Sight.AGREES: N_("相符"),
    Sight.DIFFERS: N_("请核对"),
    Sight.UNTOLD: N_("须人工判断"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a point: ``text`` with ``params``; no personal data."""

    sight: Sight
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """What the machine reads: the letter's words beside what is on record. ``templates``: of the parts and of the
    grounds of refused parts; ``remedies``: the clauses the law asks for today."""

    text: str
    addressee: str
    applicant: str
    items: int
    answered: int
    received_on: date
    templates: Sequence[str]
    remedies: Sequence[str]
    held: frozenset[Need]
    due_on: date | None
    provisional: bool
    today: date

    @property
    def outcomes(self) -> tuple[Disposition, ...]:
        """Of the parts, in the order of the letter."""
        return tuple(ROW_OF_TEMPLATE[t].code for t in self.templates)


def findings(facts: ReviewFacts, calendar: WorkCalendar) -> dict[Point, Finding]:
    """What can be seen of every point that applies."""
    found = {
        Point.SUBJECT: _subject(facts),
        Point.RECEIPT_DATE: _receipt(facts),
        Point.GROUND: _ground(facts),
        Point.SEVERABILITY: _severability(facts),
        Point.THIRD_PARTY: _third_party(facts),
        Point.REMEDY: _remedy(facts),
        Point.TIME: _time(facts, calendar),
    }
    return {p.point: found[p.point] for p in points_for(facts.outcomes)}


def _subject(facts: ReviewFacts) -> Finding:
    if not facts.applicant or facts.addressee != facts.applicant:
        return Finding(Sight.DIFFERS, N_("文首的称呼与登记的申请人不一致。"))
    if facts.items > facts.answered:
        params = {"items": facts.items, "answered": facts.answered}
        return Finding(Sight.DIFFERS, N_("申请分 %(items)s 项，只答复了 %(answered)s 项。"), params)
    return Finding(Sight.AGREES, N_("文首的称呼与登记的申请人一致；申请的项数与答复的项数相符。"))


def _receipt(facts: ReviewFacts) -> Finding:
    day = chinese_date(facts.received_on)
    if day in facts.text:
        return Finding(Sight.AGREES, N_("文中写明%(day)s，与登记一致。"), {"day": day})
    return Finding(Sight.DIFFERS, N_("文中没有登记的收到日期%(day)s。"), {"day": day})


def _ground(facts: ReviewFacts) -> Finding:
    lacking = missing_needs(needs_of(list(facts.templates)), facts.held)
    if lacking:
        return Finding(Sight.DIFFERS, N_("还缺：%(needs)s。"), {"needs": "、".join(lacking)})
    codes = dict.fromkeys(code for t in facts.templates for code in VARIANT_OF[t].articles)
    words = [article_words(code) for code in codes]
    cited = [each for each in words if each in facts.text]
    if not cited:
        return Finding(Sight.DIFFERS, N_("文中没有引用%(articles)s。"), {"articles": "、".join(words)})
    return Finding(Sight.AGREES, N_("文中引用%(articles)s；所需记录齐全。"), {"articles": "、".join(cited)})


def _severability(facts: ReviewFacts) -> Finding:
    if Disposition.PARTLY_DISCLOSED in facts.outcomes:
        return Finding(Sight.AGREES, N_("已区分处理，部分公开。"))
    return Finding(Sight.UNTOLD, N_("整项不予公开，须判断能否区分处理。"))


def _third_party(facts: ReviewFacts) -> Finding:
    if Need.THIRD_PARTY_CONSULTATION in facts.held:
        return Finding(Sight.AGREES, N_("有书面征求第三方意见并答复（或退回）的记录。"))
    if Disposition.REFUSED_THIRD_PARTY in facts.outcomes:
        return Finding(
            Sight.DIFFERS, N_("还缺：%(needs)s。"), {"needs": NEED_NAMES[Need.THIRD_PARTY_CONSULTATION]}
        )
    return Finding(Sight.UNTOLD, N_("没有征求第三方意见的记录，须判断是否涉及第三方。"))


def _remedy(facts: ReviewFacts) -> Finding:
    if facts.remedies and all(clause in facts.text for clause in facts.remedies):
        return Finding(Sight.AGREES, N_("文中的救济途径与办理结果、本机关的复议机关和管辖法院相符。"))
    return Finding(Sight.DIFFERS, N_("文中的救济途径与今天应当写明的不同。"))


def _time(facts: ReviewFacts, calendar: WorkCalendar) -> Finding:
    if facts.due_on is None:
        return Finding(Sight.UNTOLD, N_("期限现在停止计算，没有到期日。"))
    params = {"due": chinese_date(facts.due_on)}
    if facts.due_on < facts.today:
        return Finding(Sight.DIFFERS, N_("%(due)s到期，已经超期。"), params)
    params["left"] = str(calendar.count(facts.today, facts.due_on))
    if facts.provisional:
        return Finding(Sight.UNTOLD, N_("暂定%(due)s到期，还剩 %(left)s 个工作日。"), params)
    return Finding(Sight.AGREES, N_("%(due)s到期，还剩 %(left)s 个工作日。"), params)
