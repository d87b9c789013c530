"""What the pages of acts show."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.workflow import Action
from tracker.models import Case


@dataclass(frozen=True, slots=True)
class ActPage:
    """``late``: the workflow does not offer the act now, it is recorded as having happened all the same.
    ``closed``: not possible at this stage. ``latest``: what somebody else recorded meanwhile."""

    case: Case
    action: Action
    label: str
    effect: str
    late: bool
    closed: bool
    latest: str = ""
