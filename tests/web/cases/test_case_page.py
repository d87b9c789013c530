"""案件页: where a case stands, what happened, what may be done, and nothing that is for other eyes."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.web.cases.conftest import IDENTITY_NUMBER, MONDAY, PHONE, Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.services.case_record import NewEntry


def text_of(html: str) -> str:
    """What a reader sees, blanks squeezed."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def page(sign_in: SignIn, case_id: int, part: str = "clerk") -> str:
    answer = sign_in(part).get(f"/cases/{case_id}")
    assert answer.status_code == 200
    return answer.text


def test_the_due_date_is_the_answer(told: Told, sign_in: SignIn) -> None:
    seen = text_of(page(sign_in, told()))
    assert "12月7日" in seen
    assert "剩 10 个工作日" in seen
    assert "共 20 个工作日，已计 10 个" in seen
    assert "最迟交邮（提前 2 个工作日）：2026年12月3日（周四）" in seen
    assert "（第三十三条第二款）" in seen


def test_the_bar_says_in_words_what_it_draws(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told())
    assert 'aria-label="期限示意：已计 10 个工作日，剩余 10 个工作日"' in html
    assert html.count('class="cell-off"') == 8 + 1


def test_the_clock_can_be_tried_out_with_days_and_codes_alone(told: Told, sign_in: SignIn) -> None:
    asked = NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 11, 12), text="请写明年度。")
    html = page(sign_in, told(asked))
    tried = "/calculator?received=2026-11-09&amp;e1-kind=correction_requested&amp;e1-on=2026-11-12"
    assert f'<a href="{tried}">在计算器中试算</a>' in html


def test_waiting_for_a_correction_no_date_is_shown(told: Told, sign_in: SignIn) -> None:
    asked = NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 11, 12), text="请写明年度。")
    seen = text_of(page(sign_in, told(asked)))
    assert "等待补正" in seen
    assert "12月7日" not in seen
    assert "请写明年度。" in seen


def test_a_breach_is_shown_where_it_happened_and_beside_the_clock(told: Told, sign_in: SignIn) -> None:
    late = NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 11, 20))
    seen = text_of(page(sign_in, told(late, reason="交接遗漏")))
    assert "违法情形：告知补正超过 7 个工作日" in seen
    assert "风险日期：2026年12月7日（周一）" in seen


def test_an_overdue_case_says_by_how_much(told: Told, sign_in: SignIn) -> None:
    seen = text_of(page(sign_in, told(received=date(2026, 10, 9))))
    assert "超期" in seen
    assert re.search(r"超期 \d+ 个工作日", seen)
    assert "最迟交邮" not in seen


def test_a_reply_in_time_stops_the_clock(told: Told, sign_in: SignIn) -> None:
    seen = text_of(page(sign_in, told(NewEntry(EntryType.DISPATCHED, MONDAY, {"by": "post"}))))
    assert "按期答复" in seen
    assert "交邮政企业寄出答复" in seen
    assert "剩 10 个工作日" not in seen


def test_personal_data_is_masked(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told())
    assert "王＊敏" in html
    assert "3310**********1237" in html
    assert "138****1234" in html
    for secret in ("王晓敏", IDENTITY_NUMBER, PHONE):
        assert secret not in html


def test_the_newest_day_of_law_stands_first(told: Told, sign_in: SignIn) -> None:
    html = page(
        sign_in,
        told(
            NewEntry(EntryType.ACCEPTED, date(2026, 11, 12)),
            NewEntry(EntryType.CALL_RECORDED, date(2026, 11, 10), {"reached": False}),
        ),
    )
    days = re.findall(r'<time datetime="([\d-]+)"', html)
    assert days == ["2026-11-12", "2026-11-10", "2026-11-09", "2026-11-09"]
    assert "未接通" in html


def test_a_corrected_day_moves_its_entry_and_a_void_one_is_struck(told: Told, sign_in: SignIn) -> None:
    html = page(
        sign_in,
        told(
            NewEntry(EntryType.NOTE_ADDED, date(2026, 11, 12), text="误记"),
            NewEntry(EntryType.FACT_CORRECTED, MONDAY, {"seq": 1, "on": "2026-11-10"}),
            NewEntry(EntryType.FACT_CORRECTED, MONDAY, {"seq": 3, "void": True}),
        ),
    )
    seen = text_of(html)
    assert "更正事实：“收到申请，期限自次日起计算”的日期由2026-11-09改为2026-11-10。" in seen
    assert "“备注”一条作废" in seen
    assert re.search(r'class="entry entry-void" id="entry-3"', html)
    assert re.search(r'id="entry-1">\s*<div class="entry-day"><time datetime="2026-11-10"', html)
    assert "12月8日" in seen


def test_only_the_usual_act_is_a_filled_button(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told())
    assert html.count("act-primary") == 1
    assert 'class="act act-primary" id="act-accept"' in html


def test_each_act_says_what_it_does_to_the_clock(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told())
    acts = html.split('<section class="acts')[1].split('<div class="case-facts')[0]
    assert acts.count("对期限的影响") == acts.count('<details class="act"') + acts.count("act-primary")
    assert "期限停止计算，等待申请人" in acts


def test_what_happened_outside_can_be_recorded_late(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told(NewEntry(EntryType.DISPATCHED, MONDAY, {"by": "post"})))
    late = html.split("如实补记已发生的事")[1]
    assert 'id="act-request_correction"' in late
    assert 'name="reason"' in late


def test_a_reader_without_the_right_sees_no_forms(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told(), "auditor")
    assert "目前没有需要您做的事" in html
    assert 'class="act' not in html.split('<section class="acts')[1].split("</section>")[0].replace(
        'class="acts', ""
    )


@pytest.mark.parametrize(("part", "status"), [("colleague", 404), ("administrator", 403), ("stranger", 404)])
def test_others_do_not_see_the_case(told: Told, sign_in: SignIn, part: str, status: int) -> None:
    answer = sign_in(part).get(f"/cases/{told()}")
    assert answer.status_code == status
    assert "困难群众" not in answer.text


def test_no_page_carries_inline_code(told: Told, sign_in: SignIn) -> None:
    html = page(sign_in, told())
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", html)
