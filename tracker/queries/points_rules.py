"""The versions of the 计分规则; they name no case and no organ, and every reader of assessment may see them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.domain.points_rule import rule_from_data
from tracker.domain.points_versions import RuleVersion
from tracker.models import PointsRule


def list_rule_versions(session: Session) -> Sequence[RuleVersion]:
    """Every version decided on, in the order they were made; the shipped one is not among them."""
    rows = session.scalars(
        select(PointsRule).order_by(PointsRule.number).options(joinedload(PointsRule.made_by))
    )
    return [
        RuleVersion(
            row.number,
            rule_from_data(row.rule),
            row.in_force_from,
            row.reason,
            row.made_by.name,
            row.made_at,
        )
        for row in rows
    ]
