"""Pages of the library: nothing typed is lost or read as markup, and the library goes out and in as one file."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.services.context import Runtime
from tracker.services.templates import load_shipped_templates

HOSTILE = '<script>alert(1)</script> {{ you }} #read("/etc/passwd") %(x)s'


@pytest.fixture(autouse=True)
def _library(session: Session, people: Cast, runtime: Runtime) -> None:
    load_shipped_templates(runtime.context(session, people.supervisor))
    session.rollback()


def form(first: str, **changes: str) -> dict[str, str]:
    return {
        "p1": first,
        "p2": "{{ proper_channel }}",
        "reason": "更简明",
        "in_force_from": "2099-01-01",
        "step": "submit",
    } | changes


def test_hostile_wording_is_shown_as_text(sign_in: SignIn) -> None:
    office = sign_in("supervisor")
    answer = office.post("/wordings/petition/edit", data=form(HOSTILE))
    assert answer.status_code == 302
    html = office.get(answer.headers["Location"]).text
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html


def test_what_was_typed_comes_back_with_every_fault(sign_in: SignIn) -> None:
    answer = sign_in("supervisor").post(
        "/wordings/petition/edit", data=form("{{ config }} {% if %}", reason="", in_force_from="某日")
    )
    assert answer.status_code == 422
    assert "{{ config }} {% if %}" in answer.text and "某日" in answer.text
    assert "第 1 行的合并字段“config”不在字段表中" in answer.text


def test_the_library_goes_out_and_comes_in_as_drafts(sign_in: SignIn) -> None:
    office = sign_in("supervisor")
    library = json.loads(office.get("/wordings/library.json").data)
    assert len(library["documents"]) > 40

    def bring(content: bytes) -> str:
        sent = {"file": (BytesIO(content), "library.json")}
        return office.post("/wordings/import", data=sent, follow_redirects=True).text

    assert "已生成 0 份修改稿" in bring(json.dumps(library).encode())
    library["documents"][0]["source"] += "# changed"
    assert "校验值不符" in bring(json.dumps(library).encode())


def test_a_local_wording_is_drafted_by_its_organ_alone(sign_in: SignIn, people: Cast) -> None:
    ours = people.organ_ids["MZJ"]
    answer = sign_in("disclosure_head").post(
        f"/wordings/petition/edit?organ={ours}", data=form("{{ you }}的申请")
    )
    assert answer.status_code == 302
    assert "本地文本：椒江区民政局" in sign_in("clerk").get(answer.headers["Location"]).text
    assert sign_in("colleague").get(f"/wordings/petition/edit?organ={ours}").status_code == 403


def test_a_changed_article_is_marked_in_the_library_and_settled_on_the_version(sign_in: SignIn) -> None:
    office = sign_in("supervisor")
    wrong = office.post("/wordings/changes", data={"article": "<99>", "changed_on": "某日", "note": "新法"})
    assert wrong.status_code == 422
    assert "&lt;99&gt;" in wrong.text and "某日" in wrong.text and "新法" in wrong.text
    told = {"article": "40", "changed_on": "2027-01-01", "note": "载体的规定<b>修改</b>"}
    listed = office.post("/wordings/changes", data=told, follow_redirects=True).text
    assert "&lt;b&gt;修改&lt;/b&gt;" in listed
    page = sign_in("legal_advisor").get("/wordings/").text
    assert "待核对：第 40 条有变动" in page
    address = re.search(r'href="(/wordings/versions/\d+)"><span class="tag tag-warning">待核对', page)
    assert address is not None
    version = office.get(address[1]).text
    check = re.search(r'action="(/wordings/versions/\d+/checks/\d+)"', version)
    assert check is not None
    assert (
        "这一栏必须填写" in (empty := office.post(check[1], data={"remark": ""})).text
        or empty.status_code == 422
    )
    done = office.post(check[1], data={"remark": "只改条号"}, follow_redirects=True).text
    assert "只改条号" in done and "核对无需修改" not in done
