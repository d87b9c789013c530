"""Fields that read what people type in an office: dates in any usual way, texts without stray blanks, files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from flask import url_for
from flask_wtf.file import FileField, MultipleFileField
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from tracker.domain.written_dates import NotADate, parse_written_date
from tracker.domain.written_times import NotATime, parse_written_time
from tracker.web.context import today
from tracker.web.forms.validators import AtMost
from tracker.web.i18n import tell


def _stripped(value: str | None) -> str | None:
    return value.strip() if isinstance(value, str) else value


class ChineseDateField(Field):
    """A day: 2026-11-23, 2026/11/23, 11.23, 2026年11月23日. What was typed stays in the field when it is no day."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; an empty field is None."""
        self.data: date | None = None
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            return
        try:
            self.data = parse_written_date(text, today())
        except NotADate as error:
            raise ValidationError(tell(error)) from None

    def _value(self) -> str:
        if self.raw_data and (self.data is None or self.errors):
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""

    def __call__(self, **kwargs: Any) -> Any:
        kwargs.setdefault("autocomplete", "off")
        kwargs.setdefault("data-date-preview", url_for("dates.preview"))
        kwargs.setdefault("data-date-note", f"{self.id}-note")
        return super().__call__(**kwargs)


class LineField(StringField):
    """One line of text, stripped, at most ``longest`` characters."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, longest: int = 200, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, AtMost(longest)], filters=[_stripped], **kwargs)


class ClockTimeField(LineField):
    """A time of day, 14:05."""

    @property
    def time(self) -> time | None:
        """The time typed, None while the field is empty. Raises ``NotATime``."""
        return parse_written_time(self.data) if self.data else None

    def pre_validate(self, form: Any) -> None:
        """Raises ``ValidationError`` for what is no time of day."""
        try:
            _parsed = self.time
        except NotATime as error:
            raise ValidationError(tell(error)) from None


class ParagraphField(TextAreaField):
    """Longer text, stripped, at most ``longest`` characters."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, longest: int = 4000, **kwargs: Any
    ) -> None:
        super().__init__(label, [*validators, AtMost(longest)], filters=[_stripped], **kwargs)


def _number_or_none(value: Any) -> int | None:
    return int(value) if value not in (None, "", "None") else None


class OrganSelect(SelectField):
    """One organ of the district; ``offer`` fills it with those the person may choose."""

    def __init__(self, label: Any = None, validators: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, list(validators), coerce=_number_or_none, choices=[], **kwargs)

    def offer(self, organs: Iterable[tuple[int, str]], *, empty: str | None = None) -> None:
        """``organs`` as (id, name); ``empty`` words the choice of none."""
        chosen = list(organs)
        self.choices = [("", empty), *chosen] if empty is not None else chosen


class UploadField(FileField):
    """One file; say with ``UploadRules`` what is taken."""


class UploadsField(MultipleFileField):
    """Several files at once; say with ``UploadRules`` what is taken."""
