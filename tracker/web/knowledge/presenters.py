"""Model replies in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from tracker.domain.dispositions import ROW_OF_TEMPLATE, VARIANT_OF
from tracker.queries.model_replies import ModelFacts
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One model reply in a list or beside a draft. ``grounds``: outcomes and grounds of what is refused."""

    url: str
    grounds: tuple[str, ...]
    subject: str
    organ: str
    comment: str
    paragraphs: tuple[str, ...]
    marked_by: str
    marked_on: date


def model_line(facts: ModelFacts) -> ModelLine:
    """One of them."""
    return ModelLine(
        url=url_for("knowledge.model", model_id=facts.id),
        grounds=tuple(tell(VARIANT_OF[key].name) for key in facts.templates),
        subject=facts.subject,
        organ=facts.organ,
        comment=facts.comment,
        paragraphs=tuple(facts.text.split("\n")),
        marked_by=facts.marked_by,
        marked_on=facts.marked_on,
    )


def model_lines(all_facts: Sequence[ModelFacts]) -> list[ModelLine]:
    """Several."""
    return [model_line(facts) for facts in all_facts]


def ground_name(template: str) -> str:
    """An outcome with the row of the annual table it counts in."""
    return f"{ROW_OF_TEMPLATE[template].number} {tell(VARIANT_OF[template].name)}"
