"""The draft of a 行政复议答复书 or 行政诉讼答辩状: section by section, from what is on record and nothing else.

Where the record shows lateness or another breach the draft says so; it never asserts what the record does not carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from tracker.domain.bundle_facts import BundleFacts
from tracker.domain.case_log import EntryType
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.dispositions import ROW_OF_TEMPLATE, VARIANT_OF
from tracker.domain.exhibit_marks import mark
from tracker.domain.legal_basis import (
    DISMISS_CLAIM,
    REGULATION,
    REJECT_CLAIM,
    UPHOLD,
    article_words,
    regulation_provisions,
)
from tracker.domain.letter_document import clean
from tracker.domain.told_facts import IN_THE_DRAFT, paragraph, references
from tracker.domain.vocabulary import N_

LONGEST_SECTION = 12_000
SHEET_KEY = "sheet"


class Section(StrEnum):
    """The parts of the draft a clerk may reword, in their order."""

    PARTIES = "parties"
    OPENING = "opening"
    FACTS = "facts"
    PROCEDURE = "procedure"
    REASONS = "reasons"
    CONCLUSION = "conclusion"


SECTION_NAMES: dict[Section, str] = {
    Section.PARTIES: N_("当事人"),
    Section.OPENING: N_("案由"),
    Section.FACTS: N_("办理经过"),
    Section.PROCEDURE: N_("答复期限"),
    Section.REASONS: N_("答复的依据和理由"),
    Section.CONCLUSION: N_("请求"),
}
HEADINGS: dict[Section, str] = {
    Section.FACTS: "一、办理经过",
    Section.PROCEDURE: "二、关于答复期限",
    Section.REASONS: "三、关于答复的依据和理由",
    Section.CONCLUSION: "四、答复请求",
}
"""Headings on paper; the first two sections have none."""

Texts = Mapping[Section, str]


def first_draft(facts: BundleFacts) -> dict[Section, str]:
    """Every section as the record gives it, with the marks of the evidence."""
    made = {
        Section.PARTIES: _parties(facts),
        Section.OPENING: _opening(facts),
        Section.FACTS: "\n".join(
            paragraph(facts, told) for told in facts.happenings if told.type in IN_THE_DRAFT
        ),
        Section.PROCEDURE: _procedure(facts),
        Section.REASONS: _reasons(facts),
        Section.CONCLUSION: conclusions(facts)[0],
    }
    return {section: clean(text) for section, text in made.items()}


def conclusions(facts: BundleFacts) -> tuple[str, ...]:
    """What may be asked for, the proposed wording first. After a breach none that calls all lawful is proposed."""
    deciding = "人民法院" if facts.kind.is_suit else "行政复议机关"
    open_end = (
        f"综上，{facts.us}已将办理情况和有关问题如实说明，请{deciding}依法审查并作出{_decision(facts)}。"
    )
    act = facts.reply is not None
    if facts.kind.is_suit:
        lawful = f"根据{REJECT_CLAIM.law}{REJECT_CLAIM.article}的规定，请求人民法院判决驳回原告的诉讼请求。"
        sound = f"综上，{facts.us}作出的答复证据确凿，适用法律、法规正确，符合法定程序。{lawful}"
        return (sound, open_end) if act and _faultless(facts) else (open_end, sound)
    uphold = (
        f"综上，{facts.us}作出的答复认定事实清楚，证据确凿，适用依据正确，程序合法，内容适当。根据{UPHOLD.law}"
        f"{UPHOLD.article}的规定，请求行政复议机关决定维持该答复。"
    )
    dismiss = (
        f"综上，{facts.us}在行政复议申请受理前已经履行法定职责。根据{DISMISS_CLAIM.law}{DISMISS_CLAIM.article}的规定，"
        "请求行政复议机关决定驳回申请人的行政复议请求。"
    )
    return (uphold, dismiss, open_end) if act and _faultless(facts) else (open_end, dismiss, uphold)


def _faultless(facts: BundleFacts) -> bool:
    return facts.period.on_time is True and not facts.period.breaches and not facts.missing


def _decision(facts: BundleFacts) -> str:
    return "裁判" if facts.kind.is_suit else "决定"


def _parties(facts: BundleFacts) -> str:
    parties = facts.parties
    ours = "答辩人（被告）" if facts.kind.is_suit else "被申请人"
    theirs = "被答辩人（原告）" if facts.kind.is_suit else "申请人"
    lines = [f"{ours}：{parties.organ}"]
    if parties.organ_address:
        lines.append(f"住所地：{parties.organ_address}")
    lines.append("法定代表人（负责人）：")
    lines += [f"{theirs}：{name}" for name in parties.applicants or ("",)]
    lines += [f"委托代理人：{name}" for name in parties.agents]
    return "\n".join(lines)


def _opening(facts: BundleFacts) -> str:
    reply = facts.reply
    what = (
        f"作出的《{reply.title}》（{reply.number}）" if reply is not None else "办理其政府信息公开申请的行为"
    )
    against = f"{facts.them}不服{facts.us}{what}"
    number = f"（案号：{facts.number}）" if facts.number else ""
    claim = facts.claim.rstrip("。")
    if facts.kind.is_suit:
        return (
            f"{against}，向你院提起行政诉讼{number}，诉讼请求为：{claim}。{facts.us}于{chinese_date(facts.copied_on)}"
            "收到起诉状副本，现答辩如下："
        )
    return (
        f"{against}，向你机关申请行政复议{number}，复议请求为：{claim}。{facts.us}于{chinese_date(facts.copied_on)}"
        "收到行政复议申请书副本，现答复如下："
    )


def _procedure(facts: BundleFacts) -> str:
    period, sheet = facts.period, references([SHEET_KEY])
    if period.stopped_on is None or period.on_time is None:
        return (
            f"本件申请尚没有按期与否的结论，期限的起算、中止、延长和届满日期见《期限计算说明》{sheet}。"
            f"\n{facts.us}如实说明："
        )
    due = period.due_on
    began = f"自{chinese_date(period.day_zero_on)}的次日起" if period.day_zero_on else "依法"
    span = f"{period.limit}个工作日" if period.limit else ""
    suspended = any(told.type is EntryType.SUSPENDED for told in facts.happenings)
    deducted = "扣除依法不计入的时间，" if suspended else ""
    text = (
        f"根据{REGULATION}{article_words('33(2)')}的规定，本件答复期限{began}计算{span}，{deducted}"
        f"至{chinese_date(due) if due else '　　年　　月　　日'}届满{sheet}。"
    )
    verdict = "在法定期限之内" if period.on_time else "晚于法定期限"
    text += f"{facts.us}于{chinese_date(period.stopped_on)}完成答复，{verdict}。"
    if not period.on_time:
        text += f"\n对答复晚于期限的原因和改正情况，{facts.us}如实说明："
    if period.breaches:
        listed = "；".join(breach.rstrip("。") for breach in period.breaches)
        text += f"\n办理中存在下列情形，{facts.us}如实说明：{listed}。"
    return text


def _reasons(facts: BundleFacts) -> str:
    reply = facts.reply
    if reply is None:
        return f"{facts.us}就未作出书面答复的情况如实说明："
    lines = []
    for template in (*reply.templates, *reply.refused):
        variant, row = VARIANT_OF.get(template), ROW_OF_TEMPLATE.get(template)
        if variant is None or row is None:
            continue
        cited = "；".join(f"{p.article}（{p.gist}）" for p in regulation_provisions(variant.articles))
        lines.append(
            f"关于“{variant.name}”：根据{REGULATION}{cited}，{facts.us}作出上述答复{_of_reply(facts)}。"
        )
    return "\n".join(lines) or f"{facts.us}依法作出上述答复{_of_reply(facts)}。"


def _of_reply(facts: BundleFacts) -> str:
    key = facts.reply.key if facts.reply is not None else ""
    return f"（{mark(key)}）" if key else ""
