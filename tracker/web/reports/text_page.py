"""The six parts of a report as they are typed, with what the tables fill in and what does not agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from wtforms import Field

from tracker.domain.annual_prose import contradictions
from tracker.domain.report_fields import REPORT_FIELDS
from tracker.domain.report_figures import ReportFigures
from tracker.domain.report_parts import PART_HELP, PART_NAMES, ReportPart
from tracker.domain.report_text import fill_report_text, open_points
from tracker.queries.report_texts import KeptText
from tracker.web.i18n import NONE_SIGN, tell
from tracker.web.reports.presenters import ShownContradiction, shown_contradictions

Values = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part: the field it is typed in, the text as it is read, last year's beside it. ``kept`` is what somebody else
    has saved meanwhile, where that is another text."""

    key: str
    name: str
    help: str
    field: Field
    lines: tuple[str, ...]
    last: str
    kept: str


@dataclass(frozen=True, slots=True)
class ShownField:
    """One figure a text may take: how it is written, what it means, and its value in this report."""

    written: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """What is to be looked at in one part."""

    part: str
    url: str
    contradictions: tuple[ShownContradiction, ...]
    open: tuple[str, ...]


def shown_parts(
    typed: Mapping[ReportPart, str],
    fields: Mapping[ReportPart, Field],
    kept: KeptText,
    values: Values,
    *,
    overtaken: bool,
) -> tuple[ShownPart, ...]:
    """The six, in order. ``overtaken``: somebody else has saved since the page was opened."""
    return tuple(
        ShownPart(
            str(part),
            tell(PART_NAMES[part]),
            tell(PART_HELP[part]),
            fields[part],
            tuple(fill_report_text(typed.get(part, ""), values).splitlines()),
            kept.last.get(part, ""),
            kept.parts.get(part, "") if overtaken and kept.parts.get(part, "") != typed.get(part, "") else "",
        )
        for part in ReportPart
    )


def shown_fields(values: Values) -> tuple[ShownField, ...]:
    """The vocabulary with today's values."""
    return tuple(
        ShownField(
            f"{{{{ {name} }}}}",
            tell(spec.label),
            NONE_SIGN if (value := values[name]) is None else value,
        )
        for name, spec in REPORT_FIELDS.items()
    )


def shown_findings(
    typed: Mapping[ReportPart, str], values: Values, figures: ReportFigures
) -> tuple[ShownFinding, ...]:
    """Numbers the table contradicts, and what still has to be written, part by part."""
    found = []
    for part in ReportPart:
        filled = fill_report_text(typed.get(part, ""), values)
        wrong = shown_contradictions(contradictions(filled, figures.requests))
        missing = open_points(filled)
        if wrong or missing:
            found.append(ShownFinding(tell(PART_NAMES[part]), f"#{part}", wrong, missing))
    return tuple(found)


def empty_words(part: ReportPart) -> str:
    """What stands where a part has no text."""
    if part in {ReportPart.PROACTIVE, ReportPart.REQUESTS, ReportPart.CHALLENGES}:
        return _("没有文字，只附表。")
    return _("还没有文字。")
