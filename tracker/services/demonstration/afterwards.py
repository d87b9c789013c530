"""What the district does beside its requests: subjects, statistics that are kept, and colleagues who stand in."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from tracker.domain.disclosure import Basis, Outcome
from tracker.domain.saved_statistics import DISTRICT, OWN, SharedWith, Sharing
from tracker.domain.statistics import Dimension, Measure, Question
from tracker.domain.statistics_period import Relative
from tracker.models import Case, Letter
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.disclosure import (
    NewProposal,
    decide_disclosure,
    propose_disclosure,
    publish_disclosure,
)
from tracker.services.model_replies import Model, mark_model, propose_model
from tracker.services.saved_statistics import save_statistic
from tracker.services.stand_ins import NewStandIn, name_stand_in
from tracker.services.subjects import add_subject, set_subject

_SUBJECTS: dict[str, tuple[str, ...]] = {
    "征地拆迁与安置": ("征收", "拆迁", "安置", "旧改", "宅基地"),
    "财政预决算与专项资金": ("资金", "预算", "决算", "补贴", "采购", "购买服务"),
    "社会救助与养老": ("救助", "低保", "养老", "残疾人"),
    "工程建设与规划": ("施工", "工程", "规划", "项目", "竣工"),
    "行政执法与处罚": ("处罚", "执法", "检查"),
    "社区事务": ("社区", "村民", "街道"),
}
"""Subject → words by which the office would put a request under it; the first that fits."""


def classify_requests(play: Stagehand) -> None:
    """The district office keeps a list of subjects; most requests are put under one."""
    office = play.as_of("supervisor", 0)
    keys = {name: add_subject(office, name) for name in _SUBJECTS}
    for case in play.ctx.session.scalars(select(Case).order_by(Case.id)).all():
        fitting = (
            name for name, words in _SUBJECTS.items() if any(word in case.description for word in words)
        )
        name = next(fitting, None)
        if name is not None:
            set_subject(play.ctx, case.id, keys[name])


def keep_statistics(play: Stagehand) -> None:
    """One for the whole district, one for an organ, one for its owner alone."""
    year = Relative.THIS_YEAR
    organ = SharedWith(Sharing.ORGAN, play.organ_ids["MZJ"])
    for login, name, question, shared in (
        ("supervisor", "各机关收件情况", Question(Measure.RECEIVED, year, Dimension.ORGAN), DISTRICT),
        ("head", "本局各渠道收件", Question(Measure.RECEIVED, year, Dimension.CHANNEL), organ),
        (
            "clerk",
            "按主题看在办件",
            Question(Measure.IN_HAND, year, Dimension.SUBJECT, Dimension.STAGE),
            OWN,
        ),
    ):
        save_statistic(play.as_of(login, 0), name, question, shared)


def arrange_stand_ins(play: Stagehand) -> None:
    """One colleague is away now; the other will be, when the first is back."""
    first, second = play.account_id("clerk"), play.account_id("clerk2")
    for login, away, stand_in, begins, days in (
        ("clerk2", second, first, 0, 3),
        ("clerk", first, second, 10, 4),
    ):
        ctx = play.as_of(login, 0)
        from_on = ctx.today + timedelta(days=begins)
        to_on = from_on + timedelta(days=days)
        name_stand_in(ctx, NewStandIn(play.organ_ids["MZJ"], away, stand_in, from_on, to_on))


_WHY_EXEMPLARY: dict[str, str] = {
    "disclosed": "公开的内容和提供方式分开写，附件写明名称和页数，申请人拿到就能核对。",
    "partly_disclosed": "先写可以公开的，再逐项写不予公开的依据，救济途径按部分分别告知。",
    "not_existing": "检索了哪些部门、用了哪些词、结果如何一一对应，经得起法院审查。",
    "refused_third_party": "写明征求意见的时间和第三方不同意的理由，并说明为什么不公开不会损害公共利益。",
    "petition": "说明为什么属于信访事项，并写明应当走的渠道，不一退了之。",
}
"""Outcome → what the advisors find good about a reply that tells it."""


def hold_up_models(play: Stagehand) -> None:
    """The advisor marks one signed reply of each of these outcomes."""
    session = play.ctx.session
    for kind, why in _WHY_EXEMPLARY.items():
        letter = session.scalars(
            select(Letter)
            .where(Letter.is_reply, Letter.status == "signed", Letter.kind == kind, Letter.body_held)
            .where(Letter.organ_id == play.organ_ids["MZJ"])
            .order_by(Letter.id)
            .limit(1)
        ).first()
        if letter is not None:
            advisor = play.as_of("advisor", 0)
            proposed = propose_model(advisor, letter.id)
            mark_model(advisor, letter.id, Model(proposed.text, why, proposed.subject_id), expected_version=0)


def propose_to_publish(play: Stagehand) -> None:
    """Two proposals for proactive disclosure: one accepted and published, one that waits for the head."""
    answered = play.ctx.session.scalars(
        select(Case)
        .where(Case.organ_id == play.organ_ids["MZJ"], Case.disposition == "disclosed")
        .where(Case.stopped_on.is_not(None), Case.historic.is_(False))
        .order_by(Case.id)
        .limit(2)
    ).all()
    made = [
        propose_disclosure(
            play.as_of("clerk", 1),
            case.id,
            [],
            NewProposal(case.description, "申请人认为涉及公众利益，建议主动公开。", Basis.SUGGESTED),
        )
        for case in answered
    ]
    if made:
        head = play.as_of("head", 0)
        decide_disclosure(
            head, made[0], Outcome.ACCEPTED, reason="属于社会关注的救助信息，可以公开。", expected_version=1
        )
        publish_disclosure(head, made[0], on=head.today, where="区政府网站“社会救助”专栏", expected_version=2)
