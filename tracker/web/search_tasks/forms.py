"""Forms of 协查任务."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.domain.file_kinds import FileKind
from tracker.domain.search_tasks import ASKED_KIND_NAMES, AskedKind, SearchFindings
from tracker.services.attachments import Upload
from tracker.services.search_tasks import Asking
from tracker.web.context import today
from tracker.web.forms import (
    ChineseDateField,
    Filled,
    LineField,
    NotAfterToday,
    ParagraphField,
    TrackerForm,
    UploadRules,
    UploadsField,
)

YES, NO = "yes", "no"


class AskForm(TrackerForm):
    """发协查任务: the same question to one place or several."""

    kind = RadioField(
        _l("协查单位类别"),
        [Filled()],
        choices=[(str(kind), _l(name)) for kind, name in ASKED_KIND_NAMES.items()],
    )
    parties = ParagraphField(_l("协查单位"), [Filled()], longest=2000)
    question = ParagraphField(_l("需要协查的事项"), [Filled()], longest=2000)
    reply_by_on = ChineseDateField(_l("反馈期限"), [Filled()])
    asked_id = SelectField(_l("用账号答复的人"), coerce=lambda value: int(value or 0), choices=[])
    shows_request = BooleanField(_l("让协查单位看到申请内容原文"))

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Who may be asked; nobody where the place answers by link or on paper."""
        nobody = SelectChoice(0, _("不指定（用一次性链接或者纸质协查单答复）"))
        self.asked_id.choices = [nobody, *(SelectChoice(each, name) for each, name in people)]

    def asking(self) -> Asking:
        """What is handed to the verb; only a validated form has all of it."""
        return Asking(
            kind=AskedKind(self.kind.data),
            parties=self.parties.data or "",
            question=self.question.data or "",
            reply_by_on=self.reply_by_on.data or today(),
            asked_id=self.asked_id.data or None,
            shows_request=bool(self.shows_request.data),
        )


class AnswerForm(TrackerForm):
    """The answer, which becomes a 检索记录."""

    places = ParagraphField(_l("检索范围"), [Filled()], longest=2000)
    keywords = LineField(_l("检索关键词"), [Filled()])
    period = LineField(_l("检索的年份"), [Filled()])
    searched_by = LineField(_l("检索人"), [Filled()], longest=50)
    on = ChineseDateField(_l("检索日期"), [Filled(), NotAfterToday()], default=today)
    found = RadioField(_l("检索结果"), [Filled()], choices=[(YES, _l("检索到")), (NO, _l("没有检索到"))])
    result = ParagraphField(_l("结果说明"), [Filled()], longest=4000)
    files = UploadsField(_l("检索截图或者签字的协查单"), [UploadRules()])

    def findings(self) -> SearchFindings:
        """What is handed to the verb; only a validated form has all of it."""
        return SearchFindings(
            places=self.places.data or "",
            keywords=self.keywords.data or "",
            period=self.period.data or "",
            searched_by=self.searched_by.data or "",
            searched_on=self.on.data or today(),
            found=self.found.data == YES,
            result=self.result.data or "",
        )

    def uploads(self) -> list[Upload]:
        """The files chosen."""
        chosen: Iterable[Any] = self.files.data or ()
        return [
            Upload(file.filename, file.read(), FileKind.SEARCH_PROOF)
            for file in chosen
            if isinstance(file, FileStorage) and file.filename
        ]


class WithdrawForm(TrackerForm):
    """撤回."""

    reason = LineField(_l("撤回的原因"), [Filled()])
