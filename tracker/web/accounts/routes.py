"""The administrator's pages on accounts. A one-time password is shown once, on the page that made it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from tracker.domain.errors import Invalid
from tracker.domain.permissions import Permission, Role
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.accounts import get_account, list_accounts
from tracker.queries.organs import list_organ_choices
from tracker.services import accounts
from tracker.services.context import Context
from tracker.services.mail_choice import set_address
from tracker.web.access import needs
from tracker.web.accounts.forms import AccountFilter, AccountForm, AddressForm, NameForm, RoleForm
from tracker.web.accounts.presenters import AccountPage, account_page
from tracker.web.context import context, runtime

bp = Blueprint("accounts", __name__, url_prefix="/accounts")

ACTS: dict[str, tuple[Callable[[Context, int], None], str]] = {
    "lock": (accounts.lock, N_("账号已锁定，已登录的会话全部退出。")),
    "unlock": (accounts.unlock, N_("账号已解锁，可以重新登录。")),
    "deactivate": (accounts.deactivate, N_("账号已停用，办理记录仍然保留。")),
    "reactivate": (accounts.reactivate, N_("账号已恢复，原有岗位仍然有效。")),
}
"""What is done to an account without further words: the verb, and what is said afterwards."""


@bp.get("")
@needs(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    """账号."""
    form = AccountFilter(request.args)
    form.offer(list_organ_choices(db.session()))
    rows = list_accounts(
        db.session(), text=form.text.data or "", organ_id=form.chosen_organ_id, role=form.chosen_role
    )
    now = runtime().clock.now()
    lines = [account_page(row, now, current_user.account_id) for row in rows]
    return render_template("pages/accounts/index.html", form=form, accounts=lines)


@bp.route("/new", methods=["GET", "POST"])
@needs(Permission.ACCOUNT_MANAGE)
def new() -> ResponseReturnValue:
    """新建账号."""
    form = AccountForm()
    form.offer(list_organ_choices(db.session()))
    if form.validate_on_submit():
        role, organ_id = Role(str(form.role.data)), form.organ_id.data
        try:
            secret = accounts.create_account(
                context(), form.login.data or "", form.name.data or "", [(role, organ_id)]
            )
        except Invalid as error:
            form.show(error)
        else:
            return render_template("pages/accounts/secret.html", secret=secret, created=True)
    status = 422 if request.method == "POST" else 200
    return render_template("pages/accounts/new.html", form=form), status


@bp.get("/<int:account_id>")
@needs(Permission.ACCOUNT_MANAGE)
def show(account_id: int) -> ResponseReturnValue:
    """账号详情."""
    return _render(account_id)


@bp.post("/<int:account_id>/name")
@needs(Permission.ACCOUNT_MANAGE)
def rename(account_id: int) -> ResponseReturnValue:
    """修改姓名."""
    form = NameForm(ids="name")
    if not form.validate():
        return _render(account_id, name_form=form), 422
    accounts.rename(context(), account_id, form.name.data or "")
    flash(_("姓名已修改。"), "success")
    return redirect(url_for("accounts.show", account_id=account_id))


@bp.post("/<int:account_id>/email")
@needs(Permission.ACCOUNT_MANAGE)
def set_email(account_id: int) -> ResponseReturnValue:
    """电子邮箱."""
    form = AddressForm(ids="email")
    if form.validate():
        try:
            set_address(context(), account_id, form.email.data)
        except Invalid as error:
            form.show(error)
        else:
            flash(_("电子邮箱已保存。"), "success")
            return redirect(url_for("accounts.show", account_id=account_id))
    return _render(account_id, email_form=form), 422


@bp.post("/<int:account_id>/roles")
@needs(Permission.ACCOUNT_MANAGE)
def grant_role(account_id: int) -> ResponseReturnValue:
    """增加岗位."""
    form = RoleForm(ids="role")
    form.offer(list_organ_choices(db.session()))
    if not form.validate():
        return _render(account_id, role_form=form), 422
    accounts.grant_role(context(), account_id, Role(str(form.role.data)), form.organ_id.data)
    flash(_("岗位已增加，立即生效。"), "success")
    return redirect(url_for("accounts.show", account_id=account_id))


@bp.post("/<int:account_id>/roles/<int:holding_id>/revoke")
@needs(Permission.ACCOUNT_MANAGE)
def revoke_role(account_id: int, holding_id: int) -> ResponseReturnValue:
    """撤销岗位."""
    accounts.revoke_role(context(), account_id, holding_id)
    flash(_("岗位已撤销，立即生效。"), "success")
    return redirect(url_for("accounts.show", account_id=account_id))


@bp.post("/<int:account_id>/password")
@needs(Permission.ACCOUNT_MANAGE)
def reset_password(account_id: int) -> ResponseReturnValue:
    """重置密码."""
    secret = accounts.reset_password(context(), account_id)
    return render_template("pages/accounts/secret.html", secret=secret, created=False)


@bp.post("/<int:account_id>/code/remove")
@needs(Permission.ACCOUNT_MANAGE)
def remove_code(account_id: int) -> ResponseReturnValue:
    """清除动态口令."""
    accounts.remove_code(context(), account_id)
    flash(_("动态口令已清除，已登录的会话全部退出；本人登录后可以重新设置。"), "success")
    return redirect(url_for("accounts.show", account_id=account_id))


@bp.post("/<int:account_id>/<any(lock, unlock, deactivate, reactivate):act>")
@needs(Permission.ACCOUNT_MANAGE)
def change_state(account_id: int, act: str) -> ResponseReturnValue:
    """锁定、解锁、停用、恢复."""
    verb, said = ACTS[act]
    verb(context(), account_id)
    flash(_(said), "success")
    return redirect(url_for("accounts.show", account_id=account_id))


def _page_of(account_id: int) -> AccountPage:
    row = get_account(db.session(), account_id)
    return account_page(row, runtime().clock.now(), current_user.account_id)


def _render(
    account_id: int,
    *,
    role_form: RoleForm | None = None,
    name_form: NameForm | None = None,
    email_form: AddressForm | None = None,
) -> str:
    page = _page_of(account_id)
    if role_form is None:
        role_form = RoleForm(formdata=None, ids="role")
        role_form.offer(list_organ_choices(db.session()))
    if name_form is None:
        name_form = NameForm(formdata=None, ids="name", name=page.name)
    if email_form is None:
        email_form = AddressForm(formdata=None, ids="email", email=page.email)
    return render_template(
        "pages/accounts/show.html",
        account=page,
        role_form=role_form,
        name_form=name_form,
        email_form=email_form,
    )
