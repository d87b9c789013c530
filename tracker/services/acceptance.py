"""初审受理 and 分办: the request is ours and complete, and somebody is answerable for it."""

from __future__ import annotations

from datetime import date

from tracker.domain.actors import Actor, RoleHeld
from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Invalid
from tracker.domain.permissions import Permission, Role
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Account
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append, stood_in_for
from tracker.services.context import Context


def accept(
    ctx: Context, case_id: int, *, on: date, expected_version: int | None, note: str | None = None
) -> Reading:
    """初审受理. The period runs from receipt whatever day this is (Art 31, 33)."""
    with acting(ctx, case_id, Action.ACCEPT, expected_version) as case:
        return append(ctx, case, NewEntry(EntryType.ACCEPTED, on, text=note))


def assign(
    ctx: Context, case_id: int, *, handler_id: int, expected_version: int | None, note: str | None = None
) -> Reading:
    """分办 to a clerk of the case's own organ. A case carried over from a register begins to be alerted from now on,
    because now there is a person to alert. Raises ``Invalid`` when that person does not handle requests here."""
    with acting(ctx, case_id, Action.ASSIGN, expected_version) as case:
        handler = ctx.session.get(Account, handler_id)
        if handler is None or not handler.active or not _handles(handler, case.organ_id):
            raise Invalid({"handler_id": [N_("请选择本机关在岗的经办人。")]})
        details = {"handler_id": handler.id, **stood_in_for(ctx, case)}
        case.handler = handler
        case.handler_id = handler.id
        case.handler_name = handler.name
        return append(ctx, case, NewEntry(EntryType.ASSIGNED, ctx.today, details, text=note))


def _handles(account: Account, organ_id: int) -> bool:
    held = frozenset(RoleHeld(Role(h.role), h.organ_id) for h in account.holdings)
    return Actor(account.id, account.name, held).may(Permission.CASE_HANDLE, organ_id)
