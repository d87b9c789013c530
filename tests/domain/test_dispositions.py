"""The outcome rows of the annual table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.letter_samples import TEMPLATES
from tracker.domain.dispositions import (
    NEED_NAMES,
    ROW_OF,
    ROW_OF_TEMPLATE,
    ROWS,
    Disposition,
    Need,
    by_register_name,
    missing_needs,
    needs_of,
    resolve,
)
from tracker.domain.letter_template import TemplateKind

TABLE_3 = Path(__file__).parents[2].parent / "shared" / "data" / "ledger-2023-table3.csv"
NAMES = (
    ("3.1", "予以公开"),
    ("3.2", "部分公开"),
    ("3.3.1", "不予公开-属于国家秘密"),
    ("3.3.2", "不予公开-其他法律行政法规禁止公开"),
    ("3.3.3", "不予公开-危及“三安全一稳定”"),
    ("3.3.4", "不予公开-保护第三方合法权益"),
    ("3.3.5", "不予公开-属于三类内部事务信息"),
    ("3.3.6", "不予公开-属于四类过程性信息"),
    ("3.3.7", "不予公开-属于行政执法案卷"),
    ("3.3.8", "不予公开-属于行政查询事项"),
    ("3.4.1", "无法提供-本机关不掌握相关政府信息"),
    ("3.4.2", "无法提供-没有现成信息需要另行制作"),
    ("3.4.3", "无法提供-补正后申请内容仍不明确"),
    ("3.5.1", "不予处理-信访举报投诉类申请"),
    ("3.5.2", "不予处理-重复申请"),
    ("3.5.3", "不予处理-要求提供公开出版物"),
    ("3.5.4", "不予处理-无正当理由大量反复申请"),
    ("3.5.5", "不予处理-要求行政机关确认或重新出具已获取信息"),
    ("3.6.1", "其他处理-申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("3.6.2", "其他处理-申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("3.6.3", "其他处理-其他"),
)


def test_the_rows_are_the_21_leaves_of_the_annual_table_in_its_order() -> None:
    assert tuple((row.number, row.register_name) for row in ROWS) == NAMES
    assert {row.code for row in ROWS} == set(Disposition)


def test_the_rows_agree_with_the_reference_table_where_it_is_at_hand() -> None:
    """The reference stands beside the repository in the office; a clone alone checks against the list above."""
    if TABLE_3.exists():
        with TABLE_3.open(encoding="utf-8") as lines:
            leaves = [(r["row"], r["name"]) for r in csv.DictReader(lines) if r["row"].startswith("3.")]
        assert leaves[:-1] == list(NAMES)


@pytest.mark.parametrize(("number", "name"), NAMES)
def test_a_register_may_number_space_and_punctuate_the_names_as_it_likes(number: str, name: str) -> None:
    expected = next(row.code for row in ROWS if row.number == number)
    for spelling in (name, f" {name} ", f"（一）{name}", f"{number} {name}", name.replace("-", "－"), number):
        assert by_register_name(spelling) is expected, spelling


@pytest.mark.parametrize("text", ["同意", "", "其他", "公开", "不予公开", "已阅"])
def test_what_names_no_row_is_not_guessed(text: str) -> None:
    assert by_register_name(text) is None


@pytest.mark.parametrize(
    ("outcomes", "counted"),
    [
        (["disclosed"], "disclosed"),
        (["disclosed", "disclosed"], "disclosed"),
        (["disclosed", "refused_process"], "partly_disclosed"),
        (["not_held", "disclosed"], "partly_disclosed"),
        (["partly_disclosed", "repeated"], "partly_disclosed"),
        (["not_held", "refused_internal"], "refused_internal"),
        (["petition", "not_held"], "not_held"),
    ],
)
def test_a_case_with_several_items_counts_once(outcomes: list[str], counted: str) -> None:
    assert resolve([Disposition(o) for o in outcomes]) is Disposition(counted)


def test_a_case_without_outcomes_does_not_count() -> None:
    with pytest.raises(ValueError):
        resolve([])


def test_nothing_is_disclosed_without_a_secrecy_review() -> None:
    """条例第十七条"""
    for code in (Disposition.DISCLOSED, Disposition.PARTLY_DISCLOSED):
        assert Need.SECRECY_REVIEW in ROW_OF[code].variants[0].needs


def test_not_existing_and_not_ours_rest_on_a_search() -> None:
    assert missing_needs(needs_of(["not_existing"]), {Need.SEARCH_TASKS_CLOSED}) == (
        NEED_NAMES[Need.SEARCH_RECORD],
    )
    assert missing_needs(needs_of(["not_ours"]), {Need.SEARCH_RECORD, Need.SEARCH_TASKS_CLOSED}) == ()


def test_nobody_says_it_does_not_exist_while_somebody_asked_is_still_searching() -> None:
    for key in ("not_existing", "not_ours"):
        assert missing_needs(needs_of([key]), {Need.SEARCH_RECORD}) == (NEED_NAMES[Need.SEARCH_TASKS_CLOSED],)


def test_the_ground_of_a_refused_part_brings_its_own_demands() -> None:
    """第三十二条：涉及第三方权益的部分不予公开，须书面征求意见"""
    needs = needs_of(["partly_disclosed"], [Disposition.REFUSED_THIRD_PARTY])
    assert needs == {Need.SECRECY_REVIEW, Need.THIRD_PARTY_CONSULTATION}


def test_every_letter_of_every_row_is_shipped_and_says_the_same_row_and_articles() -> None:
    replies = {key for key, template in TEMPLATES.items() if template.kind is TemplateKind.REPLY}
    assert replies == set(ROW_OF_TEMPLATE)
    for key, row in ROW_OF_TEMPLATE.items():
        assert TEMPLATES[key].disposition == row.code
        variant = next(v for v in row.variants if v.template == key)
        assert TEMPLATES[key].articles == variant.articles, key
