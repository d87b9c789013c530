"""动态口令: given after the password, set up and switched off by oneself."""

from __future__ import annotations

import base64
import binascii
import json

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tracker.adapters.cipher import DataUnreadable
from tracker.adapters.one_time_codes import as_picture, new_secret, setup_address
from tracker.adapters.passwords import token_hash
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Invalid, NotFound
from tracker.extensions import db
from tracker.queries.accounts import awaits_code
from tracker.services import one_time_codes, sessions
from tracker.services.sessions import SignInRefused
from tracker.web.access import public, signed_in
from tracker.web.auth.forms import CodeForm
from tracker.web.auth.routes import welcome
from tracker.web.codes.forms import CodeSetupForm
from tracker.web.context import context, runtime
from tracker.web.district import district
from tracker.web.links import local_path
from tracker.web.users import SESSION_COOKIE, forget_token

bp = Blueprint("codes", __name__)


@bp.route("/login/code", methods=["GET", "POST"])
@public
def confirm() -> ResponseReturnValue:
    """动态口令 after the right password."""
    token = request.cookies.get(SESSION_COOKIE) or ""
    if current_user.is_authenticated:
        return redirect(local_path(request.args.get("next")))
    if not token or not awaits_code(db.session(), token_hash(token), runtime().clock.now()):
        return _start_again()
    form = CodeForm()
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return render_template("pages/auth/code.html", form=form), status
    ctx = runtime().context(db.session(), SYSTEM)
    try:
        opened = sessions.confirm_code(ctx, token, form.code.data or "", address=request.remote_addr or "")
    except SignInRefused as error:
        form.show(error)
        return render_template("pages/auth/code.html", form=form), 422
    except NotFound:
        return _start_again()
    return welcome(form, opened)


@bp.route("/code", methods=["GET", "POST"])
@signed_in
def settings() -> ResponseReturnValue:
    """动态口令 of one's own account: set up, or set up anew on another telephone."""
    form = CodeSetupForm()
    secret = _unsealed(form.sealed.data) or new_secret()
    if form.validate_on_submit():
        try:
            one_time_codes.switch_code_on(context(), secret, form.code.data or "", form.password.data or "")
        except Invalid as error:
            form.show(error)
        else:
            flash(_("动态口令已启用，下次登录时在密码之后填写。"), "success")
            return redirect(url_for("codes.settings"))
    form.sealed.data = _sealed(secret)
    address = setup_address(secret, current_user.login, district().name)
    status = 422 if request.method == "POST" else 200
    page = render_template(
        "pages/auth/code_settings.html",
        form=form,
        off_form=CodeSetupForm(formdata=None, ids="off"),
        secret=_in_groups(secret),
        picture=as_picture(address),
        on=current_user.has_code,
        must_use=current_user.must_use_code,
    )
    return page, status


@bp.post("/code/off")
@signed_in
def switch_off() -> ResponseReturnValue:
    """Back to the password alone, where the roles allow it."""
    form = CodeSetupForm(ids="off")
    if form.validate_on_submit():
        try:
            one_time_codes.switch_code_off(
                context(), form.code.data or "", form.password.data or "", must_use=current_user.must_use_code
            )
        except Invalid as error:
            form.show(error)
        else:
            flash(_("动态口令已关闭，登录只用密码。"), "success")
            return redirect(url_for("codes.settings"))
    return render_template("pages/auth/code_off.html", off_form=form), 422


def _start_again() -> ResponseReturnValue:
    flash(_("登录已超时，请重新登录。"), "info")
    response = current_app.make_response(redirect(url_for("auth.sign_in")))
    forget_token(response)
    return response


def _sealed(secret: str) -> str:
    """The secret for the way to the page and back, readable here alone and for this account alone."""
    text = json.dumps([current_user.account_id, secret])
    return base64.urlsafe_b64encode(runtime().adapters.cipher.seal(text)).decode()


def _unsealed(sealed: str | None) -> str | None:
    try:
        text = runtime().adapters.cipher.open(base64.urlsafe_b64decode((sealed or "").encode()))
        account_id, secret = json.loads(text)
    except (DataUnreadable, binascii.Error, ValueError, TypeError):
        return None
    return str(secret) if account_id == current_user.account_id else None


def _in_groups(secret: str) -> str:
    return " ".join(secret[first : first + 4] for first in range(0, len(secret), 4))
