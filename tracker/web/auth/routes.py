"""Sign-in, sign-out, one's own password, one's own sessions."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as form_session
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Invalid
from tracker.extensions import db
from tracker.queries.accounts import list_sessions
from tracker.services import accounts, sessions
from tracker.services.sessions import Opened, SignInRefused
from tracker.web.access import public, signed_in
from tracker.web.auth.forms import CodeForm, PasswordForm, SignInForm
from tracker.web.auth.kept_input import ANYBODY, KeptInput, sent_from_here
from tracker.web.auth.presenters import session_lines
from tracker.web.context import context, runtime
from tracker.web.links import local_path
from tracker.web.users import forget_token, keep_token

bp = Blueprint("auth", __name__)

DRAWN_ANEW = {
    "registration.new": "check",
    "registration.complete": "check",
    "letters.new": "preview",
    "letters.edit": "preview",
}
"""Forms that come back filled in when they are sent with this step, and do nothing else."""


@bp.route("/login", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """登录."""
    form = SignInForm()
    if request.method == "GET":
        if current_user.is_authenticated:
            return redirect(local_path(request.args.get("next")))
        form.next.data = local_path(request.args.get("next"), fallback="")
        return render_template("pages/auth/sign_in.html", form=form)
    if not form.validate_on_submit():
        return render_template("pages/auth/sign_in.html", form=form), 422
    try:
        opened = _open_session(form)
    except SignInRefused as error:
        form.show(error)
        return render_template("pages/auth/sign_in.html", form=form), 422
    return welcome(form, opened)


@bp.post("/logout")
@public
def sign_out() -> ResponseReturnValue:
    """退出登录; harmless when nobody is signed in any more."""
    if current_user.is_authenticated:
        sessions.end_session(context(), current_user.session_id, account_id=current_user.account_id)
    form_session.clear()
    flash(_("已退出登录。"), "success")
    response = current_app.make_response(redirect(url_for("auth.sign_in")))
    forget_token(response)
    return response


@bp.route("/password", methods=["GET", "POST"])
@signed_in
def password() -> ResponseReturnValue:
    """修改密码, at the first sign-in and at any time."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            accounts.change_own_password(
                context(),
                form.old.data or "",
                form.new.data or "",
                form.repeated.data or "",
                session_id=current_user.session_id,
            )
        except Invalid as error:
            form.show(error)
        else:
            flash(_("密码已修改，其他地方的登录已全部退出。"), "success")
            return redirect("/")
    status = 422 if request.method == "POST" else 200
    return render_template(
        "pages/auth/password.html", form=form, first=current_user.must_change_password
    ), status


@bp.get("/sessions")
@signed_in
def own_sessions() -> ResponseReturnValue:
    """登录情况: the browsers one is signed in with."""
    rows = list_sessions(db.session(), current_user.account_id, runtime().clock.now())
    return render_template("pages/auth/sessions.html", lines=session_lines(rows, current_user.session_id))


@bp.post("/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> ResponseReturnValue:
    """Sign one of one's own browsers out."""
    sessions.end_session(context(), session_id, account_id=current_user.account_id)
    flash(_("已退出那一处登录。"), "success")
    return redirect(url_for("auth.own_sessions"))


@bp.post("/sessions/end-others")
@signed_in
def end_other_sessions() -> ResponseReturnValue:
    """Sign every other browser of one's own out."""
    sessions.end_all_sessions(context(), current_user.account_id, but=current_user.session_id)
    flash(_("其他地方的登录已全部退出。"), "success")
    return redirect(url_for("auth.own_sessions"))


def came_too_late() -> ResponseReturnValue | None:
    """A form whose token no longer holds, sent from a page of this site: nothing is done, nothing typed is lost.

    Whoever is signed in gets it back to send again, anybody else after signing in. None for what comes from elsewhere.
    """
    if request.method != "POST" or request.endpoint == "auth.sign_in" or not sent_from_here(request):
        return None
    if not current_user.is_authenticated:
        kept = KeptInput.of(request) or KeptInput.by(ANYBODY, request)
        return None if kept is None else (_signing_in_with(kept), 400)
    kept = KeptInput.by(current_user.account_id, request)
    if kept is None:
        return None
    page = render_template("pages/auth/resume.html", kept=kept, again=step_again(kept.path), stale=True)
    return page, 400


def ask_to_sign_in() -> ResponseReturnValue:
    """What somebody without a session gets: the sign-in page, with what they were doing kept."""
    if request.method in {"GET", "HEAD"}:
        flash(_("请先登录。"), "info")
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    return _signing_in_with(KeptInput.of(request)), 401


def _signing_in_with(kept: KeptInput | None) -> str:
    form = SignInForm(formdata=None)
    if kept is not None:
        form.kept.data = kept.seal(runtime().adapters.cipher)
    return render_template("pages/auth/sign_in.html", form=form, timed_out=True, kept=kept)


def step_again(path: str) -> str:
    """The step that draws the form anew from what was typed, for forms that have one; else empty."""
    try:
        endpoint, _values = current_app.url_map.bind("").match(path.partition("?")[0], method="POST")
    except (HTTPException, RequestRedirect):
        return ""
    return DRAWN_ANEW.get(str(endpoint), "")


def _open_session(form: SignInForm) -> Opened:
    return sessions.sign_in(
        runtime().context(db.session(), SYSTEM),
        form.login.data or "",
        form.password.data or "",
        address=request.remote_addr or "",
        browser=request.user_agent.string,
        demonstration_allowed=not current_app.config["TRACKER"].is_production,
    )


def welcome(form: SignInForm | CodeForm, opened: Opened) -> ResponseReturnValue:
    """Where one goes after signing in: to the code, to a new password first, back to what one was typing, or on."""
    kept = KeptInput.unseal(form.kept.data or "", runtime().adapters.cipher)
    answer: ResponseReturnValue
    if opened.awaits_code:
        answer = render_template("pages/auth/code.html", form=CodeForm.after(form))
    elif opened.must_change_password:
        answer = redirect(url_for("auth.password"))
    elif kept is not None and kept.is_for(opened.account_id):
        answer = render_template("pages/auth/resume.html", kept=kept, again=step_again(kept.path))
    else:
        answer = redirect(local_path(form.next.data))
    response = current_app.make_response(answer)
    keep_token(response, opened.token)
    return response
