"""What may be done with one letter now: pages and verbs agree because both ask the workflow here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.standalone_documents import FOR_THE_FILE
from tracker.domain.workflow import Action, allowed_actions
from tracker.models import Case, Letter
from tracker.services.case_record import facts_for
from tracker.services.context import Context
from tracker.services.legal_review import STEP_PERMISSION, Step, standing_approval
from tracker.services.letter_act import hands_in, has_other_hand, writers_of
from tracker.services.letters import find_open_reply
from tracker.services.voiding import may_be_voided, right_to_void


class LetterAct(StrEnum):
    """One thing a person may do with a letter."""

    EDIT = "edit"
    SUBMIT = "submit"
    REVIEW = "review"
    WAIVE_REVIEW = "waive_review"
    SIGN = "sign"
    SEND_BACK = "send_back"
    PAPER_REVIEW = "paper_review"
    PAPER_SIGN_OFF = "paper_sign_off"
    SEAL = "seal"
    DISPATCH = "dispatch"
    VOID = "void"
    DELIVERY = "delivery"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class LetterActs:
    """What is possible for this person; ``own_hand`` tells that it would be, had they not written the letter."""

    possible: frozenset[LetterAct]
    own_hand: bool = False

    def __contains__(self, act: LetterAct) -> bool:
        return act in self.possible


def letter_acts(ctx: Context, case: Case | None, letter: Letter) -> LetterActs:
    """Acts on this letter the workflow offers to the person now."""
    if case is None or not letter.body_held:
        return LetterActs(frozenset())
    if letter.status == "signed":
        return LetterActs(_after_sign_off(ctx, case, letter) | _voiding(ctx, case, letter))
    if not letter.is_reply:
        return _document(ctx, case, letter)
    current = find_open_reply(ctx, case)
    if current is None or current.id != letter.id:
        return LetterActs(frozenset())
    return _before_sign_off(ctx, case, letter)


def _offered(ctx: Context, case: Case) -> frozenset[Action]:
    offers = allowed_actions(facts_for(ctx.session, case), ctx.actor, case.organ_id, case.handler_id)
    return frozenset(offer.action for offer in offers if offer.possible)


def _before_sign_off(ctx: Context, case: Case, letter: Letter) -> LetterActs:
    offered = _offered(ctx, case)
    acts = {act for action, act in _DRAFTING.items() if action in offered}
    deciding = {Action.REVIEW, Action.WAIVE_REVIEW, Action.SIGN_OFF} & offered
    own_hand = bool(deciding) and ctx.actor.account_id in writers_of(letter)
    if not own_hand:
        acts |= {act for action, act in _REVIEWING.items() if action in offered}
    if Action.SIGN_OFF in offered and ctx.actor.account_id in hands_in(letter):
        own_hand = True
    if Action.SIGN_OFF in offered:
        on_paper = standing_approval(letter, Step.SIGN_OFF) is not None
        if on_paper or not own_hand:
            acts.add(LetterAct.SIGN)
            own_hand = False
        acts.add(LetterAct.SEND_BACK)
    acts |= _paper(ctx, case, letter)
    return LetterActs(frozenset(acts), own_hand)


def _document(ctx: Context, case: Case, letter: Letter) -> LetterActs:
    """A document that decides, while it waits for whoever signs."""
    if letter.status != "approved" or case.stage == Stage.ARCHIVED:
        return LetterActs(frozenset())
    acts = _paper(ctx, case, letter)
    if not ctx.actor.may_on(Permission.LETTER_SIGN_OFF, case.organ_id, case.handler_id):
        return LetterActs(frozenset(acts))
    acts.add(LetterAct.SEND_BACK)
    on_paper = standing_approval(letter, Step.SIGN_OFF) is not None
    own_hand = not on_paper and ctx.actor.account_id in writers_of(letter)
    return LetterActs(frozenset(acts if own_hand else acts | {LetterAct.SIGN}), own_hand)


_REVIEWING = {Action.REVIEW: LetterAct.REVIEW, Action.WAIVE_REVIEW: LetterAct.WAIVE_REVIEW}
_DRAFTING = {Action.DRAFT: LetterAct.EDIT, Action.SUBMIT: LetterAct.SUBMIT}


def _paper(ctx: Context, case: Case, letter: Letter) -> set[LetterAct]:
    if not ctx.actor.may_on(Permission.LETTER_DRAFT, case.organ_id, case.handler_id):
        return set()
    step = {"submitted": Step.REVIEW, "approved": Step.SIGN_OFF}.get(letter.status)
    if step is None or standing_approval(letter, step) is not None:
        return set()
    if has_other_hand(ctx.session, letter, STEP_PERMISSION[step]):
        return set()
    return {LetterAct.PAPER_REVIEW if step is Step.REVIEW else LetterAct.PAPER_SIGN_OFF}


def _voiding(ctx: Context, case: Case, letter: Letter) -> frozenset[LetterAct]:
    may = ctx.actor.may_on(right_to_void(letter), case.organ_id, case.handler_id)
    return frozenset({LetterAct.VOID} if may and may_be_voided(case, letter) else ())


def _after_sign_off(ctx: Context, case: Case, letter: Letter) -> frozenset[LetterAct]:
    may = ctx.actor.may_on(Permission.LETTER_DISPATCH, case.organ_id, case.handler_id)
    if not may or case.stage == Stage.ARCHIVED:
        return frozenset()
    if letter.kind in FOR_THE_FILE:
        return frozenset()
    out = next((d for d in reversed(letter.dispatches) if d.returned_on is None), None)
    if out is not None:
        return frozenset() if out.delivered_on else frozenset({LetterAct.DELIVERY, LetterAct.RETURNED})
    if not letter.is_reply or letter.dispatches:
        return frozenset({LetterAct.DISPATCH})
    offered = _offered(ctx, case)
    found = {Action.SEAL: LetterAct.SEAL, Action.DISPATCH: LetterAct.DISPATCH}
    return frozenset(act for action, act in found.items() if action in offered)
