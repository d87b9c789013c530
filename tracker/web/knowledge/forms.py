"""Forms of the room 知识库."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tracker.services.model_replies import LONGEST_COMMENT, LONGEST_TEXT
from tracker.web.forms import Filled, ParagraphField, TrackerForm
from tracker.web.subjects.forms import SubjectSelect


class ModelForm(TrackerForm):
    """标为示范答复."""

    comment = ParagraphField(_l("好在哪里"), [Filled()], longest=LONGEST_COMMENT, render_kw={"rows": 3})
    subject_id = SubjectSelect()
    text = ParagraphField(_l("示范文字"), [Filled()], longest=LONGEST_TEXT, render_kw={"rows": 18})


class WithdrawForm(TrackerForm):
    """撤下示范."""
