"""The fixed cast. Every test that needs people uses these, so a reader knows who is who.

Two organs take part: 区民政局 (ours) and 区财政局 (the neighbours), and the district office 区政府办公室.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor, RoleHeld
from tracker.domain.permissions import Role
from tracker.models import Account, Organ, RoleHolding

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
UNUSABLE_PASSWORD = "!"

CAST: dict[str, tuple[str, tuple[tuple[Role, str], ...]]] = {
    "clerk": ("陈静", ((Role.CLERK, "MZJ"),)),
    "second_clerk": ("林涛", ((Role.CLERK, "MZJ"),)),
    "approver": ("王国强", ((Role.APPROVER, "MZJ"),)),
    "disclosure_head": ("周敏", ((Role.DISCLOSURE_HEAD, "MZJ"),)),
    "legal_advisor": ("徐律师", ((Role.LEGAL_ADVISOR, "MZJ"), (Role.LEGAL_ADVISOR, "HMJ"))),
    "supervisor": ("沈督查", ((Role.SUPERVISOR, "BGS"),)),
    "administrator": ("管理员甲", ((Role.ADMINISTRATOR, "BGS"),)),
    "auditor": ("审计员甲", ((Role.AUDITOR, "BGS"),)),
    "colleague": ("朱芳", ((Role.CLERK, "CZJ"), (Role.APPROVER, "CZJ"), (Role.DISCLOSURE_HEAD, "CZJ"))),
    "one_person": ("金一人", ((Role.CLERK, "HMJ"), (Role.APPROVER, "HMJ"), (Role.DISCLOSURE_HEAD, "HMJ"))),
    "stranger": ("路人", ()),
}

ORGANS: tuple[tuple[str, str, str, str], ...] = (
    ("MZJ", "椒江区民政局", "department", "椒民公开"),
    ("CZJ", "椒江区财政局", "department", "椒财公开"),
    ("HMJ", "海门街道办事处", "subdistrict", "海街公开"),
    ("BGS", "椒江区人民政府办公室", "district_office", "椒政办公开"),
)


@dataclass(frozen=True)
class Cast:
    """Actors by their part, organs by their code."""

    actors: dict[str, Actor]
    organ_ids: dict[str, int]

    def __getattr__(self, part: str) -> Actor:
        try:
            return self.actors[part]
        except KeyError as error:
            raise AttributeError(part) from error


def settle(session: Session, password_hash: str = UNUSABLE_PASSWORD) -> Cast:
    """Put organs and people into the database and return them as actors. Commits."""
    organs = {code: _organ(code, name, kind, prefix) for code, name, kind, prefix in ORGANS}
    accounts = {
        part: Account(
            login=part,
            name=name,
            password_hash=password_hash,
            must_change_password=False,
            created_at=NOW,
            holdings=[RoleHolding(role=str(role), organ=organs[code]) for role, code in roles],
        )
        for part, (name, roles) in CAST.items()
    }
    session.add_all([*organs.values(), *accounts.values()])
    session.flush()
    organ_ids = {code: organ.id for code, organ in organs.items()}
    account_ids = {part: account.id for part, account in accounts.items()}
    session.commit()
    actors = {
        part: Actor(
            account_ids[part], name, frozenset(RoleHeld(role, organ_ids[code]) for role, code in roles)
        )
        for part, (name, roles) in CAST.items()
    }
    return Cast(actors, organ_ids)


def _organ(code: str, name: str, kind: str, prefix: str) -> Organ:
    return Organ(
        code=code,
        name=name,
        kind=kind,
        number_prefix=prefix,
        reviewing_organ="椒江区人民政府",
        court="台州市椒江区人民法院",
        address=f"台州市椒江区市府大道{len(name)}00号",
        postcode="318000",
        contact="政务公开科",
        phone="0576-88000000",
        fonds_number="Z109",
        archive_unit_code=code,
    )
