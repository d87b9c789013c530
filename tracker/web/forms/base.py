"""The form all forms derive from: CSRF token, the version one started from, errors of lower layers shown in place."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField

from tracker.domain.errors import BreachNeedsReason, Invalid, TrackerError
from tracker.web.i18n import tell


class TrackerForm(FlaskForm):
    """``ids`` keeps the element ids of several forms on one page apart; names stay as they are.

    ``version`` carries the version of what is being edited, so that two people meet as a conflict, not as a loss.
    """

    version = HiddenField()

    def __init__(self, *args: Any, ids: str | None = None, version: int | None = None, **kwargs: Any) -> None:
        if version is not None:
            kwargs["version"] = str(version)
        super().__init__(*args, **kwargs)
        self.needs_reason = False
        if ids:
            for field in self:
                field.id = f"{ids}-{field.name}"
                field.label.field_id = field.id

    @property
    def expected_version(self) -> int:
        """The version the person saw; 0, which never matches, when the field was tampered with."""
        text = str(self.version.data or "")
        return int(text) if text.isdigit() else 0

    def show(self, error: TrackerError) -> None:
        """Put an error of a verb where it belongs: beside the fields it names, else at the head of the form."""
        if isinstance(error, Invalid):
            for name, messages in error.fields.items():
                self._show_at(name, [tell(message) for message in messages])
            return
        self.needs_reason = isinstance(error, BreachNeedsReason)
        self._show_at("", [tell(error)])

    def _show_at(self, name: str, messages: list[str]) -> None:
        field = self._fields.get(name)
        if field is None:
            self.form_errors.extend(messages)
        else:
            field.errors = [*field.errors, *messages]
