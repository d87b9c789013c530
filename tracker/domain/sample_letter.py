"""A document as it will look, with the samples of the field list: what editors and reviewers see."""

from __future__ import annotations

from datetime import date

from tracker.domain.composition import ReplyPart, compose, compose_reply
from tracker.domain.letter_document import LetterDocument
from tracker.domain.letter_template import LetterTemplate, TemplateKind
from tracker.domain.merge_fields import SAMPLES
from tracker.domain.remedies import RemedyBodies

_BODIES = RemedyBodies("（行政复议机关）", "（管辖法院）")


def sample_letter(
    template: LetterTemplate, frame: LetterTemplate, refused: LetterTemplate, on: date
) -> LetterDocument:
    """The document with every sample in place; ``refused`` is the ground shown where a part is refused. Reviewing
    organ and court are an organ's data and stand as such."""
    facts = {name: value for name, value in SAMPLES.items() if name != "refusal_clause"}
    if template.kind in (TemplateKind.NOTICE, TemplateKind.FORM):
        return compose(template, facts, bodies=_BODIES)
    # A frame alone says nothing: it is shown around an answer.
    inner, outer = (refused, template) if template.kind is TemplateKind.FRAME else (template, frame)
    partly = "refusal_clause" in inner.fields
    part = ReplyPart(inner, facts, refused=refused if partly else None)
    return compose_reply(outer, [part], facts, bodies=_BODIES, on=on)
