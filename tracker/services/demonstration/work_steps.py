"""Steps of the play between screening and drafting: correction, consultation, extension, fee, search, secrecy."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.case_log import SuspensionCause
from tracker.domain.fees import FeeBasis
from tracker.domain.secrecy import SecrecyVerdict
from tracker.models import Consultation
from tracker.services.calls import record_call
from tracker.services.consultation import (
    Answer,
    consult,
    record_consultation_answered,
    record_consultation_received,
)
from tracker.services.correction import record_correction, request_correction
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.extension import approve_extension, request_extension
from tracker.services.fees import notify_fee, record_payment
from tracker.services.justification import request_justification
from tracker.services.notes import add_note
from tracker.services.search import record_search
from tracker.services.secrecy import review_secrecy

LATE = "经办人员轮岗交接时遗漏，已如实补记并在科室会议上说明。"


def ask_correction(play: Stagehand, back: int, answer_in: int = 10, *, late: bool = False) -> None:
    """告知补正, with so many working days to answer."""
    on = play.day(back)
    request_correction(
        play.clerk(back),
        play.case_id,
        on=on,
        items="所需信息的名称、文号或者其他特征描述不明确；请写明项目名称、批准年份和所指地块的四至范围。",
        guidance="可以参照政府信息公开目录中的文件名称填写。",
        answer_due_on=play.calendar.nth_workday(on, answer_in),
        expected_version=None,
        reason=LATE if late else None,
    )


def receive_correction(play: Stagehand, back: int) -> None:
    """收到补正."""
    record_correction(
        play.clerk(back),
        play.case_id,
        on=play.day(back),
        correction="申请人来函写明：所需信息为该项目 2021 年征收土地公告及补偿安置方案。",
        expected_version=None,
    )


def ask_third_party(play: Stagehand, back: int, received_back: int | None = None) -> None:
    """征求第三方意见; ``received_back``: when the third party signed for the letter."""
    consult(
        play.clerk(back),
        play.case_id,
        kind=SuspensionCause.THIRD_PARTY,
        party="台州某工程咨询有限公司",
        subject="申请人所需的合同文本中含有贵公司的报价明细，请就是否同意公开提出书面意见。",
        contact="椒江区某路 18 号，0576-80000000",
        mail_number="XA700000013CN",
        on=play.day(back),
        expected_version=None,
    )
    if received_back is not None:
        record_consultation_received(
            play.clerk(received_back),
            play.case_id,
            consultation_id=_consultation_id(play),
            on=play.day(received_back),
            expected_version=None,
        )


def ask_organ(play: Stagehand, back: int) -> None:
    """征求其他机关意见."""
    consult(
        play.clerk(back),
        play.case_id,
        kind=SuspensionCause.OTHER_ORGAN,
        party="椒江区审计局",
        subject="申请人所需的审计报告由贵单位制作，请就公开事宜提出意见。",
        on=play.day(back),
        expected_version=None,
    )


def hear_answer(play: Stagehand, back: int, answer: Answer = Answer.OBJECT) -> None:
    """收到意见."""
    record_consultation_answered(
        play.clerk(back),
        play.case_id,
        consultation_id=_consultation_id(play),
        on=play.day(back),
        answer=answer,
        opinion="报价明细属于商业秘密，公开后会损害本公司利益，不同意公开；其余内容无异议。",
        expected_version=None,
    )


def ask_extension(play: Stagehand, back: int, days: int = 10) -> None:
    """申请延期."""
    request_extension(
        play.clerk(back),
        play.case_id,
        days=days,
        grounds="涉及 2016 年以前的纸质档案，须到区档案馆调阅并逐件核对。",
        on=play.day(back),
        expected_version=None,
    )


def grant_extension(play: Stagehand, back: int, *, late: bool = False) -> None:
    """批准延期并告知申请人."""
    approve_extension(
        play.head(back),
        play.case_id,
        on=play.day(back),
        opinion="情况属实，同意延期，请按期答复。",
        expected_version=None,
        reason=LATE if late else None,
    )


def ask_payment(play: Stagehand, back: int) -> None:
    """发收费通知: 120 pages."""
    notify_fee(
        play.clerk(back),
        play.case_id,
        basis=FeeBasis.PAGE,
        quantity=120,
        on=play.day(back),
        received_on=None,
        expected_version=None,
    )


def take_payment(play: Stagehand, back: int) -> None:
    """登记缴费."""
    record_payment(
        play.clerk(back),
        play.case_id,
        on=play.day(back),
        voucher_number="331002260001",
        expected_version=None,
    )


def ask_reasons(play: Stagehand, back: int) -> None:
    """要求说明理由 (Art 35)."""
    on = play.day(back)
    request_justification(
        play.clerk(back),
        play.case_id,
        on=on,
        facts="申请人三个月内就同一项目向本机关提出 27 件申请，内容大量重复。",
        answer_due_on=play.calendar.nth_workday(on, 7),
        expected_version=None,
    )


def search(play: Stagehand, back: int, *, found: bool = True) -> None:
    """登记检索."""
    ctx = play.clerk(back)
    record_search(
        ctx,
        play.case_id,
        on=play.day(back),
        places="综合档案室（2015—2024 年文书档案）、公文交换系统、业务科室电子台账",
        keywords="项目名称、批准文号、申请人所述地名",
        period="2015 年 1 月至今",
        searched_by=ctx.actor.name,
        found=found,
        result="检索到 2 件，已调出原件。" if found else "逐项检索，未发现符合申请描述的信息。",
        expected_version=None,
    )


def clear_secrecy(play: Stagehand, back: int, verdict: SecrecyVerdict = SecrecyVerdict.DISCLOSABLE) -> None:
    """登记保密审查."""
    review_secrecy(
        play.clerk(back),
        play.case_id,
        on=play.day(back),
        reviewed_by="保密员 叶青",
        verdict=verdict,
        opinion="经审查，拟公开的内容不涉及国家秘密和工作秘密。",
        expected_version=None,
    )


def call_applicant(play: Stagehand, back: int) -> None:
    """电话记录."""
    ctx = play.clerk(back)
    record_call(
        ctx,
        play.case_id,
        called_at=ctx.now,
        spoke_with="申请人本人",
        number="13805761234",
        reached=True,
        content="与申请人核对所需文件的年份，申请人表示以 2021 年之后的为准，并确认以邮寄方式领取。",
        expected_version=None,
    )


def note(play: Stagehand, back: int, text: str) -> None:
    """备注."""
    add_note(play.clerk(back), play.case_id, text=text, expected_version=None)


def _consultation_id(play: Stagehand) -> int:
    return (
        play.ctx.session.scalars(
            select(Consultation.id)
            .where(Consultation.case_id == play.case_id)
            .order_by(Consultation.id.desc())
        ).first()
        or 0
    )
