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
    ARCHIVE = "archive"
    ARCHIVE_PACKAGE = "archive_package"
    REVIEWS = "reviews"
    ADMINISTRATION = "administration"


LIST_NAMES: dict[ListTaken, str] = {
    ListTaken.CASES: N_("申请件清单"),
    ListTaken.LEDGER: N_("台账"),
    ListTaken.MAIL: N_("收件登记簿"),
    ListTaken.CHALLENGES: N_("复议、诉讼清单"),
    ListTaken.PROACTIVE: N_("主动公开数据"),
    ListTaken.OUTBOX: N_("消息发送清单"),
    ListTaken.ASSESSMENT: N_("考核指标"),
    ListTaken.STATISTICS: N_("统计分析"),
    ListTaken.ARCHIVE: N_("归档文件目录"),
    ListTaken.ARCHIVE_PACKAGE: N_("年度归档包"),
    ListTaken.REVIEWS: N_("审查统计"),
    ListTaken.ADMINISTRATION: N_("管理操作记录"),
}
