"""Lists that can be taken away as a file, by the names the record of exports keeps."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class ListTaken(StrEnum):
    """Which list."""

    CASES = "cases"
    LEDGER = "ledger"
    MAIL = "mail"
    CHALLENGES = "challenges"
    PROACTIVE = "proactive"
    OUTBOX = "outbox"
    ASSESSMENT = "assessment"
    STATISTICS = "statistics"


LIST_NAMES: dict[ListTaken, str] = {
    ListTaken.CASES: N_("申请件清单"),
    ListTaken.LEDGER: N_("台账"),
    ListTaken.MAIL: N_("收件登记簿"),
    ListTaken.CHALLENGES: N_("复议、诉讼清单"),
    ListTaken.PROACTIVE: N_("主动公开数据"),
    ListTaken.OUTBOX: N_("消息发送清单"),
    ListTaken.ASSESSMENT: N_("考核指标"),
    ListTaken.STATISTICS: N_("统计分析"),
}
