"""The frame of every act on a letter: lock case and letter, permission, version of the page, offer of the workflow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import Forbidden, NotLawfulNow
from tracker.domain.permissions import GRANTS, Permission
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action
from tracker.models import Account, Case, Letter, NamedPerson, RoleHolding
from tracker.queries.letters import get_letter
from tracker.queries.scope import get_case
from tracker.services.case_record import require_offered
from tracker.services.context import Context
from tracker.services.letters import require_letter_version
from tracker.services.unit_of_work import transaction


@contextmanager
def on_letter(
    ctx: Context,
    letter_id: int,
    action: Action,
    expected_version: int | None,
    *,
    permission: Permission | None = None,
    reason: str | None = None,
    offered: bool = True,
) -> Iterator[tuple[Case, Letter]]:
    """Case and letter, both locked, once the person may do this to the letter now.

    ``permission`` when it is not that of the action; ``offered`` False where the letter's own state decides. Raises
    ``NotFound``, ``Forbidden``, ``Conflict``, ``NotLawfulNow``.
    """
    right = permission or RULE_OF[action].permission
    with transaction(ctx) as session:
        found = get_letter(session, ctx.actor, letter_id, right)
        if found.case_id is None:
            raise NotLawfulNow(N_("这份公文不属于任何申请件，不经过审查和签发。"))
        case = get_case(session, ctx.actor, found.case_id, right, lock=True)
        letter = get_letter(session, ctx.actor, letter_id, right, lock=True)
        require_letter_version(letter, expected_version)
        if offered:
            require_offered(ctx, case, action, reason=reason)
        yield case, letter


def writers_of(letter: Letter) -> frozenset[int]:
    """Everybody who wrote at the letter."""
    writers = set((letter.values or {}).get("writers", ()))
    return frozenset(writers | ({letter.drafted_by_id} if letter.drafted_by_id else set()))


def hands_in(letter: Letter) -> frozenset[int]:
    """Everybody whose words stand in the letter: who wrote at it and who amended it in review."""
    return writers_of(letter) | frozenset((letter.values or {}).get("amended_by", ()))


def require_other_hand(ctx: Context, letter: Letter, *, signing: bool = False) -> None:
    """Raise ``Forbidden`` when the person wrote at this letter: who drafts neither reviews nor signs it, and who
    amended it in review does not sign it."""
    if signing and ctx.actor.account_id in hands_in(letter) - writers_of(letter):
        raise Forbidden(N_("审查时修改过文字的人不能签发这份答复书，请由其他人员签发。"))
    if ctx.actor.account_id in writers_of(letter):
        raise Forbidden(
            N_("起草人不能审查、签发自己起草的答复书，请由其他人员办理；本机关确无他人的，可登记纸质呈批单。")
        )


def has_other_hand(session: Session, letter: Letter, permission: Permission) -> bool:
    """Whether anybody else in the organ could review or sign the letter in the system."""
    roles = [str(role) for role, granted in GRANTS.items() if permission in granted]
    holders = session.scalars(
        select(Account.id)
        .join(RoleHolding)
        .where(Account.active, RoleHolding.organ_id == letter.organ_id, RoleHolding.role.in_(roles))
    )
    hands = hands_in(letter) if permission is Permission.LETTER_SIGN_OFF else writers_of(letter)
    return bool(set(holders) - hands)


def named_person(session: Session, organ_id: int, name: str, capacity: str) -> NamedPerson:
    """The person known by name alone, made on first use."""
    found = session.scalar(
        select(NamedPerson).where(
            NamedPerson.organ_id == organ_id, NamedPerson.name == name, NamedPerson.capacity == capacity
        )
    )
    if found is None:
        found = NamedPerson(organ_id=organ_id, name=name, capacity=capacity)
        session.add(found)
        session.flush()
    return found
