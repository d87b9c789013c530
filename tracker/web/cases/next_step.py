"""下一步 of a case: one sentence, and the one button for who may take it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.reading import Reading
from tracker.domain.stages import Stage
from tracker.domain.tasks import COMPLETE_REGISTRATION, TASKS, Task
from tracker.web.cases.case_page import CasePage
from tracker.web.cases.panels import Panel, Panels
from tracker.web.forms import TrackerForm
from tracker.web.i18n import full_day, tell


@dataclass(frozen=True, slots=True)
class NextStep:
    """``said``: what comes next, whose move it is, by when. ``label`` and ``url`` of the button; empty without one."""

    said: str
    label: str = ""
    url: str = ""


def next_step(page: CasePage, panels: Panels) -> NextStep:
    """By stage, by what the person may do, and by the clock."""
    stage = page.facts.stage
    if stage is Stage.ARCHIVED:
        return NextStep(_("这件申请已经归档，没有下一步。"))
    task = COMPLETE_REGISTRATION if page.case.needs_completion else TASKS[stage]
    until = _until(page.reading)
    usual = next((panel for panel in panels.main if panel.usual and not panel.missing), None)
    if not page.may(task.permission):
        return NextStep(_waits_for(task, until))
    if task.waiting:
        said = _("现在%(task)s，收到后按实际日期登记。", task=tell(task.label))
    else:
        said = _("下一步：%(task)s%(until)s。", task=tell(task.label), until=until)
    lacking = next((panel for panel in panels.main if panel.missing), None)
    if usual is None and lacking is not None:
        said = _(
            "%(said)s办“%(act)s”之前还缺：%(facts)s。",
            said=said,
            act=lacking.label,
            facts="、".join(lacking.missing),
        )
    return NextStep(said) if usual is None else NextStep(said, usual.label, _address(page, usual))


def _waits_for(task: Task, until: str) -> str:
    if task.waiting:
        return _("现在%(task)s。", task=tell(task.label))
    return _("现在等有关岗位“%(task)s”%(until)s，您这里没有要做的。", task=tell(task.label), until=until)


def _until(reading: Reading) -> str:
    if reading.stopped_on is not None or reading.due_on is None or reading.remaining is None:
        return ""
    if reading.overdue:
        return _("（答复已经超期，请尽快）")
    if reading.remaining == 0:
        return _("（答复期限今天到期）")
    return _(
        "（答复期限%(day)s，还剩 %(n)d 个工作日）",
        day=full_day(reading.due_on),
        n=reading.remaining,
    )


def _address(page: CasePage, panel: Panel) -> str:
    """The act's own page: it works without scripts and from any place of the case page."""
    if panel.link:
        return panel.link
    if isinstance(panel.form, TrackerForm) and "/actions/" not in panel.url:
        return f"#act-{panel.action}"
    return url_for("actions.perform", case_id=page.case.id, action=str(panel.action))
