"""Short forms of the acts on a letter."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional

from tracker.domain.case_log import DispatchWay
from tracker.domain.returned_mail import RETURN_KIND_NAMES
from tracker.services.attachments import Upload
from tracker.services.dispatch import WAY_NAMES
from tracker.web.forms import (
    ChineseDateField,
    Filled,
    LineField,
    NotAfterToday,
    ParagraphField,
    TrackerForm,
    UploadField,
    UploadRules,
)
from tracker.web.forms.validators import IMAGES_AND_PDF
from tracker.web.i18n import tell


class SubmitForm(TrackerForm):
    """提交审查."""


class SignForm(TrackerForm):
    """签发."""


class WaiveForm(TrackerForm):
    """免予审查."""

    reason = ParagraphField(_l("免予审查的理由"), [Filled()], longest=1000)


class SendBackForm(TrackerForm):
    """退回修改, by whoever should sign."""

    opinion = ParagraphField(_l("退回意见"), [Filled()])


class PaperForm(TrackerForm):
    """纸质呈批单."""

    multipart = True
    paper_name = LineField(_l("在呈批单上签字的人"), [Filled()], longest=50)
    paper_on = ChineseDateField(_l("签字日期"), [Filled(), NotAfterToday()])
    scan = UploadField(_l("呈批单扫描件"), [Filled(), UploadRules(IMAGES_AND_PDF)])
    opinion = ParagraphField(_l("呈批单上的意见"))


class VoidForm(TrackerForm):
    """作废."""

    reason = ParagraphField(_l("作废的原因"), [Filled()], longest=500)


class SealForm(TrackerForm):
    """用印."""

    on = ChineseDateField(_l("用印日期"), [Filled(), NotAfterToday()])


class DispatchForm(TrackerForm):
    """寄发."""

    way = RadioField(_l("送达方式"), [Filled()], choices=[])
    on = ChineseDateField(_l("交邮（送出、发布）日期"), [Filled(), NotAfterToday()])
    mail_number = LineField(_l("邮件号"), [Optional()], longest=32)
    reason = ParagraphField(_l("情况说明"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way.choices = [SelectChoice(str(way), tell(WAY_NAMES[way])) for way in DispatchWay]


class DeliveryForm(TrackerForm):
    """登记送达."""

    multipart = True
    on = ChineseDateField(_l("签收日期"), [Filled(), NotAfterToday()])
    to = LineField(_l("签收人"), longest=50)
    proof = UploadField(_l("送达凭证"), [UploadRules(IMAGES_AND_PDF)])
    reason = ParagraphField(_l("情况说明"))


class ReturnedForm(TrackerForm):
    """登记退件."""

    on = ChineseDateField(_l("退回日期"), [Filled(), NotAfterToday()])
    kind = RadioField(_l("退回原因"), [Filled()], choices=[])
    why = LineField(_l("邮件上的批注"), longest=180)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(str(kind), tell(name)) for kind, name in RETURN_KIND_NAMES.items()]


def day_of(field: ChineseDateField) -> date:
    """The day of a field the form demands."""
    assert field.data is not None
    return field.data


def upload_of(field: UploadField) -> Upload | None:
    """The file that was handed in, or None."""
    if not field.data or not getattr(field.data, "filename", ""):
        return None
    return Upload(field.data.filename, field.data.read())
