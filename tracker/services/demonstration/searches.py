"""协查任务: one request for which three places were asked: one has answered, one is late, one has an account."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.search_tasks import AskedKind, SearchFindings
from tracker.domain.stages import Stage
from tracker.models import Case
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.search_tasks import Asking, answer_task, ask_to_search, issue_sheet

_QUESTION = "请检索 2021 年以来与申请内容有关的文件、合同和台账，写明检索范围、关键词和结果，检索到的附文件名称和文号。"


def ask_others_to_search(play: Stagehand) -> None:
    """The newest request in hand of the civil affairs bureau that came at least three working days ago."""
    play.organ, play.clerk_login = "MZJ", "clerk"
    case = play.ctx.session.scalars(
        select(Case)
        .where(
            Case.organ_id == play.organ_ids["MZJ"],
            Case.stage == str(Stage.PROCESSING),
            Case.received_on <= play.day(3),
        )
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(1)
    ).first()
    if case is None:
        return
    two = Asking(AskedKind.SECTION, "社会救助科\n档案室", _QUESTION, play.day(1))
    answered, _late = ask_to_search(play.clerk(2), case.id, two, expected_version=None)
    issue_sheet(play.clerk(2), case.id, answered)
    findings = SearchFindings(
        places="科室文件柜、救助信息系统",
        keywords="专项资金、购买服务",
        period="2021—2025 年",
        searched_by="科员丙",
        searched_on=play.day(1),
        found=False,
        result="逐卷核对 2021 至 2025 年收发文登记和系统台账，没有检索到。",
    )
    answer_task(play.clerk(1), answered, findings)
    finance = play.account_id("czj.clerk")
    asked = Asking(AskedKind.ORGAN, "区财政局", _QUESTION, play.day(0), asked_id=finance)
    ask_to_search(play.clerk(1), case.id, asked, expected_version=None)
