"""材料清单: the pieces of one 件 in the order of DA/T 22-2015, and the pages each takes.

The order follows the rules of the standard: 正本 before 定稿, 正文 before 附件, 复文 before 来文, the original before
its copy; within one kind, by day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.domain.file_kinds import FileKind
from tracker.domain.vocabulary import N_


class MaterialKind(StrEnum):
    """What a piece is; declared in the order of the file."""

    REPLY = "reply"
    SUPPLIED = "supplied"
    FINAL_DRAFT = "final_draft"
    APPROVAL = "approval"
    LEGAL_OPINION = "legal_opinion"
    LAPSE_LETTER = "lapse_letter"
    PROOF_OF_DELIVERY = "proof_of_delivery"
    DISPATCH_RECORD = "dispatch_record"
    NOTICE = "notice"
    NOTICE_DELIVERY = "notice_delivery"
    CONSULTATION = "consultation"
    CONSULTATION_ANSWER = "consultation_answer"
    SECRECY_REVIEW = "secrecy_review"
    SEARCH_RECORD = "search_record"
    CALL_RECORD = "call_record"
    SHEET = "sheet"
    APPLICATION = "application"
    CORRECTION = "correction"
    AUTHORISATION = "authorisation"
    IDENTITY = "identity"
    RECEIPT = "receipt"
    RECEIPT_RECORD = "receipt_record"
    OTHER = "other"


MATERIAL_NAMES: dict[MaterialKind, str] = {
    MaterialKind.REPLY: N_("答复文书（正本）"),
    MaterialKind.SUPPLIED: N_("随答复提供的信息"),
    MaterialKind.FINAL_DRAFT: N_("答复文书（定稿）"),
    MaterialKind.APPROVAL: N_("呈批单（签发意见）"),
    MaterialKind.LEGAL_OPINION: N_("合法性审查意见"),
    MaterialKind.LAPSE_LETTER: N_("视为放弃告知书"),
    MaterialKind.PROOF_OF_DELIVERY: N_("答复的送达凭证"),
    MaterialKind.DISPATCH_RECORD: N_("答复的寄发、送达登记"),
    MaterialKind.NOTICE: N_("程序性文书（补正、延期、收费等）"),
    MaterialKind.NOTICE_DELIVERY: N_("程序性文书的送达记录"),
    MaterialKind.CONSULTATION: N_("征求意见函"),
    MaterialKind.CONSULTATION_ANSWER: N_("征求意见的答复"),
    MaterialKind.SECRECY_REVIEW: N_("保密审查记录"),
    MaterialKind.SEARCH_RECORD: N_("检索记录"),
    MaterialKind.CALL_RECORD: N_("电话、来访记录"),
    MaterialKind.SHEET: N_("期限计算说明"),
    MaterialKind.APPLICATION: N_("申请书"),
    MaterialKind.CORRECTION: N_("补正材料"),
    MaterialKind.AUTHORISATION: N_("授权委托书"),
    MaterialKind.IDENTITY: N_("身份证明"),
    MaterialKind.RECEIPT: N_("信封或者提交凭证"),
    MaterialKind.RECEIPT_RECORD: N_("收件登记"),
    MaterialKind.OTHER: N_("其他材料"),
}

KIND_OF_FILE: dict[FileKind, MaterialKind] = {
    FileKind.ENVELOPE: MaterialKind.RECEIPT,
    FileKind.REQUEST: MaterialKind.APPLICATION,
    FileKind.IDENTITY_PROOF: MaterialKind.IDENTITY,
    FileKind.AUTHORISATION: MaterialKind.AUTHORISATION,
    FileKind.CORRECTION: MaterialKind.CORRECTION,
    FileKind.CONSULTATION: MaterialKind.CONSULTATION_ANSWER,
    FileKind.SEARCH_PROOF: MaterialKind.SEARCH_RECORD,
    FileKind.INFORMATION: MaterialKind.SUPPLIED,
    FileKind.DELIVERY_PROOF: MaterialKind.PROOF_OF_DELIVERY,
    FileKind.PAPER_APPROVAL: MaterialKind.APPROVAL,
    FileKind.OTHER: MaterialKind.OTHER,
}
"""What a file that somebody added is in the list. Files of letters and sheets come in as those."""

KIND_OF_LETTER: dict[str, MaterialKind] = {
    "approval_sheet": MaterialKind.APPROVAL,
    "legal_opinion": MaterialKind.LEGAL_OPINION,
    "search_record": MaterialKind.SEARCH_RECORD,
    "search_task": MaterialKind.SEARCH_RECORD,
    "consult_third_party": MaterialKind.CONSULTATION,
    "consult_organ": MaterialKind.CONSULTATION,
    "delivery_receipt": MaterialKind.PROOF_OF_DELIVERY,
    "supply_list": MaterialKind.SUPPLIED,
    "lapsed_uncorrected": MaterialKind.LAPSE_LETTER,
    "lapsed_unpaid": MaterialKind.LAPSE_LETTER,
}
"""What a letter is in the list that is neither a reply nor a notice."""

_PLACE = {kind: place for place, kind in enumerate(MaterialKind)}


@dataclass(frozen=True, slots=True)
class Material:
    """One piece. ``key`` names it for good (``letter:12``, ``file:34``, ``paper:5``, ``record:search:6``, ``sheet``).

    ``pages`` is None while nobody has counted them. ``paper``: it exists on paper alone. ``covers``: the demand it was
    added for. A piece of the system is a file (``attachment_id``), a letter, or ``rows`` of a record.
    """

    key: str
    kind: MaterialKind
    title: str
    on: date | None = None
    number: str = ""
    responsible: str = ""
    pages: int | None = None
    paper: bool = False
    covers: str = ""
    attachment_id: int | None = None
    letter_id: int | None = None
    rows: tuple[tuple[str, str], ...] = ()
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the list as it was frozen: its number, and the pages of the file it takes (both 0 when unknown)."""

    place: int
    material: Material
    first: int = 0
    last: int = 0
    sha256: str = ""

    @property
    def span(self) -> str:
        """3–5, 3, or empty when nobody has counted."""
        if not self.first:
            return ""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"

    def to_data(self) -> dict[str, Any]:
        """Plain data for storage; names no person but what a title says."""
        one = self.material
        return {
            "place": self.place,
            "key": one.key,
            "kind": str(one.kind),
            "title": one.title,
            "on": one.on.isoformat() if one.on else None,
            "number": one.number,
            "responsible": one.responsible,
            "pages": one.pages,
            "paper": one.paper,
            "first": self.first,
            "last": self.last,
            "attachment_id": one.attachment_id,
            "sha256": self.sha256,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Listed:
        """A stored line."""
        return cls(
            data["place"],
            Material(
                key=data["key"],
                kind=MaterialKind(data["kind"]),
                title=data["title"],
                on=date.fromisoformat(data["on"]) if data["on"] else None,
                number=data["number"],
                responsible=data["responsible"],
                pages=data["pages"],
                paper=data["paper"],
                attachment_id=data["attachment_id"],
            ),
            data["first"],
            data["last"],
            data["sha256"],
        )


def in_order(materials: Iterable[Material]) -> list[Material]:
    """The pieces in the order of the file."""
    return sorted(materials, key=lambda m: (_PLACE[m.kind], m.on or date.max, m.paper, m.key))


def paginated(materials: Sequence[Material], digests: Mapping[str, str] | None = None) -> tuple[Listed, ...]:
    """The list with page numbers running through the file, from 1; a piece nobody counted takes none.

    ``digests``: SHA-256 of the bytes kept of a piece, by its key."""
    lines: list[Listed] = []
    next_page = 1
    for place, one in enumerate(in_order(materials), start=1):
        digest = (digests or {}).get(one.key, "")
        if one.pages:
            lines.append(Listed(place, one, next_page, next_page + one.pages - 1, digest))
            next_page += one.pages
        else:
            lines.append(Listed(place, one, sha256=digest))
    return tuple(lines)


def total_pages(lines: Sequence[Listed]) -> int:
    """Pages of the whole file."""
    return sum(line.material.pages or 0 for line in lines)


def paper_pages(lines: Sequence[Listed]) -> int:
    """Pages kept on paper alone."""
    return sum(line.material.pages or 0 for line in lines if line.material.paper)


def with_pages(material: Material, pages: int | None) -> Material:
    """The piece with its pages counted."""
    return replace(material, pages=pages)
