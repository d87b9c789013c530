"""Steps of the play that bring requests in: registration by channel, screening, assignment."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.file_kinds import FileKind
from tracker.domain.receipt import ReceiptFacts
from tracker.domain.request_facts import Capacity, PersonDetails, RequestDetails
from tracker.domain.request_terms import Channel, ReportKind, SupplyForm, SupplyWay
from tracker.services.acceptance import accept, assign
from tracker.services.attachments import Upload
from tracker.services.demonstration.applicants import person
from tracker.services.demonstration.paper import scanned_page
from tracker.services.demonstration.people import STAFF
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.intake import Registration, register

_WAYS: tuple[tuple[SupplyWay, SupplyForm], ...] = (
    (SupplyWay.POST, SupplyForm.PAPER),
    (SupplyWay.EMAIL, SupplyForm.ELECTRONIC),
    (SupplyWay.HAND, SupplyForm.PAPER),
    (SupplyWay.PORTAL, SupplyForm.ELECTRONIC),
)


def receive(
    play: Stagehand,
    number: int,
    channel: Channel,
    subject: str,
    back: int,
    kind: ReportKind = ReportKind.NATURAL_PERSON,
    people: tuple[PersonDetails, ...] = (),
) -> None:
    """登记, by the clerk on the day the request came in; a paper request with its scan."""
    way, form = _WAYS[number % len(_WAYS)]
    details = RequestDetails(
        people=people or (person(number, kind),), description=subject, supply_form=form, supply_way=way
    )
    done = register(
        play.clerk(back),
        Registration(
            organ_id=play.organ_ids[play.organ],
            receipt=receipt(play, channel, number, back),
            request=details,
            uploads=_scans(channel),
        ),
    )
    play.case_id = done.case_id


def receive_stub(play: Stagehand, number: int, channel: Channel, back: int) -> None:
    """登记 from the envelope alone, to be completed later."""
    facts = receipt(play, channel, number, back)
    sender = person(number, ReportKind.NATURAL_PERSON).name
    done = register(play.clerk(back), Registration(play.organ_ids[play.organ], facts, sender=sender))
    play.case_id = done.case_id


def receipt(play: Stagehand, channel: Channel, number: int, back: int) -> ReceiptFacts:
    """How the request arrived, with what the channel asks for."""
    on = play.day(back)
    clerk = play.actors[STAFF[play.organ][0]].name
    if channel in {Channel.IN_PERSON, Channel.ORAL}:
        return ReceiptFacts(channel, signed_on=on, signed_by=clerk, written_down_by=clerk)
    if channel is Channel.REGISTERED_MAIL:
        mail = f"XA{30000000 + number * 7919 % 60000000:08d}3CN"
        return ReceiptFacts(channel, signed_on=on, signed_by="收发室", mail_number=mail)
    if channel in {Channel.ORDINARY_MAIL, Channel.FAX}:
        return ReceiptFacts(channel, arrived_on=on, confirmed_on=on, confirmed_by=clerk)
    return ReceiptFacts(channel, taken_in_on=on)


def joint_applicants(number: int) -> tuple[PersonDetails, ...]:
    """联名申请: two applicants, one their representative, and an agent with an authorisation."""
    first, second = person(number, ReportKind.NATURAL_PERSON), person(number + 1, ReportKind.NATURAL_PERSON)
    agent = person(number + 2, ReportKind.NATURAL_PERSON)
    return (
        _as(first, Capacity.APPLICANT, representative=True),
        _as(second, Capacity.JOINT),
        _as(agent, Capacity.AGENT, authorised=True),
    )


def screen(play: Stagehand, back: int, handler: str = "") -> None:
    """初审受理, then 分办 to the handler."""
    accept(play.clerk(back), play.case_id, on=play.day(back), expected_version=None)
    login = handler or STAFF[play.organ][0]
    assign(play.head(back), play.case_id, handler_id=play.account_id(login), expected_version=None)
    play.clerk_login = login


def _as(
    details: PersonDetails, capacity: Capacity, *, representative: bool = False, authorised: bool = False
) -> PersonDetails:
    return replace(details, capacity=capacity, representative=representative, authorised=authorised)


def _scans(channel: Channel) -> tuple[Upload, ...]:
    if channel in {Channel.PORTAL, Channel.EMAIL}:
        return (Upload("申请表.pdf", scanned_page("APPLICATION FORM"), FileKind.REQUEST),)
    scans = [Upload("申请书.pdf", scanned_page("APPLICATION"), FileKind.REQUEST)]
    if channel in {Channel.REGISTERED_MAIL, Channel.ORDINARY_MAIL}:
        scans.append(Upload("信封.pdf", scanned_page("ENVELOPE"), FileKind.ENVELOPE))
    return tuple(scans)
