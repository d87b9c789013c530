"""材料清单 of one case: what it holds, what it lacks and who must add it; frozen once it is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.archive_catalogue import cover_paper, list_paper
from tracker.domain.archive_demands import Lack, lack_name
from tracker.domain.archive_materials import MATERIAL_NAMES, Listed, total_pages
from tracker.domain.archiving import RETENTION_NAMES
from tracker.domain.destruction import BLOCK_NAMES, Block
from tracker.domain.errors import Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.stages import Stage
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.extensions import db
from tracker.models import Case
from tracker.queries.archived_files import FrozenFile, find_frozen
from tracker.queries.destruction import list_of, read_files
from tracker.queries.scope import get_case
from tracker.services.archiving import ArchivePlan, plan_archive
from tracker.services.paper_materials import add_paper, remove_paper, set_pages
from tracker.web.access import needs
from tracker.web.actions.forms.closing import LackLine, lack_lines
from tracker.web.archive import bp
from tracker.web.archive.forms import DeferForm, PagesForm, PaperForm, RemovePaperForm
from tracker.web.context import actor, context, today
from tracker.web.errors import status_of
from tracker.web.i18n import plain_day, table_day, tell
from tracker.web.messages import tell_done
from tracker.web.sheets import PDF, download


@dataclass(frozen=True, slots=True)
class MaterialLine:
    """One piece on the page. ``count_url``: where its pages are said; ``remove_url``: where it is taken back."""

    place: int
    kind: str
    title: str
    day: str
    pages: str
    span: str
    paper: bool
    url: str = ""
    count: PagesForm | None = None
    count_url: str = ""
    remove_url: str = ""


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long a closed file is kept, what stands against destroying it, and keeping it longer. ``list_id``: the
    销毁清册 it stands on, as far as the person may read it."""

    facts: list[tuple[str, Any]]
    destroyed_on: str
    list_id: int | None
    may_defer: bool
    deferred: bool
    form: DeferForm
    lifting: RemovePaperForm


class FilePage:
    """The page. ``frozen`` is the file as it was closed; ``plan`` what it holds while it is open."""

    def __init__(self, case: Case, plan: ArchivePlan | None, frozen: FrozenFile | None, may: bool) -> None:
        self.case = case
        self.frozen = frozen
        self.open = plan is not None
        self.may_change = may and self.open
        self.lacks: list[LackLine] = lack_lines(plan.lacks) if plan else []
        self.missing: list[Lack] = list(plan.lacks) if plan else []
        listed = plan.lines if plan else frozen.lines if frozen else ()
        self.lines = [self._line(one) for one in listed]
        self.total = total_pages(listed)
        self.removal = RemovePaperForm(ids="remove")
        person = actor()
        self.may_take = (
            frozen is not None
            and not self.open
            and not frozen.row.destroyed
            and person.may_on(Permission.PERSON_UNMASK, case.organ_id, case.handler_id)
        )
        self.archive_url = ""
        if plan and may and case.stage in (Stage.DELIVERED, Stage.ABANDONED, Stage.WITHDRAWN):
            self.archive_url = url_for("actions.perform", case_id=case.id, action=str(Action.ARCHIVE))

    @property
    def without(self) -> list[str]:
        """What the file was closed without."""
        return [tell(lack_name(key)) for key in self.frozen.lacking] if self.frozen else []

    @property
    def facts(self) -> list[tuple[str, Any]]:
        """The head of a closed file."""
        if self.frozen is None or self.open:
            return []
        row = self.frozen.row
        by = self.frozen.archived_by or _("系统")
        return [
            (_("档号"), row.number),
            (_("题名"), row.title),
            (_("年度"), row.year),
            (_("保管期限"), tell(RETENTION_NAMES[row.retention])),
            (_("页数"), _("%(n)d 页，其中纸质 %(paper)d 页", n=row.pages, paper=row.paper_pages)),
            (_("归档"), _("%(day)s，%(who)s", day=table_day(row.archived_on), who=by)),
        ]

    def _line(self, listed: Listed) -> MaterialLine:
        one = listed.material
        to_count = self.may_change and one.key.startswith("file:") and one.pages is None
        return MaterialLine(
            place=listed.place,
            kind=tell(MATERIAL_NAMES[one.kind]),
            title="　".join(filter(None, (one.title, one.number))),
            day=table_day(one.on) if one.on else "",
            pages=str(one.pages) if one.pages else "",
            span=listed.span,
            paper=one.paper,
            url=url_for("files.show", attachment_id=one.attachment_id) if one.attachment_id else "",
            count=PagesForm(ids=f"pages-{one.attachment_id}", formdata=None) if to_count else None,
            count_url=url_for("archive.pages", case_id=self.case.id, attachment_id=one.attachment_id)
            if to_count
            else "",
            remove_url=url_for(
                "archive.remove", case_id=self.case.id, paper_id=int(one.key.partition(":")[2])
            )
            if one.paper and self.may_change
            else "",
        )


@bp.get("/cases/<int:case_id>/file")
@needs(Permission.CASE_READ)
def of_case(case_id: int) -> ResponseReturnValue:
    """材料清单."""
    return file_page(case_id)


@bp.post("/cases/<int:case_id>/file/papers")
@needs(Permission.CASE_ARCHIVE)
def add(case_id: int) -> ResponseReturnValue:
    """登记纸质材料."""
    form = PaperForm()
    plan = plan_archive(context(), get_case(db.session(), actor(), case_id, Permission.CASE_ARCHIVE))
    form.offer(plan.lacks)
    if not form.validate():
        return file_page(case_id, form, 422)
    try:
        add_paper(context(), case_id, form.given())
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return file_page(case_id, form, status_of(error))
    tell_done(_("纸质材料已列入清单。"))
    return redirect(url_for("archive.of_case", case_id=case_id))


@bp.post("/cases/<int:case_id>/file/papers/<int:paper_id>/remove")
@needs(Permission.CASE_ARCHIVE)
def remove(case_id: int, paper_id: int) -> ResponseReturnValue:
    """删除误登记的纸质材料."""
    if RemovePaperForm().validate():
        remove_paper(context(), case_id, paper_id)
        tell_done(_("误登记的纸质材料已删除，办理记录里留有记载。"))
    return redirect(url_for("archive.of_case", case_id=case_id))


@bp.post("/cases/<int:case_id>/file/pages/<int:attachment_id>")
@needs(Permission.CASE_ARCHIVE)
def pages(case_id: int, attachment_id: int) -> ResponseReturnValue:
    """填写页数."""
    get_case(db.session(), actor(), case_id, Permission.CASE_ARCHIVE)
    form = PagesForm()
    if not form.validate():
        raise Invalid({"pages": [N_("页数须为 1 至 9999 的整数。")]})
    set_pages(context(), case_id, attachment_id, form.pages.data)
    tell_done(_("页数已填写。"))
    return redirect(url_for("archive.of_case", case_id=case_id))


@bp.get("/cases/<int:case_id>/file/<any(cover,list):paper>.pdf")
@needs(Permission.CASE_READ)
def paper_pdf(case_id: int, paper: str) -> ResponseReturnValue:
    """封面 or 材料清单 of a closed file as PDF/A."""
    frozen = find_frozen(db.session(), actor(), case_id)
    if frozen is None:
        get_case(db.session(), actor(), case_id)
        raise NotLawfulNow(N_("案卷还没有归档，归档后才有封面和材料清单。"))
    if frozen.row.destroyed:
        raise NotLawfulNow(N_("案卷已经到期销毁，只留下销毁清册和办理记录。"))
    without = [str(lack_name(key)) for key in frozen.lacking]
    made = (
        cover_paper(frozen.row, frozen.lines)
        if paper == "cover"
        else list_paper(frozen.row, frozen.lines, without)
    )
    content = context().adapters.renderer.paper_pdf(made, frozen.row.archived_on)
    return download(content, f"{made.title}（{frozen.row.number}）.pdf", PDF)


def file_page(
    case_id: int, form: PaperForm | None = None, status: int = 200, deferring: DeferForm | None = None
) -> ResponseReturnValue:
    """The page of one file, with what was typed into its forms."""
    session = db.session()
    session.rollback()
    case = get_case(session, actor(), case_id)
    frozen = find_frozen(session, actor(), case_id)
    plan = None if case.stage == Stage.ARCHIVED else plan_archive(context(), case)
    may = actor().may_on(Permission.CASE_ARCHIVE, case.organ_id, case.handler_id)
    page = FilePage(case, plan, frozen, may)
    if form is None and page.may_change:
        form = PaperForm(formdata=None)
        form.offer(page.missing)
        asked = request.args.get("covers", "")
        form.covers.data = asked if asked in form.lacks else ""
    keeping = _keeping(case, deferring) if frozen and plan is None else None
    return render_template("pages/archive/case.html", page=page, form=form, keeping=keeping), status


def _keeping(case: Case, deferring: DeferForm | None) -> Keeping | None:
    found = read_files(db.session(), actor(), today(), [case.id])
    if not found:
        return None
    row = found[0]
    standing = Block.DEFERRED in row.blocks
    may = actor().may(Permission.DESTRUCTION_PROPOSE, case.organ_id) and case.destroyed_on is None
    ends_on = plain_day(row.ends_on) if row.ends_on else _("永久保管")
    told: list[tuple[str, Any]] = [(_("保管到"), ends_on)]
    if row.blocks:
        told.append((_("现在不能销毁的原因"), "、".join(tell(BLOCK_NAMES[block]) for block in row.blocks)))
    if standing:
        until = row.state.deferred_until
        told.append((_("暂缓到"), plain_day(until) if until else _("解除为止")))
        told.append((_("暂缓的理由"), row.deferred_because))
    return Keeping(
        facts=told,
        destroyed_on=plain_day(case.destroyed_on) if case.destroyed_on else "",
        list_id=list_of(db.session(), actor(), case.id),
        may_defer=may and row.ends_on is not None,
        deferred=standing,
        form=deferring or DeferForm(formdata=None, ids="defer"),
        lifting=RemovePaperForm(formdata=None, ids="lift"),
    )
