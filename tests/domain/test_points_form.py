"""A 计分规则 as typed: read back as it was shown, and every fault beside its field."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.domain.test_points import RULES
from tracker.domain.errors import Invalid
from tracker.domain.points_form import faults_of, read_rule, typed_rule
from tracker.domain.points_rule import SHIPPED_RULE, PointsRule

SHIPPED = typed_rule(SHIPPED_RULE)


def faults(**typed: str) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        read_rule(SHIPPED | typed)
    return {name: str(messages[0]) for name, messages in caught.value.fields.items()}


@given(RULES)
def test_what_is_shown_is_read_back(rule: PointsRule) -> None:
    if faults_of(rule):
        return
    again = read_rule(typed_rule(rule))
    assert again.full == rule.full and all(again[m] == rule[m] for m in rule.counted)


def test_the_shipped_rule_is_sound() -> None:
    assert faults_of(SHIPPED_RULE) == {}
    assert read_rule(SHIPPED).digest() == SHIPPED_RULE.digest()


def test_full_width_digits_and_blanks_are_read() -> None:
    assert read_rule(SHIPPED | {"step_late": " ２．５ "})["late"].step == 250  # type: ignore[index]


def test_every_number_that_is_none_is_named() -> None:
    found = faults(
        full="一百", weight_late="", target_on_time_rate="98.55", target_late="1.5", step_lost="-1"
    )
    assert found == {
        "full": "满分请填写不小于 0 的数字，最多两位小数，例如 2.5。",
        "weight_late": "请填写“逾期答复”的分值，没有的填 0。",
        "target_on_time_rate": "“按期答复率”的标准请填写不小于 0 的数字，最多一位小数，例如 98.5。",
        "target_late": "“逾期答复”的标准请填写不小于 0 的整数。",
        "step_lost": "“复议、诉讼纠正”的扣分请填写不小于 0 的数字，最多两位小数，例如 2.5。",
    }


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"full": "0"}, {"full": "满分须在 1 到 1000 分之间。"}),
        ({"full": "1000.01"}, {"full": "满分须在 1 到 1000 分之间。"}),
        ({"full": "110"}, {"full": "各项分值合计 100 分，应当等于满分 110 分，请调整分值或者满分。"}),
        (
            {"weight_late": "10.5"},
            {"full": "各项分值合计 100.5 分，应当等于满分 100 分，请调整分值或者满分。"},
        ),
        ({"target_on_time_rate": "100.1"}, {"target_on_time_rate": "“按期答复率”的标准须在 0 到 100 之间。"}),
        ({"target_median": "999.1"}, {"target_median": "“用时中位数”的标准须在 0 到 999 之间。"}),
        ({"target_late": "1000"}, {"target_late": "“逾期答复”的标准须在 0 到 999 之间。"}),
        ({"step_late": "0"}, {"step_late": "“逾期答复”的扣分须大于 0；这一项不计分的，分值填 0。"}),
        (
            {"step_late": "10.01"},
            {"step_late": "“逾期答复”的扣分不能多于这一项的分值；出现一件就扣完的，两处填同一个数。"},
        ),
    ],
)
def test_what_does_not_fit_together_is_told(typed: dict[str, str], told: dict[str, str]) -> None:
    assert faults(**typed) == told


@pytest.mark.parametrize(
    "typed",
    [
        {"full": "1000", "weight_late": "910"},
        {"full": "1", "weight_late": "1", "step_late": "1"}
        | {f"weight_{m}": "0" for m in ("on_time_rate", "median", "unarchived", "returned", "lost", "chased_late")},
        {"target_on_time_rate": "100", "target_late": "999"},
        {"step_late": "10"},
        {"weight_late": "0", "weight_lost": "25", "target_late": "", "step_late": ""},
    ],
)  # fmt: skip
def test_the_edges_are_allowed(typed: dict[str, str]) -> None:
    assert faults_of(read_rule(SHIPPED | typed)) == {}
