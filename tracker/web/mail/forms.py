"""Forms of the intake book."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import RadioField, SelectField

from tracker.domain.file_kinds import FileKind
from tracker.domain.mail_register import (
    ANSWER_WAY_NAMES,
    CHOOSABLE,
    FORWARDING_WAY_NAMES,
    MATTERS,
    MEDIUM_NAMES,
    AnswerWay,
    Matter,
    Medium,
)
from tracker.services.attachments import Upload
from tracker.services.mail_register import Answer, Forwarding, Piece
from tracker.web.context import today
from tracker.web.forms import (
    ChineseDateField,
    ClockTimeField,
    Filled,
    LineField,
    NotAfterToday,
    OrganSelect,
    ParagraphField,
    TrackerForm,
    UploadField,
    UploadRules,
)
from tracker.web.forms.validators import IMAGES_AND_PDF
from tracker.web.i18n import tell


class MailForm(TrackerForm):
    """A piece as it arrived, a call or a visit, and what it is."""

    medium = RadioField(
        _l("来件方式"),
        [Filled()],
        choices=[(str(medium), _l(name)) for medium, name in MEDIUM_NAMES.items()],
        default=str(Medium.LETTER),
    )
    matter = RadioField(
        _l("去向"),
        [Filled()],
        choices=[(str(matter), _l(MATTERS[matter].name)) for matter in CHOOSABLE],
        default=str(Matter.UNDECIDED),
    )

    organ_id = OrganSelect(_l("收到邮件的机关"), [Filled()])
    arrived_on = ChineseDateField(_l("收到日期"), [Filled(), NotAfterToday()])
    came_at = ClockTimeField(_l("来电、来访时间"), longest=10)
    mail_number = LineField(_l("邮件号码"), longest=32)
    sender = LineField(_l("寄件人、来人"), [Filled()])
    addressed_to = LineField(_l("信封上的收件机关"))
    summary = ParagraphField(_l("内容摘要"), [Filled()], longest=2000)
    scan = UploadField(_l("照片、扫描件"), [UploadRules(IMAGES_AND_PDF)])

    def mail(self) -> Piece:
        """What is handed to the verb; only a validated form has all of it."""
        assert self.arrived_on.data is not None
        return Piece(
            organ_id=self.organ_id.data or 0,
            arrived_on=self.arrived_on.data,
            sender=self.sender.data or "",
            addressed_to=self.addressed_to.data or "",
            summary=self.summary.data or "",
            mail_number=self.mail_number.data or "",
            medium=Medium(self.medium.data),
            matter=Matter(self.matter.data),
            came_at=self.came_at.time,
            uploads=_uploads(self.scan.data, FileKind.ENVELOPE),
        )


class ForwardingForm(TrackerForm):
    """How the piece was passed on, and who signed for it."""

    forwarded_to = LineField(_l("转送给"), [Filled()])
    on = ChineseDateField(_l("转送日期"), [Filled(), NotAfterToday()])
    way = SelectField(_l("转送方式"), [Filled()])
    received_by = LineField(_l("对方签收人"), longest=50)
    receipt_scan = UploadField(_l("转送回执"), [UploadRules(IMAGES_AND_PDF)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way.choices = [(str(way), tell(name)) for way, name in FORWARDING_WAY_NAMES.items()]
        if not self.is_submitted() and self.on.data is None:
            self.on.data = today()

    def forwarding(self) -> Forwarding:
        """What is handed to the verb; only a validated form has all of it."""
        assert self.on.data is not None
        return Forwarding(
            forwarded_to=self.forwarded_to.data or "",
            on=self.on.data,
            way=self.way.data or "",
            received_by=self.received_by.data or "",
        )

    def uploads(self) -> list[Upload]:
        """The receipt, when one was chosen."""
        return _uploads(self.receipt_scan.data, FileKind.DELIVERY_PROOF)


class SortForm(TrackerForm):
    """分流: what a piece is."""

    matter = RadioField(
        _l("去向"),
        [Filled()],
        choices=[(str(matter), _l(MATTERS[matter].name)) for matter in CHOOSABLE],
    )
    addressed_to = LineField(_l("信封上的收件机关"))


class AnswerForm(TrackerForm):
    """The short answer of a matter that is no request."""

    result = RadioField(_l("办理结果"), [Filled()], choices=[])
    on = ChineseDateField(_l("答复日期"), [Filled(), NotAfterToday()], default=today)
    way = SelectField(_l("答复方式"), [Filled()])
    text = ParagraphField(_l("答复内容"), [Filled()], longest=4000)
    scan = UploadField(_l("答复的扫描件或者截图"), [UploadRules()])

    def offer(self, matter: Matter) -> None:
        """The results this matter may have."""
        self.result.choices = [(code, tell(name)) for code, name in MATTERS[matter].results.items()]
        self.way.choices = [(str(way), tell(name)) for way, name in ANSWER_WAY_NAMES.items()]

    def answer(self) -> Answer:
        """What is handed to the verb; only a validated form has all of it."""
        assert self.on.data is not None
        return Answer(self.result.data or "", self.on.data, AnswerWay(self.way.data), self.text.data or "")

    def uploads(self) -> list[Upload]:
        """The scan, when one was chosen."""
        return _uploads(self.scan.data, FileKind.OTHER)


def _uploads(file: object, kind: FileKind) -> list[Upload]:
    if isinstance(file, FileStorage) and file.filename:
        return [Upload(file.filename, file.read(), kind)]
    return []
