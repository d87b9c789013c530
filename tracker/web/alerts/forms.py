"""How a person wants to be told."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from tracker.services.mail_choice import MailChoice
from tracker.web.forms import LineField, TrackerForm


class MailForm(TrackerForm):
    """The address and what goes there."""

    email = LineField(_l("电子邮箱"), longest=254, render_kw={"autocomplete": "email", "inputmode": "email"})
    mail_alerts = BooleanField(_l("每条提醒都发邮件"))
    mail_digest = BooleanField(_l("每日提醒发邮件"))

    def choice(self) -> MailChoice:
        """What was entered."""
        return MailChoice(self.email.data or None, bool(self.mail_alerts.data), bool(self.mail_digest.data))
