"""The work list in words: groups, chips, rows, and what to say when nothing waits."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission, Role
from tracker.domain.stages import STAGE_NAMES, Stage
from tracker.domain.urgency import URGENCY_NAMES, URGENCY_ORDER
from tracker.domain.vocabulary import N_
from tracker.queries.workbench import Group, Workbench, WorkFilter
from tracker.web.cases.rows import ListRow, list_row
from tracker.web.i18n import tell
from tracker.web.list_state import Chip, ListState, light_chip

GROUP_NAMES: dict[Group, str] = {
    Group.MINE: N_("待我办理"),
    Group.WAITING: N_("等待他人"),
    Group.WATCH: N_("临近或超过期限"),
}
EMPTY: dict[Group, tuple[str, str]] = {
    Group.MINE: (
        N_("现在没有等您办理的申请件"),
        N_("分办给您的、还没有人认领的申请件会按紧急程度出现在这里。"),
    ),
    Group.WAITING: (
        N_("没有在等待他人的申请件"),
        N_("等待申请人补正、缴费，等待征求意见，或者正在审查、签发的申请件会出现在这里。"),
    ),
    Group.WATCH: (
        N_("没有临近或超过期限的申请件"),
        N_("全区剩余不足三个工作日或已经超期的申请件会出现在这里，便于催办。"),
    ),
}
WATCHERS = frozenset({Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row with what is to be done."""

    case: ListRow
    task: str
    stood_in: bool


class WorkbenchPage:
    """Everything the page shows."""

    def __init__(self, found: Workbench, wanted: WorkFilter, state: ListState, actor: Actor) -> None:
        self.state = state
        self.paging = found.page
        self.group = wanted.group
        self.rows = [
            TaskRow(list_row(row.case), tell(row.task.label), row.stood_in) for row in found.page.rows
        ]
        self.groups = _group_chips(found, wanted, state, actor)
        self.stages = _stage_chips(found, wanted, state)
        self.lights = _light_chips(found, wanted, state)
        self.scopes = _scope_chips(wanted, state, actor)
        self.filtered = bool(wanted.stage or wanted.light)
        self.several_organs = actor.reads_whole_district or len(actor.reading_organ_ids) > 1
        title, text = EMPTY[wanted.group]
        self.empty_title, self.empty_text = tell(title), tell(text)
        self.lead = _lead(found)
        self.may_register = actor.may_somewhere(Permission.CASE_REGISTER)
        self.may_be_away = actor.may_somewhere(Permission.STAND_IN_NAME)
        self.may_hand_over = actor.may_somewhere(Permission.HANDOVER_OFFER)
        self.reads_cases = actor.may_somewhere(Permission.CASE_READ)


def _lead(found: Workbench) -> str:
    lights = {urgency: count for urgency, count in found.lights.items() if count}
    if not lights:
        return ""
    parts = [f"{tell(URGENCY_NAMES[u])} {lights[u]}" for u in URGENCY_ORDER if u in lights]
    return _("最急的在前：%(lights)s。", lights=_("，").join(parts))


def _group_chips(found: Workbench, wanted: WorkFilter, state: ListState, actor: Actor) -> list[Chip]:
    shown = [Group.MINE]
    if actor.organs_where(Permission.CASE_HANDLE) or actor.standing_in:
        shown.append(Group.WAITING)
    if actor.may_somewhere(Permission.CASE_CHASE):
        shown.append(Group.WATCH)
    return [
        Chip(
            tell(GROUP_NAMES[group]),
            state.url(group=str(group), stage=None, light=None),
            group is wanted.group,
            found.groups[group],
        )
        for group in shown
    ]


def _stage_chips(found: Workbench, wanted: WorkFilter, state: ListState) -> list[Chip]:
    stages = [stage for stage in Stage if found.stages.get(stage)]
    if len(stages) < 2 and wanted.stage is None:
        return []
    return [
        Chip(
            tell(STAGE_NAMES[stage]),
            state.toggled("stage", str(stage)),
            stage is wanted.stage,
            found.stages[stage],
            removable=True,
        )
        for stage in stages
    ]


def _light_chips(found: Workbench, wanted: WorkFilter, state: ListState) -> list[Chip]:
    lights = [urgency for urgency in URGENCY_ORDER if found.lights.get(urgency)]
    if len(lights) < 2 and wanted.light is None:
        return []
    return [light_chip(urgency, urgency is wanted.light, found.lights[urgency], state) for urgency in lights]


def _scope_chips(wanted: WorkFilter, state: ListState, actor: Actor) -> list[Chip]:
    if not actor.organs_where(Permission.CASE_HANDLE) or wanted.group is Group.WATCH:
        return []
    return [
        Chip(_("我的和未分办的"), state.url(scope=None), not wanted.everyone),
        Chip(_("本机关全部"), state.url(scope="everyone"), wanted.everyone),
    ]
