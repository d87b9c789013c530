"""What of a case can be searched: its texts one by one, each with what it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import N_


class DocumentKind(StrEnum):
    """Where a text stands."""

    NUMBER = "number"
    MAIL = "mail"
    APPLICANT = "applicant"
    DESCRIPTION = "description"
    LETTER = "letter"
    OPINION = "opinion"
    RECORD = "record"
    FILE = "file"
    DAY = "day"


DOCUMENT_KIND_NAMES: dict[DocumentKind, str] = {
    DocumentKind.NUMBER: N_("号码"),
    DocumentKind.MAIL: N_("邮件号码"),
    DocumentKind.APPLICANT: N_("申请人"),
    DocumentKind.DESCRIPTION: N_("申请内容"),
    DocumentKind.LETTER: N_("公文"),
    DocumentKind.OPINION: N_("审查意见"),
    DocumentKind.RECORD: N_("办理记录"),
    DocumentKind.FILE: N_("材料"),
    DocumentKind.DAY: N_("日期"),
}


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """One text of a case. ``name``: of the letter or the file. ``sealed``: the text as it stands in the database, where
    it is kept sealed. ``legal_kind``: of an applicant, whose name is personal data when it is a citizen's; ``hashes``
    are the keyed hashes of an applicant's numbers."""

    kind: DocumentKind
    text: str
    name: str = ""
    sealed: bytes | None = None
    legal_kind: str = ""
    hashes: tuple[str, ...] = ()
