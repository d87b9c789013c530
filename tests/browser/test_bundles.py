"""The evidence bundle at the clerk's desk: what is missing, the list turned, the draft saved, the file in hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.hands import Person
from tests.browser.office import Office
from tests.browser.server import LiveServer


def test_a_clerk_makes_the_bundle_of_a_reconsideration(
    server: LiveServer, enter: Callable[[str], Person], tmp_path: Path
) -> None:
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    clerk = office.accept()
    office.record_search()
    with clerk.act("登记复议、诉讼") as form:
        clerk.choose("类型", "行政复议", form)
        clerk.fill({"复议机关或者法院": "台州市椒江区人民政府", "请求事项": "撤销并重新答复"}, form)
        clerk.press("登记复议、诉讼", form)
    clerk.is_told("已登记")
    clerk.follow("举证包")
    clerk.sees("2026年3月16日", "书面答复", "还没有保存过")

    page = clerk.page
    search = page.get_by_label("顺序：政府信息检索记录")
    expect(search).to_have_value("4")
    search.fill("一")
    page.get_by_label("请求", exact=True).fill("请求依法审查，见证据4。")
    clerk.press("保存底稿和目录")
    clerk.sees("请填写数字，例如 3。")
    expect(page.get_by_label("请求", exact=True)).to_have_value("请求依法审查，见证据4。")
    page.get_by_label("顺序：政府信息检索记录").fill("0")
    clerk.press("保存底稿和目录")
    clerk.is_told("已保存为第 1 版")
    expect(page.get_by_label("请求", exact=True)).to_have_value("请求依法审查，见证据1。")
    expect(page.get_by_label("顺序：政府信息检索记录")).to_have_value("1")

    with page.expect_download() as download:
        clerk.follow("生成 PDF")
    made = Path(download.value.path())
    assert made.read_bytes().startswith(b"%PDF-") and download.value.suggested_filename.endswith(".pdf")
