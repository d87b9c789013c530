"""What each entry of the log says, as a sentence: one table, entry type to sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from tracker.domain.archiving import RETENTION_NAMES, Retention
from tracker.domain.case_log import DispatchWay, EntryType
from tracker.domain.clock_steps import CAUSE_NAMES
from tracker.domain.contacts import Manner
from tracker.domain.secrecy import SECRECY_VERDICT_NAMES
from tracker.domain.vocabulary import N_
from tracker.queries.case_record import CaseRecord, ToldEntry
from tracker.web.cases.amendment_sentences import amended
from tracker.web.cases.calendar_sentences import calendar_sentence
from tracker.web.cases.challenge_sentences import challenge_words
from tracker.web.cases.correction_sentences import aftermath, field_changes
from tracker.web.i18n import full_day, tell

SENTENCES: dict[EntryType, str] = {
    EntryType.RECEIVED: N_("收到申请，期限自次日起计算。"),
    EntryType.REGISTERED: N_("登记申请，受理号 %(number)s。"),
    EntryType.COMPLETED: N_("补全登记信息。"),
    EntryType.ACCEPTED: N_("初审受理。"),
    EntryType.ASSIGNED: N_("分办给%(handler)s。"),
    EntryType.HANDED_OVER: N_("%(giver)s移交给%(handler)s办理，%(handler)s已接收。"),
    EntryType.CORRECTION_REQUESTED: N_("告知申请人补正，期限停止计算。"),
    EntryType.CORRECTED: N_("收到申请人的补正，期限重新计算。"),
    EntryType.FEE_NOTIFIED: N_("发出收费通知%(amount)s，期限停止计算。"),
    EntryType.FEE_PAID: N_("申请人缴费，期限重新计算。"),
    EntryType.SUSPENDED: N_("发函征求%(cause)s%(party)s的意见，自次日起不计入期限。"),
    EntryType.CONSULTATION_DELIVERED: N_("%(party)s收到征求意见函。"),
    EntryType.RESUMED: N_("收到%(party)s的意见%(answer)s，自次日起继续计算期限。"),
    EntryType.EXTENSION_REQUESTED: N_("申请延期 %(days)s 个工作日。"),
    EntryType.EXTENSION_REFUSED: N_("不同意延期，期限不变。"),
    EntryType.EXTENDED: N_("批准延期并告知申请人，期限延长 %(days)s 个工作日。"),
    EntryType.JUSTIFICATION_REQUESTED: N_("要求申请人说明理由，期限照常计算。"),
    EntryType.JUSTIFIED: N_("申请人说明理由%(accepted)s。"),
    EntryType.DELAYED: N_("另定答复期限并告知申请人：%(until)s。"),
    EntryType.SEARCH_ASKED: N_("发出协查任务，请于 %(reply_by)s前答复。"),
    EntryType.SEARCH_WITHDRAWN: N_("撤回协查任务。"),
    EntryType.SEARCH_RECORDED: N_("登记检索记录，%(found)s。"),
    EntryType.SECRECY_REVIEWED: N_("完成保密审查%(verdict)s。"),
    EntryType.CALL_RECORDED: N_("%(contact)s。"),
    EntryType.NOTE_ADDED: N_("备注。"),
    EntryType.FILE_ATTACHED: N_("添加材料%(file)s。"),
    EntryType.NOTICE_ISSUED: N_("制发%(letter)s。"),
    EntryType.NOTICE_DISPATCHED: N_("寄出%(letter)s。"),
    EntryType.DRAFTED: N_("拟写答复%(letter)s。"),
    EntryType.SUBMITTED: N_("提交合法性审查。"),
    EntryType.REVIEW_APPROVED: N_("合法性审查通过。"),
    EntryType.REVIEW_RETURNED: N_("合法性审查退回修改。"),
    EntryType.REVIEW_WAIVED: N_("工作机构负责人决定免予合法性审查。"),
    EntryType.ADVICE_ASKED: N_("咨询法律顾问%(advice)s。"),
    EntryType.ADVICE_GIVEN: N_("法律顾问答复%(advice)s咨询。"),
    EntryType.SIGN_OFF_RETURNED: N_("签发人退回修改。"),
    EntryType.SIGNED_OFF: N_("签发%(letter)s。"),
    EntryType.SEALED: N_("用印。"),
    EntryType.REPLY_VOIDED: N_("作废%(letter)s，文号不再使用，重新拟稿。"),
    EntryType.NOTICE_VOIDED: N_("作废%(letter)s，文号不再使用。"),
    EntryType.DISPATCHED: N_("%(way)s%(letter)s。"),
    EntryType.DELIVERED: N_("答复送达申请人。"),
    EntryType.MAIL_RETURNED: N_("邮件退回。"),
    EntryType.REDISPATCHED: N_("再次寄送答复。"),
    EntryType.ABANDONED: N_("申请人逾期未补正或未缴费，视为放弃申请，期限停止。"),
    EntryType.WITHDRAWN: N_("申请人撤回申请，期限停止。"),
    EntryType.ORDERED_ANEW: N_("须重新答复，期限自次日起重新计算%(days_of)s。"),
    EntryType.ARCHIVED: N_("归档%(archive)s。"),
    EntryType.HELD: N_("涉诉保全，材料不得销毁。"),
    EntryType.HOLD_RELEASED: N_("解除保全。"),
    EntryType.FILE_DESTROYED: N_(
        "保管期限届满，案卷销毁（销毁清册 %(number_of)s）；文字和材料已清除，只留办理记录。"
    ),
    EntryType.RETENTION_CHANGED: N_("保管期限改为%(retention)s。"),
    EntryType.CHASED: N_("督查催办%(slip)s。"),
    EntryType.CHASE_ANSWERED: N_("答复督办单 %(number_of)s。"),
    EntryType.CALENDAR_CHANGED: N_("工作日安排调整，重新推算期限。"),
    EntryType.LEDGER_IMPORTED: N_("据台账导入。"),
    EntryType.REGISTRATION_AMENDED: N_("修改登记信息：%(amended)s。"),
    EntryType.CHALLENGED: N_("收到%(challenge)s材料副本%(simplified)s，本机关答复（答辩）期限自次日起计算。"),
    EntryType.CHALLENGE_HEARING: N_("%(challenge)s定于%(hearing)s听证（开庭）。"),
    EntryType.CHALLENGE_ANSWERED: N_("就%(challenge)s提交答复（答辩）和证据。"),
    EntryType.CHALLENGE_CLOSED: N_("%(challenge)s审结：%(result)s。"),
    EntryType.FACT_CORRECTED: N_("更正事实：%(change)s。"),
}
"""One sentence a type; a test sees that none is missing."""

WAYS: dict[DispatchWay, str] = {
    DispatchWay.POST: N_("交邮政企业寄出答复"),
    DispatchWay.HAND: N_("当面送达答复，待申请人签收"),
    DispatchWay.PORTAL: N_("网上发布答复"),
    DispatchWay.EMAIL: N_("电子邮件发出答复"),
}
ANSWERS: dict[str, str] = {
    "agree": N_("（同意公开）"),
    "object": N_("（不同意公开）"),
    "silent": N_("（逾期未答复）"),
}


def sentence(told: ToldEntry, record: CaseRecord) -> str:
    """The entry in words. Names of people and parties are read from beside the log, which holds none."""
    kind, details = told.entry.type, told.entry.details
    if kind is EntryType.RESUMED and details.get("returned"):
        return _("致%(party)s的征求意见函被退回，自次日起继续计算期限。", party=_party(told, record))
    if kind is EntryType.NOTE_ADDED and details.get("late_answer"):
        return _("收到%(party)s逾期的意见，记录在案。", party=_party(told, record))
    if kind is EntryType.CALENDAR_CHANGED:
        return calendar_sentence(details)
    if kind is EntryType.FACT_CORRECTED:
        said = _("撤销本步：%(change)s。") if details.get("undone") else _(SENTENCES[kind])
        return said % _words(told, record) + aftermath(details)
    return _(SENTENCES[kind], **_words(told, record))


def _words(told: ToldEntry, record: CaseRecord) -> dict[str, Any]:
    entry, details = told.entry, told.entry.details
    return {
        "number": record.case.number,
        "handler": record.people.get(details.get("handler_id", 0)) or told.named or _("经办人"),
        "giver": record.people.get(details.get("from_id", 0)) or _("原经办人"),
        "cause": tell(CAUSE_NAMES[entry.cause]) if entry.cause else "",
        "party": _party(told, record),
        "answer": tell(ANSWERS.get(str(details.get("answer", "")), "")),
        "days": entry.days or details.get("asked_days") or "—",
        "days_of": _("，共 %(n)d 个工作日", n=entry.days) if entry.days else "",
        "until": full_day(entry.until),
        "amount": _(" %(yuan)s 元", yuan=details["amount_yuan"]) if details.get("amount_yuan") else "",
        "reply_by": full_day(date.fromisoformat(details["reply_by"])) if details.get("reply_by") else "",
        "found": _("检索到相关信息") if details.get("found") else _("没有检索到相关信息"),
        "verdict": _verdict(details),
        "contact": _contact(details, record),
        "accepted": _accepted(details),
        "file": _file(details, record),
        "letter": _letter(details, record),
        "way": tell(WAYS[entry.by]) if entry.by else _("发出答复"),
        "archive": _("，档号 %(number)s", number=record.case.archive_number)
        if record.case.archive_number
        else "",
        "change": _change(details, record),
        "retention": _retention(details),
        "slip": _slip(details),
        "advice": _advice(told),
        "number_of": details.get("number", ""),
        "amended": amended(details, told.text),
        **challenge_words(details, record),
    }


def _slip(details: Mapping[str, Any]) -> str:
    """Number and term of a 督办单; reminders from before there were slips have neither."""
    if not details.get("answer_by") or not details.get("number"):
        return ""
    day = date.fromisoformat(str(details["answer_by"]))
    return _("（督办单 %(number)s，须于%(day)s前答复）", number=details["number"], day=full_day(day))


def _advice(told: ToldEntry) -> str:
    """By when an answer is wanted, or which question is answered."""
    details = told.entry.details
    if details.get("answer_by") and told.entry.type is EntryType.ADVICE_ASKED:
        return _("，请于%(day)s前答复", day=full_day(date.fromisoformat(str(details["answer_by"]))))
    if details.get("asked_on") and told.entry.type is EntryType.ADVICE_GIVEN:
        return _(" %(day)s 的", day=full_day(date.fromisoformat(str(details["asked_on"]))))
    return ""


def _retention(details: Mapping[str, Any]) -> str:
    chosen = details.get("retention")
    return tell(RETENTION_NAMES[Retention(chosen)]) if chosen else ""


def _party(told: ToldEntry, record: CaseRecord) -> str:
    wanted, ref = told.entry.details.get("consultation_id"), told.entry.ref
    for consultation in record.consultations:
        if consultation.id == wanted or (wanted is None and ref is not None and consultation.ref == ref):
            return consultation.party
    return "" if told.entry.type is EntryType.SUSPENDED else _("对方")


def _contact(details: Mapping[str, Any], record: CaseRecord) -> str:
    """Who went to whom."""
    who = _spoke_with(details, record)
    if details.get("manner") == Manner.VISIT:
        return _("%(who)s来访，已接谈", who=who)
    if details.get("manner") == Manner.CALL_IN:
        return _("%(who)s来电，已接听", who=who)
    if details.get("reached", True):
        return _("电话联系%(who)s，已接通", who=who)
    return _("电话联系%(who)s，未接通", who=who)


def _spoke_with(details: Mapping[str, Any], record: CaseRecord) -> str:
    return next((call.spoke_with for call in record.calls if call.id == details.get("call_id")), _("申请人"))


def _accepted(details: Mapping[str, Any]) -> str:
    if "accepted" not in details:
        return ""
    return _("，理由合理") if details["accepted"] else _("，理由不合理")


def _verdict(details: Mapping[str, Any]) -> str:
    said = next(
        (name for code, name in SECRECY_VERDICT_NAMES.items() if code == details.get("verdict")), None
    )
    return _("：%(verdict)s", verdict=tell(said)) if said else ""


def _file(details: Mapping[str, Any], record: CaseRecord) -> str:
    if details.get("paper_id"):
        return _("（纸质，%(n)d 页）", n=details.get("pages") or 0)
    wanted = details.get("attachment_id")
    return next((f"《{file.filename}》" for file in record.attachments if file.id == wanted), "")


def _letter(details: Mapping[str, Any], record: CaseRecord) -> str:
    letter = next((x for x in record.letters if x.id == details.get("letter_id")), None)
    title = (letter.issued_content or letter.content or {}).get("title") if letter else None
    return f"《{title}》" if title else ""


def _change(details: Mapping[str, Any], record: CaseRecord) -> str:
    wrong = next((t for t in record.entries if t.entry.seq == details.get("seq")), None)
    if wrong is None:
        return _("记录")
    said = sentence(wrong, record).rstrip("。.")
    if details.get("void"):
        return _("“%(entry)s”一条作废", entry=said)
    changes = list(field_changes(details))
    if details.get("on"):
        changes.insert(0, _("日期由%(was)s改为%(now)s", was=_was(details, wrong), now=details["on"]))
    if not changes:
        return _("“%(entry)s”", entry=said)
    return _("“%(entry)s”的%(changes)s", entry=said, changes=_("，").join(changes))


def _was(details: Mapping[str, Any], wrong: ToldEntry) -> str:
    return str(details.get("was_on") or wrong.entry.on.isoformat())
