"""What a review left behind, as pages show it: comments beside paragraphs, redlines, the checklist, earlier cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.dispositions import ROW_OF, Disposition
from tracker.domain.letter_document import LetterDocument
from tracker.domain.redline import Run, redline
from tracker.domain.return_reasons import RETURN_REASON_NAMES, known_reasons
from tracker.domain.review_checklist import (
    ANSWER_NAMES,
    POINTS,
    SIGHT_NAMES,
    Answer,
    Finding,
    Sight,
)
from tracker.models import LegalReview, Letter
from tracker.queries.similar_cases import SimilarCase
from tracker.web.i18n import instant, tell
from tracker.web.letters.review_form import found_words

Lines = Sequence[Sequence[Run]]


@dataclass(frozen=True, slots=True)
class Note:
    """A comment on a paragraph. ``moved``: the paragraph reads otherwise by now; ``was`` is how it read."""

    id: int
    text: str
    who: str
    at: datetime
    done: str
    moved: bool
    was: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of a letter, word by word."""

    title: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One point of a checklist that was filled in."""

    name: str
    answer: str
    sight: str
    found: str


@dataclass(frozen=True, slots=True)
class SimilarLine:
    """One earlier reply."""

    url: str
    number: str
    organ: str
    description: str
    outcome: str
    signed_on: date | None
    points: int
    why: str


def notes_on(letter: Letter, *, only_open: bool = False) -> dict[str, list[Note]]:
    """Comments by the key of their paragraph; those of paragraphs that are gone under the empty key."""
    blocks = (
        {b.key: b.text for b in LetterDocument.from_data(letter.content).blocks} if letter.content else {}
    )
    found: dict[str, list[Note]] = {}
    for each in letter.comments:
        if only_open and each.dealt_with_at is not None:
            continue
        done = ""
        if each.dealt_with_at is not None:
            name = each.dealt_with_by.name if each.dealt_with_by else ""
            done = _("已处理：%(name)s，%(at)s", name=name, at=instant(each.dealt_with_at))
        note = Note(
            each.id,
            each.text,
            each.author.name,
            each.made_at,
            done,
            blocks.get(each.block_key) != each.paragraph,
            each.paragraph,
        )
        found.setdefault(each.block_key if each.block_key in blocks else "", []).append(note)
    return found


def last_reviewed(letter: Letter) -> Compared | None:
    """The present text against the one reviewed last, where they differ; None when there was none before."""
    reviewed = [r for r in letter.reviews if r.step == "review" and r.content]
    before = next((r for r in reversed(reviewed) if r.text_hash != letter.text_hash), None)
    if before is None or not letter.content or (reviewed[-1].text_hash == letter.text_hash):
        return None
    title = _("与上次审查的文字对照（%(at)s）", at=instant(before.decided_at))
    return Compared(title, redline(_lines(before.content), _lines(letter.content)))


def amendments(review: LegalReview) -> Compared | None:
    """What a reviewer changed in the text that was handed in."""
    if review.manner != "amended" or not review.submitted_content:
        return None
    title = _("审查人的修改")
    return Compared(title, redline(_lines(review.submitted_content), _lines(review.content)))


def answer_lines(review: LegalReview) -> list[AnswerLine]:
    """The checklist of a decision as it was answered; points without an answer are left out."""
    return [
        _answer_line(tell(p.name), review.answers[p.point])
        for p in POINTS
        if (review.answers or {}).get(p.point, {}).get("answer")
    ]


def reason_names(review: LegalReview) -> str:
    """Kinds of reasons of a return."""
    return _("、").join(tell(RETURN_REASON_NAMES[reason]) for reason in known_reasons(review.reasons))


def similar_lines(found: Sequence[SimilarCase]) -> list[SimilarLine]:
    """Earlier replies in words."""
    return [
        SimilarLine(
            url_for("letters.show", letter_id=each.letter_id),
            each.number,
            each.organ,
            each.description,
            tell(ROW_OF[Disposition(each.disposition)].register_name) if each.disposition else "",
            each.signed_on,
            each.likeness.points,
            _("；").join(_(text, **words) for text, words in each.likeness.reasons()),
        )
        for each in found
    ]


def _answer_line(name: str, kept: Mapping[str, Any]) -> AnswerLine:
    finding = Finding(Sight(kept["sight"]), kept["found"], kept.get("params", {}))
    return AnswerLine(
        name,
        tell(ANSWER_NAMES[Answer(kept["answer"])]),
        tell(SIGHT_NAMES[finding.sight]),
        found_words(finding),
    )


def _lines(content: Mapping[str, Any] | None) -> list[str]:
    if not content:
        return []
    document = LetterDocument.from_data(content)
    head = [document.title, f"{document.addressee}：" if document.addressee else ""]
    body = [f"{b.label}：{b.text}" if b.label else b.text for b in document.blocks]
    return [line for line in (*head, *body, *document.attachment_lines()) if line]
