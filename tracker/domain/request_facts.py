"""申请内容 (Art 29): who asks, for what, in what form; checked without ever blocking what the paper says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.identity_numbers import NumberCheck, check_credit_code, check_resident_number
from tracker.domain.request_terms import IdentityType, LegalKind, ReportKind, SupplyForm, SupplyWay
from tracker.domain.vocabulary import N_

LONGEST_NAME = 200
LONGEST_DESCRIPTION = 20_000
MOST_PEOPLE = 50
MOST_ITEMS = 100
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class Capacity(StrEnum):
    """In what capacity somebody stands in a request."""

    APPLICANT = "applicant"
    JOINT = "joint"
    AGENT = "agent"


CAPACITY_NAMES: dict[Capacity, str] = {
    Capacity.APPLICANT: N_("申请人"),
    Capacity.JOINT: N_("联名申请人"),
    Capacity.AGENT: N_("委托代理人"),
}


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """One applicant, joint applicant or agent, as the paper names them. ``representative``: chosen to speak for joint
    applicants; ``authorised``: an authorisation (授权委托书) lies with the request."""

    name: str
    capacity: Capacity = Capacity.APPLICANT
    representative: bool = False
    legal_kind: LegalKind = LegalKind.CITIZEN
    report_kind: ReportKind = ReportKind.NATURAL_PERSON
    identity_type: IdentityType = IdentityType.NONE
    identity_number: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    contact_name: str = ""
    authorised: bool = False


@dataclass(frozen=True, slots=True)
class RequestDetails:
    """The request itself. ``items``: where one paper asks for several things; they may be answered differently.
    ``subject_id``: its 主题 of the district's list, for statistics."""

    people: Sequence[PersonDetails]
    description: str
    items: Sequence[str] = field(default_factory=tuple)
    supply_form: SupplyForm | None = None
    supply_way: SupplyWay | None = None
    subject_id: int | None = None


def check_request(details: RequestDetails) -> None:
    """Raise ``Invalid`` for what cannot be kept or counted: no name, no description, texts beyond their bounds, an
    applicant whose kinds contradict each other, more than one representative. Fields of people are ``people-n-…``."""
    faults: dict[str, list[TrackerError | str]] = {}
    if not details.description:
        faults["description"] = [N_("请填写所需政府信息的名称、文号或者其他特征。")]
    elif len(details.description) > LONGEST_DESCRIPTION:
        faults["description"] = [_too_long(LONGEST_DESCRIPTION)]
    if len(details.items) > MOST_ITEMS:
        faults["items"] = [TrackerError(N_("一件申请最多分 %(most)d 项，请合并。"), most=MOST_ITEMS)]
    elif any(len(item) > LONGEST_DESCRIPTION for item in details.items):
        faults["items"] = [_too_long(LONGEST_DESCRIPTION)]
    _check_people(details.people, faults)
    if faults:
        raise Invalid(faults)


def _check_people(people: Sequence[PersonDetails], faults: dict[str, list[TrackerError | str]]) -> None:
    applicants = [p for p in people if p.capacity is not Capacity.AGENT]
    if not applicants:
        faults.setdefault("people-0-name", []).append(N_("请填写申请人的姓名或者名称。"))
    if len(people) > MOST_PEOPLE:
        faults.setdefault("people", []).append(
            TrackerError(N_("一件申请最多登记 %(most)d 人，其余请附名单。"), most=MOST_PEOPLE)
        )
    if sum(person.representative for person in people) > 1:
        faults.setdefault("people", []).append(N_("联名申请只能有一名代表人。"))
    for number, person in enumerate(people):
        for name, text in _person_faults(person):
            faults.setdefault(f"people-{number}-{name}", []).append(text)


def _person_faults(person: PersonDetails) -> Iterable[tuple[str, TrackerError | str]]:
    if not person.name:
        yield "name", N_("请填写姓名或者名称。")
    bounds = {
        "name": 200,
        "identity_number": 64,
        "phone": 50,
        "address": 300,
        "email": 200,
        "contact_name": 50,
    }
    for name, longest in bounds.items():
        if len(getattr(person, name)) > longest:
            yield name, _too_long(longest)
    if person.postcode and not re.fullmatch(r"[0-9]{6}", person.postcode):
        yield "postcode", N_("邮政编码是 6 位数字，请核对；不清楚可以留空。")
    citizen = person.legal_kind is LegalKind.CITIZEN
    if citizen != (person.report_kind is ReportKind.NATURAL_PERSON):
        yield "report_kind", N_("公民对应年报的“自然人”，法人和其他组织对应其余五类，请改为一致。")


def _too_long(longest: int) -> TrackerError:
    return TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=longest)


def request_warnings(details: RequestDetails) -> tuple[TrackerError, ...]:
    """What the clerk should know before going on; nothing of it blocks. What Art 29 demands and is not there may be a
    ground to ask for correction (Art 30)."""
    told: list[TrackerError] = []
    applicants = [p for p in details.people if p.capacity is not Capacity.AGENT]
    for person in details.people:
        told.extend(_person_warnings(person))
    if len(applicants) > 1 and not any(p.representative for p in applicants):
        told.append(TrackerError(N_("联名申请还没有写明代表人，请与申请人确认由谁联系、收件。")))
    if applicants and not any(p.phone or p.address or p.email for p in details.people):
        told.append(TrackerError(N_("没有任何联系方式，第二十九条要求写明，可以告知补正。")))
    if details.supply_way is None or details.supply_form is None:
        told.append(TrackerError(N_("没有写明获取信息的方式、途径，第二十九条要求写明。")))
    return tuple(told)


def _person_warnings(person: PersonDetails) -> Iterable[TrackerError]:
    if person.capacity is Capacity.AGENT and not person.authorised:
        yield TrackerError(N_("代理人%(name)s没有授权委托书，请补收。"), name=person.name)
    if person.email and not _EMAIL.fullmatch(person.email):
        yield TrackerError(N_("%(name)s的电子邮箱看起来不完整，请核对。"), name=person.name)
    if person.identity_type is IdentityType.NONE or not person.identity_number:
        yield TrackerError(N_("%(name)s没有身份证明，第二十九条要求提供，可以告知补正。"), name=person.name)
        return
    check = identity_check(person.identity_type, person.identity_number)
    if check is NumberCheck.WRONG_CHECK_DIGIT:
        yield TrackerError(
            N_("%(name)s的证件号码校验位不符，请对照原件核对；原件如此的照录。"), name=person.name
        )
    elif check is NumberCheck.WRONG_SHAPE:
        yield TrackerError(
            N_("%(name)s的证件号码位数或字符不符，请对照原件核对；原件如此的照录。"), name=person.name
        )


def identity_check(kind: IdentityType, number: str) -> NumberCheck:
    """The check of a number by the kind of document; kinds without a check are taken as they stand."""
    if kind is IdentityType.RESIDENT_ID:
        return check_resident_number(number)
    if kind is IdentityType.CREDIT_CODE:
        return check_credit_code(number)
    return NumberCheck.OK
