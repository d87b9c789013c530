"""保管期满: closed files whose period is over, what stands against destroying them, and putting them on a list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.archiving import RETENTION_NAMES
from tracker.domain.destruction import BLOCK_NAMES, Block
from tracker.domain.errors import Forbidden, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.destruction import ExpiredRow, list_expired
from tracker.queries.organs import list_organ_choices
from tracker.queries.paging import Page
from tracker.services.destruction import propose_destruction
from tracker.web.access import needs
from tracker.web.archive import bp
from tracker.web.archive.forms import ProposeForm
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import table_day, tell
from tracker.web.list_state import Chip, ListState
from tracker.web.messages import tell_done

THIS_YEAR, NEXT_YEAR = "this", "next"


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One file on the page. ``free``: it may be ticked."""

    row: ExpiredRow
    kept: str
    ends_on: str
    against: tuple[str, ...]
    why: str
    free: bool


@bp.get("/archive/periods")
@needs(Permission.CASE_READ)
def periods() -> ResponseReturnValue:
    """期满案卷."""
    return _page(None)


@bp.post("/archive/periods")
@needs(Permission.DESTRUCTION_PROPOSE)
def propose() -> ResponseReturnValue:
    """提出销毁 of those ticked, all of one organ."""
    form = ProposeForm()
    form.offer(_asked()[1].rows)
    if not form.validate():
        return _page(form, 422)
    try:
        made = propose_destruction(
            context(), form.organ_id.data or 0, form.files.data or (), form.grounds.data or ""
        )
    except Forbidden:
        raise
    except TrackerError as error:
        form.show(error)
        return _page(form, status_of(error))
    tell_done(
        _("已提出销毁清册 %(number)s，共 %(n)d 件。", number=made.number, n=made.files),
        _("下一步：由另一人核对并确认，确认前什么都不会销毁。"),
    )
    return redirect(url_for("archive.destruction", destruction_id=made.id))


def line_of(row: ExpiredRow) -> PeriodLine:
    """A file with words for its page."""
    deferred = Block.DEFERRED in row.blocks
    return PeriodLine(
        row=row,
        kept=tell(RETENTION_NAMES[row.retention]),
        ends_on=table_day(row.ends_on),
        against=tuple(tell(BLOCK_NAMES[block]) for block in row.blocks),
        why=row.deferred_because if deferred else "",
        free=not row.blocks,
    )


def _asked() -> tuple[ListState, Page[ExpiredRow], int | None]:
    """The state of the list, its page, and the one organ it is of, if it is of one."""
    state = ListState.from_request(("organ", "through"))
    person = actor()
    known = {row[0] for row in _organs()}
    organ_id = state.number("organ", 0) or None
    organ_id = organ_id if organ_id in known else None
    through = {THIS_YEAR: today().year, NEXT_YEAR: today().year + 1}.get(state.get("through"))
    page = list_expired(
        db.session(),
        person,
        today(),
        through=through,
        organ_id=organ_id,
        page=state.number("page"),
    )
    return state, page, organ_id or (min(known) if len(known) == 1 else None)


def _organs() -> list[tuple[int, str]]:
    person = actor()
    return [
        (row[0], row[1])
        for row in list_organ_choices(db.session())
        if person.reads_whole_district or row[0] in person.reading_organ_ids
    ]


def _page(form: ProposeForm | None, status: int = 200) -> ResponseReturnValue:
    db.session().rollback()
    state, page, organ_id = _asked()
    may_propose = organ_id is not None and actor().may(Permission.DESTRUCTION_PROPOSE, organ_id)
    if form is None and may_propose:
        form = ProposeForm(formdata=None, organ_id=organ_id)
    if form is not None:
        form.offer(page.rows)
    asked = state.get("through")
    return render_template(
        "pages/archive/periods.html",
        page=page,
        state=state,
        lines=[line_of(row) for row in page.rows],
        form=form if may_propose else None,
        action=url_for("archive.propose", **state.query),
        organs=_organs(),
        organ_id=organ_id,
        through=[
            Chip(_("已经期满"), state.url(through=None), asked not in (THIS_YEAR, NEXT_YEAR)),
            Chip(_("今年年底前期满"), state.url(through=THIS_YEAR), asked == THIS_YEAR),
            Chip(_("明年年底前期满"), state.url(through=NEXT_YEAR), asked == NEXT_YEAR),
        ],
    ), status
