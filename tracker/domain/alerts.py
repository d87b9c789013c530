"""提醒: what a person is told, in which words, and by which ways it may leave the house.

An alert holds codes, dates and counts, never personal data: the number of the case is read when it is shown.
"""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_


class AlertKind(StrEnum):
    """What an alert is about. Before the due date the word is 临期, from 00:00 of the day after it 超期."""

    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    DUE_CHANGED = "due_changed"
    FACT_CORRECTED = "fact_corrected"
    REVIEW_WAITING = "review_waiting"
    SIGN_OFF_WAITING = "sign_off_waiting"
    REVIEW_DECIDED = "review_decided"
    ADVICE_ASKED = "advice_asked"
    ADVICE_WAITING = "advice_waiting"
    ADVICE_GIVEN = "advice_given"
    SEARCH_ASKED = "search_asked"
    SEARCH_DUE = "search_due"
    SEARCH_WAITING = "search_waiting"
    SEARCH_ANSWERED = "search_answered"
    PROOF_MISSING = "proof_missing"
    LAPSE_PROPOSED = "lapse_proposed"
    CALENDAR_NOTICE = "calendar_notice"
    CHASED = "chased"
    CHASE_ANSWERED = "chase_answered"
    EXTENSION_ASKED = "extension_asked"
    EXTENSION_APPROVED = "extension_approved"
    EXTENSION_REFUSED = "extension_refused"
    HANDOVER_OFFERED = "handover_offered"
    HANDOVER_ACCEPTED = "handover_accepted"
    HANDOVER_DECLINED = "handover_declined"
    STAND_IN_NAMED = "stand_in_named"
    STAND_IN_ENDED = "stand_in_ended"
    REPORT_OWED = "report_owed"
    REPORT_LATE = "report_late"
    REPORT_RETURNED = "report_returned"


ALERT_NAMES: dict[AlertKind, str] = {
    AlertKind.DUE_SOON: N_("临期"),
    AlertKind.DUE_TODAY: N_("今日到期"),
    AlertKind.OVERDUE: N_("超期"),
    AlertKind.DUE_CHANGED: N_("到期日变更"),
    AlertKind.FACT_CORRECTED: N_("事实更正"),
    AlertKind.REVIEW_WAITING: N_("待审查"),
    AlertKind.SIGN_OFF_WAITING: N_("待签发"),
    AlertKind.REVIEW_DECIDED: N_("审查结论"),
    AlertKind.ADVICE_ASKED: N_("咨询待答复"),
    AlertKind.ADVICE_WAITING: N_("咨询未答复"),
    AlertKind.ADVICE_GIVEN: N_("咨询已答复"),
    AlertKind.SEARCH_ASKED: N_("协查待答复"),
    AlertKind.SEARCH_DUE: N_("协查临期"),
    AlertKind.SEARCH_WAITING: N_("协查未答复"),
    AlertKind.SEARCH_ANSWERED: N_("协查已答复"),
    AlertKind.PROOF_MISSING: N_("缺送达凭证"),
    AlertKind.LAPSE_PROPOSED: N_("建议视为放弃"),
    AlertKind.CALENDAR_NOTICE: N_("工作日历"),
    AlertKind.CHASED: N_("督办单"),
    AlertKind.CHASE_ANSWERED: N_("督办单已答复"),
    AlertKind.EXTENSION_ASKED: N_("延期待审批"),
    AlertKind.EXTENSION_APPROVED: N_("延期已批准"),
    AlertKind.EXTENSION_REFUSED: N_("延期未批准"),
    AlertKind.HANDOVER_OFFERED: N_("移交待接收"),
    AlertKind.HANDOVER_ACCEPTED: N_("移交已接收"),
    AlertKind.HANDOVER_DECLINED: N_("移交未接收"),
    AlertKind.STAND_IN_NAMED: N_("代岗安排"),
    AlertKind.STAND_IN_ENDED: N_("代岗结束"),
    AlertKind.REPORT_OWED: N_("年度报告待提交"),
    AlertKind.REPORT_LATE: N_("年度报告逾期"),
    AlertKind.REPORT_RETURNED: N_("年度报告已退回"),
}

ALERT_TEXTS: dict[AlertKind, str] = {
    AlertKind.DUE_SOON: N_("%(clock)s临近：%(due)s到期，还剩 %(left)s 个工作日。"),
    AlertKind.DUE_TODAY: N_("%(clock)s今日到期：%(due)s。"),
    AlertKind.OVERDUE: N_("%(clock)s已于 %(due)s届满，尚未办结。"),
    AlertKind.DUE_CHANGED: N_("到期日由 %(old)s改为 %(new)s，请按新的日期安排办理。"),
    AlertKind.FACT_CORRECTED: N_("登记的事实已更正，到期日由 %(old)s改为 %(new)s。"),
    AlertKind.REVIEW_WAITING: N_("自 %(since)s起等待合法性审查，已 %(days)s 个工作日。"),
    AlertKind.SIGN_OFF_WAITING: N_("自 %(since)s起等待签发，已 %(days)s 个工作日。"),
    AlertKind.REVIEW_DECIDED: N_("您起草的答复书已有审查结论，请打开公文页查看意见和批注。"),
    AlertKind.ADVICE_ASKED: N_("经办人提出咨询，请于 %(due)s前答复。"),
    AlertKind.ADVICE_WAITING: N_("%(since)s提出的咨询应于 %(due)s前答复，尚未答复。"),
    AlertKind.ADVICE_GIVEN: N_("法律顾问已答复您的咨询，请在办理记录中查看。"),
    AlertKind.SEARCH_ASKED: N_("请协助检索政府信息，于 %(due)s前答复。"),
    AlertKind.SEARCH_DUE: N_("请您协助的检索须于 %(due)s前答复，尚未答复。"),
    AlertKind.SEARCH_WAITING: N_("%(since)s发出的协查任务应于 %(due)s前答复，尚未答复，请催办。"),
    AlertKind.SEARCH_ANSWERED: N_("协查任务已经答复，答复已记为检索记录，请查看。"),
    AlertKind.PROOF_MISSING: N_("征求意见函 %(since)s发出后尚无送达凭证，请查询投递情况并登记。"),
    AlertKind.LAPSE_PROPOSED: N_(
        "%(clock)s %(due)s届满后又过 5 个工作日，仍未收到。请核对收发室、邮箱和网上平台后，决定是否视为放弃。"
    ),
    AlertKind.CALENDAR_NOTICE: N_(
        "%(year)s 年的放假安排尚未导入，到期日只能暂定。请在通知公布后导入工作日历。"
    ),
    AlertKind.CHASED: N_("收到督办单 %(number)s，须于 %(due)s前答复。"),
    AlertKind.CHASE_ANSWERED: N_("督办单 %(number)s已经答复，请查看。"),
    AlertKind.EXTENSION_ASKED: N_("申请延长 %(days)s 个工作日，须在 %(due)s届满前批准并告知申请人。"),
    AlertKind.EXTENSION_APPROVED: N_(
        "延期已批准，到期日改为 %(due)s。请在 %(old)s届满前寄出延期答复告知书。"
    ),
    AlertKind.EXTENSION_REFUSED: N_("延期未获批准，仍须在 %(due)s前答复。"),
    AlertKind.HANDOVER_OFFERED: N_(
        "有 %(count)s 件申请件移交给您，请核对后接收或者退回。接收前仍由原经办人负责。"
    ),
    AlertKind.HANDOVER_ACCEPTED: N_("移交的 %(count)s 件申请件已由对方接收，今后的提醒发给对方。"),
    AlertKind.HANDOVER_DECLINED: N_("移交的 %(count)s 件申请件对方没有接收，仍由原经办人负责，请查看理由。"),
    AlertKind.STAND_IN_NAMED: N_("已安排代岗：%(since)s至%(due)s，期间的提醒同时发给双方，请查看。"),
    AlertKind.STAND_IN_ENDED: N_("原定到%(due)s的代岗已经提前结束，此后的提醒不再发给代岗人。"),
    AlertKind.REPORT_OWED: N_("%(organ)s %(year)s 年年度报告还没有提交，须于%(due)s前提交并公布。"),
    AlertKind.REPORT_LATE: N_(
        "%(organ)s %(year)s 年年度报告应于%(due)s前提交，已经逾期，请尽快提交并说明情况。"
    ),
    AlertKind.REPORT_RETURNED: N_("%(organ)s %(year)s 年年度报告已退回，请按退回的意见核对后重新提交。"),
}
"""Words by kind; what stands in them: ``clock`` a name of a clock, ``due old new since`` dates, the rest numbers."""

LATE_TEXT = N_("至提醒时已超期 %(late)s 个工作日。")

WAITED_FOR: dict[str, str] = {"correction": N_("申请人补正期限"), "payment": N_("申请人缴费期限")}
"""Names of what an applicant was given time for, by the code a proposal of lapse carries."""

HOLDS_AT: dict[AlertKind, frozenset[Stage]] = {
    AlertKind.REVIEW_WAITING: frozenset({Stage.UNDER_REVIEW}),
    AlertKind.SIGN_OFF_WAITING: frozenset({Stage.APPROVED}),
    AlertKind.REVIEW_DECIDED: frozenset({Stage.RETURNED, Stage.APPROVED}),
    AlertKind.LAPSE_PROPOSED: frozenset({Stage.AWAITING_CORRECTION, Stage.AWAITING_PAYMENT}),
}
"""Alerts that hold only while the case stands at a stage."""

OF_A_CLOCK = (AlertKind.DUE_SOON, AlertKind.DUE_TODAY, AlertKind.OVERDUE)

OF_A_HANDOVER = (AlertKind.HANDOVER_OFFERED, AlertKind.HANDOVER_ACCEPTED, AlertKind.HANDOVER_DECLINED)
"""About a whole handover, not one case; the parameter ``handover`` names it."""

OF_A_STAND_IN = (AlertKind.STAND_IN_NAMED, AlertKind.STAND_IN_ENDED)
"""About an absence, not one case; the parameter ``stand_in`` names it."""

OF_A_REPORT = (AlertKind.REPORT_OWED, AlertKind.REPORT_LATE, AlertKind.REPORT_RETURNED)
"""About the annual report of an organ; the parameters ``year`` and ``code`` name it, ``organ`` in words."""

OF_A_SEARCH_TASK = (AlertKind.SEARCH_ASKED, AlertKind.SEARCH_DUE)
"""To whoever is asked to search and may not see the case; the parameter ``search_task`` names it."""

URGENT: frozenset[AlertKind] = frozenset({AlertKind.OVERDUE})
"""Sent whatever the person has chosen, and on days off too."""


class Channel(StrEnum):
    """A way by which an alert leaves the house; the centre within it always has it."""

    EMAIL = "email"
    DINGTALK = "dingtalk"
    WECOM = "wecom"


CHANNEL_NAMES: dict[Channel, str] = {
    Channel.EMAIL: N_("电子邮件"),
    Channel.DINGTALK: N_("钉钉机器人"),
    Channel.WECOM: N_("企业微信机器人"),
}


class OutboxState(StrEnum):
    """Where a message on its way out stands; ``dead`` waits for the administrator."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"
    CANCELLED = "cancelled"


OUTBOX_STATE_NAMES: dict[OutboxState, str] = {
    OutboxState.PENDING: N_("待发"),
    OutboxState.SENT: N_("已发"),
    OutboxState.DEAD: N_("发送失败"),
    OutboxState.CANCELLED: N_("已取消"),
}
