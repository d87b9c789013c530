"""One organ's report of a year, and the collection of all: in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.annual_frozen import CellChange
from tracker.domain.annual_report import (
    REPORT_ACT_NAMES,
    REPORT_STATE_NAMES,
    SUBMISSION,
    ReportAct,
    ReportState,
)
from tracker.domain.annual_report import acts_offered as offered_in
from tracker.domain.frozen_report import FigureChange
from tracker.domain.permissions import Permission
from tracker.queries.annual_reports import CollectedReport, ReportFacts, ReportStep
from tracker.web.i18n import NONE_SIGN, instant, plain_day, tell
from tracker.web.list_state import Chip
from tracker.web.reports.presenters import cell_words

MOST_CASES = 20


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case behind a change."""

    number: str
    url: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One cell that is not what was handed in; ``more`` says how many cases are not listed."""

    where: str
    frozen: str
    now: str
    came: tuple[ShownCase, ...]
    went: tuple[ShownCase, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One line of what was done."""

    act: str
    at: str
    who: str
    comment: str


@dataclass(frozen=True, slots=True)
class CollectionLine:
    """One organ in the collection."""

    organ: str
    url: str
    state: str
    mark: str
    submitted: str
    late: str
    failing: int
    differing: str


def shown_changes(changes: Sequence[CellChange]) -> tuple[ShownChange, ...]:
    """Every cell that differs, with the first cases behind it."""
    return tuple(
        ShownChange(
            cell_words(change.at),
            str(change.frozen),
            str(change.now),
            _cases(change.came),
            _cases(change.went),
            _unlisted(change.came) + _unlisted(change.went),
        )
        for change in changes
    )


def shown_figure_changes(changes: Sequence[FigureChange]) -> tuple[ShownChange, ...]:
    """The same of tables 2 and 4 and the fees."""
    return tuple(
        ShownChange(
            _("，").join(tell(name) for name in change.names),
            change.frozen,
            change.now,
            _cases(change.came),
            _cases(change.went),
            _unlisted(change.came) + _unlisted(change.went),
        )
        for change in changes
    )


def _unlisted(named: Sequence[tuple[int, str]]) -> int:
    return max(0, len(named) - MOST_CASES)


def _cases(named: Sequence[tuple[int, str]]) -> tuple[ShownCase, ...]:
    return tuple(
        ShownCase(number, url_for("cases.show", case_id=case_id)) for case_id, number in named[:MOST_CASES]
    )


def shown_steps(steps: Sequence[ReportStep]) -> tuple[ShownStep, ...]:
    """The latest first."""
    return tuple(
        ShownStep(tell(REPORT_ACT_NAMES[step.act]), instant(step.done_at), step.done_by, step.comment or "")
        for step in reversed(steps)
    )


def acts_for(actor: Actor, facts: ReportFacts, today: date) -> frozenset[ReportAct]:
    """What this person may do now."""
    needed = dict.fromkeys(ReportAct, Permission.REPORT_COLLECT) | {
        ReportAct.SUBMIT: Permission.REPORT_SUBMIT
    }
    return frozenset(
        act
        for act in offered_in(facts.state)
        if actor.may(needed[act], facts.organ.id) and (act is not ReportAct.SUBMIT or facts.year < today.year)
    )


def deadline_words(year: int, submitted_on: date | None, today: date) -> str:
    """By when, by which article, and whether it is late."""
    due = SUBMISSION.after(year)
    basis = _("%(source)s%(article)s", source=SUBMISSION.source, article=SUBMISSION.article)
    said = _("%(day)s前提交（%(basis)s）", day=plain_day(due), basis=basis)
    if SUBMISSION.is_late(year, submitted_on or today):
        late = _("已过期，还没有提交") if submitted_on is None else _("逾期提交")
        return _("%(said)s，%(late)s", said=said, late=late)
    return said


def collection_line(found: CollectedReport, year: int) -> CollectionLine:
    """One organ."""
    waiting = found.submitted_on is None
    return CollectionLine(
        organ=found.organ.name,
        url=url_for("reports.report", year=year, organ_code=found.organ.code),
        state=tell(REPORT_STATE_NAMES[found.state]),
        mark="tag-warning" if found.state in {ReportState.DRAFTING, ReportState.RETURNED} else "",
        submitted=NONE_SIGN if waiting else plain_day(found.submitted_on),
        late=(_("逾期未提交") if waiting else _("逾期")) if found.late else "",
        failing=found.failing,
        differing=_("有差异") if found.differing else "",
    )


def collection_lead(found: Sequence[CollectedReport], year: int) -> str:
    """How many have handed in."""
    given = sum(each.submitted_on is not None for each in found)
    return _(
        "%(all)d 个机关，已提交 %(given)d 个，未提交 %(missing)d 个；%(deadline)s前提交。",
        all=len(found),
        given=given,
        missing=len(found) - given,
        deadline=plain_day(SUBMISSION.after(year)),
    )


def collection_chips(years: Sequence[int], year: int) -> list[Chip]:
    """The years."""
    return [Chip(str(each), url_for("reports.collection", year=each), each == year) for each in years]
