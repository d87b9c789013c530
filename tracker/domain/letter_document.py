"""The one document model of a letter (公文). Both typesetters, the page and the hash read this and nothing else.

A document is frozen text. Its number, its date and the signature under the seal are named slots that stay open until
sign-off; approvals bind to the hash of the text with the slots open, the issued letter to the hash with them filled.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

SCHEMA = 1
OPEN_NUMBER, OPEN_DATE, OPEN_SEAL = _OPEN = ("{number}", "{date}", "{seal}")


_BLANKS = " \u3000\n"


class BlockKind(StrEnum):
    """What a paragraph is: ``fixed`` standard wording, ``free`` wording the drafter may edit, ``item`` the heading of
    one item asked for, ``remedy`` the remedy clause, ``annex`` the title of a form on a page of its own, ``row`` one
    line of a form with its label."""

    FIXED = "fixed"
    FREE = "free"
    ITEM = "item"
    REMEDY = "remedy"
    ANNEX = "annex"
    ROW = "row"


class Layout(StrEnum):
    """信函格式 of GB/T 9704, or a plain form (表单) for the file."""

    LETTER = "letter"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. ``key`` names it within the document, so that an edit finds it again."""

    kind: BlockKind
    key: str
    text: str
    label: str = ""

    @property
    def room(self) -> int:
        """Millimetres a row of a form keeps free for a hand: to sign and date, to note something, to give reasons.
        0 where the row is filled in."""
        if self.kind is not BlockKind.ROW:
            return 0
        left = self.text.strip(_BLANKS)
        if not left:
            return 24
        if not left.strip(_BLANKS + "年月日"):
            return 18
        return 36 if left.startswith("（") and left.endswith("）") else 0


@dataclass(frozen=True, slots=True)
class Slots:
    """What sign-off fills: 发文字号, 成文日期, and the signature (署名) the seal is put over."""

    number: str = OPEN_NUMBER
    date: str = OPEN_DATE
    seal: str = OPEN_SEAL

    @property
    def filled(self) -> bool:
        return all(a != b for a, b in zip((self.number, self.date, self.seal), _OPEN, strict=True))


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """One letter, complete but for its slots."""

    organ: str
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    layout: Layout = Layout.LETTER
    attachments: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    slots: Slots = field(default_factory=Slots)

    def fill(self, *, number: str, date: str, seal: str) -> LetterDocument:
        """The issued document. Raises ``ValueError`` when it was filled before: an issued text never changes."""
        if self.slots != Slots():
            raise ValueError("the slots of this document are filled already")
        return replace(self, slots=Slots(number, date, seal))

    def with_texts(self, texts: Mapping[str, str]) -> LetterDocument:
        """The document with the drafter's own words in its free paragraphs.

        Keys that name no free paragraph are ignored: wording that is fixed cannot be edited from outside.
        """
        return replace(
            self,
            blocks=tuple(
                replace(b, text=clean(texts[b.key])) if b.kind is BlockKind.FREE and b.key in texts else b
                for b in self.blocks
            ),
        )

    def lines(self) -> Iterator[str]:
        """Every line of text in reading order, exactly what PDF, .docx and page must show."""
        head = (self.organ, self.slots.number)
        yield from head if self.layout is Layout.LETTER else reversed(head)
        yield self.title
        if self.addressee:
            yield f"{self.addressee}："
        if self.layout is Layout.FORM:
            yield from self._block_lines()
            yield from self._closing_lines()
            return
        annex = next((i for i, b in enumerate(self.blocks) if b.kind is BlockKind.ANNEX), len(self.blocks))
        yield from self._block_lines(end=annex)
        yield from self.attachment_lines()
        yield from self._closing_lines()
        yield from self._block_lines(start=annex)

    def attachment_lines(self) -> tuple[str, ...]:
        """附件说明 after GB/T 9704: numbered only when there are several."""
        if len(self.attachments) == 1:
            return (f"附件：{self.attachments[0]}",)
        return tuple(
            f"{'附件：' if n == 1 else ''}{n}. {name}" for n, name in enumerate(self.attachments, start=1)
        )

    def contact_line(self) -> str:
        """附注 in brackets under the date, empty when the letter gives no contact."""
        return f"（{'；'.join(self.contact)}）" if self.contact else ""

    def copies_line(self) -> str:
        """抄送, empty when there are no copies."""
        return f"抄送：{'，'.join(self.copies)}。" if self.copies else ""

    def text(self) -> str:
        """All lines, one a line."""
        return "\n".join(self.lines())

    def characters(self) -> frozenset[str]:
        """Every character a reader must be able to see."""
        return frozenset(c for c in self.text() if not c.isspace())

    def to_data(self) -> dict[str, Any]:
        """Plain data for storage and typesetting; ``from_data`` reads it back."""
        return {
            "schema": SCHEMA,
            "layout": str(self.layout),
            "organ": self.organ,
            "title": self.title,
            "addressee": self.addressee,
            "blocks": [
                {"kind": str(b.kind), "key": b.key, "label": b.label, "text": b.text} for b in self.blocks
            ],
            "attachments": list(self.attachments),
            "contact": list(self.contact),
            "copies": list(self.copies),
            "slots": {"number": self.slots.number, "date": self.slots.date, "seal": self.slots.seal},
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> LetterDocument:
        """A stored document. Raises ``KeyError`` or ``ValueError`` when it is none of ours."""
        if data["schema"] != SCHEMA:
            raise ValueError(f"a document of schema {data['schema']} cannot be read")
        return cls(
            organ=data["organ"],
            title=data["title"],
            addressee=data["addressee"],
            blocks=tuple(
                Block(BlockKind(b["kind"]), b["key"], b["text"], b["label"]) for b in data["blocks"]
            ),
            layout=Layout(data["layout"]),
            attachments=tuple(data["attachments"]),
            contact=tuple(data["contact"]),
            copies=tuple(data["copies"]),
            slots=Slots(**data["slots"]),
        )

    def canonical(self) -> str:
        """Canonical JSON: sorted keys, no blanks, so that equal texts have equal bytes."""
        return json.dumps(self.to_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def digest(self) -> str:
        """SHA-256 of the canonical text: with open slots what approvals bind to, filled what was issued."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    def _block_lines(self, start: int = 0, end: int | None = None) -> Iterator[str]:
        for block in self.blocks[start:end]:
            if block.label:
                yield block.label
            yield from (line for line in block.text.split("\n") if line)

    def _closing_lines(self) -> Iterator[str]:
        if self.layout is Layout.LETTER:
            yield self.slots.seal
            yield self.slots.date
        yield from filter(None, (self.contact_line(), self.copies_line()))


_KEPT_FORMATS = frozenset("\u200d\ufe0f")
_DROPPED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def clean(text: str, *, one_line: bool = False) -> str:
    """Text fit for a letter: normalised line ends, no control or direction characters, no blanks at the ends.

    Letters, signs and rare characters stay exactly as typed; only what no reader can see is dropped. With
    ``one_line`` every run of white space becomes one blank.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(
        c
        for c in text
        if c == "\n" or c in _KEPT_FORMATS or unicodedata.category(c) not in _DROPPED_CATEGORIES
    )
    if one_line:
        return " ".join(kept.split())
    return "\n".join(line.strip() for line in kept.split("\n") if line.strip())
