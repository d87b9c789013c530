"""待办: whose move it is at each stage. The workflow says what may be done; this says who is waited for."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_


@dataclass(frozen=True, slots=True)
class Task:
    """What waits at a stage and the permission of those it waits for.

    ``personal``: it belongs to the handler of the case, else to anybody of the organ who holds the permission.
    ``waiting``: nobody in the organ can move; the applicant is waited for.
    """

    label: str
    permission: Permission
    personal: bool = True
    waiting: bool = False


TASKS: dict[Stage, Task] = {
    Stage.REGISTERED: Task(N_("初审"), Permission.CASE_HANDLE),
    Stage.AWAITING_CORRECTION: Task(N_("等待申请人补正"), Permission.CASE_HANDLE, waiting=True),
    Stage.PROCESSING: Task(N_("办理、拟稿"), Permission.CASE_HANDLE),
    Stage.AWAITING_PAYMENT: Task(N_("等待申请人缴费"), Permission.CASE_HANDLE, waiting=True),
    Stage.DRAFTING: Task(N_("完成拟稿并送审"), Permission.LETTER_DRAFT),
    Stage.RETURNED: Task(N_("修改后重新送审"), Permission.LETTER_DRAFT),
    Stage.UNDER_REVIEW: Task(N_("合法性审查"), Permission.LETTER_REVIEW, personal=False),
    Stage.APPROVED: Task(N_("签发"), Permission.LETTER_SIGN_OFF, personal=False),
    Stage.SIGNED: Task(N_("用印、寄发"), Permission.LETTER_DISPATCH),
    Stage.DISPATCHED: Task(N_("登记送达"), Permission.LETTER_DISPATCH),
    Stage.DELIVERED: Task(N_("归档"), Permission.CASE_ARCHIVE),
    Stage.ABANDONED: Task(N_("发告知书、归档"), Permission.CASE_ARCHIVE),
    Stage.WITHDRAWN: Task(N_("归档"), Permission.CASE_ARCHIVE),
}
"""The archive is missing on purpose: nothing waits there."""

COMPLETE_REGISTRATION = Task(N_("补全登记"), Permission.CASE_REGISTER)
DECIDE_EXTENSION = Task(N_("审批延期"), Permission.EXTENSION_APPROVE, personal=False)
GIVE_ADVICE = Task(N_("答复咨询"), Permission.LETTER_REVIEW, personal=False)
CHASE = Task(N_("催办"), Permission.CASE_CHASE, personal=False)
AWAIT_OPINION = Task(N_("等待征求意见答复"), Permission.CASE_HANDLE, waiting=True)
