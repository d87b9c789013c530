"""The group robot of one organ as a form: its keys are typed anew each time, never shown."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from tracker.adapters.robots import Robot
from tracker.domain.alerts import CHANNEL_NAMES, Channel
from tracker.domain.robots import ROBOT_CHANNELS
from tracker.web.forms import Filled, LineField, TrackerForm
from tracker.web.i18n import tell


class RobotForm(TrackerForm):
    """Kind, address and secret, as the settings page of the group shows them."""

    channel = RadioField(_l("机器人"), [Filled()], validate_choice=False)
    address = LineField(
        _l("地址（Webhook）"),
        [Filled()],
        longest=500,
        render_kw={"autocomplete": "off", "inputmode": "url", "spellcheck": "false"},
    )
    secret = LineField(_l("加签密钥"), longest=200, render_kw={"autocomplete": "off", "spellcheck": "false"})

    def offer(self) -> None:
        """Fill in the kinds of robot."""
        self.channel.choices = [(str(each), tell(CHANNEL_NAMES[each])) for each in ROBOT_CHANNELS]

    def robot(self) -> Robot:
        """What was entered, once it has been validated; only DingTalk signs. What is no robot at
        all is told by the verb."""
        known = {str(each): each for each in ROBOT_CHANNELS}
        channel = known.get(self.channel.data or "", Channel.EMAIL)
        secret = self.secret.data if channel is Channel.DINGTALK else None
        return Robot(channel, self.address.data or "", secret or None)
