"""一封多件: register once and vary. Each request of an envelope gets its own number and its own answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from tracker.domain.case_log import EntryType
from tracker.domain.envelopes import IN_ONE_ENVELOPE, MOST_AT_ONCE, descriptions_of
from tracker.domain.errors import Invalid, NotLawfulNow, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.permissions import Permission
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_facts import Capacity, PersonDetails, RequestDetails
from tracker.domain.request_terms import (
    Channel,
    IdentityType,
    LegalKind,
    ReportKind,
    SupplyForm,
    SupplyWay,
)
from tracker.domain.vocabulary import N_
from tracker.models import Applicant, Attachment, Case, Receipt
from tracker.queries.applicants import list_applicants
from tracker.queries.scope import get_case
from tracker.services.attachments import Upload
from tracker.services.case_keys import read_file
from tracker.services.case_record import NewEntry, append, require_version
from tracker.services.context import Context
from tracker.services.intake import Registered, Registration, register
from tracker.services.unit_of_work import transaction

COPIED = (FileKind.ENVELOPE, FileKind.IDENTITY_PROOF, FileKind.AUTHORISATION)
"""What lies in the envelope once and belongs to each of its requests."""


def register_same_envelope(
    ctx: Context, case_id: int, text: str, *, expected_version: int | None
) -> list[Registered]:
    """一封多件: further requests of the envelope in which a registered one came, one a line. People, day of receipt,
    mail number, form and way of supply are those of the first; each log names the others' numbers. All or none.

    Raises ``Forbidden``, ``NotFound``, ``Invalid``, ``Conflict``, ``NotLawfulNow`` for a stub and for channels that
    take in each request by itself.
    """
    wanted = descriptions_of(text)
    if not wanted:
        raise Invalid({"descriptions": [N_("请写明其余各件申请的内容，一行一件。")]})
    if len(wanted) > MOST_AT_ONCE:
        fault = TrackerError(N_("一次最多 %(most)d 件，请分几次登记。"), most=MOST_AT_ONCE)
        raise Invalid({"descriptions": [fault]})
    with transaction(ctx) as session:
        case = get_case(session, ctx.actor, case_id, Permission.CASE_REGISTER, lock=True)
        require_version(case, expected_version)
        receipt = session.scalar(select(Receipt).where(Receipt.case_id == case.id))
        if receipt is None or case.historic or Channel(case.channel) not in IN_ONE_ENVELOPE:
            raise NotLawfulNow(N_("只有邮寄和当面提交的申请才有一封多件；网上、电子邮件、传真的请逐件登记。"))
        if case.needs_completion:
            raise NotLawfulNow(N_("请先补全这一件的登记，其余各件会沿用申请人和获取信息的方式。"))
        first = Registration(
            case.organ_id,
            _receipt(case, receipt),
            request=_request(ctx, case),
            uploads=_files(ctx, case),
        )
        request = first.request
        assert request is not None
        done = [
            register(ctx, replace(first, request=replace(request, description=description)))
            for description in wanted
        ]
        numbers = [case.number, *(each.number for each in done)]
        for each in (case.id, *(each.case_id for each in done)):
            _name_the_others(ctx, each, numbers)
        return done


def _name_the_others(ctx: Context, case_id: int, numbers: list[str]) -> None:
    case = get_case(ctx.session, ctx.actor, case_id, Permission.CASE_REGISTER, lock=True)
    others = "、".join(number for number in numbers if number != case.number)
    append(ctx, case, NewEntry(EntryType.NOTE_ADDED, ctx.today, text=f"一封多件，同一信封的还有：{others}。"))


def _receipt(case: Case, row: Receipt) -> ReceiptFacts:
    return ReceiptFacts(
        Channel(case.channel),
        signed_on=row.signed_on or row.submitted_on or _oral_day(case),
        signed_by=row.signed_by,
        arrived_on=row.arrived_on,
        mail_number=row.mail_number,
        confirmed_on=row.confirmed_on,
        confirmed_by=row.confirmed_by,
        confirmation_reason=row.confirmation_reason,
        written_down_by=row.written_down_by,
    )


def _oral_day(case: Case) -> date | None:
    return case.received_on if Channel(case.channel) is not Channel.ORDINARY_MAIL else None


def _request(ctx: Context, case: Case) -> RequestDetails:
    return RequestDetails(
        people=[_person(ctx, row) for row in list_applicants(ctx.session, case.id)],
        description=case.description,
        supply_form=SupplyForm(case.supply_form) if case.supply_form else None,
        supply_way=SupplyWay(case.supply_way) if case.supply_way else None,
    )


def _person(ctx: Context, row: Applicant) -> PersonDetails:
    def opened(sealed: bytes | None) -> str:
        return ctx.adapters.cipher.open(sealed) if sealed else ""

    return PersonDetails(
        name=row.name,
        capacity=Capacity(row.capacity),
        representative=row.representative,
        legal_kind=LegalKind(row.legal_kind),
        report_kind=ReportKind(row.report_kind),
        identity_type=IdentityType(row.identity_type),
        identity_number=opened(row.identity_number_cipher),
        phone=opened(row.phone_cipher),
        address=opened(row.address_cipher),
        postcode=row.postcode or "",
        email=opened(row.email_cipher),
        contact_name=row.contact_name or "",
        authorised=row.authorised_by_attachment_id is not None,
    )


def _files(ctx: Context, case: Case) -> list[Upload]:
    kinds = [str(kind) for kind in COPIED]
    rows = ctx.session.scalars(
        select(Attachment)
        .where(Attachment.case_id == case.id, Attachment.kind.in_(kinds))
        .order_by(Attachment.id)
    )
    return [Upload(row.filename, read_file(ctx, row), FileKind(row.kind)) for row in rows]
