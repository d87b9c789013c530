"""入门指引: the few things somebody who comes three times a year has to know, by what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_

SELDOM_DAYS = 30
FEW_SIGN_INS = 4
"""Whoever signed in fewer times than this within so many days before is a seldom user. Ended sessions are kept no
longer."""

MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to know: for whom, in which words, where it leads (an endpoint of the site), the article behind it."""

    permission: Permission
    heading: str
    text: str
    endpoint: str
    article: str = ""


STEPS: tuple[FirstStep, ...] = (
    FirstStep(
        Permission.CASE_REGISTER,
        N_("先用练习件走一遍"),
        N_("虚构的申请，从受理到归档都可以试；不占受理号，不进任何统计，随时删除。"),
        "practice.index",
    ),
    FirstStep(
        Permission.CASE_REGISTER,
        N_("收到申请，当天先登记"),
        N_("只看信封也能登记：填收到方式和日期，立即得到受理号和答复期限，内容稍后补全。"),
        "registration.new",
        "31",
    ),
    FirstStep(
        Permission.CASE_HANDLE,
        N_("从“待我办理”打开申请件"),
        N_("案件页最上面写着下一步做什么、谁来做、最迟哪天；照按钮办即可。"),
        "workbench.index",
    ),
    FirstStep(
        Permission.LETTER_DRAFT,
        N_("不知道怎么答，先看标准文书"),
        N_("每种答复的依据、写法和救济告知都是审定过的；拟稿时选结果，文字自动生成。"),
        "wordings.index",
        "36",
    ),
    FirstStep(
        Permission.LETTER_REVIEW,
        N_("待审查的稿件都在“审查”里"),
        N_("对照核对清单逐项看，可以在段落旁写意见；退回时选原因，拟稿人会看到。"),
        "letters.reviews",
    ),
    FirstStep(
        Permission.LETTER_SIGN_OFF,
        N_("待签发的文书都在“签发”里"),
        N_("审查通过的才会到这里；签发时自动编文号。"),
        "letters.sign_offs",
    ),
    FirstStep(
        Permission.CASE_READ,
        N_("拿不准日期，用期限计算器"),
        N_("输入收到的日期，看到期日和每一步的算法，不会留下任何记录。"),
        "calculator.index",
        "33",
    ),
)


def steps_for(actor: Actor) -> tuple[FirstStep, ...]:
    """The steps of a person's roles, in the order of the work; the most general go first when there are many."""
    return tuple(step for step in STEPS if actor.may_somewhere(step.permission))[:MOST_STEPS]
