"""办理经过 in official sentences: what the organ did and received, each with what proves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.domain.bundle_facts import BundleFacts, Happening
from tracker.domain.case_log import DispatchWay, EntryType, SuspensionCause
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.contacts import Manner
from tracker.domain.exhibit_marks import mark

CAUSES: dict[SuspensionCause, str] = {
    SuspensionCause.THIRD_PARTY: "第三方",
    SuspensionCause.CO_PRODUCER: "共同制作机关",
    SuspensionCause.OTHER_ORGAN: "有关机关",
}
WAYS: dict[DispatchWay, str] = {
    DispatchWay.POST: "交邮政企业寄送",
    DispatchWay.HAND: "当面送交",
    DispatchWay.PORTAL: "网上发布",
    DispatchWay.EMAIL: "以电子邮件发送",
}
ANSWERS: dict[str, str] = {
    "agree": "其同意公开的意见",
    "object": "其不同意公开的意见",
    "silent": "期满未答复",
    "returned": "函件被退回",
}

Sentence = Callable[[BundleFacts, Happening], str]


def _received(facts: BundleFacts, told: Happening) -> str:
    return (
        f"{facts.us}收到{facts.them}以{facts.channel}方式提出的政府信息公开申请（受理号：{facts.case_number}），"
        f"要求公开“{facts.description}”"
    )


def _suspended(facts: BundleFacts, told: Happening) -> str:
    return f"{facts.us}书面征求{_whom(told)}意见，自次日起征求意见所需时间不计入答复期限"


def _resumed(facts: BundleFacts, told: Happening) -> str:
    if told.word in ("silent", "returned"):
        return f"征求{_whom(told)}意见{ANSWERS[told.word]}，自次日起继续计算答复期限"
    return f"{facts.us}收到{_whom(told)}{ANSWERS.get(told.word, '的意见')}，自次日起继续计算答复期限"


def _dispatched(facts: BundleFacts, told: Happening) -> str:
    way = WAYS[told.way] if told.way else "发出"
    return f"{facts.us}将答复{way}{_mail(told)}"


def _whom(told: Happening) -> str:
    return CAUSES[told.cause] if told.cause else "被征求意见方"


def _mail(told: Happening) -> str:
    return f"（邮件号：{told.mail_number}）" if told.mail_number else ""


def _letter(told: Happening, otherwise: str) -> str:
    return told.letter or otherwise


def _contact(us: str, them: str, word: str) -> str:
    """Who went to whom; a call of ours may not have been answered."""
    if word == Manner.VISIT:
        return f"{them}来访，{us}接谈"
    if word == Manner.CALL_IN:
        return f"{them}来电，{us}接听"
    return f"{us}电话联系{them}{'' if word == 'reached' else '，未接通'}"


SENTENCES: dict[EntryType, Sentence] = {
    EntryType.RECEIVED: _received,
    EntryType.CORRECTION_REQUESTED: lambda f, t: f"{f.us}一次性告知{f.them}补正申请内容",
    EntryType.CORRECTED: lambda f, t: f"{f.us}收到{f.them}的补正，答复期限自次日起重新计算",
    EntryType.FEE_NOTIFIED: lambda f, t: f"{f.us}告知{f.them}缴纳信息处理费",
    EntryType.FEE_PAID: lambda f, t: f"{f.them}缴纳信息处理费，答复期限自次日起重新计算",
    EntryType.SUSPENDED: _suspended,
    EntryType.CONSULTATION_DELIVERED: lambda f, t: f"{_whom(t)}收到征求意见函",
    EntryType.RESUMED: _resumed,
    EntryType.EXTENDED: lambda f, t: (
        f"经政府信息公开工作机构负责人同意，{f.us}延长答复期限{t.days}个工作日并告知{f.them}"
    ),
    EntryType.JUSTIFICATION_REQUESTED: lambda f, t: f"{f.us}要求{f.them}就申请的数量、频次说明理由",
    EntryType.JUSTIFIED: lambda f, t: f"{f.us}收到{f.them}说明的理由",
    EntryType.DELAYED: lambda f, t: (
        f"{f.us}确定并告知{f.them}合理的答复期限{f'，至{chinese_date(t.until)}' if t.until else ''}"
    ),
    EntryType.SEARCH_RECORDED: lambda f, t: (
        f"{f.us}对所申请的信息进行检索，{'检索到相关信息' if t.word == 'found' else '没有检索到相关信息'}"
    ),
    EntryType.SECRECY_REVIEWED: lambda f, t: f"{f.us}完成公开前的审查",
    EntryType.NOTICE_ISSUED: lambda f, t: f"{f.us}制发{_letter(t, '告知书')}",
    EntryType.NOTICE_DISPATCHED: lambda f, t: f"{f.us}寄出{_letter(t, '告知书')}{_mail(t)}",
    EntryType.SIGNED_OFF: lambda f, t: f"{f.us}作出{_letter(t, '答复')}",
    EntryType.DISPATCHED: _dispatched,
    EntryType.DELIVERED: lambda f, t: f"答复送达{f.them}",
    EntryType.MAIL_RETURNED: lambda f, t: "寄送答复的邮件被退回",
    EntryType.REDISPATCHED: lambda f, t: f"{f.us}再次寄送答复{_mail(t)}",
    EntryType.ABANDONED: lambda f, t: f"{f.them}逾期未补正（缴费），{f.us}依法视为其放弃申请，不再处理",
    EntryType.WITHDRAWN: lambda f, t: f"{f.them}撤回申请",
    EntryType.ORDERED_ANEW: lambda f, t: f"{f.us}须重新答复，答复期限自次日起重新计算",
    EntryType.CALL_RECORDED: lambda f, t: _contact(f.us, f.them, t.word),
}
"""What is told outside. Drafts, reviews, reminders and notes are the organ's own work and are not."""

IN_THE_DRAFT = frozenset(SENTENCES) - {
    EntryType.CALL_RECORDED,
    EntryType.SECRECY_REVIEWED,
    EntryType.CONSULTATION_DELIVERED,
}


def sentence(facts: BundleFacts, told: Happening) -> str:
    """The happening without its day, as the timeline has it."""
    return SENTENCES[told.type](facts, told)


def paragraph(facts: BundleFacts, told: Happening) -> str:
    """The happening as a paragraph of the draft, with the marks of what proves it."""
    return f"{chinese_date(told.on)}，{sentence(facts, told)}{references(told.papers)}。"


def references(keys: Sequence[str]) -> str:
    """（证据1、证据2）, as marks; nothing where nothing proves it."""
    return f"（{'、'.join(mark(key) for key in keys)}）" if keys else ""
