"""Mail that was delivered to the wrong organ: one piece passed on against a receipt, one still lying there."""

from __future__ import annotations

from tracker.domain.request_terms import ReportKind
from tracker.services.demonstration.applicants import person
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.mail_register import Forwarding, MisdirectedMail, forward_mail, record_mail


def misdirected_mail(play: Stagehand) -> None:
    """误投: neither piece is a request to the civil affairs bureau, neither counts."""
    play.organ, play.clerk_login = "MZJ", "clerk"
    passed_on = record_mail(play.clerk(4), _piece(play, 4, 201, "椒江区财政局", "政府信息公开申请表 1 份"))
    forwarding = Forwarding("椒江区财政局", play.day(4), "机要交换", received_by="朱芳")
    forward_mail(play.clerk(4), passed_on.mail_id, forwarding)
    record_mail(
        play.clerk(1), _piece(play, 1, 202, "椒江区人力资源和社会保障局", "政府信息公开申请书 1 份，未拆封")
    )


def _piece(play: Stagehand, back: int, number: int, addressed_to: str, summary: str) -> MisdirectedMail:
    return MisdirectedMail(
        organ_id=play.organ_ids[play.organ],
        arrived_on=play.day(back),
        sender=person(number, ReportKind.NATURAL_PERSON).name,
        addressed_to=addressed_to,
        summary=summary,
        mail_number=f"XA7{number:07d}13CN"[:13],
    )
