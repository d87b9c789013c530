"""Forms of the room 知识库."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from tracker.domain.refusal_reviews import REVIEW_RESULT_NAMES
from tracker.services.model_replies import LONGEST_COMMENT, LONGEST_TEXT
from tracker.services.refusal_reviews import LONGEST_NOTE
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField, TrackerForm
from tracker.web.i18n import tell
from tracker.web.subjects.forms import SubjectSelect


class ModelForm(TrackerForm):
    """标为示范答复."""

    comment = ParagraphField(_l("好在哪里"), [Filled()], longest=LONGEST_COMMENT, render_kw={"rows": 3})
    subject_id = SubjectSelect()
    text = ParagraphField(_l("示范文字"), [Filled()], longest=LONGEST_TEXT, render_kw={"rows": 18})


class WithdrawForm(TrackerForm):
    """撤下示范."""


class RefusalReviewForm(TrackerForm):
    """登记定期审查."""

    result = RadioField(_l("审查结果"), [Filled()])
    note = ParagraphField(_l("依据"), [Filled()], longest=LONGEST_NOTE, render_kw={"rows": 4})
    on = ChineseDateField(_l("审查日期"), [Filled(), NotAfterToday()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.result.choices = [(str(code), tell(name)) for code, name in REVIEW_RESULT_NAMES.items()]
