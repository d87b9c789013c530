"""考核计分规则: decided on by the district's office, a version for good from the day it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.errors import Conflict, Forbidden, Invalid
from tracker.domain.permissions import Permission
from tracker.domain.points_form import faults_of
from tracker.domain.points_rule import PointsRule
from tracker.domain.points_versions import SHIPPED_NUMBER, RuleVersion, in_force_on
from tracker.domain.vocabulary import N_
from tracker.models import PointsRule as StoredRule
from tracker.queries.points_rules import list_rule_versions
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class NewRule:
    """A rule somebody decides on: the rule, the day it begins, and why."""

    rule: PointsRule
    in_force_from: date
    reason: str


def set_rule(ctx: Context, wanted: NewRule, *, expected_number: int) -> int:
    """启用新的计分规则: the next version, in force from its day; returns its number. What has ended keeps its own.

    ``expected_number`` is that of the newest version the person saw. Raises ``Invalid`` for a rule that does not fit
    together, a missing reason, a day that has passed or a rule that changes nothing; ``Conflict`` when somebody else
    was faster; ``Forbidden``.
    """
    with transaction(ctx) as session:
        versions = list_rule_versions(session)
        newest = max((v.number for v in versions), default=SHIPPED_NUMBER)
        _require_sound(ctx, versions, wanted)
        if newest != expected_number:
            raise Conflict(N_("计分规则刚被他人修改，请核对最新的规则后再预览、启用；您填写的内容已保留。"))
        session.add(
            StoredRule(
                number=newest + 1,
                rule=wanted.rule.to_data(),
                in_force_from=wanted.in_force_from,
                reason=wanted.reason.strip(),
                made_at=ctx.now,
                made_by_id=ctx.actor.account_id,
            )
        )
        return newest + 1


def check_rule(ctx: Context, wanted: NewRule) -> None:
    """What ``set_rule`` would refuse, before anything is put in force. Raises ``Invalid``, ``Forbidden``."""
    _require_sound(ctx, list_rule_versions(ctx.session), wanted)


def _require_sound(ctx: Context, versions: Sequence[RuleVersion], wanted: NewRule) -> None:
    if ctx.actor.account_id is None or not ctx.actor.may_somewhere(Permission.ASSESSMENT_RULE):
        raise Forbidden(N_("考核计分规则由区政府办公室修改。"))
    faults = faults_of(wanted.rule)
    if not wanted.reason.strip():
        faults["reason"] = [N_("请写明修改的原因。")]
    if wanted.in_force_from < ctx.today:
        faults["in_force_from"] = [N_("启用日期不能早于今天：已经结束的期间不改按新规则计分。")]
    elif in_force_on(versions, wanted.in_force_from).rule.digest() == wanted.rule.digest():
        faults["full"] = [N_("与当日施行的规则完全相同，没有需要启用的修改。")]
    if faults:
        raise Invalid(faults)
