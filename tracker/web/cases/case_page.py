"""What is known when the page of a case is drawn, and what rooms get to make their forms from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.adapters.system_clock import SHANGHAI
from tracker.domain.actors import Actor
from tracker.domain.case_facts import CaseFacts
from tracker.domain.case_log import LogEntry
from tracker.domain.permissions import Permission
from tracker.domain.reading import Reading
from tracker.domain.undoing import last_step, why_not
from tracker.domain.workflow import Action, Offer, allowed_actions
from tracker.models import Applicant, Attachment, Case, Consultation, Extension, Letter
from tracker.queries.case_record import CaseRecord, read_case_record
from tracker.queries.scope import get_case
from tracker.services.case_record import facts_for
from tracker.services.context import Context


@dataclass(frozen=True, slots=True)
class CasePage:
    """One case as one person sees it today."""

    record: CaseRecord
    facts: CaseFacts
    offers: Sequence[Offer]
    actor: Actor
    today: date

    @property
    def case(self) -> Case:
        """The case itself; for reading."""
        return self.record.case

    @property
    def reading(self) -> Reading:
        """The reply clock with its steps."""
        return self.record.reading

    @property
    def log(self) -> list[LogEntry]:
        """What happened, in the order it was recorded."""
        return self.record.log

    @property
    def applicants(self) -> Sequence[Applicant]:
        """Applicants and agents, the first-named first."""
        return self.record.applicants

    @property
    def letters(self) -> Sequence[Letter]:
        """Letters of the case, oldest first."""
        return self.record.letters

    @property
    def consultations(self) -> Sequence[Consultation]:
        """Parties asked."""
        return self.record.consultations

    @property
    def extensions(self) -> Sequence[Extension]:
        """Extensions asked for."""
        return self.record.extensions

    @property
    def attachments(self) -> Sequence[Attachment]:
        """Files."""
        return self.record.attachments

    def may(self, permission: Permission) -> bool:
        """Whether the person holds the permission for this case."""
        return self.actor.may_on(permission, self.case.organ_id, self.case.handler_id)


def read_case_page(ctx: Context, case_id: int) -> CasePage:
    """Fetch, authorise and read. Raises ``NotFound`` for a stranger, ``Forbidden`` without the right to read."""
    session = ctx.session
    case = get_case(session, ctx.actor, case_id)
    record = read_case_record(session, case, ctx.today)
    facts = facts_for(session, case, record.log, attachments=record.attachments)
    offers = allowed_actions(facts, ctx.actor, case.organ_id, case.handler_id)
    if not _can_undo(record, ctx):
        offers = tuple(offer for offer in offers if offer.action is not Action.UNDO)
    return CasePage(record, facts, offers, ctx.actor, ctx.today)


def _can_undo(record: CaseRecord, ctx: Context) -> bool:
    step = last_step(record.log)
    if step is None:
        return False
    told = next(each for each in record.entries if each.entry.seq == step.seq)
    recorded_on = told.recorded_at.astimezone(SHANGHAI).date()
    actor_id = ctx.actor.account_id
    return why_not(step, recorded_on, told.recorded_by_id, actor_id=actor_id, today=ctx.today) is None
