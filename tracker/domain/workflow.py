"""The workflow as one table: state × action → permission, demands, effect. Pages and services ask the same function.

What the table does not offer can still have happened. Verbs that record the outside world (a notice was posted on a
day, a third party answered) accept an unlawful date with a reason and note the breach; this table only decides what
is *offered* and what is impossible because the stage itself excludes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.actors import Actor
from tracker.domain.case_facts import CaseFacts, Fact
from tracker.domain.permissions import Permission
from tracker.domain.stages import BEFORE_REPLY, ENDED, IN_HAND, Stage
from tracker.domain.vocabulary import N_


class Action(StrEnum):
    """A verb a person may perform on a case."""

    COMPLETE_REGISTRATION = "complete_registration"
    ACCEPT = "accept"
    ASSIGN = "assign"
    REQUEST_CORRECTION = "request_correction"
    RECORD_CORRECTION = "record_correction"
    CONSULT = "consult"
    RECORD_CONSULTATION = "record_consultation"
    REQUEST_EXTENSION = "request_extension"
    DECIDE_EXTENSION = "decide_extension"
    NOTIFY_FEE = "notify_fee"
    RECORD_PAYMENT = "record_payment"
    REQUEST_JUSTIFICATION = "request_justification"
    RECORD_JUSTIFICATION = "record_justification"
    ASK_SEARCH = "ask_search"
    TAKE_SEARCH_ANSWER = "take_search_answer"
    RECORD_SEARCH = "record_search"
    REVIEW_SECRECY = "review_secrecy"
    RECORD_CALL = "record_call"
    ADD_NOTE = "add_note"
    AMEND = "amend"
    ATTACH_FILE = "attach_file"
    DRAFT = "draft"
    SUBMIT = "submit"
    REVIEW = "review"
    WAIVE_REVIEW = "waive_review"
    ASK_ADVICE = "ask_advice"
    GIVE_ADVICE = "give_advice"
    SIGN_OFF = "sign_off"
    SEAL = "seal"
    DISPATCH = "dispatch"
    RECORD_DELIVERY = "record_delivery"
    RECORD_RETURNED_MAIL = "record_returned_mail"
    ABANDON = "abandon"
    WITHDRAW = "withdraw"
    ARCHIVE = "archive"
    UNDO = "undo"
    CORRECT_FACT = "correct_fact"
    ORDER_ANEW = "order_anew"
    HOLD = "hold"
    RELEASE_HOLD = "release_hold"
    CHANGE_RETENTION = "change_retention"
    CHASE = "chase"
    ANSWER_CHASE = "answer_chase"
    REGISTER_CHALLENGE = "register_challenge"
    ANSWER_CHALLENGE = "answer_challenge"
    SET_HEARING = "set_hearing"
    CLOSE_CHALLENGE = "close_challenge"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table. ``needs`` must hold, ``unless`` must not; ``usual`` are the stages where it is the one
    filled button; ``effect`` says what the act does to the clock, before it is done."""

    action: Action
    label: str
    permission: Permission
    stages: frozenset[Stage]
    needs: frozenset[Fact] = frozenset()
    unless: frozenset[Fact] = frozenset()
    usual: frozenset[Stage] = frozenset()
    effect: str = N_("不影响期限。")


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as offered to a person: possible now, or why not yet."""

    rule: Rule
    missing: tuple[Fact, ...]
    usual: bool

    @property
    def action(self) -> Action:
        return self.rule.action

    @property
    def possible(self) -> bool:
        return not self.missing


def _s(*stages: Stage) -> frozenset[Stage]:
    return frozenset(stages)


def _f(*facts: Fact) -> frozenset[Fact]:
    return frozenset(facts)


_NOT_ARCHIVED = frozenset(Stage) - {Stage.ARCHIVED}
_HANDLE = Permission.CASE_HANDLE

RULES: tuple[Rule, ...] = (
    Rule(
        Action.COMPLETE_REGISTRATION,
        N_("补全登记"),
        _HANDLE,
        BEFORE_REPLY,
        unless=_f(Fact.COMPLETE),
    ),
    Rule(
        Action.ACCEPT,
        N_("初审受理"),
        _HANDLE,
        _s(Stage.REGISTERED),
        needs=_f(Fact.COMPLETE),
        usual=_s(Stage.REGISTERED),
        effect=N_("不影响期限：期限自收到申请之日起算，受理不改变。"),
    ),
    Rule(
        Action.REQUEST_CORRECTION,
        N_("告知补正"),
        _HANDLE,
        _s(Stage.REGISTERED) | IN_HAND,
        unless=_f(Fact.CORRECTION_ASKED),
        effect=N_("期限停止计算，等待申请人；收到补正之日起重新计算 20 个工作日（第三十条）。"),
    ),
    Rule(
        Action.RECORD_CORRECTION,
        N_("收到补正"),
        _HANDLE,
        _s(Stage.AWAITING_CORRECTION),
        usual=_s(Stage.AWAITING_CORRECTION),
        effect=N_("期限自收到补正之日起重新计算 20 个工作日，此前的中止和延期不再计入（第三十条）。"),
    ),
    Rule(Action.ASSIGN, N_("分办"), Permission.CASE_ASSIGN, BEFORE_REPLY),
    Rule(Action.ASK_SEARCH, N_("发协查任务"), _HANDLE, BEFORE_REPLY),
    Rule(
        Action.TAKE_SEARCH_ANSWER,
        N_("登记协查答复"),
        _HANDLE,
        _NOT_ARCHIVED,
        needs=_f(Fact.SEARCH_TASK_OPEN),
    ),
    Rule(Action.RECORD_SEARCH, N_("登记检索"), _HANDLE, BEFORE_REPLY),
    Rule(Action.REVIEW_SECRECY, N_("登记保密审查"), _HANDLE, BEFORE_REPLY),
    Rule(
        Action.CONSULT,
        N_("征求意见"),
        _HANDLE,
        IN_HAND | {Stage.REGISTERED},
        effect=N_("自发函次日起至收到意见之日止的工作日不计入期限（第三十三条第三款）。"),
    ),
    Rule(
        Action.RECORD_CONSULTATION,
        N_("登记征求意见进展"),
        _HANDLE,
        BEFORE_REPLY,
        needs=_f(Fact.CONSULTATION_OPEN),
        effect=N_("登记答复或退回后，期限次日起继续计算。"),
    ),
    Rule(
        Action.REQUEST_EXTENSION,
        N_("申请延期"),
        _HANDLE,
        BEFORE_REPLY - {Stage.AWAITING_CORRECTION, Stage.AWAITING_PAYMENT},
        unless=_f(Fact.EXTENSION_ASKED, Fact.EXTENDED),
        effect=N_("提出申请不影响期限；批准并在期限届满前告知申请人后才延长。"),
    ),
    Rule(
        Action.DECIDE_EXTENSION,
        N_("审批延期"),
        Permission.EXTENSION_APPROVE,
        BEFORE_REPLY,
        needs=_f(Fact.EXTENSION_ASKED),
        usual=BEFORE_REPLY,
        effect=N_("批准后期限延长，最多 20 个工作日，只能延长一次（第三十三条第二款）。"),
    ),
    Rule(
        Action.NOTIFY_FEE,
        N_("发收费通知"),
        _HANDLE,
        IN_HAND,
        effect=N_("期限停止计算，等待缴费；缴费次日起重新计算 20 个工作日（第四十二条）。"),
    ),
    Rule(
        Action.RECORD_PAYMENT,
        N_("登记缴费"),
        _HANDLE,
        _s(Stage.AWAITING_PAYMENT),
        usual=_s(Stage.AWAITING_PAYMENT),
        effect=N_("期限自缴费次日起重新计算 20 个工作日。"),
    ),
    Rule(
        Action.REQUEST_JUSTIFICATION,
        N_("要求说明理由"),
        _HANDLE,
        IN_HAND | {Stage.REGISTERED},
        unless=_f(Fact.JUSTIFICATION_OPEN, Fact.JUSTIFIED),
        effect=N_("期限照常计算，不中止（第三十五条）。"),
    ),
    Rule(
        Action.RECORD_JUSTIFICATION,
        N_("登记理由说明"),
        _HANDLE,
        BEFORE_REPLY,
        needs=_f(Fact.JUSTIFICATION_OPEN),
        effect=N_("理由合理而不能按期答复的，可另定合理期限并告知申请人（第三十五条）。"),
    ),
    Rule(
        Action.DRAFT,
        N_("拟写答复"),
        Permission.LETTER_DRAFT,
        IN_HAND | {Stage.UNDER_REVIEW, Stage.APPROVED},
        usual=IN_HAND - {Stage.DRAFTING},
        effect=N_("不影响期限；修改已送审的稿件会使审查意见失效。"),
    ),
    Rule(
        Action.SUBMIT,
        N_("提交审查"),
        Permission.LETTER_DRAFT,
        _s(Stage.DRAFTING, Stage.RETURNED),
        needs=_f(Fact.DRAFTED),
        usual=_s(Stage.DRAFTING),
    ),
    Rule(
        Action.REVIEW,
        N_("合法性审查"),
        Permission.LETTER_REVIEW,
        _s(Stage.UNDER_REVIEW),
        usual=_s(Stage.UNDER_REVIEW),
    ),
    Rule(
        Action.WAIVE_REVIEW,
        N_("免予审查"),
        Permission.REVIEW_WAIVE,
        _s(Stage.UNDER_REVIEW),
    ),
    Rule(Action.ASK_ADVICE, N_("咨询法律顾问"), _HANDLE, BEFORE_REPLY),
    Rule(
        Action.GIVE_ADVICE,
        N_("答复咨询"),
        Permission.LETTER_REVIEW,
        _NOT_ARCHIVED,
        needs=_f(Fact.ADVICE_OPEN),
    ),
    Rule(
        Action.SIGN_OFF,
        N_("签发"),
        Permission.LETTER_SIGN_OFF,
        _s(Stage.APPROVED),
        usual=_s(Stage.APPROVED),
        effect=N_("不影响期限：期限以寄出（当面送达的以签收）之日为准，不以成文日期为准。"),
    ),
    Rule(
        Action.SEAL,
        N_("用印"),
        Permission.LETTER_DISPATCH,
        _s(Stage.SIGNED),
        unless=_f(Fact.SEALED),
        usual=_s(Stage.SIGNED),
    ),
    Rule(
        Action.DISPATCH,
        N_("寄发"),
        Permission.LETTER_DISPATCH,
        _s(Stage.SIGNED),
        needs=_f(Fact.SEALED),
        usual=_s(Stage.SIGNED),
        effect=N_("邮寄以交邮之日、网络以发布之日停止计算；当面送达以签收之日停止计算。"),
    ),
    Rule(
        Action.RECORD_DELIVERY,
        N_("登记送达"),
        Permission.LETTER_DISPATCH,
        _s(Stage.DISPATCHED),
        usual=_s(Stage.DISPATCHED),
        effect=N_("当面送达的，期限在签收之日停止计算；其他方式不影响期限。"),
    ),
    Rule(
        Action.RECORD_RETURNED_MAIL,
        N_("登记退件"),
        Permission.LETTER_DISPATCH,
        _s(Stage.DISPATCHED),
        effect=N_("不影响期限：交邮之日不变。"),
    ),
    Rule(
        Action.ABANDON,
        N_("视为放弃"),
        _HANDLE,
        _s(Stage.AWAITING_CORRECTION, Stage.AWAITING_PAYMENT),
        effect=N_("期限停止，申请不再处理；须向申请人发出视为放弃告知书。"),
    ),
    Rule(
        Action.WITHDRAW,
        N_("登记撤回"),
        _HANDLE,
        BEFORE_REPLY,
        effect=N_("申请人撤回申请，期限停止。"),
    ),
    Rule(
        Action.ARCHIVE,
        N_("归档"),
        Permission.CASE_ARCHIVE,
        _s(Stage.DELIVERED, Stage.ABANDONED, Stage.WITHDRAWN),
        unless=_f(Fact.HELD, Fact.CHALLENGE_OPEN),
        usual=_s(Stage.DELIVERED, Stage.ABANDONED, Stage.WITHDRAWN),
    ),
    Rule(Action.RECORD_CALL, N_("电话、来访记录"), _HANDLE, _NOT_ARCHIVED),
    Rule(Action.ADD_NOTE, N_("备注"), _HANDLE, _NOT_ARCHIVED),
    Rule(Action.AMEND, N_("修改登记信息"), _HANDLE, _NOT_ARCHIVED),
    Rule(Action.ATTACH_FILE, N_("添加材料"), _HANDLE, _NOT_ARCHIVED),
    Rule(
        Action.UNDO,
        N_("撤销本步"),
        _HANDLE,
        _NOT_ARCHIVED,
        effect=N_("如同没有这一步，重新推算全部期限；原记录和撤销的原因都保留。"),
    ),
    Rule(
        Action.CORRECT_FACT,
        N_("更正事实"),
        Permission.CASE_CORRECT_FACT,
        frozenset(Stage),
        effect=N_("以新的日期重新推算全部期限；原记录保留。"),
    ),
    Rule(
        Action.ORDER_ANEW,
        N_("重新答复"),
        Permission.CASE_ORDER_ANEW,
        ENDED,
        effect=N_("自责令（决定）之日起重新计算，原期限结论保留。"),
    ),
    Rule(Action.HOLD, N_("涉诉保全"), Permission.CASE_HOLD, ENDED, unless=_f(Fact.HELD)),
    Rule(Action.CHANGE_RETENTION, N_("变更保管期限"), Permission.CASE_HOLD, _s(Stage.ARCHIVED)),
    Rule(Action.RELEASE_HOLD, N_("解除保全"), Permission.CASE_HOLD, ENDED, needs=_f(Fact.HELD)),
    Rule(Action.CHASE, N_("催办"), Permission.CASE_CHASE, BEFORE_REPLY),
    Rule(
        Action.ANSWER_CHASE,
        N_("答复督办单"),
        Permission.CHASE_ANSWER,
        frozenset(Stage),
        needs=_f(Fact.CHASE_OPEN),
    ),
    Rule(
        Action.REGISTER_CHALLENGE,
        N_("登记复议、诉讼"),
        Permission.CHALLENGE_HANDLE,
        frozenset(Stage),
        effect=N_("不影响答复期限；本机关提交答复书（答辩状）的期限自收到副本次日起计算。"),
    ),
    Rule(
        Action.ANSWER_CHALLENGE,
        N_("登记提交答复、答辩"),
        Permission.CHALLENGE_HANDLE,
        frozenset(Stage),
        needs=_f(Fact.CHALLENGE_UNANSWERED),
        effect=N_("本机关提交答复书（答辩状）的期限停止计算。"),
    ),
    Rule(
        Action.SET_HEARING,
        N_("登记听证、开庭"),
        Permission.CHALLENGE_HANDLE,
        frozenset(Stage),
        needs=_f(Fact.CHALLENGE_OPEN),
    ),
    Rule(
        Action.CLOSE_CHALLENGE,
        N_("登记复议、诉讼结果"),
        Permission.CHALLENGE_HANDLE,
        frozenset(Stage),
        needs=_f(Fact.CHALLENGE_OPEN),
        effect=N_("按结果计入年度报告表四；责令重新答复的，另行登记重新答复。"),
    ),
)

RULE_OF: dict[Action, Rule] = {rule.action: rule for rule in RULES}


def check_table(rules: Iterable[Rule] = RULES) -> None:
    """Fail at start-up when the table contradicts itself.

    Raises ``ValueError`` naming the row: an action twice or missing, no stage, a fact both demanded and forbidden, a
    usual stage it is not offered in, or a stage nobody can leave (but the archive).
    """
    rules = tuple(rules)
    seen = [r.action for r in rules]
    for action in Action:
        if seen.count(action) != 1:
            raise ValueError(f"workflow: {action} stands {seen.count(action)} times in the table")
    for rule in rules:
        if not rule.stages:
            raise ValueError(f"workflow: {rule.action} is offered in no stage")
        if rule.needs & rule.unless:
            raise ValueError(f"workflow: {rule.action} both demands and forbids {rule.needs & rule.unless}")
        if not rule.usual <= rule.stages:
            raise ValueError(f"workflow: {rule.action} is usual where it is not offered")
    for stage in Stage:
        if not any(stage in r.stages for r in rules):
            raise ValueError(f"workflow: nothing can be done in {stage}")


def missing_facts(action: Action, facts: CaseFacts) -> tuple[Fact, ...]:
    """Facts the action still lacks, in the order of the vocabulary."""
    return tuple(f for f in Fact if f in RULE_OF[action].needs and f not in facts)


def is_offered(action: Action, facts: CaseFacts) -> bool:
    """Whether stage and flags leave room for the action at all (facts it lacks are reported, not hidden)."""
    rule = RULE_OF[action]
    if Fact.DESTROYED in facts:
        return False
    return facts.stage in rule.stages and not (rule.unless & facts.flags)


def allowed_actions(
    facts: CaseFacts, actor: Actor, organ_id: int, handler_id: int | None = None
) -> tuple[Offer, ...]:
    """What this person may do with this case now: the usual act first, then in the order of the table.

    Acts that only lack a fact are offered as not yet possible, naming what is missing.
    """
    offers = []
    for rule in RULES:
        if not actor.may_on(rule.permission, organ_id, handler_id) or not is_offered(rule.action, facts):
            continue
        missing = missing_facts(rule.action, facts)
        offers.append(Offer(rule=rule, missing=missing, usual=facts.stage in rule.usual and not missing))
    first = next((o for o in offers if o.usual), None)
    return tuple(([first] if first else []) + [o for o in offers if o is not first])
