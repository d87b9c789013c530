"""案卷 in a browser: what is missing is told and added, the file closed and its package taken away and verified; after
its years two people destroy it, and what is left says so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.browser.hands import Person
from tests.browser.server import LiveServer
from tests.factories.archive import APPLICANT, whole_case
from tests.people import Cast
from tracker.adapters.package_check import verify_package
from tracker.cli.verify_package import told
from tracker.extensions import db
from tracker.services.archiving import archive

ENDED, OVER = date(2026, 11, 23), date(2037, 1, 5)
NUMBER = "Z109-WS·2026-D10-MZJ-0001"


@pytest.fixture
def ended(server: LiveServer, cast: Cast) -> Callable[..., int]:
    """``ended(without=("envelope",))``: an answered case of 2026, on the shelf where ``shelved``."""
    house = server.house
    house.clock.set(ENDED)

    def make(*, without: tuple[str, ...] = (), shelved: bool = False) -> int:
        with house.app.app_context(), Session(db.engine) as session:
            ctx = house.runtime.context(session, cast.clerk)
            case_id = whole_case(ctx, cast.organ_ids["MZJ"], without=without)
            if shelved:
                session.rollback()
                archive(ctx, case_id, on=ENDED, expected_version=None)
            return case_id

    return make


def test_what_is_missing_is_added_the_file_closed_and_its_package_verified(
    enter: Callable[[str], Person], ended: Callable[..., int], tmp_path: Path
) -> None:
    case_id = ended(without=("envelope",))
    clerk = enter("clerk")
    clerk.go(f"/cases/{case_id}/file")
    lacking = clerk.page.get_by_role("region", name="还缺什么")
    expect(lacking).to_contain_text("信封")
    expect(lacking).to_contain_text("由经办人补充")
    with_paper = clerk.page.get_by_role("form", name="登记纸质材料")
    clerk.fill({"补哪一项": "信封", "材料名称": "挂号信封原件", "页数": "1"}, with_paper)
    clerk.press("列入清单", with_paper)
    expect(lacking).to_contain_text("应有的材料都在卷内")
    clerk.sees("挂号信封原件")

    clerk.follow("归档", clerk.page.get_by_role("main"))
    clerk.page.get_by_role("main").get_by_role("button", name="归档", exact=True).click()
    clerk.is_told("已归档")
    clerk.go(f"/cases/{case_id}/file")
    clerk.sees(NUMBER)
    clerk.cannot("列入清单")

    with clerk.page.expect_download() as arriving:
        clerk.press("下载归档包")
    package = tmp_path / arriving.value.suggested_filename
    arriving.value.save_as(package)
    assert NUMBER in package.name
    verdict = verify_package(package)
    assert verdict.passed, told(package)[0]
    with zipfile.ZipFile(package) as packed:
        [sheet] = [name for name in packed.namelist() if name.endswith("000-材料清单.pdf")]
        listed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(packed.read(sheet))).pages)
    assert "挂号信封原件" in listed


def test_two_people_destroy_what_nobody_need_keep_and_the_record_stays(
    enter: Callable[[str], Person], ended: Callable[..., int], server: LiveServer
) -> None:
    case_id = ended(shelved=True)
    server.house.clock.set(OVER)
    clerk = enter("clerk")
    clerk.go("/archive/periods")
    clerk.sees(NUMBER, "2036")
    clerk.page.get_by_label(f"销毁 {NUMBER}").check()
    clerk.press("提出销毁")
    clerk.is_told("还有内容需要更正")
    expect(clerk.page.get_by_label(f"销毁 {NUMBER}")).to_be_checked()
    clerk.fill({"鉴定意见": "保管期限届满，没有继续保存价值。"})
    clerk.press("提出销毁")
    clerk.sees("等待另一人确认", "椒民公开销〔2037〕1号")
    clerk.cannot("确认并销毁")
    listed = clerk.page.url

    approver = enter("approver")
    approver.go("/archive")
    approver.follow("销毁清册", approver.page.get_by_role("navigation", name="案卷档案"))
    approver.follow("椒民公开销〔2037〕1号")
    assert approver.page.url == listed
    with approver.act("确认销毁") as form:
        approver.fill({"意见": "同意销毁。"}, form)
        form.get_by_role("checkbox").check()
        approver.press("确认并销毁", form)
    approver.sees("已销毁 1 件", NUMBER)

    clerk.go(f"/cases/{case_id}/file")
    clerk.sees("到期销毁", "只留下办理记录")
    clerk.cannot("下载归档包")
    clerk.go(f"/cases/{case_id}")
    expect(clerk.page.get_by_role("region", name="办理记录")).to_be_visible()
    expect(clerk.page.get_by_role("main")).not_to_contain_text(APPLICANT)
