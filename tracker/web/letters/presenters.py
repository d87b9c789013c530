"""What the pages of letters show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.case_log import DispatchWay
from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.letter_document import LetterDocument
from tracker.domain.office_days import office_day
from tracker.domain.vocabulary import N_
from tracker.models import Case, Dispatch, LegalReview, Letter
from tracker.queries.letters import WaitingLetter
from tracker.services.dispatch import WAY_NAMES
from tracker.web.cases.rows import ListRow, list_row
from tracker.web.i18n import full_day, tell
from tracker.web.letters.paper import Paper, paper
from tracker.web.letters.review_notes import (
    AnswerLine,
    Compared,
    Note,
    amendments,
    answer_lines,
    last_reviewed,
    notes_on,
    reason_names,
)

STATUS_NAMES: dict[str, str] = {
    "draft": N_("拟稿中"),
    "submitted": N_("审查中"),
    "returned": N_("退回修改"),
    "approved": N_("待签发"),
    "signed": N_("已签发"),
    "voided": N_("已作废"),
    "historic": N_("台账导入，正文未存"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision in the history of a letter."""

    text: str
    who: str
    at: datetime
    opinion: str
    voided: bool
    reasons: str
    checklist: Sequence[AnswerLine]
    amended: Compared | None


@dataclass(frozen=True, slots=True)
class LetterView:
    """A letter with its sheet and its history."""

    letter: Letter
    case: Case | None
    title: str
    status: str
    paper: Paper | None
    outcome: str
    decisions: Sequence[Decision]
    journeys: Sequence[str]
    issued: bool
    files_pending: bool
    notes: Mapping[str, Sequence[Note]]
    since: Compared | None


def letter_view(letter: Letter, case: Case | None) -> LetterView:
    """Everything the page of one letter shows besides its acts."""
    content = letter.issued_content or letter.content
    document = LetterDocument.from_data(content) if content else None
    outcome = (letter.values or {}).get("disposition")
    return LetterView(
        letter=letter,
        case=case,
        title=document.title if document else _("公文"),
        status=tell(STATUS_NAMES[letter.status]),
        paper=paper(document) if document else None,
        outcome=tell(ROW_OF[Disposition(outcome)].register_name) if outcome else "",
        decisions=[decision_view(review) for review in reversed(letter.reviews)],
        issued=letter.status == "signed",
        files_pending=letter.status == "signed" and letter.rendered_at is None,
        notes=notes_on(letter),
        since=last_reviewed(letter) if letter.status in ("draft", "submitted", "returned") else None,
        journeys=[line for sent in reversed(letter.dispatches) for line in _journey(sent)],
    )


def decision_view(review: LegalReview) -> Decision:
    """One decision in words."""
    words = {
        ("review", "approved"): _("合法性审查通过"),
        ("review", "returned"): _("合法性审查退回修改"),
        ("sign_off", "approved"): _("纸质呈批同意签发"),
        ("sign_off", "returned"): _("签发时退回修改"),
    }
    who = review.reviewer.name if review.reviewer else ""
    if review.paper_name:
        who = _("%(name)s（纸质，%(day)s）", name=review.paper_name, day=full_day(review.paper_on))
    manners = {"amended": _("合法性审查修改通过"), "waived": _("工作机构负责人决定免予审查")}
    return Decision(
        manners.get(review.manner) or words[review.step, review.verdict],
        who,
        review.decided_at,
        review.opinion,
        review.voided_at is not None,
        reason_names(review),
        answer_lines(review),
        amendments(review),
    )


def _journey(sent: Dispatch) -> list[str]:
    lines = []
    if sent.delivered_on:
        to = _("，签收人%(name)s", name=sent.delivered_to) if sent.delivered_to else ""
        lines.append(_("%(day)s 送达%(to)s", day=full_day(sent.delivered_on), to=to))
    if sent.returned_on:
        lines.append(
            _("%(day)s 退回：%(why)s", day=full_day(sent.returned_on), why=sent.return_reason or "—")
        )
    number = _("，邮件号 %(number)s", number=sent.mail_number) if sent.mail_number else ""
    way = tell(WAY_NAMES[DispatchWay(sent.way)])
    lines.append(
        _("%(day)s 寄发：%(way)s%(number)s", day=full_day(sent.dispatched_on), way=way, number=number)
    )
    return lines


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One waiting letter in a list."""

    url: str
    title: str
    number: str
    task: str
    by: str
    since: date | None
    waited: int | None
    returns: int
    case: ListRow
    proof_late: int = 0


@dataclass(frozen=True, slots=True)
class Queue:
    """A list of waiting letters; columns that would say the same in every row are left out."""

    rows: Sequence[QueueRow]

    @property
    def several_organs(self) -> bool:
        return len({row.case.organ for row in self.rows}) > 1

    @property
    def several_tasks(self) -> bool:
        return len({row.task for row in self.rows}) > 1 or any(row.proof_late for row in self.rows)


def queue(waiting: Sequence[WaitingLetter], page: str = "letters.show") -> Queue:
    """The list in the order given; a row leads to ``page``."""
    return Queue([_queue_row(w, page) for w in waiting])


def _queue_row(waiting: WaitingLetter, page: str) -> QueueRow:
    submitted = office_day(waiting.submitted_at) if waiting.submitted_at else None
    return QueueRow(
        url=url_for(page, letter_id=waiting.letter_id),
        title=waiting.title,
        number=waiting.number or "",
        task=_task(waiting),
        by=waiting.drafted_by,
        since=waiting.dispatched_on or waiting.signed_on or submitted,
        waited=waiting.waited,
        returns=waiting.returns,
        case=list_row(waiting.case),
        proof_late=waiting.proof_late,
    )


def _task(waiting: WaitingLetter) -> str:
    if waiting.proof_late:
        return _("查询投递，已超 %(n)d 个工作日", n=waiting.proof_late)
    if waiting.dispatched_on and not waiting.returned_on:
        return _("登记送达")
    if waiting.returned_on:
        return _("退件，重新寄发")
    if waiting.is_reply and waiting.sealed_on is None:
        return _("用印")
    return _("寄发")
