"""登记: a request enters the office. The envelope first, so that number and due date are there within a minute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from tracker.domain.case_log import EntryType
from tracker.domain.clock import Reading
from tracker.domain.errors import Forbidden, Invalid, NotFound, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.mail_numbers import looks_like_mail_number
from tracker.domain.numbering import CASE_SERIES, case_number
from tracker.domain.permissions import Permission
from tracker.domain.receipt import ReceiptFacts, arrival_of, received_on
from tracker.domain.request_facts import (
    LONGEST_NAME,
    Capacity,
    PersonDetails,
    RequestDetails,
    check_request,
    request_warnings,
)
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.domain.workflow import Action
from tracker.models import Applicant, Attachment, Case, Organ
from tracker.services.applicants import clean_details, write_items, write_people
from tracker.services.attachments import CheckedFile, Upload, attach_to_case, check_upload
from tracker.services.case_act import acting
from tracker.services.case_record import NewEntry, append
from tracker.services.context import Context
from tracker.services.mail_register import enter_case
from tracker.services.numbers import draw_number
from tracker.services.receipts import (
    ConfirmationCall,
    check_call,
    clean_receipt,
    receipt_row,
    record_confirmation,
)
from tracker.services.subjects import set_subject
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class Registration:
    """A request as it is handed to the office. ``request`` None: a stub from the envelope, completed later, with at
    most the ``sender`` the envelope names. ``taken_in_at``: time of day the portal or mail server noted, if known.
    ``piece_id``: its line in the intake book, where it was entered there before."""

    organ_id: int
    receipt: ReceiptFacts
    sender: str = ""
    request: RequestDetails | None = None
    call: ConfirmationCall | None = None
    taken_in_at: time | None = None
    piece_id: int | None = None
    uploads: Sequence[Upload] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Registered:
    """What the clerk is told at once. ``warnings`` block nothing."""

    case_id: int
    number: str
    received_on: date
    due_on: date | None
    provisional: bool
    complete: bool
    warnings: tuple[TrackerError, ...] = ()


def register(ctx: Context, registration: Registration) -> Registered:
    """登记一件申请 (Art 31, 45): number, day of receipt, due date, in one transaction.

    Raises ``Forbidden`` for an organ the person does not register for, ``Invalid`` for what is missing or cannot be.
    """
    if not ctx.actor.may(Permission.CASE_REGISTER, registration.organ_id):
        raise Forbidden(N_("您不能为这个机关登记申请。"))
    receipt = clean_receipt(registration.receipt)
    day = received_on(receipt, ctx.today, has_call=registration.call is not None)
    check_call(ctx, registration.call)
    request = clean_details(registration.request) if registration.request else None
    if request is not None:
        check_request(request)
    files = [check_upload(ctx, upload, "files") for upload in registration.uploads]
    sender = clean_line(registration.sender)
    if len(sender) > LONGEST_NAME:
        raise Invalid({"sender": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_NAME)]})
    with transaction(ctx) as session:
        organ = session.get(Organ, registration.organ_id)
        if organ is None or not organ.active:
            raise NotFound(N_("没有找到这个机关，或者它已经停用。"))
        case = _new_case(ctx, organ, receipt, day.on, request)
        session.add(receipt_row(case.id, receipt, registration.taken_in_at))
        people = _write_request(ctx, case, request, sender)
        reading = _record(ctx, case, day.on, complete=request is not None)
        enter_case(ctx, case, organ, arrival_of(receipt, day.on), registration.piece_id)
        record_confirmation(ctx, case, registration.call)
        _keep(ctx, case, files, people)
        warnings = (*map(TrackerError, day.warnings), *_warnings(receipt, request))
        return Registered(
            case.id, case.number, day.on, reading.due_on, reading.provisional, request is not None, warnings
        )


def complete_registration(
    ctx: Context,
    case_id: int,
    request: RequestDetails,
    *,
    expected_version: int | None,
    uploads: Sequence[Upload] = (),
) -> tuple[TrackerError, ...]:
    """补全登记: applicants, description, form and way of supply of a stub. Returns warnings, which block nothing.

    Raises ``Invalid``, ``Conflict``, ``NotLawfulNow`` when the registration is complete already.
    """
    details = clean_details(request)
    check_request(details)
    files = [check_upload(ctx, upload, "files") for upload in uploads]
    with acting(ctx, case_id, Action.COMPLETE_REGISTRATION, expected_version) as case:
        people = write_people(ctx, case.id, details.people)
        _describe(ctx, case, details)
        case.needs_completion = False
        append(ctx, case, NewEntry(EntryType.COMPLETED, ctx.today))
        _keep(ctx, case, files, people)
        return request_warnings(details)


def _new_case(
    ctx: Context, organ: Organ, receipt: ReceiptFacts, on: date, request: RequestDetails | None
) -> Case:
    serial = draw_number(ctx.session, organ.id, CASE_SERIES, on.year)
    case = Case(
        organ_id=organ.id,
        number=case_number(organ.number_prefix, on.year, serial),
        year=on.year,
        serial=serial,
        received_on=on,
        channel=str(receipt.channel),
        description="",
        needs_completion=request is None,
        stage="registered",
        clock_state="running",
        created_at=ctx.now,
    )
    ctx.session.add(case)
    ctx.session.flush()
    return case


def _write_request(ctx: Context, case: Case, request: RequestDetails | None, sender: str) -> list[Applicant]:
    if request is not None:
        _describe(ctx, case, request)
        return write_people(ctx, case.id, request.people)
    return write_people(ctx, case.id, [PersonDetails(name=sender)]) if sender else []


def _describe(ctx: Context, case: Case, details: RequestDetails) -> None:
    case.description = details.description
    case.supply_form = str(details.supply_form) if details.supply_form else None
    case.supply_way = str(details.supply_way) if details.supply_way else None
    write_items(ctx, case.id, details)
    set_subject(ctx, case.id, details.subject_id)


def _record(ctx: Context, case: Case, on: date, *, complete: bool) -> Reading:
    entries = [NewEntry(EntryType.RECEIVED, on), NewEntry(EntryType.REGISTERED, ctx.today)]
    if complete:
        entries.append(NewEntry(EntryType.COMPLETED, ctx.today))
    return append(ctx, case, *entries)


def _keep(ctx: Context, case: Case, files: Sequence[CheckedFile], people: Sequence[Applicant]) -> None:
    """Attach what came with the request; an authorisation belongs to its agent."""
    rows = attach_to_case(ctx, case, files)
    proof: Attachment | None = next((row for row in rows if row.kind == FileKind.AUTHORISATION), None)
    if proof is not None:
        for person in people:
            if person.capacity == Capacity.AGENT:
                person.authorised_by_attachment_id = proof.id
        ctx.session.flush()


def _warnings(receipt: ReceiptFacts, request: RequestDetails | None) -> tuple[TrackerError, ...]:
    told: list[TrackerError] = []
    if receipt.mail_number and not looks_like_mail_number(receipt.mail_number):
        told.append(TrackerError(N_("邮件号码与常见格式（13 位）不同，请对照面单核对。")))
    if request is not None:
        told.extend(request_warnings(request))
    return tuple(told)
