"""Who acts: a person with roles in organs, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.permissions import DISTRICT_WIDE, LENT, Permission, Role, permissions_of


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role a person holds in one organ (兼任: a person may hold several, in several organs)."""

    role: Role
    organ_id: int


@dataclass(frozen=True, slots=True)
class StoodInFor:
    """A handler who is away today and for whom the person stands in (代岗), in one organ."""

    account_id: int
    organ_id: int


@dataclass(frozen=True, slots=True)
class Actor:
    """The person on whose behalf a verb runs; passed in, never looked up below the web layer."""

    account_id: int | None
    name: str
    holdings: frozenset[RoleHeld] = frozenset()
    standing_in: frozenset[StoodInFor] = frozenset()

    def roles_in(self, organ_id: int) -> frozenset[Role]:
        """Roles that count for a case of this organ; district-wide roles count everywhere."""
        return frozenset(h.role for h in self.holdings if h.organ_id == organ_id or h.role in DISTRICT_WIDE)

    def may(self, permission: Permission, organ_id: int) -> bool:
        """Whether one of the actor's roles grants the permission for a case of this organ."""
        return any(permission in permissions_of(role) for role in self.roles_in(organ_id))

    def stands_in_for(self, handler_id: int | None, organ_id: int) -> bool:
        """Whether the handler of a case of the organ is away and this person stands in."""
        return handler_id is not None and StoodInFor(handler_id, organ_id) in self.standing_in

    def may_on(self, permission: Permission, organ_id: int, handler_id: int | None) -> bool:
        """Whether the actor may do it to a case: by a role of their own, or standing in for its handler."""
        if self.may(permission, organ_id):
            return True
        return permission in LENT and self.stands_in_for(handler_id, organ_id)

    def may_reach(self, permission: Permission) -> bool:
        """Whether there is any case the actor may do it to: what pages that act on one case ask."""
        return self.may_somewhere(permission) or (permission in LENT and bool(self.standing_in))

    def may_somewhere(self, permission: Permission) -> bool:
        """Whether the actor holds the permission in any organ at all: what menus and entry pages ask."""
        return any(permission in permissions_of(h.role) for h in self.holdings)

    def organs_where(self, permission: Permission) -> frozenset[int]:
        """Organs in which a role bound to the organ grants the permission (district-wide roles name none)."""
        return frozenset(h.organ_id for h in self.holdings if permission in permissions_of(h.role))

    def holds(self, role: Role) -> bool:
        """Whether the person holds the role in any organ."""
        return any(h.role is role for h in self.holdings)

    @property
    def reads_whole_district(self) -> bool:
        """Supervisor and auditor read the cases of every organ."""
        return any(
            h.role in DISTRICT_WIDE and Permission.CASE_READ in permissions_of(h.role) for h in self.holdings
        )

    @property
    def reading_organ_ids(self) -> frozenset[int]:
        """Organs whose cases the person may read through a role in that organ."""
        return self.organs_where(Permission.CASE_READ)


SYSTEM = Actor(account_id=None, name="系统")
