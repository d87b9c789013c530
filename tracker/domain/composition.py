"""Composing: from standard wording and facts to a document. Pure and strict: what lacks is named, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.domain.chinese_numerals import ordinal
from tracker.domain.dispositions import Disposition
from tracker.domain.errors import Missing
from tracker.domain.letter_document import Block, BlockKind, LetterDocument, clean
from tracker.domain.letter_template import (
    LetterTemplate,
    Paragraph,
    TemplateRemedy,
    fields_in,
    fill_text,
)
from tracker.domain.merge_fields import FIELDS, Entry
from tracker.domain.remedies import Part, RemedyBodies, clauses, either_clause, third_party_clause
from tracker.domain.vocabulary import N_


@dataclass(frozen=True, slots=True)
class ReplyPart:
    """One item asked for and how it is answered. ``refused`` is the template of the ground on which part of the item
    is refused (部分公开 only)."""

    template: LetterTemplate
    facts: Mapping[str, str] = field(default_factory=dict)
    item: str = ""
    refused: LetterTemplate | None = None

    @property
    def outcome(self) -> Disposition:
        return Disposition(self.template.disposition)


def compose(
    template: LetterTemplate,
    facts: Mapping[str, str],
    *,
    bodies: RemedyBodies | None = None,
    attachments: Sequence[str] = (),
    copies: Sequence[str] = (),
) -> LetterDocument:
    """A notice or form from one template.

    Raises ``Missing`` naming every field that has no value, ``ValueError`` for a fact that is not in the vocabulary.
    """
    facts = clean_facts(facts)
    require_fields(template.required, facts)
    blocks = _blocks((*template.paragraphs, *template.closing), facts, "p")
    if template.remedy in (TemplateRemedy.EITHER, TemplateRemedy.THIRD_PARTY):
        if bodies is None:
            raise Missing([N_("本机关的行政复议机关和管辖法院")])
        at = len(_blocks(template.paragraphs, facts, "p"))
        blocks.insert(at, Block(BlockKind.REMEDY, "remedy.1", _own_clause(template, bodies)))
    return LetterDocument(
        organ=facts["organ"],
        title=template.title,
        addressee=fill_text(template.addressee, facts),
        blocks=tuple(blocks),
        layout=template.layout,
        attachments=tuple(clean(a, one_line=True) for a in attachments),
        contact=_contact(facts) if template.contact else (),
        copies=tuple(copies),
    )


def compose_reply(
    frame: LetterTemplate,
    parts: Sequence[ReplyPart],
    facts: Mapping[str, str],
    *,
    bodies: RemedyBodies,
    on: date,
    attachments: Sequence[str] = (),
) -> LetterDocument:
    """A reply to the whole request: opening, what is decided on each item, remedy, closing.

    ``on`` is the day whose law decides the remedy clause. Raises ``Missing`` naming every field without a value and
    every body the organ's data lack.
    """
    if not parts:
        raise Missing([N_("办理结果")])
    shared = clean_facts(facts)
    lacking: list[str] = list(_lacking(frame.required, shared))
    for part in parts:
        lacking += _lacking(_required_of(part), {**shared, **clean_facts(part.facts), **_derived(part)})
    if lacking:
        raise Missing(tuple(dict.fromkeys(lacking)))
    blocks = _blocks(frame.paragraphs, shared, "opening")
    for n, part in enumerate(parts, start=1):
        blocks += _part_blocks(part, shared, n, several=len(parts) > 1)
    remedy = clauses(remedy_parts(parts), on, bodies)
    blocks += [Block(BlockKind.REMEDY, f"remedy.{n}", text) for n, text in enumerate(remedy, start=1)]
    blocks += _blocks(frame.closing, shared, "closing")
    return LetterDocument(
        organ=shared["organ"],
        title=parts[0].template.title if len(parts) == 1 else frame.title,
        addressee=fill_text(frame.addressee, shared),
        blocks=tuple(blocks),
        attachments=tuple(clean(a, one_line=True) for a in attachments),
        contact=_contact(shared),
    )


def clean_facts(facts: Mapping[str, str]) -> dict[str, str]:
    """Facts as they may stand in a letter; empty ones count as absent. Raises ``ValueError`` for unknown names."""
    unknown = [name for name in facts if name not in FIELDS]
    if unknown:
        raise ValueError(f"facts outside the vocabulary: {', '.join(unknown)}")
    kept = {
        name: clean(value, one_line=FIELDS[name].entry is not Entry.PARAGRAPH).rstrip("。；; \n")
        for name, value in facts.items()
        if value
    }
    return {name: value for name, value in kept.items() if value}


def require_fields(names: Iterable[str], facts: Mapping[str, str]) -> None:
    """Raise ``Missing`` naming, in words, each field without a value."""
    lacking = tuple(_lacking(names, facts))
    if lacking:
        raise Missing(lacking)


def _lacking(names: Iterable[str], facts: Mapping[str, str]) -> Iterable[str]:
    return [FIELDS[name].label for name in names if not facts.get(name)]


def _required_of(part: ReplyPart) -> tuple[str, ...]:
    required = part.template.required
    if part.refused is None:
        return required
    return (*required, *fields_in(part.refused.refusal_clause))


def _derived(part: ReplyPart) -> dict[str, str]:
    if part.refused is None:
        return {}
    own = clean_facts(part.facts)
    if any(name not in own for name in fields_in(part.refused.refusal_clause)):
        return {"refusal_clause": part.refused.name}
    return {"refusal_clause": fill_text(part.refused.refusal_clause, own)}


def _part_blocks(part: ReplyPart, shared: Mapping[str, str], n: int, *, several: bool) -> list[Block]:
    facts = {**shared, **clean_facts(part.facts), **_derived(part)}
    blocks = []
    if several:
        item = clean(part.item, one_line=True)
        blocks.append(Block(BlockKind.ITEM, f"item.{n}", f"{ordinal(n)}、关于“{item}”"))
    return blocks + _blocks(part.template.paragraphs, facts, f"part{n}")


def remedy_parts(parts: Sequence[ReplyPart]) -> list[Part]:
    """The parts of a reply as the remedy clause tells them apart; 部分公开 counts as two."""
    found: list[Part] = []
    for n, part in enumerate(parts, start=1):
        label = f"第{ordinal(n)}项" if len(parts) > 1 else None
        if part.outcome is not Disposition.PARTLY_DISCLOSED:
            found.append(Part(part.outcome, label))
            continue
        found.append(Part(Disposition.DISCLOSED, f"{label}予以公开的" if label else None))
        if part.refused is not None:
            found.append(Part(Disposition(part.refused.disposition), f"{label}不予公开的" if label else None))
    return found


def _blocks(paragraphs: Sequence[Paragraph], facts: Mapping[str, str], prefix: str) -> list[Block]:
    blocks: list[Block] = []
    for n, paragraph in enumerate(paragraphs, start=1):
        if paragraph.is_left_out(facts):
            continue
        text = paragraph.filled(facts)
        if paragraph.joins and blocks:
            last = blocks[-1]
            blocks[-1] = Block(last.kind, last.key, last.text + text, last.label)
        else:
            blocks.append(Block(paragraph.kind, f"{prefix}.{n}", text, paragraph.label))
    return blocks


def _own_clause(template: LetterTemplate, bodies: RemedyBodies) -> str:
    if template.remedy is TemplateRemedy.THIRD_PARTY:
        return third_party_clause(bodies)
    return either_clause(bodies.require(), "对本答复不服的")


def _contact(facts: Mapping[str, str]) -> tuple[str, ...]:
    named = (("联系人", "organ_contact"), ("联系电话", "organ_phone"))
    return tuple(f"{label}：{facts[name]}" for label, name in named if facts.get(name))
