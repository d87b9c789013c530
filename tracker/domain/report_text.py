"""The text of an annual report: figures filled in, what is wrong with a text, what still has to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.domain.errors import TrackerError
from tracker.domain.field_faults import field_faults
from tracker.domain.letter_document import clean
from tracker.domain.report_fields import FIELD_LABELS
from tracker.domain.report_parts import LONGEST_PART
from tracker.domain.vocabulary import N_

GAP = "（表中尚未填报）"
"""Stands for a figure of a table that nobody has filled in."""

_FIELD = re.compile(r"\{\{\s*([^{}\n]+?)\s*\}\}")
_BLANK = re.compile(r"【[^【】\n]{1,200}】")
_FULL_WIDTH = str.maketrans("｛｝", "{}")


def clean_report_text(text: str) -> str:
    """Fit to keep: braces typed in full width mean the same, empty lines and unseen characters go."""
    return clean(text.translate(_FULL_WIDTH))


def report_text_faults(text: str) -> tuple[TrackerError, ...]:
    """What forbids keeping a text: a field that is not listed, or more than ``LONGEST_PART`` characters."""
    faults = field_faults(text, FIELD_LABELS)
    if len(text) > LONGEST_PART:
        too_long = TrackerError(
            N_("这一部分有 %(n)d 个字，最多 %(most)d 个，请压缩。"), n=len(text), most=LONGEST_PART
        )
        return (too_long, *faults)
    return faults


def fill_report_text(text: str, values: Mapping[str, str | None]) -> str:
    """The text as it is read; a field that is not listed stays as typed."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if name not in values:
            return found[0]
        filled = values[name]
        return GAP if filled is None else filled

    return _FIELD.sub(value, text)


def open_points(filled: str) -> tuple[str, ...]:
    """What still has to be written: marks in ``【】``, and figures nobody has filled in."""
    marks = tuple(dict.fromkeys(_BLANK.findall(filled)))
    return (*marks, GAP) if GAP in filled else marks
