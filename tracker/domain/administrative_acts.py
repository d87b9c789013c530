"""管理操作: what of the installation is recorded when somebody makes, changes or removes it, and how its record chains.

Cases have logs of their own. Here stand accounts, roles, organs, calendars, wordings, settings and keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from tracker.domain.vocabulary import N_

HIDDEN = "*"
"""What stands in the record for a value that is personal, secret or long: something is there."""


class Subject(StrEnum):
    """What was acted on."""

    ACCOUNT = "account"
    ROLE = "role"
    ORGAN = "organ"
    CALENDAR = "calendar"
    CALENDAR_PROPOSAL = "calendar_proposal"
    WORDING = "wording"
    WORDING_DRAFT = "wording_draft"
    WORDING_CHECK = "wording_check"
    STATUTE_CHANGE = "statute_change"
    ALERT_POLICY = "alert_policy"
    ROBOT = "robot"
    POINTS_RULE = "points_rule"
    CASE_SUBJECT = "case_subject"
    STAND_IN = "stand_in"
    LEDGER_IMPORT = "ledger_import"
    LEDGER_HEADING = "ledger_heading"
    DESTRUCTION = "destruction"
    DATA_KEY = "data_key"


SUBJECT_NAMES: dict[Subject, str] = {
    Subject.ACCOUNT: N_("账号"),
    Subject.ROLE: N_("岗位"),
    Subject.ORGAN: N_("机关"),
    Subject.CALENDAR: N_("工作日历"),
    Subject.CALENDAR_PROPOSAL: N_("日历提案"),
    Subject.WORDING: N_("文书文本"),
    Subject.WORDING_DRAFT: N_("文书修改稿"),
    Subject.WORDING_CHECK: N_("文书核对"),
    Subject.STATUTE_CHANGE: N_("条款变动"),
    Subject.ALERT_POLICY: N_("提醒设置"),
    Subject.ROBOT: N_("机器人"),
    Subject.POINTS_RULE: N_("考核规则"),
    Subject.CASE_SUBJECT: N_("主题"),
    Subject.STAND_IN: N_("代岗"),
    Subject.LEDGER_IMPORT: N_("台账导入"),
    Subject.LEDGER_HEADING: N_("台账表头"),
    Subject.DESTRUCTION: N_("销毁清册"),
    Subject.DATA_KEY: N_("数据密钥"),
}


class Operation(StrEnum):
    """What was done to it."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"


OPERATION_NAMES: dict[Operation, str] = {
    Operation.MADE: N_("新增"),
    Operation.CHANGED: N_("修改"),
    Operation.REMOVED: N_("移除"),
}

FIELD_NAMES: dict[str, str] = {
    "account_id": N_("账号"),
    "active": N_("启用"),
    "address": N_("地址"),
    "ahead": N_("提前提醒的天数"),
    "alternative_reviewing_organ": N_("另一可选的复议机关"),
    "archive_by_unit": N_("按机构编件号"),
    "archive_category": N_("档案门类"),
    "archive_serial_width": N_("件号位数"),
    "archive_unit_code": N_("机构代码"),
    "article": N_("条款"),
    "away_id": N_("离岗人"),
    "became_id": N_("成为版本"),
    "change_id": N_("条款变动"),
    "changed_on": N_("变动日期"),
    "code": N_("代码"),
    "code_cipher": N_("动态口令"),
    "column": N_("对应的列"),
    "comment": N_("审核意见"),
    "contact": N_("联系人"),
    "court": N_("管辖法院"),
    "decision": N_("决定"),
    "decision_reason": N_("决定的理由"),
    "demonstration": N_("演示账号"),
    "digest": N_("内容校验码"),
    "draft_by": N_("拟稿提前天数"),
    "email": N_("电子邮箱"),
    "ended_at": N_("结束时间"),
    "ended_by_id": N_("结束人"),
    "ended_on": N_("停用日期"),
    "fields": N_("重新加密的字段"),
    "ended_sessions": N_("结束的登录会话"),
    "fonds_number": N_("全宗号"),
    "from_on": N_("开始日期"),
    "grounds": N_("理由"),
    "heading": N_("表头"),
    "in_force_from": N_("生效日期"),
    "kind": N_("类别"),
    "locked_until_at": N_("锁定至"),
    "login": N_("登录名"),
    "must_change_password": N_("须改密码"),
    "name": N_("名称"),
    "note": N_("说明"),
    "notice_number": N_("通知文号"),
    "number": N_("编号"),
    "number_prefix": N_("文号字头"),
    "orange_days": N_("橙灯天数"),
    "organ_id": N_("机关"),
    "overdue_every": N_("超期提醒间隔"),
    "password_hash": N_("密码"),
    "phone": N_("电话"),
    "post_by": N_("寄发提前天数"),
    "postcode": N_("邮政编码"),
    "quiet_days_off": N_("休息日不打扰"),
    "quiet_from": N_("免打扰开始"),
    "quiet_until": N_("免打扰结束"),
    "reason": N_("理由"),
    "remark": N_("说明"),
    "review_by": N_("审查提前天数"),
    "review_days": N_("审查提醒天数"),
    "review_required": N_("须经法律顾问审查"),
    "reviewing_organ": N_("行政复议机关"),
    "robot_channel": N_("机器人种类"),
    "robot_cipher": N_("机器人地址和密钥"),
    "role": N_("岗位"),
    "rule": N_("规则内容"),
    "sha256": N_("文件校验码"),
    "sign_off_days": N_("签发提醒天数"),
    "source": N_("文字"),
    "source_hash": N_("文字校验码"),
    "stand_in_id": N_("代岗人"),
    "state": N_("状态"),
    "status": N_("状态"),
    "template_id": N_("文书"),
    "to_on": N_("结束日期"),
    "void_reason": N_("作废理由"),
    "voided_at": N_("作废时间"),
    "wording_id": N_("文书版本"),
    "year": N_("年度"),
    "yellow_days": N_("黄灯天数"),
    "key": N_("密钥标识"),
}

_WRITTEN = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of_act(
    previous: str,
    *,
    seq: int,
    at: datetime,
    actor_id: int | None,
    subject: str,
    subject_id: str,
    operation: str,
    details: Mapping[str, Any],
) -> str:
    """SHA-256 over the digest of the act before and everything this one says."""
    content = {
        "seq": seq,
        "at": at.isoformat(timespec="microseconds"),
        "actor": actor_id,
        "subject": subject,
        "id": subject_id,
        "operation": operation,
        "details": details,
    }
    return hashlib.sha256((previous + _WRITTEN.encode(content)).encode()).hexdigest()


def digest_of_anchor(
    previous: str, *, day: str, until: str, entries: int, entries_digest: str, acts: int, acts_digest: str
) -> str:
    """SHA-256 over the anchor before and what this one says of the logs."""
    words = (previous, day, until, str(entries), entries_digest, str(acts), acts_digest)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
