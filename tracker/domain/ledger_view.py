"""台账 on screen: its columns in order, which of them can be overwritten there, and why the others cannot."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.amendments import AMENDABLE_OF
from tracker.domain.ledger_columns import DATES, Column
from tracker.domain.vocabulary import N_

HANDLER = "handler"
"""The one column on screen that no file has: who handles the case."""

_BY_CORRECTION = N_(
    "影响期限，不能直接改写；记错了的由工作机构负责人“更正事实”，还没有登记的按相应操作登记。"
)
_BY_ACT = N_("由登记、拟稿、签发等环节产生，不能在台账中改写。")

COLUMN_NAMES: dict[str, str] = {
    "sequence": N_("序号"),
    "received_on": N_("收到日期"),
    "channel": N_("申请渠道"),
    "applicant": N_("申请人"),
    "applicant_kind": N_("申请人类别"),
    "identity_type": N_("证件类型"),
    "identity_number": N_("证件号码"),
    "phone": N_("联系电话"),
    "address": N_("通信地址"),
    "description": N_("申请公开的信息"),
    "supply_way": N_("提供方式"),
    "organ": N_("责任单位"),
    HANDLER: N_("经办人"),
    "correction_requested_on": N_("补正通知日期"),
    "corrected_on": N_("补正收到日期"),
    "consulted": N_("征求意见对象"),
    "consulted_on": N_("征求意见发出日期"),
    "answered_on": N_("意见收到日期"),
    "extended_on": N_("延期告知日期"),
    "extension_days": N_("延长工作日"),
    "fee_notified_on": N_("收费通知日期"),
    "fee_paid_on": N_("缴费日期"),
    "advisor": N_("法律顾问"),
    "reviewed_on": N_("审查通过日期"),
    "replied_on": N_("答复日期"),
    "document_number": N_("答复文号"),
    "outcome": N_("办理结果"),
    "dispatch_way": N_("送达方式"),
    "mail_number": N_("邮件号"),
    "delivered_on": N_("送达日期"),
    "archived_on": N_("归档日期"),
    "remark": N_("备注"),
}
"""By the names that addresses and forms use, in the order of the screen."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """``column``: of the register, None for the handler. ``closed``: why it cannot be overwritten, empty where it can
    (each case may still have closed it)."""

    code: str
    name: str
    column: Column | None
    closed: str = ""

    @property
    def dated(self) -> bool:
        """Whether its cells are days."""
        return self.column in DATES


def _closed(column: Column | None) -> str:
    if column is None or column in AMENDABLE_OF:
        return ""
    by_fact = column in DATES or column in (Column.EXTENSION_DAYS, Column.CONSULTED, Column.DISPATCH_WAY)
    return _BY_CORRECTION if by_fact else _BY_ACT


def _view_column(code: str) -> ViewColumn:
    column = None if code == HANDLER else Column[code.upper()]
    return ViewColumn(code, COLUMN_NAMES[code], column, _closed(column))


VIEW_COLUMNS: tuple[ViewColumn, ...] = tuple(_view_column(code) for code in COLUMN_NAMES)
VIEW_COLUMN_OF: dict[str, ViewColumn] = {column.code: column for column in VIEW_COLUMNS}
EDITABLE: tuple[ViewColumn, ...] = tuple(column for column in VIEW_COLUMNS if not column.closed)
