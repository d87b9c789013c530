"""Earlier requests and proposals, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.dispositions import ROW_OF
from tracker.domain.likeness import ALIKE
from tracker.domain.precedents import SAME_PERSON_NAMES, EarlierRequest, Proposal, ProposalKind
from tracker.services.precedents import Before
from tracker.web.i18n import plain_day, tell

SHOWN_OF_APPLICANT = 20


@dataclass(frozen=True, slots=True)
class EarlierView:
    """One earlier request in a list. ``likeness`` is empty where the two have too little in common to mention."""

    url: str
    number: str
    organ: str
    received_on: date
    description: str
    answer: str
    same: str
    likeness: str


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal: what it says, what it rests on, and the draft it would begin."""

    title: str
    text: str
    article: str
    earlier_url: str
    draft_url: str


@dataclass(frozen=True, slots=True)
class BeforeView:
    """What is known before answering. ``more``: earlier requests of the applicant that are not listed."""

    proposals: tuple[ProposalView, ...]
    of_applicant: tuple[EarlierView, ...]
    more: int
    alike: tuple[EarlierView, ...]
    frequency: str
    fee: str
    namesakes: str

    @property
    def nothing(self) -> bool:
        """Whether there is no earlier request at all."""
        return not self.of_applicant and not self.alike


def before_view(before: Before, case_id: int | None, *, may_draft: bool = False) -> BeforeView:
    """``case_id``: None while the request is not registered yet, so that no draft can begin."""
    return BeforeView(
        proposals=tuple(_proposal(each, case_id if may_draft else None) for each in before.proposals),
        of_applicant=earlier_views(before.of_applicant[:SHOWN_OF_APPLICANT]),
        more=max(0, len(before.of_applicant) - SHOWN_OF_APPLICANT),
        alike=earlier_views(before.alike),
        frequency=_(
            "同一申请人向本机关申请：收到当月第 %(month)d 件（共 %(in_month)d 件），当年共 %(in_year)d 件，均含本件。",
            month=before.frequency.earlier + 1,
            in_month=before.frequency.in_month,
            in_year=before.frequency.in_year,
        ),
        fee=_fee(before),
        namesakes=_("另有 %(n)d 件只有姓名相同，没有计入，请核对。", n=before.namesakes)
        if before.namesakes
        else "",
    )


def earlier_views(rows: Sequence[EarlierRequest]) -> tuple[EarlierView, ...]:
    """Rows of a list of earlier requests."""
    return tuple(map(_earlier, rows))


def likeness_words(earlier: EarlierRequest) -> str:
    """The score with the figures it comes from."""
    like = earlier.likeness
    if like.score < ALIKE:
        return ""
    return _(
        "%(percent)d%%：相邻两字的组合，本件 %(mine)d 组、该件 %(other)d 组，共有 %(shared)d 组",
        percent=like.percent,
        mine=like.mine,
        other=like.other,
        shared=like.shared,
    )


def _earlier(row: EarlierRequest) -> EarlierView:
    return EarlierView(
        url=url_for("cases.show", case_id=row.case_id),
        number=row.number,
        organ=row.organ,
        received_on=row.received_on,
        description=row.description,
        answer=_answer(row),
        same=tell(SAME_PERSON_NAMES[row.same]) if row.same else "",
        likeness=likeness_words(row),
    )


def _answer(row: EarlierRequest) -> str:
    if row.replied_on is None:
        return _("还没有答复")
    outcome = tell(ROW_OF[row.disposition].name) if row.disposition else _("结果未登记")
    parts = [outcome, plain_day(row.replied_on)]
    if row.reply_number:
        parts.append(row.reply_number)
    return "，".join(parts)


def _proposal(proposal: Proposal, case_id: int | None) -> ProposalView:
    earlier = proposal.earlier
    draft = (
        url_for("letters.new", case_id=case_id, template=proposal.template, earlier=earlier.case_id)
        if case_id is not None
        else ""
    )
    facts = {
        "number": earlier.number,
        "reply": earlier.reply_number or _("（文号未登记）"),
        "day": plain_day(earlier.replied_on),
        "percent": earlier.likeness.percent,
    }
    if proposal.kind is ProposalKind.REPEATED:
        title = _("可能是重复申请")
        text = _(
            "同一申请人此前的 %(number)s 与本件相似 %(percent)d%%，本机关已于%(day)s以 %(reply)s 作出答复。",
            **facts,
        )
        article = _("第三十六条第六项")
    else:
        title = _("可能已经主动公开")
        text = _(
            "与本件相似 %(percent)d%% 的 %(number)s 已于%(day)s答复为主动公开：%(where)s",
            where=earlier.public_where,
            **facts,
        )
        article = _("第三十六条第一项")
    return ProposalView(title, text, article, url_for("cases.show", case_id=earlier.case_id), draft)


def _fee(before: Before) -> str:
    yuan = before.frequency.fee_yuan
    if not yuan:
        return _("按件计收时，本件在每月 10 件的免费数量以内。")
    return _("按件计收时，本件应收 %(yuan)d 元。", yuan=yuan)
