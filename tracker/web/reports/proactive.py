"""Table 2: what the organs typed in, added up, and the form of one organ."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.proactive import FIGURE_NAMES, Figure, StockBreak, read_figures
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.proactive import OrganProactive, get_proactive, read_proactive
from tracker.services.proactive import save_proactive
from tracker.web.access import needs
from tracker.web.annual_cells import write_group
from tracker.web.context import actor, context
from tracker.web.errors import status_of
from tracker.web.forms import LineField, TrackerForm
from tracker.web.i18n import tell
from tracker.web.messages import tell_done
from tracker.web.reports import bp
from tracker.web.reports.asking import asked_group
from tracker.web.reports.presenters import group_name, known_year


class ProactiveForm(TrackerForm):
    """表二: one field a number, as text, so that what was typed comes back whatever it was."""

    rules_made = LineField(_l(FIGURE_NAMES[Figure.RULES_MADE]), longest=20)
    rules_repealed = LineField(_l(FIGURE_NAMES[Figure.RULES_REPEALED]), longest=20)
    rules_in_force = LineField(_l(FIGURE_NAMES[Figure.RULES_IN_FORCE]), longest=20)
    documents_made = LineField(_l(FIGURE_NAMES[Figure.DOCUMENTS_MADE]), longest=20)
    documents_repealed = LineField(_l(FIGURE_NAMES[Figure.DOCUMENTS_REPEALED]), longest=20)
    documents_in_force = LineField(_l(FIGURE_NAMES[Figure.DOCUMENTS_IN_FORCE]), longest=20)
    licences = LineField(_l(FIGURE_NAMES[Figure.LICENCES]), longest=20)
    penalties = LineField(_l(FIGURE_NAMES[Figure.PENALTIES]), longest=20)
    coercions = LineField(_l(FIGURE_NAMES[Figure.COERCIONS]), longest=20)
    fees = LineField(_l(FIGURE_NAMES[Figure.FEES]), longest=20)


@bp.get("/<int:year>/proactive")
@needs(Permission.REPORT_READ)
def proactive(year: int) -> ResponseReturnValue:
    """Table 2 of a group of organs, and which of them have typed theirs."""
    group, choices = asked_group(year)
    session, person = db.session(), actor()
    now = read_proactive(session, person, year, group)
    last = read_proactive(session, person, year - 1, group)
    return render_template(
        "pages/reports/proactive.html",
        year=year,
        group=write_group(group),
        group_name=group_name(group, choices),
        choices=choices,
        rows=[
            (
                tell(FIGURE_NAMES[figure]),
                now.table.written(figure) if now.tables else "",
                last.table.written(figure) if last.tables else "",
            )
            for figure in Figure
        ],
        found=now,
    )


@bp.route("/<int:year>/organs/<organ_code>/proactive", methods=["GET", "POST"])
@needs(Permission.REPORT_READ)
def organ_proactive(year: int, organ_code: str) -> ResponseReturnValue:
    """Table 2 of one organ: the form for those who fill it in, the numbers for the others."""
    if not known_year(year):
        abort(404)
    facts = get_proactive(db.session(), actor(), year, organ_code)
    typed = {str(f): facts.table.written(f) for f in Figure} if facts.table else {}
    form = ProactiveForm(version=facts.version, data=typed)
    if request.method == "GET":
        return _show(year, facts, form)
    if not _may_fill(facts):
        raise Forbidden(N_("您的岗位不能填报这个机关的表二。"))
    if not form.validate():
        return _show(year, facts, form, 422)
    try:
        table = read_figures({str(figure): form[figure].data or "" for figure in Figure})
        save_proactive(context(), year, organ_code, table, expected_version=form.expected_version)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        facts = get_proactive(db.session(), actor(), year, organ_code)
        form.show(error)
        if isinstance(error, Conflict):
            form.version.data = str(facts.version)
        return _show(year, facts, form, status_of(error))
    tell_done(_("表二已保存。"))
    return redirect(url_for("reports.organ_proactive", year=year, organ_code=organ_code))


def _show(year: int, facts: OrganProactive, form: ProactiveForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "pages/reports/organ_proactive.html",
        year=year,
        facts=facts,
        form=form,
        may_fill=_may_fill(facts),
        fields=[(form[figure], _beside(facts, figure)) for figure in Figure],
        rows=[
            (
                tell(FIGURE_NAMES[figure]),
                facts.table.written(figure) if facts.table else "—",
                facts.last.written(figure) if facts.last else "—",
            )
            for figure in Figure
        ],
        breaks=list(_broken(facts.breaks)),
    )
    return page, status


def _may_fill(facts: OrganProactive) -> bool:
    return actor().may(Permission.REPORT_FILL, facts.organ.id)


def _beside(facts: OrganProactive, figure: Figure) -> str:
    return _("上年：%(number)s", number=facts.last.written(figure) if facts.last else "—")


def _broken(breaks: Sequence[StockBreak]) -> Sequence[str]:
    return [
        _(
            "%(name)s填 %(in_force)d，按上年 %(last)d 加制发 %(made)d 减废止 %(repealed)d 应为 %(expected)d。",
            name=tell(FIGURE_NAMES[each.figure]),
            in_force=each.in_force,
            last=each.last,
            made=each.made,
            repealed=each.repealed,
            expected=each.expected,
        )
        for each in breaks
    ]
