"""Steps of the play from draft to archive: the reply is written, reviewed, signed, sealed, sent, delivered, filed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from tracker.domain.archive_materials import MaterialKind
from tracker.domain.case_log import DispatchWay
from tracker.domain.dispositions import Need, needs_of
from tracker.domain.file_kinds import FileKind
from tracker.domain.merge_fields import SAMPLES
from tracker.domain.return_reasons import ReturnReason
from tracker.domain.returned_mail import ReturnKind
from tracker.domain.review_checklist import Answer, Point, points_for
from tracker.domain.secrecy import SecrecyVerdict
from tracker.models import Case, Letter
from tracker.queries.letter_templates import library
from tracker.services import legal_review
from tracker.services.archiving import archive, plan_archive
from tracker.services.attachments import Upload
from tracker.services.demonstration import work_steps as work
from tracker.services.demonstration.paper import scanned_page
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.dispatch import Delivery, dispatch, record_delivery, record_returned_mail
from tracker.services.legal_review import Opinion, PaperApproval, Step, Verdict
from tracker.services.letters import Draft, DraftPart, grounds_of, save_draft
from tracker.services.paper_materials import PaperGiven, add_paper
from tracker.services.review_facts import outcomes_of
from tracker.services.sign_off import seal as put_seal
from tracker.services.sign_off import sign_off

REFUSED_PART = "refused_internal"
"""Ground on which the other part of a partly disclosing reply is refused in the demonstration."""

GROUNDS: dict[str, dict[str, str]] = {
    "partly_disclosed": {
        "refused_part": "随卷的内部审批流转单和经办人员分工记录",
        "internal_kind": "内部工作流程",
        "refusal_reason": "该部分只反映本机关内部的办理流程和分工，不影响申请人了解所申请的内容",
    },
    "refused_internal": {
        "internal_kind": "人事管理",
        "refusal_reason": "该办法只规范本机关工作人员的内部考核，对外不产生效力",
    },
    "refused_process": {
        "refusal_reason": "该材料是决策形成过程中的讨论意见，尚未形成最终决定，公开会影响意见的坦率表达",
    },
    "refused_enforcement_file": {
        "refusal_reason": "该材料是行政执法案卷的组成部分，当事人可以依照有关规定查阅案卷",
    },
}
"""What a reply of the demonstration states where the sample of the field would not fit its subject."""


def gather(play: Stagehand, template: str, searched_back: int, cleared_back: int) -> None:
    """What the outcome demands before it may be signed: search, secrecy review."""
    needs = needs_of([template])
    work.search(play, searched_back, found=Need.SEARCH_RECORD not in needs)
    if Need.SECRECY_REVIEW in needs:
        partly = template == "partly_disclosed"
        work.clear_secrecy(
            play, cleared_back, SecrecyVerdict.PARTLY if partly else SecrecyVerdict.DISCLOSABLE
        )


def draft(play: Stagehand, back: int, template: str) -> None:
    """拟稿."""
    ctx = play.clerk(back)
    refused = REFUSED_PART if template == "partly_disclosed" else ""
    wordings = library(ctx.session, ctx.today, play.case.organ_id)
    fields = grounds_of(wordings[template].template, wordings[refused].template if refused else None)
    part = DraftPart(template, grounds=_grounds(play, template, fields), refused_under=refused)
    save_draft(ctx, play.case_id, Draft((part,)), letter_id=None, expected_version=None)


def _grounds(play: Stagehand, template: str, fields: tuple[str, ...]) -> Mapping[str, str]:
    subject = play.case.description
    own = {
        "disclosed_content": f"{subject}（复印件 1 份，共 3 页）",
        "open_part": f"{subject}的主要内容",
        **GROUNDS.get(template, {}),
    }
    return {name: own.get(name, SAMPLES[name]) for name in fields}


def submit(play: Stagehand, back: int) -> None:
    """提交审查."""
    legal_review.submit(play.clerk(back), _letter_id(play), expected_version=None)


def approve(play: Stagehand, back: int) -> None:
    """合法性审查 passed; nothing to do where the organ asks for none."""
    if not play.case.organ.review_required:
        return
    legal_review.review(
        play.advisor(back),
        _letter_id(play),
        Opinion(
            Verdict.APPROVED,
            "事实清楚，适用条款正确，救济途径告知完整，同意。",
            answers=_answers(play),
        ),
        expected_version=None,
    )


def send_back(play: Stagehand, back: int) -> None:
    """退回修改."""
    legal_review.review(
        play.advisor(back),
        _letter_id(play),
        Opinion(
            Verdict.RETURNED,
            "不予公开的理由过于笼统，请写明该文件为何属于内部事务信息，并补充检索和保密审查情况。",
            reasons=(ReturnReason.FACTS, ReturnReason.PROCEDURE),
            comments={"part1.2": "这里的理由是套话：请写明是哪一份文件、由谁使用、为什么只对内。"},
        ),
        expected_version=None,
    )


def _answers(play: Stagehand) -> dict[str, str]:
    """The checklist as an advisor with nothing to complain of fills it in."""
    letter = play.ctx.session.get_one(Letter, _letter_id(play))
    return {
        p.point: Answer.NOT_CONCERNED if p.point is Point.THIRD_PARTY else Answer.MET
        for p in points_for(outcomes_of(letter))
    }


def sign(play: Stagehand, back: int) -> None:
    """签发; in an office of one person on the strength of a scanned paper approval."""
    letter_id = _letter_id(play)
    if play.one_person:
        scan = Upload("签发呈批单.pdf", scanned_page("APPROVAL SHEET"), FileKind.PAPER_APPROVAL)
        legal_review.record_paper_approval(
            play.clerk(back),
            letter_id,
            step=Step.SIGN_OFF,
            paper=PaperApproval("街道办事处主任 邵伟", play.day(back), scan, "同意签发。"),
            expected_version=None,
        )
    sign_off(play.approver(back), letter_id, expected_version=None)


def seal(play: Stagehand, back: int) -> None:
    """用印."""
    put_seal(play.clerk(back), _letter_id(play), on=play.day(back), expected_version=None)


def send(play: Stagehand, back: int, way: DispatchWay) -> None:
    """寄发."""
    number = f"XA{80000000 + play.case_id:08d}3CN" if way is DispatchWay.POST else ""
    dispatch(
        play.clerk(back),
        _letter_id(play),
        way=way,
        on=play.day(back),
        mail_number=number,
        expected_version=None,
    )


def mail_came_back(play: Stagehand, back: int) -> None:
    """退件."""
    record_returned_mail(
        play.clerk(back),
        _letter_id(play),
        on=play.day(back),
        kind=ReturnKind.ADDRESS,
        why="电话无人接听",
        expected_version=None,
    )


def deliver(play: Stagehand, back: int) -> None:
    """登记送达, with its proof."""
    proof = Upload("送达凭证.pdf", scanned_page("PROOF OF DELIVERY"), FileKind.DELIVERY_PROOF)
    record_delivery(
        play.clerk(back),
        _letter_id(play),
        delivery=Delivery(play.day(back), "申请人本人", proof),
        expected_version=None,
    )


def file_away(play: Stagehand, back: int) -> None:
    """归档; an envelope nobody scanned is listed as kept on paper."""
    clerk = play.clerk(back)
    case = clerk.session.get_one(Case, play.case_id)
    if any(lack.key == "receipt" for lack in plan_archive(clerk, case).lacks):
        add_paper(clerk, case.id, PaperGiven(MaterialKind.RECEIPT, "信封原件", 1, covers="receipt"))
    archive(play.clerk(back), play.case_id, on=play.day(back), expected_version=None)


def _letter_id(play: Stagehand) -> int:
    return play.ctx.session.scalars(
        select(Letter.id).where(Letter.case_id == play.case_id, Letter.is_reply).order_by(Letter.id.desc())
    ).all()[0]
