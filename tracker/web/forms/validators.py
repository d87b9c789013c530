"""Checks shared by forms; each message says what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from wtforms import Field, FileField, Form, RadioField, SelectField
from wtforms.validators import StopValidation, ValidationError

from tracker.web.context import today

OFFICE_FILES = ("pdf", "jpg", "jpeg", "png", "tif", "tiff", "doc", "docx", "wps", "xls", "xlsx", "ofd", "txt")
IMAGES_AND_PDF = ("pdf", "jpg", "jpeg", "png", "tif", "tiff")
MEBIBYTE = 1024 * 1024


class Filled:
    """The field must be filled in (or chosen)."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Raises ``StopValidation`` when nothing was entered; an unreadable entry keeps its own message."""
        if field.errors:
            raise StopValidation()
        if _is_filled(field.data):
            return
        label = field.label.text
        if isinstance(field, SelectField | RadioField | FileField):
            raise StopValidation(_("请选择“%(label)s”。", label=label))
        raise StopValidation(_("请填写“%(label)s”。", label=label))


def _is_filled(data: Any) -> bool:
    if isinstance(data, str):
        return bool(data.strip())
    if isinstance(data, list):
        return any(_is_filled(item) for item in data)
    return data is not None and bool(data or data == 0)


class AtMost:
    """No more than so many characters."""

    def __init__(self, longest: int) -> None:
        self.longest = longest
        self.field_flags = {"maxlength": longest}

    def __call__(self, form: Form, field: Field) -> None:
        """Raises ``ValidationError`` saying by how many characters the text is too long."""
        over = len(field.data or "") - self.longest
        if over > 0:
            raise ValidationError(
                _("最多 %(longest)d 个字，现在多出 %(over)d 个字，请删减。", longest=self.longest, over=over)
            )


class NotAfterToday:
    """What is recorded has happened: no day after today."""

    def __call__(self, form: Form, field: Field) -> None:
        """Raises ``ValidationError`` for a day to come."""
        if field.data is not None and field.data > today():
            raise ValidationError(_("日期晚于今天，尚未发生的事不能登记，请核对日期。"))


class UploadRules:
    """Kinds of file by their ending, and the largest size of each. The content is checked again when it is stored."""

    def __init__(self, endings: Iterable[str] = OFFICE_FILES, *, mebibytes: int = 20) -> None:
        self.endings = tuple(endings)
        self.mebibytes = mebibytes

    def __call__(self, form: Form, field: Field) -> None:
        """Raises ``ValidationError`` naming the file that is not taken and why."""
        data = field.data if isinstance(field.data, list) else [field.data]
        for upload in data:
            if isinstance(upload, FileStorage) and upload.filename:
                self._check(upload)

    def _check(self, upload: FileStorage) -> None:
        name = upload.filename or ""
        if PurePath(name).suffix.lower().lstrip(".") not in self.endings:
            raise ValidationError(
                _(
                    "“%(name)s”的格式不能收存，请换成 %(endings)s 之一。",
                    name=name,
                    endings="、".join(self.endings),
                )
            )
        size = upload.stream.seek(0, 2)
        upload.stream.seek(0)
        if size == 0:
            raise ValidationError(_("“%(name)s”是空文件，请重新选择。", name=name))
        if size > self.mebibytes * MEBIBYTE:
            raise ValidationError(
                _("“%(name)s”超过 %(limit)d MB，请压缩或拆分后再上传。", name=name, limit=self.mebibytes)
            )
