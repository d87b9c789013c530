"""The one form of a practised act."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import Optional

from tracker.web.forms import ChineseDateField, Filled, TrackerForm


class PracticeForm(TrackerForm):
    """On which supposed day; for an extension also how many working days."""

    on = ChineseDateField(_l("日期"), [Filled()])
    days = IntegerField(_l("延长的工作日数"), [Optional()])
