"""修改一格: one small request, the version it was looked at, and an answer that keeps what was typed."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.web.cases.conftest import MONDAY, PHONE, Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.models import Account, Case
from tracker.services.case_record import NewEntry


def version_of(session: Session, case_id: int) -> int:
    session.rollback()
    return session.get_one(Case, case_id).version_id


def test_a_cell_is_saved_and_told_back_masked(told: Told, sign_in: SignIn, session: Session) -> None:
    case_id = told()
    before = version_of(session, case_id)
    sent = {"value": "13987654321", "version": str(before)}
    answer = sign_in("clerk").post(f"/ledger/view/{case_id}/phone", data=sent)
    assert answer.status_code == 200
    told_back = answer.get_json()
    assert (told_back["shown"], told_back["said"]) == ("139****4321", "已保存。")
    assert told_back["version"] == version_of(session, case_id) > before
    assert "13987654321" not in answer.text


def test_who_was_overtaken_is_told_what_stands_there_now(
    told: Told, sign_in: SignIn, session: Session
) -> None:
    case_id = told()
    seen = str(version_of(session, case_id))
    clerk, colleague = sign_in("clerk"), sign_in("second_clerk")
    first = colleague.post(f"/ledger/view/{case_id}/remark", data={"value": "先到的", "version": seen})
    assert first.status_code == 200
    late = clerk.post(f"/ledger/view/{case_id}/remark", data={"value": "后到的", "version": seen})
    assert late.status_code == 409
    said = late.get_json()
    assert said["shown"] == "先到的" and said["version"] == first.get_json()["version"]
    again = {"value": "后到的", "version": str(said["version"])}
    assert clerk.post(f"/ledger/view/{case_id}/remark", data=again).get_json()["shown"] == "后到的"


@pytest.mark.parametrize(
    ("cell", "value", "fault"),
    [
        ("phone", "", "“联系电话”不能为空。"),
        ("phone", "138****1234", "“联系电话”里有遮盖的星号，请填写完整内容。"),
        ("remark", "长" * 501, "“备注”最多 500 个字，请删减。"),
        ("description", " ", "“申请公开的信息”不能为空。"),
        ("supply_way", "飞鸽", "没有“飞鸽”这种提供方式"),
        ("mail_number", "XA1", "答复邮寄之后、归档之前才能填写邮件号。"),
        ("handler", "查无此人", "请选择本机关在岗的经办人。"),
    ],
)
def test_what_cannot_be_kept_says_why(
    told: Told, sign_in: SignIn, session: Session, cell: str, value: str, fault: str
) -> None:
    case_id = told()
    sent = {"value": value, "version": str(version_of(session, case_id))}
    answer = sign_in("clerk").post(f"/ledger/view/{case_id}/{cell}", data=sent)
    assert answer.status_code == 422
    assert answer.get_json()["fault"].startswith(fault)
    assert version_of(session, case_id) == int(sent["version"])


def test_the_handler_is_assigned_by_name(told: Told, sign_in: SignIn, session: Session) -> None:
    case_id = told()
    sent = {"value": "林涛", "version": str(version_of(session, case_id))}
    assert sign_in("clerk").post(f"/ledger/view/{case_id}/handler", data=sent).get_json()["shown"] == "林涛"
    session.rollback()
    handler = session.get_one(Account, session.get_one(Case, case_id).handler_id)
    assert handler.login == "second_clerk"


@pytest.mark.parametrize(
    ("part", "cell", "status"),
    [
        ("auditor", "remark", 403),
        ("approver", "remark", 403),
        ("colleague", "remark", 404),
        ("clerk", "replied_on", 404),
        ("clerk", "outcome", 404),
        ("clerk", "nonsense", 404),
    ],
)
def test_nobody_changes_what_is_not_theirs_or_never_overwritten(
    told: Told, sign_in: SignIn, session: Session, part: str, cell: str, status: int
) -> None:
    case_id = told()
    sent = {"value": "2026-11-20", "version": str(version_of(session, case_id))}
    assert sign_in(part).post(f"/ledger/view/{case_id}/{cell}", data=sent).status_code == status


def test_an_archived_file_stays_closed(told: Told, sign_in: SignIn, session: Session) -> None:
    case_id = told(
        NewEntry(EntryType.DISPATCHED, MONDAY, {"by": "portal"}),
        NewEntry(EntryType.DELIVERED, MONDAY),
        NewEntry(EntryType.ARCHIVED, MONDAY),
    )
    clerk = sign_in("clerk")
    sent = {"value": "补记", "version": str(version_of(session, case_id))}
    assert clerk.post(f"/ledger/view/{case_id}/remark", data=sent).status_code == 409
    assert "can-edit" not in clerk.get("/ledger/view").text


def test_the_form_without_scripts_does_the_same(told: Told, sign_in: SignIn, session: Session) -> None:
    case_id = told()
    clerk = sign_in("clerk")
    page = clerk.get(f"/cases/{case_id}/actions/amend").text
    assert 'id="amend-remark"' in page and PHONE not in page
    sent = {
        "version": str(version_of(session, case_id)),
        "phone": "",
        "description": "2025 年度困难群众救助资金发放情况",
        "remark": "申请人来电催问",
    }
    assert clerk.post(f"/cases/{case_id}/actions/amend", data=sent).status_code == 302
    html = clerk.get("/ledger/view").text
    assert "申请人来电催问" in html and "138****1234" in html
    assert "修改登记信息：备注改为如下" in clerk.get(f"/cases/{case_id}").text
