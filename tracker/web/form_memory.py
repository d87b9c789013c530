"""Around every form that is sent: its draft goes once it has served, and what it makes is made once."""

from __future__ import annotations

from secrets import token_urlsafe

from flask import Flask, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tracker.services.form_drafts import drop_draft
from tracker.services.sent_forms import LONGEST_TOKEN, begin, finish, release
from tracker.web.context import context
from tracker.web.links import local_path

ONCE, PAGE, FORM = "once", "draft_page", "draft_form"
"""Names of hidden fields: the token of a form that makes something; page and form a draft is kept for."""


def remember_forms(app: Flask) -> None:
    """Bind the two; templates draw tokens with ``once_token()``."""
    app.jinja_env.globals.update(once_token=once_token)
    app.before_request(refuse_second_sending)
    app.after_request(settle_form)


def once_token() -> str:
    """A fresh token for one drawing of a form."""
    return token_urlsafe(24)


def refuse_second_sending() -> ResponseReturnValue | None:
    """Lead the second sending to where the first one led; ask for patience while that one runs."""
    token = request.form.get(ONCE, "") if request.method == "POST" else ""
    if not token or len(token) > LONGEST_TOKEN or not current_user.is_authenticated:
        return None
    earlier = begin(context(), token)
    if earlier is None:
        g.once_taken = token
        return None
    if earlier.led_to:
        flash(_("这份表单刚才已经提交成功，没有重复登记。"), "info")
        return redirect(local_path(earlier.led_to))
    lines = (
        _("同一份表单刚刚提交过，系统正在处理，没有重复登记。"),
        _("请稍候片刻，到列表中查看结果；两分钟后仍没有的，再提交一次。"),
    )
    page = render_template(
        "errors/problem.html", heading=_("正在处理"), lines=lines, back=request.path, status=409
    )
    return page, 409


def settle_form(response: Response) -> Response:
    """A form that led on has served: its draft goes, its token is spent. One that came back may be sent again."""
    if request.method != "POST" or request.endpoint is None:
        return response
    done = response.status_code in (302, 303)
    token = g.pop("once_taken", None)
    if token and done:
        finish(context(), token, response.location or "/")
    elif token:
        release(context(), token)
    if done and FORM in request.form and current_user.is_authenticated:
        drop_draft(context(), request.form.get(PAGE, ""), request.form[FORM])
    return response
