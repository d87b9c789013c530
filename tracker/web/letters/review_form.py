"""The form of a review: made anew for each draft, since points and paragraphs are those of the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from wtforms import RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.domain.letter_document import Block, BlockKind, LetterDocument, clean
from tracker.domain.return_reasons import RETURN_REASON_NAMES, ReturnReason, known_reasons
from tracker.domain.review_checklist import ANSWER_NAMES, SIGHT_NAMES, CheckPoint, Finding
from tracker.services.legal_review import Opinion, Verdict
from tracker.services.review_comments import LONGEST
from tracker.services.review_facts import Checklist
from tracker.web.forms import Filled, ParagraphField, TrackerForm
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class PointFields:
    """One point: its question and articles, what the machine found, and the field of the answer."""

    name: str
    question: str
    articles: str
    sight: str
    sight_name: str
    found: str
    answer: Any


class ReviewForm(TrackerForm):
    """Base of the forms made here."""

    points: Sequence[CheckPoint] = ()
    found: Mapping[str, Finding] = {}
    blocks: Sequence[Block] = ()

    def checklist(self) -> Iterator[PointFields]:
        """The points in their order."""
        for p in self.points:
            finding = self.found[p.point]
            yield PointFields(
                tell(p.name),
                tell(p.question),
                "，".join(p.articles()),
                str(finding.sight),
                tell(SIGHT_NAMES[finding.sight]),
                found_words(finding),
                self[f"answer-{p.point}"],
            )

    def fields_of(self, key: str) -> tuple[Any, Any]:
        """The comment and, where the paragraph is free, the rewording of one paragraph; None where it has none."""
        return self._fields.get(f"comment-{key}"), self._fields.get(f"text-{key}")

    def comments(self) -> dict[str, str]:
        """Comments that were typed, by paragraph."""
        return {b.key: t for b in self.blocks if (t := clean(self[f"comment-{b.key}"].data or ""))}

    def texts(self) -> dict[str, str]:
        """Free paragraphs that were changed; an emptied one counts as left as it was."""
        typed = {
            b.key: clean(self[f"text-{b.key}"].data or "") for b in self.blocks if f"text-{b.key}" in self
        }
        was = {b.key: b.text for b in self.blocks}
        return {key: text for key, text in typed.items() if text and text != was[key]}

    def said(self) -> Opinion:
        """Everything that was said."""
        return Opinion(
            Verdict(self["verdict"].data),
            self["opinion"].data or "",
            answers={str(p.point): self[f"answer-{p.point}"].data or "" for p in self.points},
            reasons=known_reasons(self["reasons"].data),
            comments=self.comments(),
            texts=self.texts(),
        )

    def without_comments(self) -> None:
        """Empty the fields of comments that have been kept."""
        for block in self.blocks:
            self[f"comment-{block.key}"].data = ""


def found_words(finding: Finding) -> str:
    """What the machine found, as a sentence."""
    return _(finding.text, **{name: tell(str(value)) for name, value in finding.params.items()})


def review_form(checklist: Checklist, document: LetterDocument, **given: Any) -> ReviewForm:
    """A form for a draft as it reads now."""
    fields: dict[str, Any] = {
        "points": checklist.points,
        "found": checklist.found,
        "blocks": document.blocks,
        "verdict": RadioField(
            _("审查结论"),
            [Filled()],
            choices=[
                SelectChoice(str(Verdict.APPROVED), _("通过")),
                SelectChoice(str(Verdict.RETURNED), _("退回修改")),
            ],
        ),
        "reasons": SelectMultipleField(
            _("退回原因"),
            choices=[SelectChoice(str(r), tell(RETURN_REASON_NAMES[r])) for r in ReturnReason],
            option_widget=CheckboxInput(),
            widget=ListWidget(prefix_label=False),
        ),
        "opinion": ParagraphField(_("审查意见")),
    }
    data: dict[str, Any] = {}
    for p in checklist.points:
        fields[f"answer-{p.point}"] = RadioField(
            tell(p.name),
            [Optional()],
            choices=[SelectChoice(str(a), tell(ANSWER_NAMES[a])) for a in p.answers],
            validate_choice=False,
        )
    for n, block in enumerate(document.blocks, start=1):
        fields[f"comment-{block.key}"] = ParagraphField(_("对第 %(n)d 段的批注", n=n), longest=LONGEST)
        if block.kind is BlockKind.FREE:
            fields[f"text-{block.key}"] = ParagraphField(_("第 %(n)d 段改为", n=n))
            data[f"text-{block.key}"] = block.text
    made: ReviewForm = type("OwnReviewForm", (ReviewForm,), fields)(ids="review", data=data, **given)
    return made
