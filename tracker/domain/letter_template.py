"""标准文书: the wording of one document as plain data, read from TOML and checked against the listed vocabulary.

A template holds text and ``{{ field }}`` and nothing else: no conditions but "this paragraph only when that field is
there", no loops, no code.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tracker.domain.errors import Invalid
from tracker.domain.letter_document import BlockKind, Layout
from tracker.domain.merge_fields import FIELDS
from tracker.domain.vocabulary import N_

_FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


class TemplateKind(StrEnum):
    """``frame`` opens every reply; ``reply`` tells one outcome; ``notice`` is a procedural step; ``form`` is for the
    file."""

    FRAME = "frame"
    REPLY = "reply"
    NOTICE = "notice"
    FORM = "form"


class TemplateRemedy(StrEnum):
    """Whether the document carries a remedy clause, and whose; ``either`` leaves the choice whatever the outcome."""

    NONE = "none"
    BY_OUTCOME = "by_outcome"
    EITHER = "either"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of wording. ``when`` names the field without which it is left out; ``joins`` continues the
    paragraph before it."""

    kind: BlockKind
    text: str
    label: str = ""
    when: str = ""
    joins: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields the text takes, in the order they stand."""
        return tuple(dict.fromkeys(_FIELD.findall(self.text)))

    def is_left_out(self, facts: Mapping[str, str]) -> bool:
        return bool(self.when) and not facts.get(self.when)

    def filled(self, facts: Mapping[str, str]) -> str:
        """The text with its fields in place. A value is text: whatever it holds is never read as a field again."""
        return _FIELD.sub(lambda found: facts[found[1]], self.text)


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One document's wording. ``number_suffix`` tells its numbers from those of replies (椒民公开补〔2026〕1号)."""

    key: str
    name: str
    title: str
    kind: TemplateKind
    articles: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]
    closing: tuple[Paragraph, ...] = ()
    remedy: TemplateRemedy = TemplateRemedy.NONE
    layout: Layout = Layout.LETTER
    addressee: str = "{{ applicant }}"
    number_suffix: str = ""
    disposition: str = ""
    refusal_clause: str = ""
    contact: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field the document may take."""
        texts = (self.addressee, self.refusal_clause)
        named = [name for text in texts for name in _FIELD.findall(text)]
        for p in (*self.paragraphs, *self.closing):
            named += [*p.fields, *([p.when] if p.when else [])]
        return tuple(dict.fromkeys(named))

    @property
    def required(self) -> tuple[str, ...]:
        """Fields without which the document cannot be composed: those outside optional paragraphs."""
        named = list(_FIELD.findall(self.addressee))
        for p in (*self.paragraphs, *self.closing):
            named += [f for f in p.fields if not p.when]
        return tuple(dict.fromkeys(named))

    @property
    def optional(self) -> tuple[str, ...]:
        """Fields that only optional paragraphs take."""
        return tuple(
            f for f in self.fields if f not in self.required and f not in _FIELD.findall(self.refusal_clause)
        )

    @property
    def series(self) -> str:
        """Number series of the document: one for all replies, one for each notice."""
        return (
            "letter:reply" if self.kind in (TemplateKind.FRAME, TemplateKind.REPLY) else f"letter:{self.key}"
        )


def parse_template(source: str) -> LetterTemplate:
    """Read the wording of one document.

    Raises ``Invalid`` naming what is wrong: no TOML, an unknown or malformed field, an unknown kind, no paragraphs.
    """
    try:
        raw = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(f"{N_('不是有效的模板文件')}：{error}") from error
    try:
        template = _read(raw)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _invalid(f"{N_('模板缺少内容或者内容有误')}：{error}") from error
    _check(template)
    return template


def _read(raw: Mapping[str, Any]) -> LetterTemplate:
    return LetterTemplate(
        key=raw["key"],
        name=raw["name"],
        title=raw.get("title", ""),
        kind=TemplateKind(raw["kind"]),
        articles=tuple(raw.get("articles", ())),
        paragraphs=tuple(_paragraph(p) for p in raw["paragraph"]),
        closing=tuple(_paragraph(p) for p in raw.get("closing", ())),
        remedy=TemplateRemedy(raw.get("remedy", "none")),
        layout=Layout(raw.get("layout", "letter")),
        addressee=raw.get("addressee", "{{ applicant }}"),
        number_suffix=raw.get("number_suffix", ""),
        disposition=raw.get("disposition", ""),
        refusal_clause=raw.get("refusal_clause", ""),
        contact=raw.get("contact", True),
    )


def _paragraph(raw: Mapping[str, Any]) -> Paragraph:
    return Paragraph(
        kind=BlockKind(raw.get("kind", "fixed")),
        text=raw["text"].strip("\n"),
        label=raw.get("label", ""),
        when=raw.get("when", ""),
        joins=raw.get("joins", False),
    )


def _check(template: LetterTemplate) -> None:
    if not template.paragraphs:
        raise _invalid(N_("模板没有正文。"))
    unknown = [name for name in template.fields if name not in FIELDS]
    if unknown:
        raise _invalid(f"{N_('合并字段不在字段表中')}：{'、'.join(unknown)}")
    texts = [p.text for p in (*template.paragraphs, *template.closing)]
    texts += [template.addressee, template.refusal_clause, template.title]
    if (template.kind is TemplateKind.REPLY) is not (template.remedy is TemplateRemedy.BY_OUTCOME):
        raise _invalid(N_("答复类文书的救济告知须按办理结果带出（by_outcome），其他文书不得如此。"))
    for before, after in zip(template.paragraphs, template.paragraphs[1:], strict=False):
        if after.joins and before.kind is not after.kind:
            raise _invalid(N_("接续的段落须与前一段同类，固定文字不能接在可改写的段落之后。"))
    if any(_STRAY.search(_FIELD.sub("", text)) for text in texts):
        raise _invalid(N_("模板中有写法不对的合并字段，应写作 {{ 字段名 }}。"))


def _invalid(message: str) -> Invalid:
    return Invalid({"source": [message]})


def fill_text(text: str, facts: Mapping[str, str]) -> str:
    """A short text (an addressee, a clause) with its fields in place; all of them must be among the facts."""
    return _FIELD.sub(lambda found: facts[found[1]], text)


def fields_in(text: str) -> tuple[str, ...]:
    """Fields a short text takes."""
    return tuple(_FIELD.findall(text))
