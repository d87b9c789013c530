"""更正事实 in the browser: first one looks, then one confirms; nothing typed is lost, nobody's work overwritten."""

from __future__ import annotations

import re

from tests.web.actions.conftest import Desk

FIELDS = {"seq": "1", "change": "date", "on": "2026.9.8", "reason": "邮件查询单"}


def looked(desk: Desk, **fields: str) -> tuple[str, str]:
    """The page that shows the effects, and the mark that confirms having seen it."""
    answer = desk.send("disclosure_head", "correct_fact", **{**FIELDS, **fields})
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    found = re.search(r'name="previewed"[^>]*value="([0-9a-f]*)"', page)
    assert found is not None
    return page, found[1]


def test_the_first_sending_shows_and_records_nothing(desk: Desk) -> None:
    page, mark = looked(desk)
    assert "2026年10月14日（周三）到期" in page and "2026年10月12日（周一）到期" in page
    assert "补正告知期限" in page and "2026年9月20日（周日）" in page and "2026年9月17日（周四）" in page
    assert "确认更正" in page and mark
    assert "邮件查询单" in page and 'value="2026-09-08"' in page
    assert "fact_corrected" not in desk.entry_types


def test_the_second_sending_confirms_and_the_log_tells(desk: Desk) -> None:
    _, mark = looked(desk)
    answer = desk.send("disclosure_head", "correct_fact", **FIELDS, previewed=mark)
    assert answer.status_code == 302
    assert "fact_corrected" in desk.entry_types
    page = desk.sign_in("disclosure_head").get(answer.headers["Location"]).get_data(as_text=True)
    assert "答复期限由2026年10月14日（周三）改为2026年10月12日（周一）" in page


def test_what_was_changed_after_the_look_is_looked_at_again(desk: Desk) -> None:
    _, mark = looked(desk)
    page, other = looked(desk, on="2026.9.9", previewed=mark)
    assert "2026年10月13日（周二）到期" in page and other != mark
    assert "fact_corrected" not in desk.entry_types


def test_who_looked_before_somebody_else_acted_looks_again(desk: Desk) -> None:
    seen = desk.version
    _, mark = looked(desk)
    assert desk.send("clerk", "add_note", text="备注").status_code == 302
    answer = desk.send("disclosure_head", "correct_fact", **FIELDS, previewed=mark, version=seen)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "刚被他人更新" in page and "邮件查询单" in page
    assert "fact_corrected" not in desk.entry_types


def test_what_cannot_be_is_said_and_offers_no_confirmation(desk: Desk) -> None:
    page, mark = looked(desk, change="void")
    assert "还没有收到申请的日期" in page and mark == ""
    assert "确认更正" not in page.split("</form>")[0].split("form-buttons")[-1]


def test_a_field_the_entry_does_not_have_is_named_and_nothing_lost(desk: Desk) -> None:
    answer = desk.send("disclosure_head", "correct_fact", **{**FIELDS, "days": "5"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "只有延期和责令重新答复的记录有工作日数" in page
    assert 'value="5"' in page and "邮件查询单" in page
