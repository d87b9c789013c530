"""Forms of subjects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField

from tracker.queries.subjects import SubjectFacts
from tracker.services.subjects import LONGEST_SUBJECT
from tracker.web.forms import Filled, LineField, TrackerForm


class SubjectSelect(SelectField):
    """One subject, or none yet."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(_l("主题"), choices=[], validate_choice=False, **kwargs)

    def offer(self, subjects: Iterable[SubjectFacts], kept: SubjectFacts | None = None) -> None:
        """Those that may be chosen, and the one that stands."""
        offered = [each for each in subjects if each.active or each == kept]
        self.choices = [("", _("未分类")), *((str(each.id), each.name) for each in offered)]

    @property
    def number(self) -> int | None:
        """The subject chosen; 0, which is none of them, where something else was sent."""
        text = self.data or ""
        if not text:
            return None
        return int(text[:9]) if text.isascii() and text.isdigit() else 0


class ClassifyForm(TrackerForm):
    """The subject of a case."""

    subject_id = SubjectSelect()


class SubjectForm(TrackerForm):
    """One subject of the list."""

    name = LineField(_l("名称"), [Filled()], longest=LONGEST_SUBJECT)
    active = BooleanField(_l("可以选用"))
