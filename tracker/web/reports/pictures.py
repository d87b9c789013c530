"""年报图解 on a page, and as a file to publish; every number of the drawing stands in a table beneath it."""

from __future__ import annotations

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.adapters.report_picture import Shape, draw_picture
from tracker.domain.permissions import Permission
from tracker.domain.report_picture import Picture, Share
from tracker.extensions import db
from tracker.queries.report_documents import get_district_picture, get_picture
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.district import district
from tracker.web.i18n import tell
from tracker.web.replica import from_replica
from tracker.web.reports import bp
from tracker.web.reports.presenters import known_year
from tracker.web.sheets import download


@bp.get("/<int:year>/organs/<organ_code>/picture")
@needs(Permission.REPORT_READ)
@from_replica
def picture(year: int, organ_code: str) -> ResponseReturnValue:
    """One organ's year."""
    return _page(_of_organ(year, organ_code), organ_code)


@bp.get("/<int:year>/organs/<organ_code>/picture.<any(svg,pdf):form>")
@needs(Permission.REPORT_READ)
@from_replica
def picture_file(year: int, organ_code: str, form: str) -> ResponseReturnValue:
    """The same as a file."""
    return _sent(_of_organ(year, organ_code), form)


@bp.get("/<int:year>/district/picture")
@needs(Permission.REPORT_READ)
@from_replica
def district_picture(year: int) -> ResponseReturnValue:
    """The district's year."""
    return _page(_of_district(year), None)


@bp.get("/<int:year>/district/picture.<any(svg,pdf):form>")
@needs(Permission.REPORT_READ)
@from_replica
def district_picture_file(year: int, form: str) -> ResponseReturnValue:
    """The same as a file."""
    return _sent(_of_district(year), form)


def _of_organ(year: int, organ_code: str) -> Picture:
    if not known_year(year):
        abort(404)
    return get_picture(db.session(), actor(), year, organ_code, today())


def _of_district(year: int) -> Picture:
    if not known_year(year):
        abort(404)
    return get_district_picture(db.session(), actor(), year, district().name, today())


def _sent(drawn: Picture, form: str) -> ResponseReturnValue:
    """``?shape=column`` is the drawing for a telephone."""
    if form == "pdf":
        content = context().adapters.renderer.drawing_pdf(drawn, today())
        return download(content, f"{drawn.title}{drawn.note}.pdf", "application/pdf")
    shape = Shape.COLUMN if request.args.get("shape") == str(Shape.COLUMN) else Shape.PAGE
    return download(draw_picture(drawn, shape).encode(), f"{drawn.title}{drawn.note}.svg", "image/svg+xml")


def _page(drawn: Picture, organ_code: str | None) -> ResponseReturnValue:
    endpoint = "reports.picture_file" if organ_code else "reports.district_picture_file"
    place: dict[str, Any] = {"year": drawn.year} | ({"organ_code": organ_code} if organ_code else {})
    return render_template(
        "pages/reports/picture.html",
        drawn=drawn,
        organ_code=organ_code,
        svg=url_for(endpoint, form="svg", **place),
        column=url_for(endpoint, form="svg", shape=str(Shape.COLUMN), **place),
        pdf=url_for(endpoint, form="pdf", **place),
        blocks=_blocks(drawn),
    )


def _blocks(drawn: Picture) -> list[tuple[str, list[tuple[str, int]]]]:
    """Every number of the drawing, by panel."""
    sums = [
        (_("本年新收"), drawn.received),
        (_("上年结转"), drawn.carried_in),
        (_("本年办结"), drawn.closed),
        (_("结转下年"), drawn.carried_out),
    ]
    blocks = [
        (_("收到和处理申请"), sums),
        (_("办理结果"), _told(drawn.outcomes)),
        (_("申请人类别"), _told(drawn.kinds)),
    ]
    if drawn.counts is not None:
        months = [(_("%(n)d 月", n=place), number) for place, number in enumerate(drawn.counts.months, 1)]
        answers = [(_("全部答复"), drawn.counts.answered), (_("按期答复"), drawn.counts.on_time)]
        blocks += [
            (_("各月新收"), months),
            (_("申请渠道"), _told(drawn.channels)),
            (_("答复"), answers),
        ]
    blocks += [(tell(way.name), _told(way.results)) for way in drawn.contested]
    if drawn.organs:
        blocks.append((_("各机关新收"), [(share.name, share.number) for share in drawn.organs]))
    return blocks


def _told(shares: tuple[Share, ...]) -> list[tuple[str, int]]:
    return [(tell(share.name), share.number) for share in shares]
