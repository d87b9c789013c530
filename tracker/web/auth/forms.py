"""Forms of signing in and of changing one's password."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import Length

from tracker.web.forms import Filled, TrackerForm


class SignInForm(TrackerForm):
    """Login name and password; ``next`` is where one wanted to go, ``kept`` what one had typed when time ran out."""

    login = StringField(
        _l("登录名"), [Filled()], render_kw={"autocomplete": "username", "autocapitalize": "none"}
    )
    password = PasswordField(_l("密码"), [Filled()], render_kw={"autocomplete": "current-password"})
    next = HiddenField()
    kept = HiddenField()


class CodeForm(TrackerForm):
    """动态口令 after the right password; carries on where one wanted to go and what one had typed."""

    code = StringField(
        _l("动态口令"),
        [Filled(), Length(max=20, message=_l("动态口令是 6 位数字。"))],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True},
    )
    next = HiddenField()
    kept = HiddenField()

    @classmethod
    def after(cls, form: SignInForm) -> CodeForm:
        """The empty form for whoever just gave the password."""
        return cls(formdata=None, next=form.next.data, kept=form.kept.data)


class PasswordForm(TrackerForm):
    """The old password once, the new one twice."""

    old = PasswordField(_l("原密码"), [Filled()], render_kw={"autocomplete": "current-password"})
    new = PasswordField(_l("新密码"), [Filled()], render_kw={"autocomplete": "new-password"})
    repeated = PasswordField(_l("再输一次新密码"), [Filled()], render_kw={"autocomplete": "new-password"})
