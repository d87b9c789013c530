"""台账 columns: the header an office's register carries, recognised by name in whatever order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from tracker.domain.identity_numbers import normalise_number


class Column(StrEnum):
    """One column of a register, by the header it carries; the order is the order of export."""

    SEQUENCE = "序号"
    RECEIVED_ON = "收到日期"
    CHANNEL = "申请渠道"
    APPLICANT = "申请人"
    APPLICANT_KIND = "申请人类别"
    IDENTITY_TYPE = "证件类型"
    IDENTITY_NUMBER = "证件号码"
    PHONE = "联系电话"
    ADDRESS = "通信地址"
    DESCRIPTION = "申请公开的信息"
    SUPPLY_WAY = "提供方式"
    ORGAN = "责任单位"
    CORRECTION_REQUESTED_ON = "补正通知日期"
    CORRECTED_ON = "补正收到日期"
    CONSULTED = "征求意见对象"
    CONSULTED_ON = "征求意见发出日期"
    ANSWERED_ON = "意见收到日期"
    EXTENDED_ON = "延期告知日期"
    EXTENSION_DAYS = "延长工作日"
    FEE_NOTIFIED_ON = "收费通知日期"
    FEE_PAID_ON = "缴费日期"
    ADVISOR = "法律顾问"
    REVIEWED_ON = "审查通过日期"
    REPLIED_ON = "答复日期"
    DOCUMENT_NUMBER = "答复文号"
    OUTCOME = "办理结果"
    DISPATCH_WAY = "送达方式"
    MAIL_NUMBER = "邮件号"
    DELIVERED_ON = "送达日期"
    ARCHIVED_ON = "归档日期"
    REMARK = "备注"


NEEDED = (
    Column.RECEIVED_ON,
    Column.CHANNEL,
    Column.APPLICANT,
    Column.APPLICANT_KIND,
    Column.DESCRIPTION,
    Column.ORGAN,
    Column.REPLIED_ON,
    Column.OUTCOME,
    Column.DISPATCH_WAY,
)
"""Without these columns a sheet is no register."""

DATES = (
    Column.RECEIVED_ON,
    Column.CORRECTION_REQUESTED_ON,
    Column.CORRECTED_ON,
    Column.CONSULTED_ON,
    Column.ANSWERED_ON,
    Column.EXTENDED_ON,
    Column.FEE_NOTIFIED_ON,
    Column.FEE_PAID_ON,
    Column.REVIEWED_ON,
    Column.REPLIED_ON,
    Column.DELIVERED_ON,
    Column.ARCHIVED_ON,
)

MAX_CHARACTERS: dict[Column, int] = {
    Column.APPLICANT: 200,
    Column.IDENTITY_NUMBER: 64,
    Column.PHONE: 100,
    Column.ADDRESS: 500,
    Column.DESCRIPTION: 20_000,
    Column.CONSULTED: 200,
    Column.ADVISOR: 50,
    Column.DOCUMENT_NUMBER: 64,
    Column.MAIL_NUMBER: 32,
    Column.REMARK: 500,
}

_BY_HEADER = {normalise_number(str(column)): column for column in Column}
_REGISTER_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")


def heading_of(cell: object) -> str:
    """A header as it is compared: spaces, line breaks and widths of signs do not matter; empty for an empty cell."""
    return normalise_number(str(cell)) if cell is not None else ""


def recognise_header(
    cells: Sequence[object], learnt: Mapping[str, Column] | None = None
) -> Mapping[int, Column] | None:
    """Which cell of a row heads which column, or None when the row is no header of a register.

    ``learnt``: headings of other offices that somebody said the meaning of, by ``heading_of``. Headers of other columns
    are passed over.
    """
    found = recognised(cells, learnt)
    return found if all(column in found.values() for column in NEEDED) else None


def recognised(cells: Sequence[object], learnt: Mapping[str, Column] | None = None) -> dict[int, Column]:
    """The columns that are known among the cells of a row; our own names come before learnt ones."""
    found: dict[int, Column] = {}
    for names in (_BY_HEADER, learnt or {}):
        for index, cell in enumerate(cells):
            column = names.get(heading_of(cell))
            if column is not None and index not in found and column not in found.values():
                found[index] = column
    return found


def lacking(columns: Iterable[Column]) -> tuple[Column, ...]:
    """The columns that a register cannot be without and that are not among these."""
    held = set(columns)
    return tuple(column for column in NEEDED if column not in held)


def register_year(title: str) -> int | None:
    """The year a register's title names (2023年度…台账)."""
    named = _REGISTER_YEAR.search(title)
    return int(named[1]) if named else None
