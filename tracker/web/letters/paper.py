"""A document as the page shows it: the same lines as PDF and .docx, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.adapters.typesetter import for_print
from tracker.domain.letter_document import BlockKind, Layout, LetterDocument


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs of one kind, or the rows of a table. ``keys`` names the blocks they come from."""

    kind: str
    lines: Sequence[str] = ()
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    keys: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything on the sheet. ``open_slots`` tells that number, date and signature are still to come."""

    organ: str
    number: str
    title: str
    addressee: str
    body: Sequence[Section]
    attachments: Sequence[str]
    seal: str
    date: str
    contact: str
    copies: str
    annex: Sequence[Section]
    is_letter: bool
    open_slots: bool


def paper(document: LetterDocument) -> Paper:
    """The sheet of a document, with blanks where slots are open."""
    shown = for_print(document)
    blocks = shown.blocks
    annex = next((n for n, b in enumerate(blocks) if b.kind is BlockKind.ANNEX), len(blocks))
    return Paper(
        organ=shown.organ,
        number=shown.slots.number,
        title=shown.title,
        addressee=f"{shown.addressee}：" if shown.addressee else "",
        body=_sections(shown, 0, annex),
        attachments=shown.attachment_lines(),
        seal=shown.slots.seal,
        date=shown.slots.date,
        contact=shown.contact_line(),
        copies=shown.copies_line(),
        annex=_sections(shown, annex, len(blocks)),
        is_letter=shown.layout is Layout.LETTER,
        open_slots=not document.slots.filled,
    )


def _sections(document: LetterDocument, start: int, end: int) -> list[Section]:
    sections: list[Section] = []
    rows: list[tuple[str, Sequence[str]]] = []
    keys: list[str] = []
    for block in document.blocks[start:end]:
        lines = [line for line in block.text.split("\n") if line]
        if block.kind is BlockKind.ROW:
            rows.append((block.label, lines))
            keys.append(block.key)
            continue
        if rows:
            sections.append(Section("table", rows=tuple(rows), keys=tuple(keys)))
            rows, keys = [], []
        sections.append(Section(str(block.kind), lines, keys=(block.key,)))
    if rows:
        sections.append(Section("table", rows=tuple(rows), keys=tuple(keys)))
    return sections
