"""What can go wrong, in words a clerk can act on. Templates are Chinese message ids; the web layer translates them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tracker.domain.vocabulary import N_

if TYPE_CHECKING:
    from tracker.domain.reading import Breach


class TrackerError(Exception):
    """Root of the errors that are told to people: a text with named parameters."""

    def __init__(self, template: str, **params: Any) -> None:
        self.template = template
        self.params = params
        super().__init__(template % params if params else template)


class RefusalCode(StrEnum):
    """What cannot be, as distinct from what broke the law but happened."""

    NO_RECEIPT = "no_receipt"
    BAD_ENTRY = "bad_entry"
    BEFORE_RECEIPT = "before_receipt"
    IN_FUTURE = "in_future"
    RESUME_WITHOUT_SUSPEND = "resume_without_suspend"
    ALREADY_SUSPENDED = "already_suspended"
    EXTENSION_DAYS = "extension_days"
    AFTER_STOP = "after_stop"


REFUSAL_TEXTS: dict[RefusalCode, str] = {
    RefusalCode.NO_RECEIPT: N_("还没有收到申请的日期，请先登记收到日期。"),
    RefusalCode.BAD_ENTRY: N_("记录不完整或日期不存在，请核对后重新填写。"),
    RefusalCode.BEFORE_RECEIPT: N_("日期早于收到申请之日，请核对日期。"),
    RefusalCode.IN_FUTURE: N_("日期晚于今天，尚未发生的事不能登记，请核对日期。"),
    RefusalCode.RESUME_WITHOUT_SUSPEND: N_("没有尚未收回的征求意见，无法登记收到意见，请先登记发出。"),
    RefusalCode.ALREADY_SUSPENDED: N_("同一份征求意见函已登记发出且尚未收回，请勿重复登记。"),
    RefusalCode.EXTENSION_DAYS: N_("延长的工作日须为不小于 1 的整数。"),
    RefusalCode.AFTER_STOP: N_("期限已经停止，只能登记送达、更正事实或责令重新答复。"),
}


class Refusal(TrackerError):
    """An entry that cannot be; it is not recorded."""

    def __init__(self, code: RefusalCode) -> None:
        self.code = code
        super().__init__(REFUSAL_TEXTS[code])


class BreachNeedsReason(TrackerError):
    """What is to be recorded breaks the law; it can be recorded, with a reason."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = tuple(breaches)
        super().__init__(N_("这样登记会留下违法情形。如确已发生，请写明情况说明后再提交，系统会如实记录。"))


class TooManyTries(TrackerError):
    """Something that opens nothing was tried too often from one address; the text says how long to wait."""


class Invalid(TrackerError):
    """One or more fields of a form are wrong; ``fields`` names each with its messages."""

    def __init__(self, fields: Mapping[str, Sequence[TrackerError | str]]) -> None:
        self.fields = {name: list(messages) for name, messages in fields.items()}
        super().__init__(N_("有些内容需要更正，请看标出的各项。"))


class NotFound(TrackerError):
    """It does not exist, or not for this person (404)."""


class Forbidden(TrackerError):
    """The person may see it but not do this (403)."""


class Conflict(TrackerError):
    """Somebody else was faster (409)."""


class NotLawfulNow(TrackerError):
    """The workflow does not offer this action at this stage."""


class Missing(TrackerError):
    """Facts that a step demands are not there; ``facts`` names each in words."""

    def __init__(self, facts: Sequence[str]) -> None:
        self.facts = tuple(facts)
        super().__init__(N_("还缺少：%(facts)s。"), facts="、".join(facts))
