"""The facts of a case in the order of the paper file: who, how it came, what is asked, who handles it, files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.adapters.cipher import Cipher
from tracker.domain.archiving import RETENTION_NAMES, Retention
from tracker.domain.challenges import CHALLENGE_KIND_NAMES, ChallengeKind
from tracker.domain.dispositions import ROWS
from tracker.domain.envelopes import IN_ONE_ENVELOPE
from tracker.domain.file_kinds import FILE_KIND_NAMES, FileKind
from tracker.domain.masking import mask_address, mask_email, mask_name, mask_number, mask_phone
from tracker.domain.permissions import Permission
from tracker.domain.request_terms import (
    CHANNEL_NAMES,
    IDENTITY_TYPE_NAMES,
    REPORT_KIND_NAMES,
    SUPPLY_FORM_NAMES,
    SUPPLY_WAY_NAMES,
    Channel,
    IdentityType,
    ReportKind,
    SupplyForm,
    SupplyWay,
)
from tracker.domain.stages import BEFORE_REPLY, Stage
from tracker.models import Applicant, Attachment, Challenge, Receipt
from tracker.web.cases.case_page import CasePage
from tracker.web.cases.timeline import LetterLink, letter_link
from tracker.web.context import runtime
from tracker.web.frame import has_page
from tracker.web.i18n import full_day, instant, tell

Fact = tuple[str, object] | tuple[str, object, str]


@dataclass(frozen=True, slots=True)
class MaskedFact:
    """A term whose value is masked; with ``url`` it can be shown, which is logged."""

    label: str
    shown: str
    field: str
    url: str


@dataclass(frozen=True, slots=True)
class ApplicantFacts:
    """One person or organisation of the request."""

    heading: str
    kind: str
    masked: Sequence[MaskedFact]


@dataclass(frozen=True, slots=True)
class FileFact:
    """A file of the case."""

    url: str
    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class ChallengeLink:
    """One challenge; ``url`` leads to its evidence and is empty for those who may not see it."""

    url: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class CaseFactsView:
    """The left column."""

    applicants: Sequence[ApplicantFacts]
    request: Sequence[Fact]
    receipt: Sequence[Fact]
    handling: Sequence[Fact]
    files: Sequence[FileFact]
    letters: Sequence[LetterLink]
    notices_url: str
    same_envelope_url: str
    challenges: Sequence[ChallengeLink]


def facts_view(page: CasePage) -> CaseFactsView:
    """All facts, masked."""
    cipher = runtime().adapters.cipher
    return CaseFactsView(
        applicants=[_applicant(a, page, cipher) for a in page.applicants],
        request=_request(page),
        receipt=_receipt(page.record.receipt, page),
        handling=_handling(page),
        files=[_file(file) for file in page.attachments],
        letters=[letter_link(letter) for letter in page.letters],
        notices_url=_notices_url(page),
        same_envelope_url=_same_envelope_url(page),
        challenges=[_challenge(row, page) for row in page.record.challenges],
    )


def _challenge(row: Challenge, page: CasePage) -> ChallengeLink:
    """One reconsideration or suit; with a way to its evidence for those who may see people in full."""
    name = tell(CHALLENGE_KIND_NAMES[ChallengeKind(row.kind)])
    url = ""
    if page.may(Permission.PERSON_UNMASK):
        url = url_for("bundles.show", challenge_id=row.id)
    elif page.may(Permission.LETTER_REVIEW):
        url = url_for("bundles.review", challenge_id=row.id)
    copied = _("%(day)s收到副本", day=full_day(row.received_on))
    return ChallengeLink(url, f"{name} {row.number}" if row.number else name, copied)


def _notices_url(page: CasePage) -> str:
    """Where documents that move no clock are issued; empty for those who may not, and once the file is closed."""
    if page.facts.stage is Stage.ARCHIVED or not page.may(Permission.LETTER_DRAFT):
        return ""
    return url_for("letters.choose_notice", case_id=page.case.id)


def _same_envelope_url(page: CasePage) -> str:
    """Where the other requests of its envelope are registered; empty where there can be none."""
    case = page.case
    alone = case.needs_completion or case.historic or Channel(case.channel) not in IN_ONE_ENVELOPE
    if alone or page.facts.stage not in BEFORE_REPLY or not page.may(Permission.CASE_REGISTER):
        return ""
    return url_for("registration.same_envelope", case_id=case.id)


def _applicant(applicant: Applicant, page: CasePage, cipher: Cipher) -> ApplicantFacts:
    capacities = {"applicant": _("申请人"), "joint": _("联名申请人"), "agent": _("代理人")}
    heading = capacities[applicant.capacity]
    if applicant.representative:
        heading = _("%(who)s（代表人）", who=heading)
    url = _unmask_url(applicant, page)
    document = tell(IDENTITY_TYPE_NAMES[IdentityType(applicant.identity_type)])
    sealed = (
        (document, applicant.identity_number_cipher, "identity_number", mask_number),
        (_("电话"), applicant.phone_cipher, "phone", mask_phone),
        (_("地址"), applicant.address_cipher, "address", mask_address),
        (_("电子邮箱"), applicant.email_cipher, "email", mask_email),
    )
    name = mask_name(applicant.name, applicant.legal_kind)
    masked = [MaskedFact(_("姓名或名称"), name, "name", url if name != applicant.name else "")]
    masked += [
        MaskedFact(label, mask(cipher.open(value)), field, url)
        for label, value, field, mask in sealed
        if value
    ]
    if applicant.contact_name:
        masked.append(
            MaskedFact(_("联系人"), mask_name(applicant.contact_name, "citizen"), "contact_name", url)
        )
    return ApplicantFacts(heading, tell(REPORT_KIND_NAMES[ReportKind(applicant.report_kind)]), masked)


def _unmask_url(applicant: Applicant, page: CasePage) -> str:
    if not page.may(Permission.PERSON_UNMASK) or not has_page("applicants.unmask"):
        return ""
    return url_for("applicants.unmask", applicant_id=applicant.id)


def _request(page: CasePage) -> list[Fact]:
    case = page.case
    rows: list[Fact] = [(_("申请内容"), case.description or _("待补全"), "long")]
    for item in page.record.items if len(page.record.items) > 1 else ():
        rows.append((_("第 %(n)d 项", n=item.position), item.description, "long"))
    rows.append(
        (_("提供形式"), tell(SUPPLY_FORM_NAMES[SupplyForm(case.supply_form)]) if case.supply_form else None)
    )
    rows.append(
        (_("获取方式"), tell(SUPPLY_WAY_NAMES[SupplyWay(case.supply_way)]) if case.supply_way else None)
    )
    return rows


def _receipt(receipt: Receipt | None, page: CasePage) -> list[Fact]:
    rows: list[Fact] = [
        (_("收到申请之日"), full_day(page.case.received_on)),
        (_("渠道"), tell(CHANNEL_NAMES[Channel(page.case.channel)])),
    ]
    if receipt is None:
        return rows
    told: list[tuple[str, object]] = [
        (_("邮件号"), receipt.mail_number),
        (_("到件日期"), full_day(receipt.arrived_on) if receipt.arrived_on else None),
        (_("签收"), _by(full_day(receipt.signed_on), receipt.signed_by) if receipt.signed_on else None),
        (
            _("与申请人确认"),
            _by(full_day(receipt.confirmed_on), receipt.confirmed_by) if receipt.confirmed_on else None,
        ),
        (_("确认说明"), receipt.confirmation_reason),
        (_("系统收到"), instant(receipt.system_received_at) if receipt.system_received_at else None),
        (_("代为填写"), receipt.written_down_by),
    ]
    return [*rows, *(row for row in told if row[1])]


def _by(day: str, who: str | None) -> str:
    return _("%(day)s，%(who)s", day=day, who=who) if who else day


def _handling(page: CasePage) -> list[Fact]:
    case = page.case
    outcome = next((row for row in ROWS if row.code == case.disposition), None)
    rows: list[Fact] = [
        (_("机关"), case.organ.name),
        (_("经办人"), case.handler.name if case.handler else case.handler_name),
    ]
    if outcome is not None:
        rows.append((_("办理结果"), tell(outcome.name)))
    if case.archive_number:
        rows.append((_("档号"), case.archive_number))
    if case.retention:
        rows.append((_("保管期限"), tell(RETENTION_NAMES[Retention(case.retention)])))
    return rows


def _file(file: Attachment) -> FileFact:
    url = url_for("files.show", attachment_id=file.id) if has_page("files.show") else ""
    size = (
        f"{file.size / 1024 / 1024:.1f} MB" if file.size >= 1024 * 1024 else f"{max(file.size // 1024, 1)} KB"
    )
    kind = tell(FILE_KIND_NAMES[FileKind(file.kind)])
    detail = _("%(kind)s，%(size)s，%(at)s 添加", kind=kind, size=size, at=instant(file.added_at))
    return FileFact(url, file.filename, detail)
