"""The annual report as one document: what .docx, PDF and the page for the site all say, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.annual_report import HANDED_IN, REPORT_STATE_NAMES, ReportState
from tracker.domain.chinese_numerals import chinese_date
from tracker.domain.report_figures import ReportFigures, YearFees
from tracker.domain.report_grids import (
    Grid,
    challenges_grid,
    fees_grid,
    proactive_grid,
    requests_grid,
)
from tracker.domain.report_parts import PART_NAMES, ReportPart

LONGEST_TITLE_LINE = 20
"""Characters of 二号 in 156 mm."""
FEES_NAMED = "信息处理费"
_SECOND_LEVEL = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。\n]{1,30}。?")


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One part: its heading, its paragraphs, the table that stands under them."""

    heading: str
    paragraphs: tuple[str, ...]
    grid: Grid | None = None


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A report. ``note`` stands under the title while it is not published (编制中…); ``signed_on`` is the day it was
    handed in, empty before; ``digest`` the SHA-256 of what was handed in."""

    organ: str
    year: int
    title: str
    sections: tuple[ReportSection, ...]
    fees: Grid
    note: str = ""
    signed_on: str = ""
    digest: str = ""

    @property
    def grids(self) -> tuple[Grid, ...]:
        """All tables, in their order."""
        return (*(section.grid for section in self.sections if section.grid is not None), self.fees)

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as GB/T 9704 wants it broken: where its sense does, and only if one line cannot hold it."""
        if len(self.title) <= LONGEST_TITLE_LINE or not self.title.startswith(self.organ):
            return (self.title,)
        return self.organ, self.title.removeprefix(self.organ)

    def lines(self) -> Iterator[str]:
        """Every text in reading order."""
        yield self.title
        if self.note:
            yield self.note
        for section in self.sections:
            yield section.heading
            yield from section.paragraphs
            if section.grid is not None:
                yield from (cell.text for row in section.grid.rows for cell in row)
        if self.signed_on:
            yield from (self.organ, self.signed_on)

    def characters(self) -> frozenset[str]:
        """Every character a reader must be able to see."""
        return frozenset(sign for line in self.lines() for sign in line if not sign.isspace())

    def to_data(self) -> dict[str, Any]:
        """Plain data for the typesetter."""
        return {
            "organ": self.organ,
            "title": self.title,
            "title_lines": list(self.title_lines),
            "note": self.note,
            "signed_on": self.signed_on,
            "sections": [
                {
                    "heading": section.heading,
                    "paragraphs": [list(split_heading(text)) for text in section.paragraphs],
                    "grid": None if section.grid is None else _grid_data(section.grid),
                }
                for section in self.sections
            ],
        }


def report_document(
    organ: str,
    year: int,
    figures: ReportFigures,
    texts: Mapping[ReportPart, str],
    *,
    note: str = "",
    signed_on: str = "",
    digest: str = "",
) -> ReportDocument:
    """The report from its figures and its text, fields filled in."""
    grids: dict[ReportPart, Grid] = {
        ReportPart.PROACTIVE: proactive_grid(figures.proactive),
        ReportPart.REQUESTS: requests_grid(figures.requests),
        ReportPart.CHALLENGES: challenges_grid(figures.challenges),
    }
    return ReportDocument(
        organ,
        year,
        f"{organ}{year}年政府信息公开工作年度报告",
        tuple(
            ReportSection(PART_NAMES[part], _paragraphs(part, texts, figures.fees), grids.get(part))
            for part in ReportPart
        ),
        fees_grid(figures.fees),
        note,
        signed_on,
        digest,
    )


def note_of(state: ReportState, today: date) -> str:
    """What stands under the title of a report that is not published."""
    if state is ReportState.PUBLISHED:
        return ""
    if state in HANDED_IN:
        return f"（{REPORT_STATE_NAMES[state]}）"
    return f"（{REPORT_STATE_NAMES[state]}，数字截至{chinese_date(today)}）"


def split_heading(paragraph: str) -> tuple[str, str]:
    """The heading of the second level with which a paragraph begins, set in 楷体 by GB/T 9704, and the rest."""
    found = _SECOND_LEVEL.match(paragraph)
    return (found[0], paragraph[found.end() :]) if found else ("", paragraph)


def fees_sentence(fees: YearFees) -> str:
    """What part six must say of the fees."""
    return f"本年收取{FEES_NAMED}{fees.payments}笔，共{fees.yuan}元。"


def _paragraphs(part: ReportPart, texts: Mapping[ReportPart, str], fees: YearFees | None) -> tuple[str, ...]:
    typed = tuple(line for line in texts.get(part, "").splitlines() if line)
    if part is ReportPart.OTHER and fees is not None and FEES_NAMED not in "".join(typed):
        return (*typed, fees_sentence(fees))
    return typed


def _grid_data(grid: Grid) -> dict[str, Any]:
    return {
        "title": grid.title,
        "widths": list(grid.widths),
        "heads": grid.heads,
        "cells": [
            {
                "text": cell.text,
                "across": cell.across,
                "down": cell.down,
                "head": cell.head,
                "number": cell.number,
            }
            for row in grid.rows
            for cell in row
        ],
    }
