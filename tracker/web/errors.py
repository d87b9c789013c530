"""What people read when a page cannot be shown or a step cannot be taken: what happened, what to do."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from tracker.domain.errors import Conflict, Forbidden, NotFound, NotLawfulNow, TooManyTries, TrackerError
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.web.i18n import tell
from tracker.web.links import local_path

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Problem:
    """Heading and advice for one status."""

    heading: str
    advice: tuple[str, ...]


PROBLEMS: dict[int, Problem] = {
    400: Problem(
        N_("提交的内容不完整"),
        (
            N_("请返回上一页，检查后重新提交。"),
            N_("如果页面停留了很久，请先刷新再提交；填写的内容可以恢复。"),
        ),
    ),
    403: Problem(
        N_("您的岗位不能做这项操作"),
        (N_("如果工作需要，请向本机关管理员申请相应岗位。"),),
    ),
    404: Problem(
        N_("没有找到这一页"),
        (N_("地址可能有误，或者内容不属于您所在的机关。"),),
    ),
    405: Problem(N_("这个地址不能这样打开"), (N_("请从页面上的按钮进入。"),)),
    409: Problem(
        N_("内容刚被他人更新"),
        (N_("请返回上一页，核对最新内容后再提交；填写的内容仍在页面上。"),),
    ),
    413: Problem(
        N_("上传的文件太大"),
        (N_("一次上传合计不能超过 64 MB，请压缩扫描件或分几次上传。"),),
    ),
    422: Problem(N_("这样登记不成立"), (N_("请返回上一页更正后再提交。"),)),
    429: Problem(N_("操作太频繁"), (N_("为了安全，请稍等几分钟再试。"),)),
}
STATUS: tuple[tuple[type[TrackerError], int], ...] = (
    (NotFound, 404),
    (Forbidden, 403),
    (Conflict, 409),
    (NotLawfulNow, 409),
    (TooManyTries, 429),
    (TrackerError, 422),
)


def status_of(error: TrackerError) -> int:
    """The HTTP status that says what kind of error of the trade this is."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def register_error_handlers(app: Flask) -> None:
    """Bind the handlers; 500 uses a page that asks nothing of database or session."""
    app.register_error_handler(TrackerError, _tracker_error)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _failure)


def _tracker_error(error: TrackerError) -> ResponseReturnValue:
    status = status_of(error)
    return _page(status, (tell(error),))


def _stale_form(error: CSRFError) -> ResponseReturnValue:
    # The room of signing in knows what to do with what was typed; it needs the frame, which needs this module.
    from tracker.web.auth.routes import came_too_late

    back = came_too_late()
    if back is not None:
        return back
    lines = (
        _("页面停留过久或在别的窗口重新登录过，安全校验已经失效，这一步没有执行。"),
        _("请返回上一页并刷新，重新提交；自动保存的草稿会在页面上提示恢复。"),
    )
    return _page(400, lines)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return _page(error.code, ())


def _failure(error: InternalServerError) -> ResponseReturnValue:
    db.session.rollback()
    return render_template("errors/failure.html"), 500


def _page(status: int, lines: tuple[str, ...]) -> ResponseReturnValue:
    problem = PROBLEMS.get(status) or PROBLEMS[400]
    said = lines or tuple(tell(line) for line in problem.advice)
    page = render_template(
        "errors/problem.html", heading=tell(problem.heading), lines=said, back=_previous_page(), status=status
    )
    return page, status


def _previous_page() -> str | None:
    """The page one came from, when it lies on this site and is not the one that failed."""
    referrer = request.referrer or ""
    if not referrer.startswith(request.host_url):
        return None
    path = local_path("/" + referrer[len(request.host_url) :])
    return None if path == request.full_path.rstrip("?") and request.method == "GET" else path
