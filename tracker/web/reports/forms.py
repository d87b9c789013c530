"""Forms of the annual report on its way, and of a published table that is to be checked."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from tracker.services.annual_reports import LONGEST_COMMENT
from tracker.web.forms import Filled, ParagraphField, TrackerForm, UploadField, UploadRules


class ActForm(TrackerForm):
    """提交, 接受, 公布: nothing to fill in; ``version`` is what the person saw."""


class ReturnForm(TrackerForm):
    """退回."""

    comment = ParagraphField(_l("退回的原因"), [Filled()], longest=LONGEST_COMMENT)


class CheckForm(TrackerForm):
    """A published table: pasted, or as a file; last year's beside it where the carried numbers are to be checked."""

    file = UploadField(_l("表三文件"), [UploadRules(("csv", "txt", "xlsx"), mebibytes=1)])
    table = ParagraphField(_l("或者在这里粘贴"), longest=100_000)
    last_year = ParagraphField(_l("上年的表三"), longest=100_000)
    prose = ParagraphField(_l("报告正文"), longest=100_000)
