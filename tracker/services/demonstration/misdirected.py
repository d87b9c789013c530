"""Pieces of the intake book that are no requests: two delivered to the wrong organ, an inquiry, a proposal, a visit."""

from __future__ import annotations

from datetime import time

from tracker.domain.mail_register import AnswerWay, Matter, Medium
from tracker.domain.request_terms import ReportKind
from tracker.services.demonstration.applicants import person
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.mail_register import Answer, Forwarding, Piece, answer_piece, forward_mail, record_mail

MORNING = time(8, 40)


def misdirected_mail(play: Stagehand) -> None:
    """误投: neither piece is a request to the civil affairs bureau, neither counts."""
    play.organ, play.clerk_login = "MZJ", "clerk"
    passed_on = record_mail(play.clerk(4), _piece(play, 4, 201, "椒江区财政局", "政府信息公开申请表 1 份"))
    forwarding = Forwarding("椒江区财政局", play.day(4), "机要交换", received_by="朱芳")
    forward_mail(play.clerk(4), passed_on.mail_id, forwarding)
    record_mail(
        play.clerk(1), _piece(play, 1, 202, "椒江区人力资源和社会保障局", "政府信息公开申请书 1 份，未拆封")
    )


def other_matters(play: Stagehand) -> None:
    """咨询, 建议, 来访: an inquiry answered on the telephone, a proposal that waits, a visit nobody has sorted yet."""
    play.organ, play.clerk_login = "MZJ", "clerk"
    here = play.organ_ids["MZJ"]
    asked = "来电询问低保申请的办理地点和所需材料。"
    call = Piece(
        here, play.day(3), _name(203), "", asked, medium=Medium.PHONE, matter=Matter.INQUIRY, came_at=MORNING
    )
    said = "告知到户籍所在街道便民服务中心办理，并说明所需材料。"
    answered = Answer("answered", play.day(3), AnswerWay.PHONE, said)
    answer_piece(play.clerk(3), record_mail(play.clerk(3), call).mail_id, answered)
    wish = "建议主动公开各镇街养老服务机构名单和收费标准，并每年更新。"
    record_mail(play.clerk(2), Piece(here, play.day(2), _name(204), "", wish, matter=Matter.PROPOSAL))
    visit = "来访反映网站所列本人救助信息中的出生年月有误，带来户口簿复印件。"
    record_mail(
        play.clerk(1),
        Piece(
            here,
            play.day(1),
            _name(205),
            "",
            visit,
            medium=Medium.VISIT,
            matter=Matter.UNDECIDED,
            came_at=MORNING,
        ),
    )


def _name(number: int) -> str:
    return person(number, ReportKind.NATURAL_PERSON).name


def _piece(play: Stagehand, back: int, number: int, addressed_to: str, summary: str) -> Piece:
    return Piece(
        organ_id=play.organ_ids[play.organ],
        arrived_on=play.day(back),
        sender=_name(number),
        addressed_to=addressed_to,
        summary=summary,
        mail_number=f"XA7{number:07d}13CN"[:13],
    )
