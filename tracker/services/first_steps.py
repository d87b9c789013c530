"""入门指引: put away, or called again."""

from __future__ import annotations

from sqlalchemy import update

from tracker.models import Account
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def put_away(ctx: Context) -> None:
    """Not shown unasked any more; it can be called again at any time."""
    with transaction(ctx) as session:
        mine = update(Account).where(Account.id == ctx.actor.account_id)
        session.execute(mine.values(first_steps_hidden=True))
