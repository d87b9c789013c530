"""Forms of setting up 动态口令 and of switching it off."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import Length

from tracker.web.forms import Filled, TrackerForm


class CodeSetupForm(TrackerForm):
    """The first code of a telephone that has read the secret; ``sealed`` carries the secret from page to page."""

    code = StringField(
        _l("手机上显示的 6 位数字"),
        [Filled(), Length(max=20, message=_l("动态口令是 6 位数字。"))],
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    password = PasswordField(_l("登录密码"), [Filled()], render_kw={"autocomplete": "current-password"})
    sealed = HiddenField()
