"""A standard document written out as the file it is kept in, and with its texts changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.domain.letter_document import BlockKind, Layout, clean
from tracker.domain.letter_template import LetterTemplate, Paragraph, TemplateRemedy, parse_template


def reworded(template: LetterTemplate, texts: Sequence[str]) -> LetterTemplate:
    """The document with other texts in its paragraphs, opening to closing; an emptied paragraph is left out.

    Structure, outcome and remedy stay: they follow from the law and are not wording. Raises ``ValueError`` when the
    number of texts differs, ``Invalid`` when a text is malformed.
    """
    own = (*template.paragraphs, *template.closing)
    if len(texts) != len(own):
        raise ValueError(f"{len(own)} paragraphs, {len(texts)} texts")
    # What reads the same stays as it is, blanks for signatures included.
    new = [
        p if clean(text) == clean(p.text) else replace(p, text=clean(text))
        for p, text in zip(own, texts, strict=True)
    ]
    at = len(template.paragraphs)
    changed = replace(
        template,
        paragraphs=tuple(p for p in new[:at] if p.text),
        closing=tuple(p for p in new[at:] if p.text),
    )
    return parse_template(template_source(changed))


def template_source(template: LetterTemplate) -> str:
    """TOML that reads back as the same document."""
    head: dict[str, object] = {
        "key": template.key,
        "name": template.name,
        "title": template.title,
        "kind": str(template.kind),
        "articles": list(template.articles),
        "number_suffix": template.number_suffix,
        "addressee": template.addressee,
        "disposition": template.disposition,
        "refusal_clause": template.refusal_clause,
        "remedy": "" if template.remedy is TemplateRemedy.NONE else str(template.remedy),
        "layout": "" if template.layout is Layout.LETTER else str(template.layout),
        "contact": template.contact,
    }
    lines = list(_pairs(head, ("key", "name", "kind", "addressee", "articles", "contact")))
    for table, paragraphs in (("paragraph", template.paragraphs), ("closing", template.closing)):
        for paragraph in paragraphs:
            lines += ["", f"[[{table}]]", *_pairs(_plain(paragraph), ("text",))]
    return "\n".join(lines) + "\n"


def _plain(paragraph: Paragraph) -> dict[str, object]:
    return {
        "kind": "" if paragraph.kind is BlockKind.FIXED else str(paragraph.kind),
        "label": paragraph.label,
        "when": paragraph.when,
        "joins": paragraph.joins,
        "text": paragraph.text,
    }


def _pairs(values: Mapping[str, object], always: Sequence[str]) -> Iterator[str]:
    # A JSON string, list or truth is one of TOML too; DEL alone is not, and ``clean`` takes it out.
    for name, value in values.items():
        if value or name in always:
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"
