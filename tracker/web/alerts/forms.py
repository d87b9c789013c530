"""How a person wants to be told."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectMultipleField

from tracker.domain.alert_topics import CHOOSABLE, FIXED, TOPIC_NAMES, TOPICS, AlertTopic
from tracker.domain.alerts import ALERT_NAMES
from tracker.services.mail_choice import MailChoice
from tracker.web.forms import LineField, TrackerForm
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic to choose about; ``kinds``: the alerts it stands for, as the centre names them."""

    topic: AlertTopic
    name: str
    kinds: str
    fixed: bool
    mailed: bool


class MailForm(TrackerForm):
    """The address and what goes there."""

    email = LineField(_l("电子邮箱"), longest=254, render_kw={"autocomplete": "email", "inputmode": "email"})
    mailed = SelectMultipleField(
        _l("发邮件的提醒"), choices=[(str(topic), TOPIC_NAMES[topic]) for topic in CHOOSABLE]
    )
    mail_digest = BooleanField(_l("每日提醒发邮件"))

    def choice(self) -> MailChoice:
        """What was entered."""
        mailed = set(self.mailed.data or ())
        muted = frozenset(topic for topic in CHOOSABLE if str(topic) not in mailed)
        return MailChoice(self.email.data or None, muted, bool(self.mail_digest.data))

    def lines(self) -> list[TopicLine]:
        """Every topic with its box, those that cannot be switched off first."""
        mailed = set(self.mailed.data or ())
        return [
            TopicLine(
                topic,
                tell(TOPIC_NAMES[topic]),
                "、".join(tell(ALERT_NAMES[kind]) for kind in TOPICS[topic]),
                topic in FIXED,
                topic in FIXED or str(topic) in mailed,
            )
            for topic in AlertTopic
        ]
