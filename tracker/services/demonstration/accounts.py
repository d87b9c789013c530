"""Accounts of the demonstration district, made once and told to whoever tries it out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker.adapters.passwords import hash_password
from tracker.domain.actors import SYSTEM, Actor
from tracker.models import Account, Organ, RoleHolding
from tracker.queries.accounts import actor_of
from tracker.services.accounts import create_account
from tracker.services.context import Context
from tracker.services.demonstration.people import PASSWORD, PEOPLE


def create_people(ctx: Context, organ_ids: dict[str, int]) -> dict[str, Actor]:
    """All demonstration accounts, with their fixed password, as actors by login."""
    actors: dict[str, Actor] = {}
    hashed = hash_password(PASSWORD)
    for person in PEOPLE:
        holdings = [(role, organ_ids[code]) for role, code in person.holdings if code in organ_ids]
        made = create_account(
            ctx.as_actor(SYSTEM),
            person.login,
            person.name,
            holdings,
            password=PASSWORD,
            password_hash=hashed,
        )
        actors[person.login] = actor_of(ctx.session.get_one(Account, made.account_id))
    return actors


def list_demonstration_accounts(session: Session) -> list[dict[str, object]]:
    """Login, password, role and organ of each demonstration account; ``holdings`` has all roles of a person."""
    accounts = session.scalars(
        select(Account)
        .where(Account.demonstration)
        .options(selectinload(Account.holdings).selectinload(RoleHolding.organ))
        .order_by(Account.id)
    )
    return [_told(account) for account in accounts]


def _told(account: Account) -> dict[str, object]:
    held: list[tuple[str, Organ]] = [(holding.role, holding.organ) for holding in account.holdings]
    role, organ = held[0]
    return {
        "login": account.login,
        "password": PASSWORD,
        "name": account.name,
        "role": role,
        "organ": organ.code,
        "organ_name": organ.name,
        "holdings": [{"role": r, "organ": o.code, "organ_name": o.name} for r, o in held],
    }
