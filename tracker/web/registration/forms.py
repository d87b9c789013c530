"""The registration form: the envelope, and the request itself, now or later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Field, HiddenField, RadioField, SelectField

from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.receipt import CHANNEL_RULES, ReceiptFacts, ReceiptField
from tracker.domain.request_facts import LONGEST_DESCRIPTION, MOST_PEOPLE, RequestDetails
from tracker.domain.request_terms import (
    CHANNEL_NAMES,
    SUPPLY_FORM_NAMES,
    SUPPLY_WAY_NAMES,
    Channel,
    SupplyForm,
    SupplyWay,
)
from tracker.services.attachments import Upload
from tracker.services.intake import Registration
from tracker.services.receipts import ConfirmationCall
from tracker.web.forms import (
    ChineseDateField,
    ClockTimeField,
    LineField,
    OrganSelect,
    ParagraphField,
    TrackerForm,
    UploadField,
    UploadRules,
)
from tracker.web.forms.validators import IMAGES_AND_PDF
from tracker.web.i18n import OFFICE_ZONE, tell
from tracker.web.registration.people import PersonForm
from tracker.web.subjects.forms import SubjectSelect

CALL_CHANNELS = frozenset({Channel.ORDINARY_MAIL, Channel.PORTAL, Channel.EMAIL, Channel.FAX})
_CALL_FIELDS = ("call_with", "call_number", "call_time", "call_content")


class RequestForm(TrackerForm):
    """The request itself: people, description, form and way of supply, and its scans."""

    description = ParagraphField(_l("所需政府信息"), longest=LONGEST_DESCRIPTION)
    items = ParagraphField(_l("分项"), longest=LONGEST_DESCRIPTION)
    supply_form = SelectField(_l("获取信息的方式"))
    supply_way = SelectField(_l("获取信息的途径"))
    subject_id = SubjectSelect()
    request_scan = UploadField(_l("申请书扫描件"), [UploadRules()])
    identity_scan = UploadField(_l("身份证明扫描件"), [UploadRules(IMAGES_AND_PDF)])
    authorisation_scan = UploadField(_l("授权委托书扫描件"), [UploadRules(IMAGES_AND_PDF)])

    scans: tuple[tuple[str, FileKind], ...] = (
        ("request_scan", FileKind.REQUEST),
        ("identity_scan", FileKind.IDENTITY_PROOF),
        ("authorisation_scan", FileKind.AUTHORISATION),
    )

    def __init__(self, *args: Any, people: int = 1, sender: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unsaid = ("", _("申请书没有写明"))
        self.supply_form.choices = [unsaid, *((str(k), tell(v)) for k, v in SUPPLY_FORM_NAMES.items())]
        self.supply_way.choices = [unsaid, *((str(k), tell(v)) for k, v in SUPPLY_WAY_NAMES.items())]
        for field in (self.supply_form, self.supply_way):
            field.data = field.data or ""
        sent = request.form if self.is_submitted() else None
        count = min(max(people, _people_in(sent)), MOST_PEOPLE)
        self.people = [
            PersonForm(sent, number, **({"name": sender} if sender and number == 0 and sent is None else {}))
            for number in range(count)
        ]

    def __iter__(self) -> Iterator[Field]:
        """Every field, people's included, so that the summary of faults names them all."""
        yield from super().__iter__()
        for person in getattr(self, "people", ()):
            yield from person

    @property
    def errors(self) -> dict[str, Any]:
        """Faults by name, people's included."""
        found = dict(super().errors)
        for person in self.people:
            found.update({field.name: field.errors for field in person if field.errors})
        return found

    def add_person(self) -> None:
        """One more empty part for a joint applicant or agent."""
        if len(self.people) < MOST_PEOPLE:
            self.people.append(PersonForm(None, len(self.people)))

    def validate_request(self) -> bool:
        """Whether everything typed can be read; what is missing the verb says."""
        good = self.validate()
        for person in self.people:
            good = person.validate() and good
        if not good:
            self.mention_files()
        return good

    def mention_files(self) -> None:
        """Browsers do not send a chosen file twice: say so where one was chosen."""
        if any(upload.filename for upload in request.files.values()):
            self.form_errors.append(_("上传的文件请重新选择：出于安全，浏览器不保留已选的文件。"))

    def details(self) -> RequestDetails:
        """What was entered of the request; parts without any entry are left out."""
        lines = (self.items.data or "").splitlines()
        return RequestDetails(
            people=[person.details() for person in self.filled_people],
            description=self.description.data or "",
            items=[line for line in lines if line.strip()],
            supply_form=SupplyForm(self.supply_form.data) if self.supply_form.data else None,
            supply_way=SupplyWay(self.supply_way.data) if self.supply_way.data else None,
            subject_id=self.subject_id.number,
        )

    @property
    def filled_people(self) -> Sequence[PersonForm]:
        """The parts in which anything was typed."""
        return [person for person in self.people if person.is_filled]

    def uploads(self) -> list[Upload]:
        """The files chosen, each with what it is."""
        chosen = ((self._fields[name].data, kind) for name, kind in self.scans if name in self._fields)
        return [
            Upload(file.filename or "", file.read(), kind)
            for file, kind in chosen
            if isinstance(file, FileStorage) and file.filename
        ]

    def show(self, error: TrackerError) -> None:
        """As every form; faults of people go to the part in which they were typed."""
        super().show(error)
        self.mention_files()

    def _show_at(self, name: str, messages: list[str]) -> None:
        parts = name.split("-", 2)
        if parts[0] == "people" and len(parts) == 3 and parts[1].isdigit():
            shown = self.filled_people or self.people
            person = shown[min(int(parts[1]), len(shown) - 1)]
            field = person._fields.get(parts[2])
            if field is not None:
                field.errors = [*field.errors, *messages]
                return
        super()._show_at(name, messages)


class RegistrationForm(RequestForm):
    """The envelope first, then the request. ``piece``: its line in the intake book, where it was entered before."""

    piece = HiddenField()

    organ_id = OrganSelect(_l("收到申请的机关"))
    channel = RadioField(_l("申请渠道"))
    signed_on = ChineseDateField(_l("签收日期"))
    signed_by = LineField(_l("签收人"), longest=50)
    written_down_by = LineField(_l("记录人"), longest=50)
    mail_number = LineField(_l("邮件号码"), longest=32)
    arrived_on = ChineseDateField(_l("到达日期"))
    taken_in_on = ChineseDateField(_l("系统收到日期"))
    taken_in_at = ClockTimeField(_l("系统收到时间"), longest=8)
    confirmed_on = ChineseDateField(_l("与申请人确认的日期"))
    confirmed_by = LineField(_l("确认人"), longest=50)
    confirmation_reason = LineField(_l("没有在当日确认的原因"), longest=500)
    call_with = LineField(_l("与谁通话"), longest=50)
    call_number = LineField(_l("对方号码"), longest=50)
    call_time = ClockTimeField(_l("通话时间"), longest=8)
    call_content = ParagraphField(_l("通话内容"), longest=2000)
    sender = LineField(_l("寄件人或者申请人"), longest=200)
    envelope_scan = UploadField(_l("信封照片或者扫描件"), [UploadRules(IMAGES_AND_PDF)])

    scans = (("envelope_scan", FileKind.ENVELOPE), *RequestForm.scans)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel.choices = [(str(k), tell(v)) for k, v in CHANNEL_NAMES.items()]

    @property
    def chosen_channel(self) -> Channel:
        """The channel; the commonest where none was chosen."""
        known = set(map(str, Channel))
        return Channel(self.channel.data) if self.channel.data in known else Channel.REGISTERED_MAIL

    def receipt_facts(self) -> ReceiptFacts:
        """What the chosen channel asks for; fields of other channels are left aside."""
        asked = {str(field) for field in CHANNEL_RULES[self.chosen_channel].fields}
        values = {str(f): self._fields[str(f)].data or None for f in ReceiptField if str(f) in asked}
        return ReceiptFacts(self.chosen_channel, **values)

    @property
    def piece_id(self) -> int | None:
        """Which piece of the intake book becomes a request; None for none, and for what is no number."""
        text = str(self.piece.data or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def has_call(self) -> bool:
        """Whether anything was written about a call."""
        return any(self._fields[name].data for name in _CALL_FIELDS)

    def name_sender(self) -> None:
        """Who sent the envelope is the applicant, where the part for the applicant names nobody."""
        if not self.people[0].name.data:
            self.people[0].name.data = self.sender.data

    def call(self) -> ConfirmationCall | None:
        """The call, when anything was written about it. Raises ``Invalid`` without its day or time."""
        if self.chosen_channel not in CALL_CHANNELS or not self.has_call:
            return None
        on = self.confirmed_on.data
        at = self.call_time.time
        if on is None or at is None:
            missing = "call_time" if on is not None else "confirmed_on"
            raise Invalid({missing: [_("填写了通话记录，请同时填写与申请人确认的日期和通话时间。")]})
        return ConfirmationCall(
            called_at=datetime.combine(on, at, OFFICE_ZONE),
            spoke_with=self.call_with.data or "",
            content=self.call_content.data or "",
            number=self.call_number.data or "",
        )

    def registration(self, *, complete: bool) -> Registration:
        """What is handed to the verb. Raises ``Invalid``."""
        return Registration(
            organ_id=self.organ_id.data or 0,
            receipt=self.receipt_facts(),
            sender=self.sender.data or "",
            request=self.details() if complete else None,
            call=self.call(),
            taken_in_at=self.taken_in_at.time,
            piece_id=self.piece_id,
            uploads=self.uploads(),
        )


def _people_in(sent: Any) -> int:
    """How many parts were sent: one more than the highest number among the names."""
    numbers = [
        int(parts[1])
        for parts in (name.split("-", 2) for name in sent or ())
        if len(parts) == 3 and parts[0] == "people" and parts[1].isdigit() and len(parts[1]) < 4
    ]
    return max(numbers, default=-1) + 1
