"""One row of the 台账 as a person overwrites it: through the verbs of its cells, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.amendments import Amendable
from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.ledger_view import HANDLER
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import RULE_OF, Action
from tracker.models import Case
from tracker.queries.handlers import list_handlers
from tracker.queries.scope import get_case
from tracker.services.acceptance import assign
from tracker.services.amendments import amend
from tracker.services.case_record import require_version
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


def change_row(ctx: Context, case_id: int, cells: Mapping[str, str], *, expected_version: int | None) -> int:
    """Overwrite cells by their names (``domain.ledger_view``), all of them or none; the version of the case afterwards.

    Raises ``NotFound`` for a stranger or an unknown cell, ``Forbidden``, ``Conflict``, ``NotLawfulNow``, and
    ``Invalid`` naming the cells that cannot be kept.
    """
    changes = {Amendable(name): text for name, text in cells.items() if name != HANDLER}
    act = Action.AMEND if changes else Action.ASSIGN
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, RULE_OF[act].permission, lock=True)
        require_version(case, expected_version)
        if changes:
            amend(ctx, case_id, changes, expected_version=None)
        if HANDLER in cells:
            _assign(ctx, case, cells[HANDLER])
        session.flush()
        return case.version_id


def _assign(ctx: Context, case: Case, name: str) -> None:
    handler_id = handler_named(ctx, case.organ_id, name)
    if handler_id != case.handler_id:
        assign(ctx, case.id, handler_id=handler_id, expected_version=None)


def handler_named(ctx: Context, organ_id: int, name: str) -> int:
    """The one person of that name who handles requests of the organ. Raises ``Invalid``."""
    wanted = clean_line(name)
    found = [person.id for person in list_handlers(ctx.session, organ_id) if person.name == wanted]
    if len(found) == 1:
        return found[0]
    said: TrackerError | str = N_("请选择本机关在岗的经办人。")
    if found:
        said = TrackerError(N_("本机关有不止一位%(name)s，请在案件页分办。"), name=wanted)
    raise Invalid({HANDLER: [said]})
