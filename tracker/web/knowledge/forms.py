"""Forms of the room 知识库."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField

from tracker.domain.disclosure import BASIS_NAMES, OUTCOME_NAMES
from tracker.domain.refusal_reviews import REVIEW_RESULT_NAMES
from tracker.services.disclosure import LONGEST_REASON, LONGEST_TITLE, LONGEST_WHERE
from tracker.services.model_replies import LONGEST_COMMENT, LONGEST_TEXT
from tracker.services.refusal_reviews import LONGEST_NOTE
from tracker.web.forms import ChineseDateField, Filled, LineField, NotAfterToday, ParagraphField, TrackerForm
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


class ProposeForm(TrackerForm):
    """提出主动公开建议."""

    title = LineField(_l("建议主动公开的信息"), [Filled()], longest=LONGEST_TITLE)
    basis = RadioField(_l("为什么建议"), [Filled()])
    reason = ParagraphField(_l("理由"), [Filled()], longest=LONGEST_REASON, render_kw={"rows": 4})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.basis.choices = [(str(code), tell(name)) for code, name in BASIS_NAMES.items()]


class DecideForm(TrackerForm):
    """采纳或者不采纳."""

    outcome = RadioField(_l("审核意见"), [Filled()])
    reason = ParagraphField(_l("理由"), [Filled()], longest=LONGEST_REASON, render_kw={"rows": 3})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.outcome.choices = [(str(code), tell(name)) for code, name in OUTCOME_NAMES.items()]


class PublishForm(TrackerForm):
    """登记已主动公开."""

    where = LineField(_l("在哪里公开"), [Filled()], longest=LONGEST_WHERE)
    on = ChineseDateField(_l("公开日期"), [Filled(), NotAfterToday()])
