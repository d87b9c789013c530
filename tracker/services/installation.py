"""A blank installation: organs, calendars, standard templates, the first administrator. Harmless when run again."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from tracker.domain.actors import SYSTEM
from tracker.domain.organs import OrganFacts, OrganKind, OrganListError, read_organs
from tracker.domain.permissions import Role
from tracker.models import Account, Organ, RoleHolding
from tracker.services.accounts import NewSecret, create_account
from tracker.services.calendars import load_shipped
from tracker.services.context import Context
from tracker.services.templates import load_shipped_templates
from tracker.services.unit_of_work import transaction

SHIPPED_ORGANS = Path(__file__).resolve().parent.parent / "seed" / "organs.csv"


@dataclass(frozen=True, slots=True)
class Installed:
    """What was added; ``administrator`` only when the first one was made, with the password nobody sees again."""

    organs: int
    calendar_years: int
    administrator: NewSecret | None


def load_organ_list(path: Path | None = None) -> tuple[OrganFacts, ...]:
    """Organs of a CSV file, by default those of Jiaojiang district. Raises ``OrganListError``."""
    try:
        with (path or SHIPPED_ORGANS).open(encoding="utf-8-sig", newline="") as lines:
            return read_organs(csv.DictReader(lines))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OrganListError(f"the list of organs cannot be read: {error}") from error


def install(ctx: Context, organs: Iterable[OrganFacts], admin_login: str) -> Installed:
    """Add what is missing: organs not known by code yet, shipped calendar years, and an administrator if none is.

    What is there stays as it is, whatever the list says. Raises ``Invalid`` for a login that cannot be.
    """
    with transaction(ctx) as session:
        known = set(session.scalars(select(Organ.code)))
        added = [_organ(facts) for facts in organs if facts.code not in known]
        session.add_all(added)
        session.flush()
        load_shipped_templates(ctx)
        return Installed(
            len(added), load_shipped(ctx), _first_administrator(ctx.as_actor(SYSTEM), admin_login)
        )


def _organ(facts: OrganFacts) -> Organ:
    return Organ(
        code=facts.code,
        name=facts.name,
        kind=str(facts.kind),
        number_prefix=facts.number_prefix,
        reviewing_organ=facts.reviewing_organ,
        alternative_reviewing_organ=facts.alternative_reviewing_organ,
        court=facts.court,
    )


def _first_administrator(ctx: Context, login: str) -> NewSecret | None:
    session = ctx.session
    administrators = select(Account.id).join(RoleHolding).where(RoleHolding.role == str(Role.ADMINISTRATOR))
    if session.scalar(administrators.limit(1)) is not None:
        return None
    office = session.scalar(
        select(Organ.id).order_by(Organ.kind != str(OrganKind.DISTRICT_OFFICE), Organ.id).limit(1)
    )
    if office is None:
        raise OrganListError("no organ is known: the first administrator needs one")
    return create_account(ctx, login, "系统管理员", [(Role.ADMINISTRATOR, office)])
