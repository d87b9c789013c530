from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.statute import RULES, RuleKey, Unit, days_of


@pytest.mark.parametrize(
    ("key", "article", "span", "unit"),
    [
        (RuleKey.REPLY, "第三十三条第二款", 20, Unit.WORKING_DAYS),
        (RuleKey.EXTENSION, "第三十三条第二款", 20, Unit.WORKING_DAYS),
        (RuleKey.CORRECTION_NOTICE, "第三十条", 7, Unit.WORKING_DAYS),
        (RuleKey.THIRD_PARTY_ANSWER, "第三十二条", 15, Unit.WORKING_DAYS),
        (RuleKey.CO_PRODUCER_ANSWER, "第三十四条", 15, Unit.WORKING_DAYS),
        (RuleKey.PAYMENT, "第四十二条", 20, Unit.WORKING_DAYS),
        (RuleKey.RECONSIDERATION_FILING, "第二十条", 60, Unit.CALENDAR_DAYS),
        (RuleKey.LITIGATION_FILING, "第四十六条", 6, Unit.MONTHS),
        (RuleKey.LITIGATION_AFTER_RECONSIDERATION, "第四十五条", 15, Unit.CALENDAR_DAYS),
        (RuleKey.RECONSIDERATION_ANSWER, "第四十八条", 10, Unit.WORKING_DAYS),
        (RuleKey.RECONSIDERATION_ANSWER_SIMPLE, "第五十四条", 5, Unit.WORKING_DAYS),
        (RuleKey.LITIGATION_ANSWER, "第六十七条", 15, Unit.CALENDAR_DAYS),
    ],
)
def test_periods_of_law(key: RuleKey, article: str, span: int, unit: Unit) -> None:
    rule = RULES[key]
    assert (rule.article, rule.span, rule.unit) == (article, span, unit)
    assert days_of(key) == span


def test_every_rule_is_in_the_table_once_with_source_and_date() -> None:
    assert set(RULES) == set(RuleKey)
    assert all(rule.source and rule.name and rule.starts for rule in RULES.values())
    assert RULES[RuleKey.REPLY].in_force_from == date(2019, 5, 15)
    assert RULES[RuleKey.RECONSIDERATION_ANSWER].in_force_from == date(2024, 1, 1)


def test_a_rule_without_a_length_has_no_days() -> None:
    with pytest.raises(KeyError):
        days_of(RuleKey.JUSTIFICATION)
