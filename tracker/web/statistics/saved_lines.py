"""A saved statistic in words."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.saved_statistics import Sharing
from tracker.domain.statistics import AS_OF_TODAY, DIMENSION_NAMES, MEASURE_NAMES, Dimension, Question
from tracker.domain.statistics_period import RELATIVE_NAMES, Relative
from tracker.queries.saved_statistics import SavedFacts
from tracker.web.i18n import in_english, tell
from tracker.web.statistic_figures import settled_name, where_words

Names = Mapping[Dimension, Mapping[str, str]]


class SavedLine:
    """What the list and the page of one show."""

    def __init__(self, facts: SavedFacts, names: Names) -> None:
        self.facts = facts
        self.name = facts.name
        self.said = question_words(facts.question, names)
        self.shared = _shared(facts)
        self.owner = _("自己") if facts.mine else facts.owner
        self.url = url_for("statistics.open_saved", statistic_id=facts.id)
        self.edit_url = url_for("statistics.edit_saved", statistic_id=facts.id) if facts.may_change else ""


def question_words(question: Question, names: Names) -> str:
    """上季度收到，机关 × 渠道，只统计：网络."""
    said = [tell(MEASURE_NAMES[question.measure])]
    if question.measure not in AS_OF_TODAY:
        said.insert(0, period_words(question))
    axes = [question.rows, *([question.columns] if question.columns else [])]
    said.append(" × ".join(tell(DIMENSION_NAMES[axis]) for axis in axes))
    joint = ", " if in_english() else "，"
    return joint.join([*said, *where_words(question.where, names)])


def period_words(question: Question) -> str:
    """本年, or the fixed days."""
    if isinstance(question.period, Relative):
        return tell(RELATIVE_NAMES[question.period])
    return settled_name(question.period)


def _shared(facts: SavedFacts) -> str:
    if facts.shared.sharing is Sharing.DISTRICT:
        return _("全区")
    return facts.organ if facts.shared.sharing is Sharing.ORGAN else _("仅自己")
