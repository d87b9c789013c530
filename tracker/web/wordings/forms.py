"""Forms of a wording: its paragraphs one by one, and the reviewer's word on a draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.domain.field_faults import field_faults
from tracker.domain.letter_document import BlockKind
from tracker.domain.letter_template import LetterTemplate
from tracker.web.forms import (
    ChineseDateField,
    Filled,
    LineField,
    ParagraphField,
    TrackerForm,
    UploadField,
    UploadRules,
)
from tracker.web.i18n import tell


class WordingForm(TrackerForm):
    """Base of the forms made here; one field a paragraph."""

    reason = ParagraphField(_l("修改的原因"), [Filled()], longest=500)
    in_force_from = ChineseDateField(_l("启用日期"), [Filled()])
    names: Sequence[str] = ()

    def texts(self) -> list[str]:
        """What was typed, paragraph by paragraph."""
        return [self[name].data or "" for name in self.names]

    def sound(self) -> bool:
        """Whether every merge field is one of the list; what is wrong stands beside its paragraph."""
        for name in self.names:
            found = [tell(fault) for fault in field_faults(self[name].data or "")]
            self[name].errors = [*self[name].errors, *found]
        return not any(self[name].errors for name in self.names)


def wording_form(template: LetterTemplate, formdata: Any, **begin: Any) -> WordingForm:
    """A form for the paragraphs of a document, filled with its texts."""
    own = (*template.paragraphs, *template.closing)
    names = [f"p{n}" for n in range(1, len(own) + 1)]
    fields: dict[str, Any] = {"names": tuple(names)}
    for n, (name, paragraph) in enumerate(zip(names, own, strict=True), start=1):
        kind = _("可改写") if paragraph.kind is BlockKind.FREE else _("固定")
        label = paragraph.label or _("第 %(n)d 段（%(kind)s）", n=n, kind=kind)
        fields[name] = ParagraphField(label, longest=2000)
    data = {name: p.text for name, p in zip(names, own, strict=True)}
    made: WordingForm = type("OwnWordingForm", (WordingForm,), fields)(formdata=formdata, **data, **begin)
    return made


def first_day(today: date) -> dict[str, date]:
    """The day a new draft asks for unless told otherwise."""
    return {"in_force_from": today}


class DecisionForm(TrackerForm):
    """The reviewer's word; needed when a draft goes back."""

    comment = ParagraphField(_l("审核意见"), longest=500)


class ChangeForm(TrackerForm):
    """条款变动: which article reads differently, since when, and how."""

    article = LineField(_l("《条例》条款"), [Filled()], longest=12)
    changed_on = ChineseDateField(_l("施行日期"), [Filled()])
    note = ParagraphField(_l("变动的内容和依据"), [Filled()], longest=500)


class CheckForm(TrackerForm):
    """核对无需修改, with the reason."""

    remark = ParagraphField(_l("不用修改的理由"), [Filled()], longest=500)


class ImportForm(TrackerForm):
    """A library file to make drafts of."""

    file = UploadField(_l("文书库文件"), [UploadRules(("json",), mebibytes=2)])
