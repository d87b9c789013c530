"""提醒种类: alerts by what a person can choose about them, for the ways that lead out of the house."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from tracker.domain.alerts import URGENT, AlertKind
from tracker.domain.vocabulary import N_


class AlertTopic(StrEnum):
    """What several kinds of alerts have in common for whoever reads them."""

    OVERDUE = "overdue"
    DUE = "due"
    MOVED = "moved"
    WAITING = "waiting"
    DECIDED = "decided"
    UNANSWERED = "unanswered"
    CHASES = "chases"
    HANDED = "handed"
    REPORTS = "reports"
    CALENDAR = "calendar"


TOPIC_NAMES: dict[AlertTopic, str] = {
    AlertTopic.OVERDUE: N_("超期"),
    AlertTopic.DUE: N_("临近到期"),
    AlertTopic.MOVED: N_("到期日变化"),
    AlertTopic.WAITING: N_("等待审查、签发、审批、答复咨询和协查"),
    AlertTopic.DECIDED: N_("审批、审查结果，咨询和协查的答复"),
    AlertTopic.UNANSWERED: N_("凭证、补正、缴费、协查逾期"),
    AlertTopic.CHASES: N_("督办单"),
    AlertTopic.HANDED: N_("移交、代岗"),
    AlertTopic.REPORTS: N_("年度报告"),
    AlertTopic.CALENDAR: N_("工作日历"),
}

TOPICS: dict[AlertTopic, tuple[AlertKind, ...]] = {
    AlertTopic.OVERDUE: (AlertKind.OVERDUE,),
    AlertTopic.DUE: (AlertKind.DUE_SOON, AlertKind.DUE_TODAY),
    AlertTopic.MOVED: (AlertKind.DUE_CHANGED, AlertKind.FACT_CORRECTED),
    AlertTopic.WAITING: (
        AlertKind.REVIEW_WAITING,
        AlertKind.SIGN_OFF_WAITING,
        AlertKind.EXTENSION_ASKED,
        AlertKind.ADVICE_ASKED,
        AlertKind.ADVICE_WAITING,
        AlertKind.SEARCH_ASKED,
        AlertKind.SEARCH_DUE,
    ),
    AlertTopic.DECIDED: (
        AlertKind.EXTENSION_APPROVED,
        AlertKind.EXTENSION_REFUSED,
        AlertKind.REVIEW_DECIDED,
        AlertKind.ADVICE_GIVEN,
        AlertKind.SEARCH_ANSWERED,
    ),
    AlertTopic.UNANSWERED: (AlertKind.PROOF_MISSING, AlertKind.LAPSE_PROPOSED, AlertKind.SEARCH_WAITING),
    AlertTopic.CHASES: (AlertKind.CHASED, AlertKind.CHASE_ANSWERED),
    AlertTopic.HANDED: (
        AlertKind.HANDOVER_OFFERED,
        AlertKind.HANDOVER_ACCEPTED,
        AlertKind.HANDOVER_DECLINED,
        AlertKind.STAND_IN_NAMED,
        AlertKind.STAND_IN_ENDED,
    ),
    AlertTopic.REPORTS: (AlertKind.REPORT_OWED, AlertKind.REPORT_LATE, AlertKind.REPORT_RETURNED),
    AlertTopic.CALENDAR: (AlertKind.CALENDAR_NOTICE,),
}
"""Every kind stands under one topic."""

TOPIC_OF: dict[AlertKind, AlertTopic] = {kind: topic for topic, kinds in TOPICS.items() for kind in kinds}

FIXED: frozenset[AlertTopic] = frozenset(TOPIC_OF[kind] for kind in URGENT)
"""Topics nobody can switch off."""

CHOOSABLE: tuple[AlertTopic, ...] = tuple(topic for topic in AlertTopic if topic not in FIXED)


def is_wanted(kind: AlertKind, muted: Iterable[str]) -> bool:
    """Whether an alert leaves the house for a person who has switched these topics off."""
    topic = TOPIC_OF[kind]
    return topic in FIXED or topic not in muted
