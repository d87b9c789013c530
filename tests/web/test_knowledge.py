"""知识库 on screen: model replies marked by the advisor and offered to whoever drafts."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.clocks import StandingClock
from tests.factories.letters import case_in_hand
from tests.people import Cast
from tests.web.conftest import SignIn
from tests.web.test_letters import GROUNDS, TODAY, Desk
from tracker.models import Case, Letter, ModelReply, ModelReplyGround
from tracker.services.context import Runtime


@pytest.fixture
def desk(session: Session, people: Cast, runtime: Runtime, sign_in: SignIn, clock: StandingClock) -> Desk:
    clock.set(TODAY)
    return Desk(session, people, runtime, sign_in)


def test_the_advisor_marks_a_reply_and_drafters_of_other_organs_read_it(desk: Desk) -> None:
    advisor, clerk = desk.sign_in("legal_advisor"), desk.sign_in("clerk")
    assert "还没有示范答复" in clerk.get("/models").text
    letter_id = desk.drafted(submitted=True)
    address = f"/letters/{letter_id}/model"
    assert advisor.get(address).status_code == 409
    desk.approved()
    desk.send("approver", "sign")
    assert "标为示范答复" in advisor.get(f"/letters/{letter_id}").text
    assert address not in clerk.get(f"/letters/{letter_id}").text

    page = advisor.get(address).text
    assert "资金发放汇总表" in page and "张三" not in page.partition("<form class")[2]
    kept = {"version": "0", "text": "答复张三：准予公开。", "comment": "写得清楚", "subject_id": ""}
    named = advisor.post(address, data=kept)
    assert named.status_code == 422 and "可以认出当事人的内容：张三" in named.text
    assert "答复张三：准予公开。" in named.text
    assert advisor.post(address, data=kept | {"text": "准予公开。"}).status_code == 302
    desk.session.rollback()
    model_id = desk.session.scalars(select(ModelReply.id)).one()
    desk.session.rollback()
    stale = advisor.post(address, data=kept | {"text": "另一份"})
    assert stale.status_code == 409 and "另一份" in stale.text

    colleague = desk.sign_in("colleague")
    for client, link in ((clerk, True), (colleague, False)):
        read = client.get(f"/models/{model_id}").text
        assert "准予公开。" in read and "写得清楚" in read
        assert ("打开原答复书" in read) is link
    assert "写得清楚" in colleague.get("/models?ground=disclosed").text
    assert "没有符合条件的示范答复" in colleague.get("/models?ground=petition").text
    assert colleague.get("/models?ground=x&subject=999999999999").status_code == 200

    assert clerk.post(f"/models/{model_id}/withdraw").status_code == 403
    assert advisor.post(f"/models/{model_id}/withdraw").status_code == 302
    assert "已撤下，拟稿时不再列出" in advisor.get(f"/models/{model_id}").text


def test_models_of_the_chosen_outcome_lie_beside_the_draft(desk: Desk) -> None:
    letter_id = desk.drafted()
    desk.session.add(
        ModelReply(
            letter_id=_signed(desk, letter_id),
            text="示范的第一段\n第二段",
            comment="附件写明页数",
            marked_by_id=desk.people.legal_advisor.account_id or 0,
            marked_on=date(2026, 11, 20),
            grounds=[],
        )
    )
    desk.session.commit()
    other = _second_case(desk)
    clerk = desk.sign_in("clerk")
    address = f"/cases/{other}/letters/new"
    assert "附件写明页数" not in clerk.get(address).text
    _ground(desk, "disclosed")
    page = clerk.post(address, data={**GROUNDS, "step": "preview"}).text
    assert "附件写明页数" in page and "<p>第二段</p>" in page and "看正文" in page
    other_outcome = clerk.post(address, data={"parts-0-template": "petition", "step": "preview"}).text
    assert "附件写明页数" not in other_outcome


def test_a_refusal_is_due_on_the_desk_and_its_review_is_kept(desk: Desk) -> None:
    case = desk.session.get_one(Case, desk.case_id)
    case.disposition, case.stopped_on, case.stage = "refused_process", date(2025, 11, 20), "archived"
    desk.session.commit()
    clerk, supervisor = desk.sign_in("clerk"), desk.sign_in("supervisor")
    for client in (clerk, supervisor):
        assert "到期应审查的有 1 件" in client.get("/").text
        page = client.get("/refusals").text
        assert "超过 3 天" in page and "属于四类过程性信息" in page
    assert "到期应审查" not in desk.sign_in("approver").get("/").text
    assert "2026年11月20日前" in clerk.get(f"/cases/{desk.case_id}").text

    address = f"/cases/{desk.case_id}/refusal"
    assert "登记审查结果" not in supervisor.get(address).text
    bad = clerk.post(address, data={"note": "还在研究", "on": "2025-11-19", "result": "upheld"})
    assert bad.status_code == 422 and "还在研究" in bad.text and "日期应在答复或者上次审查之后" in bad.text
    empty = clerk.post(address, data={"on": "2026-13-45", "result": "x"})
    assert empty.status_code == 422
    given = {"note": "项目还在审批", "on": "11.23", "result": "upheld"}
    assert supervisor.post(address, data=given).status_code == 403
    done = clerk.post(address, data=given, follow_redirects=True).text
    assert "下次审查：2027年11月23日" in done and "项目还在审批" in done and "陈静" in done
    assert "没有到期应审查的申请件" in clerk.get("/refusals").text
    assert "到期应审查的有" not in clerk.get("/").text
    assert clerk.get(f"/cases/{_second_case(desk)}/refusal").status_code == 409


def test_a_proposal_is_made_decided_and_published(desk: Desk) -> None:
    case = desk.session.get_one(Case, desk.case_id)
    case.disposition, case.stopped_on, case.stage = "disclosed", date(2026, 11, 20), "archived"
    desk.session.commit()
    clerk, head = desk.sign_in("clerk"), desk.sign_in("disclosure_head")
    address = f"/cases/{desk.case_id}/disclosure"
    assert address in clerk.get(f"/cases/{desk.case_id}").text
    assert clerk.get(f"{address}?also=x&basis=y&also=99999999999999").status_code == 200
    given = {"title": "救助资金发放汇总表", "reason": "申请人建议", "basis": "suggested"}
    wrong = clerk.post(address, data=given | {"title": "", "basis": "z"})
    assert wrong.status_code == 422 and "申请人建议" in wrong.text
    page = clerk.post(address, data=given).headers["Location"]
    assert "待审核" in clerk.get("/disclosures").text
    assert "主动公开建议有 1 项" in head.get("/").text and "主动公开建议有" not in clerk.get("/").text

    assert clerk.post(f"{page}/decide", data={"version": "1"}).status_code == 403
    decision = {"version": "1", "outcome": "accepted", "reason": "涉及面广"}
    empty = head.post(f"{page}/decide", data=decision | {"outcome": ""})
    assert empty.status_code == 422 and "涉及面广" in empty.text
    assert head.post(f"{page}/decide", data=decision).status_code == 302
    again = head.post(f"{page}/decide", data=decision)
    assert again.status_code == 409 or "已经审核" in again.text
    place = {"version": "2", "where": "区政府网站社会救助栏目", "on": "11.23"}
    bad = head.post(f"{page}/publish", data=place | {"on": "2026-11-24"})
    assert bad.status_code == 422 and "社会救助栏目" in bad.text
    assert head.post(f"{page}/publish", data=place).status_code == 302
    kept = clerk.get(page).text
    for told in ("已主动公开", "涉及面广", "周敏", "区政府网站社会救助栏目", "2026年11月23日"):
        assert told in kept
    assert "区政府网站社会救助栏目" in clerk.get("/disclosures?state=published").text
    assert "没有这一进展的建议" in clerk.get("/disclosures?state=declined").text
    other = _second_case(desk)
    assert "区政府网站社会救助栏目" in clerk.get(f"/cases/{other}/before").text


def _signed(desk: Desk, letter_id: int) -> int:
    desk.session.get_one(Letter, letter_id).status = "signed"
    return letter_id


def _ground(desk: Desk, template: str) -> None:
    reply_id = desk.session.scalars(select(ModelReply.id)).one()
    desk.session.add(ModelReplyGround(reply_id=reply_id, template=template))
    desk.session.commit()


def _second_case(desk: Desk) -> int:
    made = case_in_hand(desk.ctx("clerk"), desk.people.organ_ids["MZJ"], serial=2)
    desk.session.rollback()
    return made
