"""销毁清册: the lists that stay, and the second person's decision on one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.archiving import RETENTION_NAMES
from tracker.domain.destruction import (
    BLOCK_NAMES,
    LIST_STATE_NAMES,
    Block,
    DestructionList,
    ListedFile,
    ListState,
    decided_line,
    list_paper,
    outcome_on_paper,
    proposed_line,
)
from tracker.domain.errors import Forbidden, Missing, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.extensions import db
from tracker.queries.destruction import FileRow, ListRow, get_destruction, list_destructions, read_files
from tracker.services.destruction import confirm_destruction, return_destruction, withdraw_destruction
from tracker.web.access import needs
from tracker.web.archive import bp
from tracker.web.archive.forms import ConfirmForm, ReturnForm, WithdrawForm
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import instant, table_day, tell
from tracker.web.messages import tell_done
from tracker.web.sheets import PDF, download


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a list. ``against``: what stands against destroying it now, or why it was kept."""

    row: FileRow
    kept: str
    ended_on: str
    outcome: str
    gone: bool
    against: tuple[str, ...]


@bp.get("/archive/destructions")
@needs(Permission.CASE_READ)
def destructions() -> ResponseReturnValue:
    """销毁清册."""
    rows = list_destructions(db.session(), actor())
    return render_template("pages/archive/destructions.html", rows=rows, states=LIST_STATE_NAMES)


@bp.get("/archive/destructions/<int:destruction_id>")
@needs(Permission.CASE_READ)
def destruction(destruction_id: int) -> ResponseReturnValue:
    """One list with its files."""
    return _page(destruction_id)


@bp.post("/archive/destructions/<int:destruction_id>/confirm")
@needs(Permission.DESTRUCTION_CONFIRM)
def confirm(destruction_id: int) -> ResponseReturnValue:
    """确认销毁: what cannot be undone."""
    form = ConfirmForm(ids="confirm")
    if not form.validate():
        return _page(destruction_id, confirming=form, status=422)
    try:
        done = confirm_destruction(
            context(), destruction_id, form.opinion.data or "", expected_version=form.expected_version
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(destruction_id, confirming=form, status=status_of(error))
    kept = _("其中 %(n)d 件有了新的情况，没有销毁，清册里写明了原因。", n=done.kept) if done.kept else ""
    tell_done(_("已销毁 %(n)d 件案卷。", n=done.destroyed), kept or _("销毁清册长期保留，可以打印存档。"))
    return redirect(url_for("archive.destruction", destruction_id=destruction_id))


@bp.post("/archive/destructions/<int:destruction_id>/return")
@needs(Permission.DESTRUCTION_CONFIRM)
def send_back(destruction_id: int) -> ResponseReturnValue:
    """退回."""
    form = ReturnForm(ids="return")
    if not form.validate():
        return _page(destruction_id, returning=form, status=422)
    try:
        return_destruction(
            context(), destruction_id, form.opinion.data or "", expected_version=form.expected_version
        )
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(destruction_id, returning=form, status=status_of(error))
    tell_done(_("已退回，没有销毁任何案卷。"))
    return redirect(url_for("archive.destruction", destruction_id=destruction_id))


@bp.post("/archive/destructions/<int:destruction_id>/withdraw")
@needs(Permission.DESTRUCTION_PROPOSE)
def withdraw_list(destruction_id: int) -> ResponseReturnValue:
    """撤回."""
    form = WithdrawForm(ids="withdraw")
    if not form.validate():
        return _page(destruction_id, withdrawing=form, status=422)
    try:
        withdraw_destruction(context(), destruction_id, expected_version=form.expected_version)
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(destruction_id, withdrawing=form, status=status_of(error))
    tell_done(_("已撤回，案卷照旧保管。"))
    return redirect(url_for("archive.destruction", destruction_id=destruction_id))


@bp.get("/archive/destructions/<int:destruction_id>/list.pdf")
@needs(Permission.CASE_READ)
def destruction_pdf(destruction_id: int) -> ResponseReturnValue:
    """The list as PDF/A, across, to be signed and kept."""
    row, files = get_destruction(db.session(), actor(), destruction_id)
    paper = list_paper(_for_paper(row, files))
    renderer = context().adapters.renderer
    lacking = renderer.missing_on_papers((paper,))
    if lacking:
        raise Missing([f"{_('字体中没有的字')}：{'、'.join(lacking[:12])}"])
    content = renderer.paper_pdf(paper, today())
    return download(content, f"{paper.title}（{row.number}）.pdf", PDF)


def _page(
    destruction_id: int,
    *,
    confirming: ConfirmForm | None = None,
    returning: ReturnForm | None = None,
    withdrawing: WithdrawForm | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    session, person = db.session(), actor()
    session.rollback()
    row, files = get_destruction(session, person, destruction_id)
    waits = row.state is ListState.PROPOSED
    own = row.proposed_by_id == person.account_id
    may = person.may(Permission.DESTRUCTION_CONFIRM, row.organ_id)
    now = {}
    if waits:
        ids = [one.case_id for one in files]
        now = {one.case_id: one.blocks for one in read_files(session, person, today(), ids)}
    version = row.version_id
    return render_template(
        "pages/archive/destruction.html",
        row=row,
        state=tell(LIST_STATE_NAMES[row.state]),
        waits=waits,
        facts=_facts(row),
        lines=[_line(one, now.get(one.case_id, ())) for one in files],
        pages=sum(one.pages for one in files),
        gone=sum(one.outcome == "destroyed" for one in files),
        may_decide=waits and may and not own,
        own_and_waits=waits and own,
        confirming=confirming or ConfirmForm(formdata=None, ids="confirm", version=version),
        returning=returning or ReturnForm(formdata=None, ids="return", version=version),
        withdrawing=withdrawing or WithdrawForm(formdata=None, ids="withdraw", version=version),
    ), status


def _facts(row: ListRow) -> list[tuple[str, Any]]:
    proposed = _("%(who)s，%(at)s", who=row.proposed_by, at=instant(row.proposed_at))
    told: list[tuple[str, Any]] = [
        (_("机关"), row.organ),
        (_("鉴定意见和依据"), row.grounds),
        (_("提出"), proposed),
    ]
    if row.decided_by:
        decided = _("%(who)s，%(at)s", who=row.decided_by, at=instant(row.decided_at))
        told += [(_("确认") if row.state is ListState.CARRIED_OUT else _("退回"), decided)]
        told += [(_("意见"), row.decision)]
    return told


def _line(one: FileRow, blocks: tuple[Block, ...]) -> FileLine:
    against = one.kept_because or tuple(block for block in blocks if block is not Block.LISTED)
    return FileLine(
        row=one,
        kept=tell(RETENTION_NAMES[one.retention]),
        ended_on=table_day(one.ended_on),
        outcome={"destroyed": _("已销毁"), "kept": _("保留")}.get(one.outcome or "", ""),
        gone=one.outcome == "destroyed",
        against=tuple(tell(BLOCK_NAMES[block]) for block in against),
    )


def _for_paper(row: ListRow, files: list[FileRow]) -> DestructionList:
    decided = ""
    if row.decided_by and row.decided_at:
        decided = decided_line(row.decided_by, f"{row.decided_at:%Y-%m-%d}", row.state)
    return DestructionList(
        number=row.number,
        organ=row.organ,
        grounds=row.grounds,
        proposed=proposed_line(row.proposed_by, f"{row.proposed_at:%Y-%m-%d}"),
        decided=decided,
        decision=row.decision or "",
        files=tuple(
            ListedFile(
                number=one.number,
                case_number=one.case_number,
                title=one.title,
                year=one.year,
                retention=one.retention,
                ended_on=one.ended_on,
                pages=one.pages,
                materials=one.materials,
                contents_hash=one.contents_hash,
                outcome=outcome_on_paper(one.outcome, one.kept_because),
            )
            for one in files
        ),
    )
