"""归档包: of one file at once, of a year by the job runner; who fetches one leaves a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from tracker.domain.errors import Forbidden, NotFound, TrackerError
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.archive_packages import PackageRow, list_packages
from tracker.queries.organs import list_organ_choices
from tracker.services.archive_packages import make_case_package
from tracker.services.personal_data import LONGEST_REASON
from tracker.services.year_packages import fetch_package, request_package
from tracker.web.access import needs
from tracker.web.archive import bp
from tracker.web.archive.catalogue import FIRST_YEAR
from tracker.web.archive.forms import RemovePaperForm
from tracker.web.context import actor, context, runtime, today
from tracker.web.errors import status_of
from tracker.web.forms import Filled, LineField, OrganSelect, TrackerForm
from tracker.web.i18n import tell
from tracker.web.messages import tell_done

ZIP = "application/zip"
STATES: dict[str, str] = {
    "queued": N_("等待生成"),
    "making": N_("正在生成"),
    "ready": N_("可以下载"),
    "failed": N_("生成失败"),
    "expired": N_("已过期清除"),
}


class PackageForm(TrackerForm):
    """Whose year, and what for."""

    organ_id = OrganSelect(_l("机关"), [Filled()])
    year = IntegerField(
        _l("年度"),
        [InputRequired(_l("请填写年度。")), NumberRange(FIRST_YEAR, 2999, _l("请填写四位数的年度。"))],
    )
    reason = LineField(_l("事由"), [Filled()], longest=LONGEST_REASON)

    def offer(self) -> None:
        """Organs whose people one may see in full."""
        may = actor()
        rows = list_organ_choices(db.session())
        self.organ_id.offer([row for row in rows if may.may(Permission.PERSON_UNMASK, row[0])])


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package on the page."""

    row: PackageRow
    state: str
    progress: str
    size: str
    url: str


@bp.post("/cases/<int:case_id>/file/package")
@needs(Permission.PERSON_UNMASK)
def of_one(case_id: int) -> ResponseReturnValue:
    """归档包 of one closed file, made while one waits."""
    if not RemovePaperForm().validate():
        return redirect(url_for("archive.of_case", case_id=case_id))
    made = make_case_package(context(), case_id)
    store = runtime().adapters.packages
    return _sent(store.path(made.token), made.filename, passing=lambda: store.remove(made.token))


@bp.route("/archive/packages", methods=["GET", "POST"])
@needs(Permission.PERSON_UNMASK)
def packages() -> ResponseReturnValue:
    """年度归档包: those asked for, and asking for one."""
    form = PackageForm(year=today().year) if request.method == "GET" else PackageForm()
    form.offer()
    if request.method == "GET":
        return _page(form)
    if not form.validate():
        return _page(form, 422)
    try:
        request_package(context(), form.organ_id.data or 0, form.year.data or 0, form.reason.data or "")
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(form, status_of(error))
    tell_done(_("已开始生成归档包。"), _("生成后在本页下载，保留 7 天。"))
    return redirect(url_for("archive.packages"))


@bp.post("/archive/packages/<int:package_id>/download")
@needs(Permission.PERSON_UNMASK)
def download_package(package_id: int) -> ResponseReturnValue:
    """Fetch a package, streamed from disk."""
    if not RemovePaperForm().validate():
        return redirect(url_for("archive.packages"))
    found = fetch_package(context(), package_id)
    return _sent(found.path, found.filename)


def _sent(path: Path, name: str, passing: object = None) -> ResponseReturnValue:
    response = send_file(path, mimetype=ZIP, as_attachment=True, download_name=name, max_age=0)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    if callable(passing):
        response.call_on_close(passing)
    return response


def _page(form: PackageForm, status: int = 200) -> ResponseReturnValue:
    lines = [_line(row) for row in list_packages(db.session(), actor())]
    fetch = RemovePaperForm(ids="fetch", formdata=None)
    return render_template("pages/archive/packages.html", form=form, lines=lines, fetch=fetch), status


def _line(row: PackageRow) -> PackageLine:
    progress = _("已整理 %(n)d 件", n=row.done) if row.state == "making" else _("%(n)d 件", n=row.files)
    return PackageLine(
        row=row,
        state=tell(STATES[row.state]),
        progress=progress if row.state in ("making", "ready") else "",
        size=f"{row.size / 1024 / 1024:.1f} MB" if row.size else "",
        url=url_for("archive.download_package", package_id=row.id) if row.state == "ready" else "",
    )
