"""A whole annual report as an organ handed it in: tables 2 to 4, fees and text, with what stands behind each number.

Reports handed in before tables 2 and 4, fees and text were kept hold table 3 alone; they are read as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.domain.annual_frozen import Place, content_hash, freeze, frozen_table, table_of
from tracker.domain.annual_table import ROWS
from tracker.domain.challenge_table import COLUMN_NAMES, ChallengeColumn, ChallengeTable
from tracker.domain.challenge_table import table_of as challenge_table_of
from tracker.domain.challenges import CHALLENGE_KIND_NAMES, ChallengeKind
from tracker.domain.proactive import FIGURE_NAMES, Figure, ProactiveTable
from tracker.domain.report_figures import ReportFigures, YearFees
from tracker.domain.report_parts import ReportPart
from tracker.domain.report_picture import PictureCounts
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.vocabulary import N_

Named = tuple[int, str]
"""A case by its id and number."""


@dataclass(frozen=True, order=True, slots=True)
class ChallengePlace:
    """One challenge in a year's table 4, and its case."""

    challenge_id: int
    case: Named
    kind: ChallengeKind
    column: ChallengeColumn


@dataclass(frozen=True, order=True, slots=True)
class Payment:
    """One fee paid within the year, in whole yuan, and its case."""

    notice_id: int
    case: Named
    yuan: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """All that is handed in; the figures follow from it. ``texts``: the parts that have one, fields filled in;
    ``counts``: what the picture of the year shows beside the tables."""

    places: tuple[Place, ...] = ()
    proactive: ProactiveTable | None = None
    challenges: tuple[ChallengePlace, ...] = ()
    payments: tuple[Payment, ...] = ()
    texts: Mapping[ReportPart, str] = field(default_factory=dict)
    counts: PictureCounts = field(default_factory=PictureCounts)

    def figures(self) -> ReportFigures:
        """Tables and fees."""
        return ReportFigures(
            table_of(self.places),
            self.proactive,
            challenge_table_of((each.kind, each.column, 1) for each in self.challenges),
            YearFees(len(self.payments), sum(each.yuan for each in self.payments)),
        )


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A number outside table 3 that is not what was handed in, by the names that lead to it; ``came`` and ``went``: the
    cases behind it, none for what is typed."""

    names: tuple[str, ...]
    frozen: str
    now: str
    came: tuple[Named, ...] = ()
    went: tuple[Named, ...] = ()


def freeze_report(handed_in: HandedIn) -> dict[str, Any]:
    """Everything as plain data, in an order that does not depend on the database."""
    figures = handed_in.figures()
    table = figures.challenges or ChallengeTable()
    typed = handed_in.proactive
    return freeze(handed_in.places) | {
        "table2": None if typed is None else {str(figure): typed[figure] for figure in Figure},
        "table4": {str(kind): list(table.line(kind)) for kind in ChallengeKind},
        "challenges": [
            [each.challenge_id, *each.case, str(each.kind), str(each.column)]
            for each in sorted(handed_in.challenges)
        ],
        "fees": [[each.notice_id, *each.case, each.yuan] for each in sorted(handed_in.payments)],
        "picture": {
            "months": list(handed_in.counts.months),
            "channels": {
                str(each): number for each in Channel if (number := handed_in.counts.channels.get(each))
            },
            "answers": [handed_in.counts.answered, handed_in.counts.on_time],
        },
        "texts": {str(part): handed_in.texts[part] for part in ReportPart if handed_in.texts.get(part)},
    }


def agrees(content: Mapping[str, Any], live: HandedIn) -> bool:
    """Whether what was handed in would be the same today, as far as it goes."""
    now = freeze_report(live)
    return content_hash({key: now[key] for key in content}) == content_hash(content)


def same_numbers(content: Mapping[str, Any], now: ReportFigures) -> bool:
    """Whether the tables say today what was handed in, as far as it was kept."""
    then = frozen_figures(content)
    return (
        all(then.requests.line(row.number) == now.requests.line(row.number) for row in ROWS)
        and ("table2" not in content or _ten(then.proactive) == _ten(now.proactive))
        and (then.challenges is None or _fifteen(then.challenges) == _fifteen(now.challenges))
        and (then.fees is None or then.fees == now.fees)
    )


def _ten(table: ProactiveTable | None) -> list[int] | None:
    return None if table is None else [table[figure] for figure in Figure]


def _fifteen(table: ChallengeTable | None) -> list[tuple[int, ...]]:
    return [(table or ChallengeTable()).line(kind) for kind in ChallengeKind]


def frozen_figures(content: Mapping[str, Any]) -> ReportFigures:
    """The numbers that were handed in; None for those an older report does not hold."""
    typed, table = content.get("table2"), content.get("table4")
    fees = frozen_payments(content)
    return ReportFigures(
        frozen_table(content),
        None if typed is None else ProactiveTable({Figure(name): number for name, number in typed.items()}),
        None if table is None else _challenge_table(table),
        None if fees is None else YearFees(len(fees), sum(each.yuan for each in fees)),
    )


def frozen_counts(content: Mapping[str, Any]) -> PictureCounts | None:
    """What the picture shows beside the tables; None in an older report."""
    held = content.get("picture")
    if held is None:
        return None
    channels = {Channel(name): number for name, number in held["channels"].items()}
    return PictureCounts(tuple(held["months"]), channels, *held["answers"])


def frozen_texts(content: Mapping[str, Any]) -> dict[ReportPart, str]:
    """The text that was handed in; none in an older report."""
    return {ReportPart(part): text for part, text in content.get("texts", {}).items()}


def frozen_challenges(content: Mapping[str, Any]) -> tuple[ChallengePlace, ...]:
    """The challenges behind table 4."""
    return tuple(
        ChallengePlace(challenge_id, (case_id, number), ChallengeKind(kind), ChallengeColumn(column))
        for challenge_id, case_id, number, kind, column in content["challenges"]
    )


def frozen_payments(content: Mapping[str, Any]) -> tuple[Payment, ...] | None:
    """The payments behind the fees; None in an older report."""
    if "fees" not in content:
        return None
    return tuple(
        Payment(notice_id, (case_id, number), yuan) for notice_id, case_id, number, yuan in content["fees"]
    )


def figure_changes(content: Mapping[str, Any], live: HandedIn) -> tuple[FigureChange, ...]:
    """What differs outside table 3: table 2, table 4, fees, picture, in this order; nothing for what was not kept."""
    return (
        *_proactive(content, live),
        *_challenges(content, live),
        *_fees(content, live),
        *_picture(content, live.counts),
    )


def _proactive(content: Mapping[str, Any], live: HandedIn) -> Iterator[FigureChange]:
    if "table2" not in content:
        return
    before, now = frozen_figures(content).proactive, live.proactive
    for figure in Figure:
        frozen, current = _written(before, figure), _written(now, figure)
        if frozen != current:
            yield FigureChange((N_("表二"), FIGURE_NAMES[figure]), frozen, current)


def _written(table: ProactiveTable | None, figure: Figure) -> str:
    return "—" if table is None else table.written(figure)


def _challenges(content: Mapping[str, Any], live: HandedIn) -> Iterator[FigureChange]:
    if "table4" not in content:
        return
    before = frozen_challenges(content)
    for kind in ChallengeKind:
        for column in ChallengeColumn:
            then, now = (_in_cell(places, kind, column) for places in (before, live.challenges))
            if then.keys() != now.keys():
                yield FigureChange(
                    (N_("表四"), CHALLENGE_KIND_NAMES[kind], COLUMN_NAMES[column]),
                    str(len(then)),
                    str(len(now)),
                    _missing_in(then, now),
                    _missing_in(now, then),
                )


def _in_cell(
    places: Iterable[ChallengePlace], kind: ChallengeKind, column: ChallengeColumn
) -> dict[int, Named]:
    return {
        each.challenge_id: each.case
        for each in places
        if each.kind is kind and column in {each.column, ChallengeColumn.TOTAL}
    }


def _fees(content: Mapping[str, Any], live: HandedIn) -> Iterator[FigureChange]:
    before = frozen_payments(content)
    if before is None or sorted(before) == sorted(live.payments):
        return
    then, now = ({each: each.case for each in payments} for payments in (before, live.payments))
    yield FigureChange(
        (N_("信息处理费（元）"),),
        str(sum(each.yuan for each in then)),
        str(sum(each.yuan for each in now)),
        _missing_in(then, now),
        _missing_in(now, then),
    )


def _picture(content: Mapping[str, Any], now: PictureCounts) -> Iterator[FigureChange]:
    then = frozen_counts(content)
    if then is None:
        return
    pairs = [
        *(
            ((N_("各月新收"), f"{n}月"), *pair)
            for n, pair in enumerate(zip(then.months, now.months, strict=True), 1)
        ),
        *(
            ((N_("申请渠道"), name), then.channels.get(each, 0), now.channels.get(each, 0))
            for each, name in CHANNEL_NAMES.items()
        ),
        ((N_("全部答复"),), then.answered, now.answered),
        ((N_("按期答复"),), then.on_time, now.on_time),
    ]
    for names, before, after in pairs:
        if before != after:
            yield FigureChange((N_("年报图解"), *names), str(before), str(after))


def _missing_in(lacking: Mapping[Any, Named], having: Mapping[Any, Named]) -> tuple[Named, ...]:
    return tuple(sorted({case for key, case in having.items() if key not in lacking}))


def _challenge_table(lines: Mapping[str, Sequence[int]]) -> ChallengeTable:
    return ChallengeTable(
        {
            (ChallengeKind(kind), column): number
            for kind, line in lines.items()
            for column, number in zip(ChallengeColumn, line, strict=True)
        }
    )
