"""主动公开建议 (Art 44): proposed on requests of one organ, decided by its head with a reason, published somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.domain.disclosure import Basis, Outcome
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.texts import clean_line, clean_text
from tracker.domain.vocabulary import N_
from tracker.models import Case, DisclosureProposal, DisclosureProposalCase
from tracker.queries.disclosure import get_proposal
from tracker.queries.scope import get_case, visible_cases
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

LONGEST_TITLE = 200
LONGEST_REASON = 2000
LONGEST_WHERE = 500
MOST_CASES = 200


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What is proposed: the information, why, and by which provision."""

    title: str
    reason: str
    basis: Basis


def propose_disclosure(ctx: Context, case_id: int, also: Sequence[int], new: NewProposal) -> int:
    """提出主动公开建议 on a request and others of the same organ; its id. Raises ``NotFound``, ``Forbidden``,
    ``Invalid``."""
    title = _needed("title", clean_line(new.title), LONGEST_TITLE, N_("请写明建议主动公开什么信息。"))
    reason = _needed(
        "reason", clean_text(new.reason), LONGEST_REASON, N_("请写明理由，例如几人申请过、怎样答复的。")
    )
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.DISCLOSURE_PROPOSE)
        wanted = list(dict.fromkeys((case_id, *also)))[:MOST_CASES]
        known = set(
            session.scalars(
                select(Case.id).where(
                    Case.id.in_(wanted), Case.organ_id == case.organ_id, visible_cases(ctx.actor)
                )
            )
        )
        if known != set(wanted):
            raise Invalid({"title": [N_("有的申请件不属于这个机关，请从案件页重新开始。")]})
        row = DisclosureProposal(
            organ_id=case.organ_id,
            title=title,
            basis=str(new.basis),
            reason=reason,
            proposed_by_id=_person(ctx),
            proposed_on=ctx.today,
            cases=[DisclosureProposalCase(case_id=each) for each in wanted],
        )
        session.add(row)
        session.flush()
        return row.id


def decide_disclosure(
    ctx: Context, proposal_id: int, outcome: Outcome, *, reason: str, expected_version: int
) -> None:
    """采纳或者不采纳, once, with the reason. Raises ``NotFound``, ``Forbidden``, ``Conflict``, ``Invalid``,
    ``NotLawfulNow``."""
    with transaction(ctx):
        row = _held(ctx, proposal_id, expected_version)
        if row.outcome is not None:
            raise NotLawfulNow(N_("这项建议已经审核。"))
        row.outcome_reason = _needed(
            "reason", clean_text(reason), LONGEST_REASON, N_("请写明采纳或者不采纳的理由。")
        )
        row.outcome, row.outcome_on, row.decided_by_id = str(outcome), ctx.today, _person(ctx)


def publish_disclosure(
    ctx: Context, proposal_id: int, *, on: date, where: str, expected_version: int
) -> None:
    """登记已主动公开: on which day and where. May be corrected later. Raises as ``decide_disclosure``."""
    with transaction(ctx):
        row = _held(ctx, proposal_id, expected_version)
        if row.outcome != str(Outcome.ACCEPTED):
            raise NotLawfulNow(N_("采纳以后才能登记公开。"))
        place = _needed(
            "where", clean_line(where), LONGEST_WHERE, N_("请写明在哪里公开，可以写栏目或者网址。")
        )
        if not row.proposed_on <= on <= ctx.today:
            raise Invalid({"on": [N_("日期应在提出建议之日和今天之间，请核对。")]})
        row.public_where, row.published_on = place, on


def _held(ctx: Context, proposal_id: int, expected_version: int) -> DisclosureProposal:
    """The proposal, locked, for who decides in its organ."""
    get_proposal(ctx.session, ctx.actor, proposal_id)
    row = ctx.session.get(DisclosureProposal, proposal_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(N_("没有找到这项主动公开建议。"))
    if not ctx.actor.may(Permission.DISCLOSURE_DECIDE, row.organ_id):
        raise Forbidden(N_("是否采纳由该机关的政府信息公开工作机构负责人决定。"))
    if expected_version != row.version_id:
        raise Conflict(N_("这项建议刚被他人更新，请核对后再提交；您填写的内容已保留。"))
    return row


def _person(ctx: Context) -> int:
    if ctx.actor.account_id is None:
        raise Forbidden(N_("这项操作须由本人进行。"))
    return ctx.actor.account_id


def _needed(field: str, text: str, longest: int, missing: str) -> str:
    if not text:
        raise Invalid({field: [missing]})
    if len(text) > longest:
        raise Invalid({field: [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=longest)]})
    return text
