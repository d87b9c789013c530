"""What the addresses of the access table point at: one thing of each kind, all of 椒江区民政局."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.people import NOW, Cast
from tracker.models import Account, RoleHolding, WebSession
from tracker.services.context import Context

ORGAN = "MZJ"


@dataclass(frozen=True)
class World:
    """Ids by the names that addresses use for them."""

    ids: dict[str, int]

    def address(self, rule: Rule, words: dict[str, str]) -> str:
        """The rule's address with something real in every place."""
        unknown = set(rule.arguments) - set(self.ids) - set(words)
        assert not unknown, (
            f"{rule.rule}: say in tests/web/access_world.py what stands for {', '.join(sorted(unknown))}"
        )
        values: dict[str, object] = {place: self.ids.get(place) or words[place] for place in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None
        return built[1]


MakeContext = Callable[[str], Context]


def make_world(session: Session, people: Cast, ctx_of: MakeContext) -> World:
    """Make one of everything. A new kind of place in an address gets its line here."""
    load_shipped(session)
    newcomer = Account(
        login="newcomer",
        name="新来的",
        password_hash="!",
        created_at=NOW,
        holdings=[RoleHolding(role="clerk", organ_id=people.organ_ids[ORGAN])],
    )
    session.add(newcomer)
    session.flush()
    web_session = WebSession(
        token_hash="0" * 64,
        account_id=newcomer.id,
        created_at=NOW,
        last_seen_at=NOW,
        address="::1",
        browser="",
    )
    session.add(web_session)
    session.commit()
    holding_id = session.scalars(select(RoleHolding.id).where(RoleHolding.account_id == newcomer.id)).one()
    ids = {
        "account_id": newcomer.id,
        "holding_id": holding_id,
        "session_id": web_session.id,
        "organ_id": people.organ_ids[ORGAN],
        "year": 2026,
        "case_id": received_case(ctx_of("clerk"), people.organ_ids[ORGAN], date(2026, 2, 2)),
    }
    session.rollback()
    return World(ids)
