"""从 Excel 粘贴: seen before it is saved, each defect in its cell, every row for itself."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.web.cases.conftest import Told
from tests.web.conftest import SignIn
from tracker.domain.pasted_block import MOST_ROWS
from tracker.models import Case
from tracker.queries.remarks import remarks_of


def preview(client: FlaskClient, block: str, cell: str = "remark", at: int | str = "") -> str:
    sent = {"block": block, "cell": cell, "at": str(at)}
    return str(client.post("/ledger/view/paste?sort=number", data=sent).text)


def plan_of(html: str) -> list[dict[str, object]]:
    found = re.search(r'name="plan" value="([^"]*)"', html)
    plan: list[dict[str, object]] = json.loads(unescape(found[1])) if found else []
    return plan


def save(client: FlaskClient, plan: object) -> str:
    sent = {"step": "save", "plan": json.dumps(plan)}
    return str(client.post("/ledger/view/paste?sort=number", data=sent).text)


def remarks(session: Session, *case_ids: int) -> list[str | None]:
    session.rollback()
    found = remarks_of(session, case_ids)
    return [found.get(case_id) for case_id in case_ids]


def test_a_block_is_shown_first_and_saved_row_by_row(told: Told, sign_in: SignIn, session: Session) -> None:
    first, second, third = (told(serial=serial) for serial in (1, 2, 3))
    clerk = sign_in("clerk")
    html = preview(clerk, "甲\r\n乙\r\n", at=second)
    assert "将保存 2 件；0 件有问题，不保存。" in html
    assert remarks(session, first, second, third) == [None, None, None]
    assert "保存 2 件，没有保存 0 件。" in save(clerk, plan_of(html))
    assert remarks(session, first, second, third) == [None, "甲", "乙"]


def test_a_row_that_fails_keeps_no_other_back(told: Told, sign_in: SignIn, session: Session) -> None:
    first, second = told(serial=1), told(serial=2)
    clerk = sign_in("clerk")
    plan = plan_of(preview(clerk, "甲\n乙"))
    overtaken = {"value": "先到的", "version": str(plan[0]["version"])}
    assert sign_in("second_clerk").post(f"/ledger/view/{first}/remark", data=overtaken).status_code == 200
    html = save(clerk, plan)
    assert "保存 1 件，没有保存 1 件。" in html
    assert "刚被他人更新" in html
    assert remarks(session, first, second) == ["先到的", "乙"]


def test_a_defect_stands_in_its_cell_and_its_row_is_left_out(
    told: Told, sign_in: SignIn, session: Session
) -> None:
    told(serial=1), told(serial=2)
    block = "13900000001\t台州市椒江区 1 号\n138****1234\t台州市椒江区 2 号\n"
    html = preview(sign_in("clerk"), block, "phone")
    plan = plan_of(html)
    assert [row["cells"] for row in plan] == [
        {"phone": "13900000001", "address": "台州市椒江区 1 号"},
        {"address": "台州市椒江区 2 号"},
    ], "what is pasted as the page masks it is no change"
    broken = preview(sign_in("clerk"), "1390***0001\n13900000002", "phone")
    assert "“联系电话”里有遮盖的星号" in broken
    assert [row["cells"] for row in plan_of(broken)] == [{"phone": "13900000002"}]


def test_a_whole_row_with_its_header_changes_what_is_another_now(told: Told, sign_in: SignIn) -> None:
    told()
    block = "收到日期\t申请人\t联系电话\t无关\t备注\n2026/11/9\t王＊敏\t\t随便\t请尽快"
    [row] = plan_of(preview(sign_in("clerk"), block, "sequence"))
    assert row["cells"] == {"remark": "请尽快"}
    moved = preview(sign_in("clerk"), block.replace("11/9", "11/10"), "sequence")
    assert plan_of(moved) == []
    assert "不能直接改写" in moved


def test_line_breaks_within_a_cell_stay_within_it(told: Told, sign_in: SignIn) -> None:
    told()
    [row] = plan_of(preview(sign_in("clerk"), '"第一行\n第二""行"', "description"))
    assert row["cells"] == {"description": '第一行\n第二"行'}


@pytest.mark.parametrize(
    ("block", "cell", "said"),
    [
        ("", "remark", "没有粘贴任何内容"),
        ("甲\n" * (MOST_ROWS + 1), "remark", f"一次最多粘贴 {MOST_ROWS} 行，现在是 {MOST_ROWS + 1} 行"),
        ("甲\t乙", "remark", "超出了台账右边"),
    ],
)
def test_what_cannot_be_pasted_comes_back_with_its_reason(
    told: Told, sign_in: SignIn, block: str, cell: str, said: str
) -> None:
    told()
    html = preview(sign_in("clerk"), block, cell)
    assert said in html
    assert block.strip()[:3] in html


def test_rows_beyond_the_list_are_told(told: Told, sign_in: SignIn) -> None:
    told()
    html = preview(sign_in("clerk"), "甲\n乙\n丙")
    assert "多出的 2 行" in html and len(plan_of(html)) == 1


@pytest.mark.parametrize("part", ["colleague", "approver", "disclosure_head"])
def test_a_plan_gives_nobody_more_rights(told: Told, sign_in: SignIn, session: Session, part: str) -> None:
    case_id = told()
    version = session.get_one(Case, case_id).version_id
    forged = [{"case": case_id, "number": "x", "version": version, "cells": {"remark": "甲", "outcome": "x"}}]
    assert "没有保存 1 件。" in save(sign_in(part), forged)
    assert remarks(session, case_id) == [None]


@pytest.mark.parametrize("plan", ["", "{", "[1]", '[{"case": "x"}]', "null"])
def test_a_plan_that_makes_no_sense_is_refused(told: Told, sign_in: SignIn, plan: str) -> None:
    answer = sign_in("clerk").post("/ledger/view/paste", data={"step": "save", "plan": plan})
    assert answer.status_code == 422
    assert "预览的内容已经失效" in answer.text
