"""举证包: cover, draft, list of evidence, legal basis and timeline as papers, from the facts and what a clerk set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tracker.domain.answer_draft import HEADINGS, Section
from tracker.domain.bundle_facts import BundleFacts, Happening
from tracker.domain.bundle_paper import Paper, flush, heading, paragraphs, signature, table
from tracker.domain.case_log import EntryType, SuspensionCause
from tracker.domain.challenges import CHALLENGE_KIND_NAMES, answer_clock_of
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.dispositions import VARIANT_OF
from tracker.domain.exhibit_marks import show_numbers
from tracker.domain.exhibits import ORIGIN_NAMES, Exhibit
from tracker.domain.legal_basis import (
    DISMISS_CLAIM,
    LITIGATION_PROVISIONS,
    RECONSIDERATION_PROVISIONS,
    REJECT_CLAIM,
    UPHOLD,
    Provision,
    period_provisions,
    regulation_provisions,
)
from tracker.domain.sheet_paper import office_time
from tracker.domain.statute import RuleKey
from tracker.domain.told_facts import sentence

NO_PAGES = "—"
SEPARATE = "另附"
COVER, DRAFT, LIST, BASIS, TIMELINE = "cover", "draft", "list", "basis", "timeline"


@dataclass(frozen=True, slots=True)
class Pages:
    """Where everything stands in the bound file: first and last page by the key of the paper or piece. ``apart`` names
    the pieces that could not be bound, with the reason; ``total`` counts the pages."""

    spans: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)
    total: int = 0

    def of(self, key: str) -> str:
        """3–5, 3, 另附, or — while nothing is bound."""
        if key in self.apart:
            return SEPARATE
        if key not in self.spans:
            return NO_PAGES
        first, last = self.spans[key]
        return str(first) if first == last else f"{first}–{last}"


UNBOUND = Pages()


@dataclass(frozen=True, slots=True)
class Bundle:
    """The parts of one bundle. ``texts`` carry marks of evidence; ``listed`` is the list in its order."""

    facts: BundleFacts
    texts: Mapping[Section, str]
    listed: tuple[Exhibit, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the listed pieces, in order: the place is the number of the evidence."""
        return tuple(exhibit.key for exhibit in self.listed)

    def shown(self, section: Section) -> str:
        """A section with the numbers of the evidence."""
        return show_numbers(self.texts.get(section, ""), self.keys)

    def papers(self, pages: Pages = UNBOUND) -> tuple[Paper, ...]:
        """The four papers in their order, without the cover."""
        return (self.draft(), self.evidence_list(pages), self.legal_basis(), self.timeline())

    def cover(self, pages: Pages = UNBOUND) -> Paper:
        """Title, what it is about, and what the file holds on which page."""
        facts = self.facts
        papers = self.papers()
        rows = [(paper.title, pages.of(paper.key)) for paper in papers]
        rows += [(f"证据{n}　{e.name}", pages.of(e.key)) for n, e in enumerate(self.listed, start=1)]
        head = [
            ("案件", f"{CHALLENGE_KIND_NAMES[facts.kind]}{f'　{facts.number}' if facts.number else ''}"),
            ("人民法院" if facts.kind.is_suit else "行政复议机关", facts.body),
            (facts.us, facts.parties.organ),
            (facts.them, "、".join(facts.parties.applicants)),
            ("申请受理号", facts.case_number),
            ("收到副本", chinese_date(facts.copied_on)),
        ]
        if facts.answer_due_on:
            head.append(("答复（答辩）期限", chinese_date(facts.answer_due_on)))
        parts = [table(("事项", "内容"), (40, 116), head), heading("目录")]
        parts.append(table(("材料", "页码"), (130, 26), rows))
        return Paper(COVER, f"{facts.paper_name}及证据材料", tuple(parts), cover=True)

    def draft(self) -> Paper:
        """答复书 or 答辩状."""
        facts = self.facts
        parts = [flush(self.shown(Section.PARTIES)), paragraphs(self.shown(Section.OPENING))]
        for section, title in HEADINGS.items():
            if self.shown(section):
                parts += [heading(title), paragraphs(self.shown(section))]
        parts += [paragraphs("此致"), flush(facts.body)]
        closing = "答辩人" if facts.kind.is_suit else facts.us
        parts.append(signature(f"{closing}：{facts.parties.organ}（盖章）\n　　　　年　　月　　日"))
        parts.append(paragraphs("附：证据目录、法律依据、办理经过各一份，证据材料一册。"))
        return Paper(DRAFT, facts.paper_name, tuple(parts))

    def evidence_list(self, pages: Pages = UNBOUND) -> Paper:
        """证据目录."""
        rows = [
            (str(n), e.name, ORIGIN_NAMES[e.origin], e.proves, pages.of(e.key))
            for n, e in enumerate(self.listed, start=1)
        ]
        parts = [flush(f"提交人：{self.facts.parties.organ}")]
        parts.append(table(("编号", "证据名称", "来源", "证明对象", "页码"), (14, 44, 28, 50, 20), rows))
        for n, exhibit in enumerate(self.listed, start=1):
            if exhibit.key in pages.apart:
                parts.append(paragraphs(f"证据{n}另附：{pages.apart[exhibit.key]}"))
        parts.append(signature(f"{self.facts.parties.organ}（盖章）\n　　　　年　　月　　日"))
        return Paper(LIST, "证据目录", tuple(parts))

    def legal_basis(self) -> Paper:
        """法律依据."""
        rows = [(str(n), p.law, p.article, p.gist) for n, p in enumerate(self.provisions(), start=1)]
        parts = (
            table(("序号", "法律、法规、文件", "条款", "内容要旨"), (14, 52, 32, 58), rows),
            paragraphs("要旨为概括，以公布的文本为准。"),
        )
        return Paper(BASIS, "法律依据", parts)

    def provisions(self) -> tuple[Provision, ...]:
        """What was applied: to the reply, to its periods, and to the challenge itself."""
        facts = self.facts
        codes = {"31"}
        if facts.reply is not None:
            for template in (*facts.reply.templates, *facts.reply.refused):
                variant = VARIANT_OF.get(template)
                codes |= set(variant.articles) if variant else set()
        for told in facts.happenings:
            codes |= _ARTICLES.get(told.type, frozenset())
        answer = RuleKey(str(answer_clock_of(facts.kind, simplified=facts.simplified)))
        own = (*LITIGATION_PROVISIONS, REJECT_CLAIM) if facts.kind.is_suit else _RECONSIDERATION
        found = [
            *regulation_provisions(codes),
            *period_provisions([key for told in facts.happenings for key in _rules(told)]),
            *period_provisions([answer]),
            *own,
        ]
        return tuple({(p.law, p.article, p.gist): p for p in found}.values())

    def timeline(self) -> Paper:
        """办理经过 from the log, with the number of the entry and what proves it."""
        facts = self.facts
        places = {key: n for n, key in enumerate(self.keys, start=1)}
        rows = [
            (
                told.on.isoformat(),
                sentence(facts, told),
                "、".join(f"证据{places[key]}" for key in told.papers if key in places) or NO_PAGES,
                f"第{told.seq}条{f'，{office_time(told.recorded_at)}登记' if told.recorded_at else ''}",
            )
            for told in facts.happenings
        ]
        parts = (
            flush(f"受理号：{facts.case_number}"),
            table(("日期", "事项", "证据", "办理记录"), (26, 74, 24, 32), rows),
        )
        return Paper(TIMELINE, "办理经过", parts)


_RECONSIDERATION = (*RECONSIDERATION_PROVISIONS, UPHOLD, DISMISS_CLAIM)

_ARTICLES: dict[EntryType, frozenset[str]] = {
    EntryType.CORRECTION_REQUESTED: frozenset({"30"}),
    EntryType.SECRECY_REVIEWED: frozenset({"17"}),
    EntryType.FEE_NOTIFIED: frozenset({"42"}),
    EntryType.JUSTIFICATION_REQUESTED: frozenset({"35"}),
    EntryType.ABANDONED: frozenset({"30"}),
}

_RULES: dict[EntryType, tuple[RuleKey, ...]] = {
    EntryType.RECEIVED: (RuleKey.REPLY,),
    EntryType.CORRECTION_REQUESTED: (RuleKey.CORRECTION_NOTICE,),
    EntryType.CORRECTED: (RuleKey.CORRECTION_RESTART,),
    EntryType.EXTENDED: (RuleKey.EXTENSION,),
    EntryType.FEE_NOTIFIED: (RuleKey.PAYMENT,),
    EntryType.FEE_PAID: (RuleKey.PAYMENT_RESTART,),
    EntryType.DELAYED: (RuleKey.REASONED_DELAY,),
    EntryType.DISPATCHED: (RuleKey.DISPATCH_DAY,),
}
_CONSULTED: dict[SuspensionCause, tuple[RuleKey, ...]] = {
    SuspensionCause.THIRD_PARTY: (RuleKey.CONSULTATION_DEDUCTED, RuleKey.THIRD_PARTY_ANSWER),
    SuspensionCause.CO_PRODUCER: (RuleKey.CONSULTATION_DEDUCTED, RuleKey.CO_PRODUCER_ANSWER),
    SuspensionCause.OTHER_ORGAN: (RuleKey.CONSULTATION_DEDUCTED,),
}


def _rules(told: Happening) -> Sequence[RuleKey]:
    if told.type is EntryType.SUSPENDED and told.cause is not None:
        return _CONSULTED[told.cause]
    if told.type is EntryType.DISPATCHED and told.way is not None and str(told.way) == "hand":
        return (RuleKey.HAND_DELIVERY_DAY,)
    return _RULES.get(told.type, ())
