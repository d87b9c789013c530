"""期限一览 on the page of a case, and the short sheet of each clock."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.web.cases.conftest import Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.services.case_record import NewEntry

ASKED = NewEntry(EntryType.SUSPENDED, date(2026, 11, 12), {"cause": "third_party", "ref": "consultation-1"})
RECEIVED_BY_THEM = NewEntry(EntryType.CONSULTATION_DELIVERED, date(2026, 11, 13), {"ref": "consultation-1"})
NOTICE = NewEntry(EntryType.CORRECTION_REQUESTED, date(2026, 11, 12), {"answer_due_on": "2026-11-20"})


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_law_stands_first_and_internal_limits_apart(told: Told, sign_in: SignIn) -> None:
    html = sign_in("clerk").get(f"/cases/{told()}").text
    law, internal = html.index('aria-label="法定期限"'), html.index('aria-label="内部时限"')
    assert law < internal
    assert "答复期限" in html[law:internal] and "内部拟稿时限" not in html[law:internal]
    assert "2026-12-03 周四" in text_of(html[internal:])


def test_a_passed_internal_limit_is_never_called_overdue(told: Told, sign_in: SignIn) -> None:
    html = sign_in("clerk").get(f"/cases/{told(received=date(2026, 10, 28))}").text
    seen = text_of(html[html.index('aria-label="内部时限"') : html.index('id="log-title"')])
    assert "内部时限已过" in seen and "超期" not in seen


@pytest.mark.parametrize(
    ("path", "entries", "said"),
    [
        ("draft_by/1", (), "自答复期限到期日 2026年12月7日（周一） 向前推 8 个工作日"),
        ("correction_notice/1", (), "自次日起数满 7 个工作日"),
        ("third_party/1?ref=consultation-1", (ASKED, RECEIVED_BY_THEM), "自次日起数满 15 个工作日"),
        ("delivery_proof/1?ref=consultation-1", (ASKED,), "系统约定"),
        ("draft_by/1", (ASKED,), "内部时限随之停止"),
        ("applicant_correction/1", (NOTICE,), "日期由补正告知书确定"),
        ("lapse_proposal/1?ref=correction", (NOTICE,), "2026年11月27日（周五）"),
    ],
)
def test_each_has_its_own_sheet(
    told: Told, sign_in: SignIn, path: str, entries: tuple[NewEntry, ...], said: str
) -> None:
    answer = sign_in("clerk").get(f"/cases/{told(*entries)}/clocks/{path}")
    assert answer.status_code == 200
    assert said in text_of(answer.text)


@pytest.mark.parametrize("path", ["reply/1", "payment/1", "nonsense/1", "draft_by/7", "draft_by/1?ref=x"])
def test_a_clock_the_case_has_not_is_not_found(told: Told, sign_in: SignIn, path: str) -> None:
    assert sign_in("clerk").get(f"/cases/{told()}/clocks/{path}").status_code == 404
