"""Sending the form of an act: done, or back with everything that was typed."""

from __future__ import annotations

from datetime import date

from tests.web.actions.conftest import Desk
from tracker.queries.consultations import list_consultations
from tracker.services.notes import add_note

ASK = {
    "items": "补充所需信息的名称",
    "guidance": "指明年份",
    "on": "2026-09-18",
    "answer_due_on": "2026/10/20",
}


def test_done_says_what_happened_and_returns_to_the_case(desk: Desk) -> None:
    answer = desk.send("clerk", "request_correction", **ASK)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{desk.case_id}")
    assert desk.entry_types[-1] == "correction_requested"
    assert desk.case.clock_state == "awaiting_correction"


def test_a_wrong_date_comes_back_with_what_was_typed(desk: Desk) -> None:
    answer = desk.send("clerk", "request_correction", **{**ASK, "on": "9月31日"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "没有这一天" in page
    for typed in ("9月31日", "补充所需信息的名称", "指明年份"):
        assert typed in page
    assert "correction_requested" not in desk.entry_types


def test_what_cannot_be_comes_back_too(desk: Desk) -> None:
    answer = desk.send("clerk", "request_correction", **{**ASK, "on": "2026-09-09"})
    assert answer.status_code == 422
    assert "早于收到申请之日" in answer.get_data(as_text=True)


def test_a_breach_asks_for_its_reason_and_names_it(desk: Desk) -> None:
    late = {**ASK, "on": "2026-09-21"}
    answer = desk.send("clerk", "request_correction", **late)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "情况说明" in page and "补正告知晚于收到申请之日起 7 个工作日" in page
    assert "补充所需信息的名称" in page
    assert desk.send("clerk", "request_correction", reason="收发室迟转", **late).status_code == 302
    assert desk.case.breach_codes == ["late_correction_notice"]


def test_what_the_stage_does_not_offer_is_recorded_with_a_reason(desk: Desk) -> None:
    paid = {"on": "2026-09-22", "voucher_number": "330001"}
    page = desk.sign_in("clerk").get(desk.url("record_payment")).get_data(as_text=True)
    assert "如确已发生" in page and "情况说明" in page
    answer = desk.send("clerk", "record_payment", **paid)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "330001" in page and "请写明情况" in page
    assert desk.send("clerk", "record_payment", reason="窗口先行收款", **paid).status_code == 302
    assert desk.entry_types[-1] == "fee_paid"


def test_two_editors_meet_and_nothing_typed_is_lost(desk: Desk) -> None:
    seen = desk.version
    add_note(desk.context("second_clerk"), desk.case_id, text="先到一步", expected_version=None)
    answer = desk.send("clerk", "add_note", version=seen, text="申请人来电，要求尽快答复")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "刚被他人更新" in page and "申请人来电，要求尽快答复" in page
    assert f'value="{desk.version}"' in page
    assert "林涛" in page
    assert desk.send("clerk", "add_note", text="申请人来电，要求尽快答复").status_code == 302


def test_who_was_slower_hears_of_the_other_and_is_not_asked_for_a_reason(desk: Desk) -> None:
    seen = desk.version
    assert desk.send("second_clerk", "request_correction", with_letter="", **ASK).status_code == 302
    answer = desk.send("clerk", "request_correction", version=seen, **ASK)
    assert answer.status_code == 409
    assert "刚被他人更新" in answer.get_data(as_text=True)


def test_a_version_that_is_no_number_is_a_conflict(desk: Desk) -> None:
    browser = desk.sign_in("clerk")
    answer = browser.post(desk.url("add_note"), data={"version": "x", "text": "备注"})
    assert answer.status_code == 409
    assert "note_added" not in desk.entry_types


def test_the_preview_tells_both_dates_and_records_nothing(desk: Desk) -> None:
    fields = {"seq": "1", "change": "date", "on": "2026.9.8", "reason": "查询单", "step": "preview"}
    page = desk.send("disclosure_head", "correct_fact", **fields).get_data(as_text=True)
    assert "2026年10月14日（周三）到期" in page and "2026年10月12日（周一）到期" in page
    assert "fact_corrected" not in desk.entry_types


def test_the_preview_names_the_breach_before_it_happens(desk: Desk) -> None:
    page = desk.send("clerk", "request_correction", step="preview", **{**ASK, "on": "2026-09-21"}).get_data(
        as_text=True
    )
    assert "将留下违法情形" in page
    assert "correction_requested" not in desk.entry_types


def test_who_may_send(desk: Desk) -> None:
    for part, status in (("auditor", 403), ("approver", 403), ("colleague", 404), ("stranger", 404)):
        assert desk.send(part, "request_correction", **ASK).status_code == status, part
    assert "correction_requested" not in desk.entry_types


def test_the_head_decides_an_extension(desk: Desk) -> None:
    asked = {"days": "20", "grounds": "年代久远", "on": "2026-09-28"}
    assert desk.send("clerk", "request_extension", **asked).status_code == 302
    page = desk.sign_in("disclosure_head").get(desk.url("decide_extension")).get_data(as_text=True)
    assert "年代久远" in page
    refused = desk.send("disclosure_head", "decide_extension", decision="refuse", on="2026-09-29")
    assert refused.status_code == 422
    assert "请写明不批准的理由" in refused.get_data(as_text=True)
    decided = {"decision": "approve", "days": "20", "on": "2026-09-29"}
    assert desk.send("disclosure_head", "decide_extension", **decided).status_code == 302
    assert desk.entry_types[-1] == "extended"


def test_a_consultation_from_sending_to_the_answer(desk: Desk) -> None:
    sent = {"kind": "third_party", "party": "某某公司", "subject": "合同", "on": "2026-09-14"}
    assert desk.send("clerk", "consult", **sent).status_code == 302
    page = desk.sign_in("clerk").get(desk.url("record_consultation")).get_data(as_text=True)
    assert "第三方：某某公司（2026-09-14 发出）" in page
    for progress, on in (("received", "2026-09-16"), ("object", "2026-09-23")):
        fields = {"consultation_id": str(_only_consultation(desk)), "progress": progress, "on": on}
        assert desk.send("clerk", "record_consultation", **fields).status_code == 302
    assert desk.entry_types[-2:] == ["consultation_delivered", "resumed"]


def _only_consultation(desk: Desk) -> int:
    desk.session.rollback()
    return list_consultations(desk.session, desk.case_id)[0].id


def test_a_call_at_a_time_nobody_can_read(desk: Desk) -> None:
    call = {"spoke_with": "张三", "on": "2026-09-22", "at": "下午", "reached": "yes", "content": "核实"}
    answer = desk.send("clerk", "record_call", **call)
    assert answer.status_code == 422
    assert "请写成 14:05" in answer.get_data(as_text=True)
    assert desk.send("clerk", "record_call", **{**call, "at": "14：05"}).status_code == 302
    assert desk.entry_types[-1] == "call_recorded"


def test_the_amount_of_a_fee_is_shown_before_it_is_notified(desk: Desk) -> None:
    fields = {"basis": "page", "quantity": "72", "on": "2026-09-22", "step": "preview"}
    assert "420 元" in desk.send("clerk", "notify_fee", **fields).get_data(as_text=True)


def test_an_incomplete_file_is_archived_with_a_reason_only(desk: Desk) -> None:
    withdrawn = {"statement": "书面撤回", "on": str(date(2026, 9, 22))}
    assert desk.send("clerk", "withdraw", **withdrawn).status_code == 302
    page = desk.sign_in("clerk").get(desk.url("archive")).get_data(as_text=True)
    assert "还缺 2 项" in page and "查看材料清单" in page
    form = {"retention": "D10", "on": "2026-10-20"}
    refused = desk.send("clerk", "archive", **form)
    assert refused.status_code == 422
    assert "申请书、信封" in refused.get_data(as_text=True)
    assert desk.send("clerk", "archive", reason="原件在纸质卷内", **form).status_code == 302
    assert desk.case.archive_number == "Z109-WS·2026-D10-MZJ-0001"
