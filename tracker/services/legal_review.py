"""提交审查 and 合法性审查: advice on an exact text, kept on record; the head decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.domain.alerts import AlertKind
from tracker.domain.case_log import EntryType
from tracker.domain.errors import Invalid, Missing, NotLawfulNow, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.permissions import Permission
from tracker.domain.return_reasons import ReturnReason
from tracker.domain.review_checklist import not_met, unanswered
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Case, LegalReview, Letter
from tracker.queries.letters import get_letter
from tracker.services.alerts import tell
from tracker.services.attachments import Upload, check_upload, keep_file
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.draft_comments import OPEN_COMMENTS, open_comments
from tracker.services.letter_act import (
    has_other_hand,
    named_person,
    on_letter,
    require_other_hand,
    writers_of,
)
from tracker.services.letters import amend, require_ready
from tracker.services.review_comments import add_comments
from tracker.services.review_facts import Checklist, checklist_for


class Verdict(StrEnum):
    """What review or sign-off decided."""

    APPROVED = "approved"
    RETURNED = "returned"


class Step(StrEnum):
    """At which station a decision was taken."""

    REVIEW = "review"
    SIGN_OFF = "sign_off"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reviewer says of a draft. ``answers`` by point of the checklist; ``reasons`` and ``text`` of a return;
    ``comments`` and amended ``texts`` by key of the paragraph."""

    verdict: Verdict
    text: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    reasons: Sequence[ReturnReason] = ()
    comments: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a review: whether the approved text is the reviewer's."""

    amended: bool


STEP_PERMISSION = {Step.REVIEW: Permission.LETTER_REVIEW, Step.SIGN_OFF: Permission.LETTER_SIGN_OFF}


@dataclass(frozen=True, slots=True)
class PaperApproval:
    """An approval given on paper: who, when, and the scan of the 呈批单."""

    name: str
    on: date
    scan: Upload
    opinion: str = ""


def submit(ctx: Context, letter_id: int, *, expected_version: int | None) -> bool:
    """提交审查. True when a review follows, False where the organ has none and the reply goes straight to sign-off.

    Raises ``Missing`` naming every fact, record or character the reply lacks.
    """
    with on_letter(ctx, letter_id, Action.SUBMIT, expected_version) as (case, letter):
        require_ready(ctx, case, letter)
        waiting = open_comments(letter)
        if waiting:
            raise Missing([OPEN_COMMENTS])
        letter.submitted_at = ctx.now
        letter.status = "submitted"
        entries = [NewEntry(EntryType.SUBMITTED, ctx.today, {"letter_id": letter.id})]
        if not case.organ.review_required:
            letter.status = "approved"
            skipped = {"letter_id": letter.id, "not_required": True}
            entries.append(NewEntry(EntryType.REVIEW_APPROVED, ctx.today, skipped))
        append(ctx, case, *entries)
        return case.organ.review_required


def review(ctx: Context, letter_id: int, opinion: Opinion, *, expected_version: int | None) -> Decided:
    """合法性审查: approve, approve with amendments, or return the exact text that was read; comments go with it.

    An approval needs an answer to every point of the checklist that applies, and none found wanting. With
    ``opinion.texts`` the reviewer's words replace those of free paragraphs; that text is the approved one, what was
    handed in stays beside it, and the drafter who disagrees changes it, which voids the approval. Raises ``Forbidden``
    for whoever wrote at it, ``Invalid`` for a point without an answer or a return without words and reason,
    ``Conflict`` when the text changed since it was opened.
    """
    if opinion.verdict is Verdict.RETURNED:
        _require_reasons(opinion)
    with on_letter(ctx, letter_id, Action.REVIEW, expected_version) as (case, letter):
        require_other_hand(ctx, letter)
        checklist = checklist_for(ctx, case, letter)
        submitted = letter.content
        amended = False
        if opinion.verdict is Verdict.APPROVED:
            _require_answers(checklist, opinion.answers)
            amended = bool(opinion.texts) and amend(ctx, case, letter, opinion.texts)
        add_comments(ctx, letter, opinion.comments)
        decision = _decide(ctx, letter, Step.REVIEW, opinion.verdict, opinion.text)
        decision.answers = _told(checklist, opinion.answers)
        decision.reasons = [str(r) for r in opinion.reasons] if opinion.verdict is Verdict.RETURNED else []
        if amended:
            decision.manner, decision.submitted_content = "amended", submitted
        letter.status = "approved" if opinion.verdict is Verdict.APPROVED else "returned"
        _log(ctx, case, decision, opinion.text)
        subject = f"review-{decision.id}"
        people = sorted(writers_of(letter))
        tell(ctx, people, AlertKind.REVIEW_DECIDED, on=ctx.today, case=case, subject=subject)
        return Decided(amended=amended)


def waive_review(ctx: Context, letter_id: int, *, reason: str, expected_version: int | None) -> None:
    """免予审查: the head of the disclosure office lets the exact text pass without review and answers for it.

    Advice is no veto, but passing it by is told: reason, person and day stand in the log. Raises ``Invalid`` without a
    reason, ``Forbidden`` for anybody but the head and for a head who wrote at it.
    """
    if not reason.strip():
        raise Invalid({"reason": [N_("请写明免予审查的理由，会记入办理记录。")]})
    with on_letter(ctx, letter_id, Action.WAIVE_REVIEW, expected_version) as (case, letter):
        require_other_hand(ctx, letter)
        decision = _decide(ctx, letter, Step.REVIEW, Verdict.APPROVED, reason)
        decision.manner = "waived"
        letter.status = "approved"
        ctx.session.flush()
        details = {"letter_id": letter.id, "review_id": decision.id}
        append(ctx, case, NewEntry(EntryType.REVIEW_WAIVED, ctx.today, details, reason.strip()))


def return_from_sign_off(ctx: Context, letter_id: int, *, opinion: str, expected_version: int | None) -> None:
    """退回修改 by whoever should sign: review of the old text no longer counts."""
    if not opinion.strip():
        raise Invalid({"opinion": [N_("退回修改须写明意见。")]})
    with on_letter(ctx, letter_id, Action.SIGN_OFF, expected_version) as (case, letter):
        for earlier in letter.reviews:
            if earlier.verdict == Verdict.APPROVED and earlier.voided_at is None:
                earlier.voided_at = ctx.now
        decision = _decide(ctx, letter, Step.SIGN_OFF, Verdict.RETURNED, opinion)
        letter.status = "returned"
        _log(ctx, case, decision, opinion)


def record_paper_approval(
    ctx: Context, letter_id: int, *, step: Step, paper: PaperApproval, expected_version: int | None
) -> None:
    """纸质呈批: where an organ is too small to divide the duty, the scanned sheet stands in, named and logged.

    For the review it counts as the review; for the sign-off it allows the drafter to complete what the named head
    approved on paper. Raises ``NotLawfulNow`` where somebody else could decide in the system.
    """
    if not paper.name.strip():
        raise Invalid({"paper_name": [N_("请填写在呈批单上签字的人。")]})
    if paper.on > ctx.today:
        raise Invalid({"paper_on": [N_("日期晚于今天，尚未发生的事不能登记，请核对日期。")]})
    scan = check_upload(ctx, Upload(paper.scan.filename, paper.scan.content, FileKind.PAPER_APPROVAL), "scan")
    action = Action.REVIEW if step is Step.REVIEW else Action.SIGN_OFF
    right = Permission.LETTER_DRAFT
    is_reply = get_letter(ctx.session, ctx.actor, letter_id, right).is_reply
    with on_letter(ctx, letter_id, action, expected_version, permission=right, offered=is_reply) as (
        case,
        letter,
    ):
        if not is_reply and (letter.status != "approved" or step is not Step.SIGN_OFF):
            raise NotLawfulNow(N_("这份文书不在等待签发，请刷新页面查看最新状态。"))
        if has_other_hand(ctx.session, letter, STEP_PERMISSION[step]):
            raise NotLawfulNow(N_("本机关另有人员可以在系统中审查（签发），不能以纸质呈批单代替。"))
        kept = keep_file(ctx, scan, case_id=case.id, letter_id=letter.id)
        decision = _decide(ctx, letter, step, Verdict.APPROVED, paper.opinion)
        decision.reviewer_id = None
        decision.paper_name, decision.paper_on, decision.attachment_id = paper.name.strip(), paper.on, kept.id
        ctx.session.flush()
        person = named_person(ctx.session, letter.organ_id, paper.name.strip(), str(step))
        if step is Step.REVIEW:
            letter.status = "approved"
            _log(ctx, case, decision, paper.opinion, person.id)
        else:
            details = {"letter_id": letter.id, "review_id": decision.id, "paper": True}
            entry = NewEntry(EntryType.NOTE_ADDED, ctx.today, details, N_("登记纸质签发呈批单"), person.id)
            append(ctx, case, entry)


def standing_approval(letter: Letter, step: Step) -> LegalReview | None:
    """The decision that approves exactly the present text at a step, or None."""
    return next(
        (
            r
            for r in reversed(letter.reviews)
            if r.step == step
            and r.verdict == Verdict.APPROVED
            and r.voided_at is None
            and r.text_hash == letter.text_hash
        ),
        None,
    )


def _require_reasons(opinion: Opinion) -> None:
    faults: dict[str, list[TrackerError | str]] = {}
    if not opinion.reasons:
        faults["reasons"] = [N_("请选择退回的原因，可以多选。")]
    if not opinion.text.strip():
        faults["opinion"] = [N_("退回修改须写明审查意见。")]
    if opinion.texts:
        faults["verdict"] = [N_("退回的，请把修改建议写成批注；直接改写的文字只随“通过”生效。")]
    if faults:
        raise Invalid(faults)


def _require_answers(checklist: Checklist, answers: Mapping[str, str]) -> None:
    faults: dict[str, list[TrackerError | str]] = {
        f"answer-{p.point}": [N_("通过前须逐项审查，请选择一项。")]
        for p in unanswered(checklist.points, answers)
    }
    faults |= {
        f"answer-{p.point}": [N_("有不符合的，请退回修改；已在稿中改正的，改选“符合”。")]
        for p in not_met(checklist.points, answers)
    }
    if faults:
        raise Invalid(faults)


def _told(checklist: Checklist, answers: Mapping[str, str]) -> dict[str, Any]:
    """The checklist as it is kept: what was answered, and what the machine had found."""
    kept: dict[str, Any] = {}
    for p in checklist.points:
        finding = checklist.found[p.point]
        answer = answers.get(p.point)
        kept[p.point] = {
            "answer": answer if answer in p.answers else None,
            "sight": str(finding.sight),
            "found": finding.text,
            "params": dict(finding.params),
        }
    return kept


def _decide(ctx: Context, letter: Letter, step: Step, verdict: Verdict, opinion: str) -> LegalReview:
    decision = LegalReview(
        step=str(step),
        verdict=str(verdict),
        text_hash=letter.text_hash,
        opinion=opinion.strip(),
        reviewer_id=ctx.actor.account_id,
        decided_at=ctx.now,
        manner="as_read",
        answers={},
        reasons=[],
        content=letter.content,
        submitted_at=letter.submitted_at,
    )
    letter.reviews.append(decision)
    return decision


_ENTRY = {
    (Step.REVIEW, Verdict.APPROVED): EntryType.REVIEW_APPROVED,
    (Step.REVIEW, Verdict.RETURNED): EntryType.REVIEW_RETURNED,
    (Step.SIGN_OFF, Verdict.RETURNED): EntryType.SIGN_OFF_RETURNED,
}


def _log(ctx: Context, case: Case, decision: LegalReview, opinion: str, person_id: int | None = None) -> None:
    ctx.session.flush()
    kind = _ENTRY[Step(decision.step), Verdict(decision.verdict)]
    details = {"letter_id": decision.letter_id, "review_id": decision.id}
    append(ctx, case, NewEntry(kind, ctx.today, details, opinion.strip() or None, person_id))
