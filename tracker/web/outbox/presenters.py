"""Messages on their way out, in words: what failed says why, and where it can be mended."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.adapters.table_writer import Cell
from tracker.domain.alerts import ALERT_NAMES, CHANNEL_NAMES, OutboxState
from tracker.domain.delivery_faults import Fault, Mend, explain
from tracker.domain.robots import ROBOT_CHANNELS
from tracker.domain.vocabulary import N_
from tracker.queries.outbox import OutboxRow
from tracker.web.frame import Link
from tracker.web.i18n import instant, tell

EMPTY: dict[OutboxState, tuple[str, str]] = {
    OutboxState.DEAD: (
        N_("没有发送失败的消息"),
        N_("十次仍没有发出的，或者对方明确拒收的消息会列在这里，写明原因，可以重发。"),
    ),
    OutboxState.PENDING: (
        N_("没有等待发送的消息"),
        N_("刚产生的、免打扰时间过后才发的、失败后等待重试的消息会列在这里。"),
    ),
    OutboxState.SENT: (N_("还没有发出的消息"), N_("对方服务器已经接收的消息会列在这里，最近的在前。")),
    OutboxState.CANCELLED: (
        N_("没有取消的消息"),
        N_("发送前提醒已经失效、收件人已停用的消息会列在这里。"),
    ),
}
MOMENTS: dict[OutboxState, str] = {OutboxState.PENDING: N_("下次发送"), OutboxState.SENT: N_("发送时间")}
"""What the second moment of a message is called; failed and cancelled ones have none."""


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One message. ``reason`` and ``cure`` in plain words, ``noted`` what the other side said as it said it."""

    id: int
    channel: str
    recipient: str
    kind: str
    attempts: int
    written: str
    leaves: str
    reason: str
    cure: str
    noted: str
    mend: Link | None


HEADS = (
    (N_("收件人"), 20),
    (N_("方式"), 12),
    (N_("内容"), 24),
    (N_("产生时间"), 20),
    (N_("发送或下次发送"), 20),
    (N_("次数"), 8),
    (N_("原因"), 40),
    (N_("对方答复"), 48),
)
"""Columns of the sheet, with their widths in characters."""


def sheet_row(row: OutboxRow) -> tuple[Cell, ...]:
    """One message in the sheet."""
    line = outbox_line(row)
    return (
        line.recipient,
        line.channel,
        line.kind,
        line.written,
        line.leaves,
        line.attempts,
        line.reason,
        line.noted,
    )


def outbox_line(row: OutboxRow) -> OutboxLine:
    """One line."""
    noted = row.last_error or ""
    fault = explain(noted, by_robot=row.channel in ROBOT_CHANNELS) if noted else None
    return OutboxLine(
        id=row.id,
        channel=tell(CHANNEL_NAMES[row.channel]),
        recipient=_("全区工作群") if row.of_district else row.recipient,
        kind=tell(ALERT_NAMES[row.kind]) if row.kind else _("每日提醒"),
        attempts=row.attempts,
        written=instant(row.created_at),
        leaves=instant(row.sent_at or row.next_attempt_at),
        reason=tell(fault.reason) if fault else "",
        cure=tell(fault.cure) if fault and row.state is OutboxState.DEAD else "",
        noted=noted,
        mend=_mend(row, fault) if fault and row.state is OutboxState.DEAD else None,
    )


def _mend(row: OutboxRow, fault: Fault) -> Link | None:
    if fault.mend is Mend.ADDRESS and row.recipient_id is not None:
        return Link(_("核对邮箱"), url_for("accounts.show", account_id=row.recipient_id))
    if fault.mend is Mend.ROBOT and row.of_district:
        return Link(_("机器人设置"), url_for("organs.district_robot"))
    if fault.mend is Mend.ROBOT and row.organ_id is not None:
        return Link(_("机器人设置"), url_for("organs.robot", organ_id=row.organ_id))
    return None
