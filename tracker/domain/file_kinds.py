"""材料类别: what a file of a case is, as the list that goes into the archive names it."""

from __future__ import annotations

from enum import StrEnum

from tracker.domain.vocabulary import N_


class FileKind(StrEnum):
    """Kinds kept in ``attachments.kind``. The first four came in with the request."""

    ENVELOPE = "envelope"
    REQUEST = "request"
    IDENTITY_PROOF = "identity_proof"
    AUTHORISATION = "authorisation"
    CORRECTION = "correction"
    CONSULTATION = "consultation"
    SEARCH_PROOF = "search_proof"
    INFORMATION = "information"
    DELIVERY_PROOF = "delivery_proof"
    PAPER_APPROVAL = "paper_approval"
    LETTER_PDF = "letter_pdf"
    LETTER_DOCX = "letter_docx"
    COMPUTATION_SHEET = "computation_sheet"
    ARCHIVE_PAPER = "archive_paper"
    OTHER = "other"


FILE_KIND_NAMES: dict[FileKind, str] = {
    FileKind.ENVELOPE: N_("信封"),
    FileKind.REQUEST: N_("申请书"),
    FileKind.IDENTITY_PROOF: N_("身份证明"),
    FileKind.AUTHORISATION: N_("授权委托书"),
    FileKind.CORRECTION: N_("补正材料"),
    FileKind.CONSULTATION: N_("征求意见材料"),
    FileKind.SEARCH_PROOF: N_("检索截图、协查回单"),
    FileKind.INFORMATION: N_("拟提供的信息"),
    FileKind.DELIVERY_PROOF: N_("送达凭证"),
    FileKind.PAPER_APPROVAL: N_("纸质呈批单"),
    FileKind.LETTER_PDF: N_("公文（PDF）"),
    FileKind.LETTER_DOCX: N_("公文（可编辑）"),
    FileKind.COMPUTATION_SHEET: N_("期限计算说明"),
    FileKind.ARCHIVE_PAPER: N_("归档时编制的材料"),
    FileKind.OTHER: N_("其他材料"),
}

OUR_OWN: frozenset[FileKind] = frozenset(
    {FileKind.LETTER_PDF, FileKind.LETTER_DOCX, FileKind.COMPUTATION_SHEET, FileKind.ARCHIVE_PAPER}
)
"""Made by the office's own system: nobody adds them by hand."""
