"""Whole cases from the mail room to the archive, each begun in an empty district."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.hands import Person
from tests.browser.office import Office, due_is
from tests.browser.server import LiveServer

NUMBER = re.compile(r"椒民公开[^〕]*〔2026〕\d+号")


@pytest.fixture
def office(server: LiveServer, enter: Callable[[str], Person], tmp_path: Path) -> Office:
    """The civil affairs office on Monday, 2 March 2026."""
    office = Office(server, enter, tmp_path)
    office.day(date(2026, 3, 2))
    return office


def number_of(person: Person) -> str:
    """The number of the letter on the page."""
    found = NUMBER.search(person.page.get_by_role("main").inner_text())
    assert found, "the letter has no number"
    return found[0]


def text_of_pdf(person: Person) -> str:
    """What the PDF behind the link says, without the breaks of its lines."""
    address = person.page.get_by_role("link", name="PDF", exact=True).get_attribute("href") or ""
    answer = person.page.context.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.body())).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_from_the_envelope_to_the_archive(office: Office) -> None:
    """One case with four people: clerk, legal advisor, approver, disclosure head."""
    clerk = office.register_envelope("2026-03-02", "XA10000000133")
    clerk.sees("登记待补全")
    due_is(clerk, "3月30日")
    office.complete_registration()
    office.accept()

    office.day(date(2026, 3, 4))
    office.record_search()
    office.review_secrecy()
    office.draft("《2025 年救助资金发放明细》一份")
    advisor = office.review("退回修改", "请写明页数。")
    advisor.is_told("退回")

    office.day(date(2026, 3, 5))
    clerk = office.at_case("clerk")
    clerk.sees("退回修改")
    office.draft("《2025 年救助资金发放明细》一份，共 3 页")
    advisor = office.review("通过", "同意。")
    advisor.sees("请写明页数。", "同意。")

    approver = office.sign_off()
    number = number_of(approver)
    approver.sees("2026年3月5日")
    office.seal()

    office.day(date(2026, 3, 6))
    clerk = office.at_letter("clerk")
    assert number in text_of_pdf(clerk).replace(" ", "")
    with clerk.act("寄发") as form:
        clerk.choose("送达方式", "邮寄（邮政企业）", form)
        clerk.press("寄发", form)
    clerk.is_told("邮件号")
    with clerk.act("寄发") as form:
        clerk.fill({"邮件号": "XA20000000233"}, form)
        clerk.press("寄发", form)
    clerk.sees("XA20000000233")

    office.day(date(2026, 3, 9))
    clerk = office.at_letter("clerk")
    with clerk.act("登记送达") as form:
        clerk.fill({"签收日期": "2026-03-08", "签收人": "李小明", "送达凭证": office.picture("回执")}, form)
        clerk.press("登记送达", form)
    clerk = office.at_case("clerk")
    clerk.sees("按期答复", number)
    clerk.do("归档")
    clerk.is_told(re.compile("已归档，档号 .+"))
    clerk.cannot("拟写答复")

    head = office.at_case("disclosure_head")
    head.sees("已归档", "答复送达申请人")
    expect(head.page.get_by_role("main")).to_contain_text(re.compile("档号"))


def test_correction_third_party_and_extension(office: Office) -> None:
    """A correction begins a new run, a consultation is not counted, an extension lengthens the period."""
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    clerk = office.accept()
    with clerk.act("告知补正") as form:
        clerk.fill({"需要补正的事项": "请写明所需信息的年度。", "补正期限": "2026-03-20"}, form)
        clerk.press("告知补正", form)
    clerk.is_told("期限停止计算")

    office.day(date(2026, 3, 10))
    clerk = office.at_case("clerk")
    with clerk.act("收到补正") as form:
        clerk.fill({"补正内容": "2025 年度。"}, form)
        clerk.press("收到补正", form)
    clerk.is_told("期限重新计算")
    due_is(clerk, "4月8日")  # 20 working days from 11 March; 6 April is Qingming

    office.day(date(2026, 3, 16))
    clerk = office.at_case("clerk")
    with clerk.act("征求意见") as form:
        clerk.choose("征求谁的意见", "第三方", form)
        clerk.fill(
            {
                "对方名称（姓名）": "某某养老服务中心",
                "征求意见的信息": "补助资金拨付明细",
                "邮件号": "XA30000000333",
            },
            form,
        )
        clerk.press("征求意见", form)
    clerk.is_told("其间的工作日不计入期限")

    office.day(date(2026, 3, 18))
    record_progress(office, "对方已收到")
    office.day(date(2026, 3, 23))
    record_progress(office, "答复：同意公开").is_told("期限次日起继续计算")
    clerk = office.at_case("clerk")
    due_is(clerk, "4月15日")  # 17 to 23 March are five working days

    with clerk.act("申请延期") as form:
        clerk.fill({"延长的工作日": "10", "延期理由": "涉及多个年度，需要逐一核对。"}, form)
        clerk.press("申请延期", form)
    clerk.is_told("已提出延期申请")
    head = office.at_case("disclosure_head")
    with head.act("审批延期") as form:
        head.choose("决定", "批准", form)
        head.press("审批延期", form)
    head.is_told("已批准延期")
    due_is(office.at_case("clerk"), "4月29日")


def record_progress(office: Office, progress: str) -> Person:
    """The clerk notes how the consultation goes on."""
    clerk = office.at_case("clerk")
    with clerk.act("登记征求意见进展") as form:
        clerk.page.get_by_label(re.compile("某某养老服务中心")).first.check()
        clerk.choose("进展", progress, form)
        clerk.press("登记征求意见进展", form)
    return clerk


def test_delivered_by_hand(office: Office) -> None:
    """By hand only the applicant's signature stops the clock."""
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    office.accept()
    office.record_search()
    office.review_secrecy()
    office.draft("《2025 年救助资金发放明细》一份，共 3 页")
    office.review("通过", "同意。")
    office.sign_off()
    office.seal()
    clerk = office.at_letter("clerk")
    with clerk.act("寄发") as form:
        clerk.choose("送达方式", "当面送达", form)
        clerk.press("寄发", form)
    clerk = office.at_case("clerk")
    clerk.sees("当面送达答复，待申请人签收")
    due_is(clerk, "3月30日")

    office.day(date(2026, 3, 12))
    clerk = office.at_letter("clerk")
    with clerk.act("登记送达") as form:
        clerk.fill({"签收人": "李小明", "送达凭证": office.picture("送达回证")}, form)
        clerk.press("登记送达", form)
    clerk = office.at_case("clerk")
    clerk.sees("按期答复", "3月12日")


def test_abandoned_after_an_overdue_correction(office: Office) -> None:
    """补正 is asked once; the applicant never answers; the case ends with its letter."""
    office.register_envelope("2026-03-02", "XA10000000133")
    office.complete_registration()
    clerk = office.accept()
    due_is(clerk, "3月30日")
    with clerk.act("告知补正") as form:
        clerk.fill({"需要补正的事项": "请写明所需信息的年度。", "补正期限": "2026-03-20"}, form)
        clerk.press("告知补正", form)
    clerk.is_told("期限停止计算")
    clerk.sees("等待补正")

    office.day(date(2026, 3, 20))
    abandon(office).is_told("此前不能视为放弃")
    office.day(date(2026, 3, 23))
    clerk = abandon(office)
    clerk.is_told("已登记视为放弃")
    clerk.sees("视为放弃申请，期限停止")
    office.at_letter("clerk").sees("视为放弃")


def abandon(office: Office) -> Person:
    """The clerk looked everywhere for the correction and records the lapse."""
    clerk = office.at_case("clerk")
    with clerk.act("视为放弃") as form:
        clerk.fill({"核查情况": "收发室、邮箱、平台均未收到补正材料。"}, form)
        clerk.press("视为放弃", form)
    return clerk
