"""A wording as pages show it."""

from __future__ import annotations

from typing import Any

from tracker.domain.letter_template import LetterTemplate, TemplateKind
from tracker.domain.sample_letter import sample_letter
from tracker.domain.vocabulary import N_
from tracker.extensions import db
from tracker.queries.letter_templates import library
from tracker.web.context import today
from tracker.web.letters.paper import paper

KIND_NAMES: dict[TemplateKind, str] = {
    TemplateKind.FRAME: N_("首尾"),
    TemplateKind.REPLY: N_("答复"),
    TemplateKind.NOTICE: N_("告知、通知和函"),
    TemplateKind.FORM: N_("表单"),
}


def lines_of(template: LetterTemplate) -> list[str]:
    """The wording paragraph by paragraph, as a redline compares it."""
    own = [template.title] + [
        f"{p.label}：{p.text}" if p.label else p.text for p in (*template.paragraphs, *template.closing)
    ]
    return [*own, template.refusal_clause] if template.refusal_clause else own


def sample_of(template: LetterTemplate) -> Any:
    """The sheet of paper with samples in it."""
    known = library(db.session(), today(), None)
    frame, refused = known["reply_frame"].template, known["refused_third_party"].template
    return paper(sample_letter(template, frame, refused, today()))
