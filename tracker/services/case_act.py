"""The frame of every act on a case: lock, permission, version of the page, offer of the workflow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tracker.domain.workflow import RULE_OF, Action
from tracker.models import Case
from tracker.queries.scope import get_case
from tracker.services.case_record import require_offered, require_version
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


@contextmanager
def acting(
    ctx: Context, case_id: int, action: Action, expected_version: int | None, *, reason: str | None = None
) -> Iterator[Case]:
    """The locked case, inside the verb's transaction, once the person may do this to it now.

    ``expected_version``: of the page the person looked at; None when there was no page. ``reason``: given when
    something that already happened is recorded where the workflow does not offer it. Raises ``NotFound``,
    ``Forbidden``, ``Conflict``, ``NotLawfulNow``.
    """
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, RULE_OF[action].permission, lock=True)
        require_version(case, expected_version)
        require_offered(ctx, case, action, reason=reason)
        yield case
