"""Handing in a register, and saying what its headings mean."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import ValidationError

from tracker.domain.ledger_columns import Column
from tracker.web.forms import Filled, ParagraphField, TrackerForm, UploadField


class RegisterForm(TrackerForm):
    """One Excel file."""

    file = UploadField(_l("台账文件"), [Filled()])

    def validate_file(self, field: UploadField) -> None:
        """Only the ending is looked at here; what the file really is, the verb finds out."""
        name = field.data.filename if isinstance(field.data, FileStorage) else ""
        if name and not name.lower().endswith((".xlsx", ".xlsm")):
            raise ValidationError(_("请选择 .xlsx 文件；旧版 .xls 请先在 Excel 中另存为 .xlsx。"))

    def handed_in(self) -> tuple[str, bytes]:
        """Name and content."""
        file = self.file.data
        return file.filename or "", file.read()


class VoidForm(TrackerForm):
    """作废本次导入."""

    void_reason = ParagraphField(_l("作废的原因"), [Filled()], longest=500)


def meanings_from_request(places: int) -> Mapping[int, Column | None]:
    """What was chosen for each heading; anything that is no column of ours counts as none."""
    known = {str(column): column for column in Column}
    return {place: known.get(request.form.get(f"column-{place}", "")) for place in range(places)}
