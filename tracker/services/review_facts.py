"""What the review of a draft reads: the letter's words, what is on record, and what the machine sees of each point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from tracker.domain.composition import ReplyPart, remedy_parts
from tracker.domain.dispositions import Disposition
from tracker.domain.errors import Missing
from tracker.domain.letter_document import LetterDocument
from tracker.domain.remedies import clauses
from tracker.domain.review_checklist import CheckPoint, Finding, Point, ReviewFacts, findings, points_for
from tracker.models import Case, CaseItem, Letter
from tracker.queries.calendars import current_calendar
from tracker.services.context import Context
from tracker.services.letter_facts import bodies_of, case_facts, needs_held
from tracker.services.letters import Draft, versions_of, wordings_for


@dataclass(frozen=True, slots=True)
class Checklist:
    """The points that apply to one draft, and what was found of each."""

    points: tuple[CheckPoint, ...]
    found: Mapping[Point, Finding]


def checklist_for(ctx: Context, case: Case, letter: Letter) -> Checklist:
    """The checklist of a stored draft as it reads now."""
    facts = review_facts(ctx, case, letter)
    return Checklist(points_for(facts.outcomes), findings(facts, current_calendar(ctx.session)))


def review_facts(ctx: Context, case: Case, letter: Letter) -> ReviewFacts:
    """What the machine reads of a stored draft."""
    draft = Draft.from_values(letter.values)
    document = LetterDocument.from_data(letter.content)
    templates = [part.template for part in draft.parts]
    templates += [part.refused_under for part in draft.parts if part.refused_under]
    reply = next((c for c in case.clocks if c.kind == "reply" and c.current), None)
    return ReviewFacts(
        text=document.text(),
        addressee=document.addressee,
        applicant=case_facts(ctx.session, case).get("applicant", ""),
        items=_items(ctx, case),
        answered=len(draft.parts),
        received_on=case.received_on,
        templates=templates,
        remedies=_remedies(ctx, case, letter, draft),
        held=needs_held(ctx.session, case),
        due_on=reply.due_on if reply else None,
        provisional=bool(reply and reply.provisional),
        today=ctx.today,
    )


def outcomes_of(letter: Letter) -> tuple[Disposition, ...]:
    """What a stored draft decides, part by part."""
    return tuple(part.outcome for part in Draft.from_values(letter.values).parts)


def _items(ctx: Context, case: Case) -> int:
    """Items the request was divided into; one where it was not."""
    counted = ctx.session.scalar(
        select(func.count()).select_from(CaseItem).where(CaseItem.case_id == case.id)
    )
    return max(counted or 0, 1)


def _remedies(ctx: Context, case: Case, letter: Letter, draft: Draft) -> tuple[str, ...]:
    """The clauses the law asks for today; none where the organ's bodies are not known."""
    known = wordings_for(ctx, case, versions_of(letter))
    parts = [
        ReplyPart(
            known[part.template].template,
            item=part.item,
            refused=known[part.refused_under].template if part.refused_under else None,
        )
        for part in draft.parts
    ]
    try:
        return clauses(remedy_parts(parts), ctx.today, bodies_of(case.organ))
    except Missing:
        return ()
