"""证据: what of a case may be put before a reviewing organ or a court, in the order of a file, and what each proves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import clean
from tracker.domain.vocabulary import N_

LONGEST_NAME = 120
LONGEST_PROVES = 400


class Origin(StrEnum):
    """证据来源."""

    ORGAN = "organ"
    APPLICANT = "applicant"
    CONSULTED = "consulted"
    DELIVERY = "delivery"
    SYSTEM = "system"


ORIGIN_NAMES: dict[Origin, str] = {
    Origin.ORGAN: N_("本机关制作"),
    Origin.APPLICANT: N_("申请人提交"),
    Origin.CONSULTED: N_("被征求意见方提交"),
    Origin.DELIVERY: N_("邮政企业或者签收人出具"),
    Origin.SYSTEM: N_("办理系统记录"),
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece that may be shown. ``key`` names it for good (``letter:12``, ``request:34``, ``search:5``, ``sheet``).

    ``rank`` is its place in the usual order, ``usual`` whether it is taken unless somebody says otherwise. Its pages
    are a file (``attachment_id``), rows of a record, an issued letter (``letter_id``) or the computation sheet.
    """

    key: str
    name: str
    origin: Origin
    proves: str
    rank: int
    usual: bool = True
    on: date | None = None
    attachment_id: int | None = None
    letter_id: int | None = None
    media_type: str = ""
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ChosenExhibit:
    """One line of the list as somebody set it: which piece, by what name, and what it is to prove."""

    key: str
    name: str
    proves: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of paper usually is and proves."""

    rank: int
    origin: Origin
    proves: str
    usual: bool = True


FILES: dict[FileKind, Kind] = {
    FileKind.REQUEST: Kind(10, Origin.APPLICANT, "申请人提出政府信息公开申请及其申请内容"),
    FileKind.ENVELOPE: Kind(12, Origin.APPLICANT, "申请寄出、收到的时间和方式"),
    FileKind.AUTHORISATION: Kind(14, Origin.APPLICANT, "代理人的代理权限"),
    FileKind.IDENTITY_PROOF: Kind(110, Origin.APPLICANT, "申请人提供的身份证明", usual=False),
    FileKind.CORRECTION: Kind(34, Origin.APPLICANT, "申请人补正的时间和内容"),
    FileKind.CONSULTATION: Kind(54, Origin.CONSULTED, "被征求意见方的意见和收到意见的时间"),
    FileKind.DELIVERY_PROOF: Kind(86, Origin.DELIVERY, "答复已经寄发、送达及其日期"),
    FileKind.INFORMATION: Kind(112, Origin.ORGAN, "所涉政府信息的内容", usual=False),
    FileKind.PAPER_APPROVAL: Kind(114, Origin.ORGAN, "答复经过本机关内部审批", usual=False),
    FileKind.OTHER: Kind(116, Origin.ORGAN, "与本案有关的其他情况", usual=False),
}

LETTERS: dict[str, Kind] = {
    "receipt": Kind(18, Origin.ORGAN, "申请已经登记及收到申请的日期"),
    "correction_notice": Kind(30, Origin.ORGAN, "已经一次性告知申请人补正的事项、理由和期限"),
    "fee_notice": Kind(40, Origin.ORGAN, "已经告知收取信息处理费的依据、标准和数额"),
    "justification_notice": Kind(44, Origin.ORGAN, "已经要求申请人说明理由"),
    "consult_third_party": Kind(50, Origin.ORGAN, "已经书面征求第三方意见，所需时间不计入答复期限"),
    "consult_organ": Kind(51, Origin.ORGAN, "已经征求其他机关意见，所需时间不计入答复期限"),
    "consult_notice": Kind(52, Origin.ORGAN, "已经告知申请人征求意见所需时间不计入答复期限"),
    "extension_notice": Kind(60, Origin.ORGAN, "延长答复期限已经批准并告知申请人"),
}
REPLY = Kind(80, Origin.ORGAN, "已经作出答复、答复的内容和依据，并告知救济途径和期限")
NOTICE = Kind(64, Origin.ORGAN, "办理过程中告知的事项")
RECEIPT_RECORD = Kind(16, Origin.SYSTEM, "收到申请的日期和方式")
CALL_RECORD = Kind(20, Origin.SYSTEM, "与申请人电话联系的时间和内容", usual=False)
SEARCH_RECORD = Kind(70, Origin.SYSTEM, "已经对所申请的信息进行检索，检索的范围、方法和结果")
SECRECY_RECORD = Kind(74, Origin.SYSTEM, "公开前已经依照规定进行审查", usual=False)
DISPATCH_RECORD = Kind(84, Origin.SYSTEM, "答复寄发的方式、日期和邮件号")
SHEET = Kind(90, Origin.SYSTEM, "答复期限的起算、中止、延长和届满日期及其依据")


def usual_choice(exhibits: Sequence[Exhibit]) -> tuple[ChosenExhibit, ...]:
    """The list before anybody has changed it."""
    return tuple(ChosenExhibit(e.key, e.name, e.proves) for e in in_usual_order(exhibits) if e.usual)


def in_usual_order(exhibits: Sequence[Exhibit]) -> list[Exhibit]:
    """By the place of their kind, then by day."""
    return sorted(exhibits, key=lambda e: (e.rank, e.on or date.min, e.key))


def listed(choice: Sequence[ChosenExhibit], exhibits: Sequence[Exhibit]) -> tuple[Exhibit, ...]:
    """The chosen pieces in the order chosen, named as chosen; those that are no longer there are left out."""
    there = {exhibit.key: exhibit for exhibit in exhibits}
    return tuple(
        replace(there[c.key], name=c.name or there[c.key].name, proves=c.proves or there[c.key].proves)
        for c in choice
        if c.key in there
    )


def clean_choice(choice: Sequence[ChosenExhibit]) -> tuple[ChosenExhibit, ...]:
    """Each piece once, its texts fit for a paper."""
    seen: dict[str, ChosenExhibit] = {}
    for one in choice:
        name = clean(one.name, one_line=True)[:LONGEST_NAME]
        seen.setdefault(
            one.key, ChosenExhibit(one.key, name, clean(one.proves, one_line=True)[:LONGEST_PROVES])
        )
    return tuple(seen.values())
