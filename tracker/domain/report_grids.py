"""Tables 2, 3 and 4 laid out as the notice prints them (国办公开办函〔2021〕30号), for paper, site and sheet alike.

A cell stands in the row where it begins and may reach over several columns and rows, as in HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tracker.domain.annual_table import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMN_NAMES,
    COLUMNS,
    NEW,
    RESULTS,
    AnnualTable,
)
from tracker.domain.challenge_table import COLUMN_NAMES as CHALLENGE_NAMES
from tracker.domain.challenge_table import ChallengeColumn, ChallengeTable
from tracker.domain.challenges import ChallengeKind
from tracker.domain.chinese_numerals import ordinal
from tracker.domain.dispositions import GROUP_NAMES, Group
from tracker.domain.dispositions import ROWS as OUTCOMES
from tracker.domain.dispositions import Row as Outcome
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.report_figures import YearFees

NOT_FILLED = "—"


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: ``across`` columns, ``down`` rows; ``head`` stands in the head of the table or of a part of it."""

    text: str
    across: int = 1
    down: int = 1
    head: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: a short name, the name it is printed under, the widths of its columns in parts, its rows, and how many
    of them are its head."""

    name: str
    title: str
    widths: tuple[int, ...]
    rows: tuple[tuple[GridCell, ...], ...]
    heads: int

    def placed(self) -> Iterator[tuple[int, int, GridCell]]:
        """Each cell with the row and the column at which it begins, both from 0."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                taken |= {
                    (row + down, column + across)
                    for down in range(cell.down)
                    for across in range(cell.across)
                }
                column += cell.across


def _head(text: str, across: int = 1, down: int = 1) -> GridCell:
    return GridCell(text, across, down, head=True)


def _label(text: str, across: int = 1, down: int = 1) -> GridCell:
    return GridCell(text, across, down)


def _number(text: str, across: int = 1) -> GridCell:
    return GridCell(text, across, number=True)


def proactive_grid(table: ProactiveTable | None) -> Grid:
    """表二; a table that nobody has typed shows dashes."""

    def written(figure: Figure, across: int = 1) -> GridCell:
        return _number(NOT_FILLED if table is None else table.written(figure), across)

    def one(item: str, column: str, *rows: tuple[str, Figure]) -> tuple[tuple[GridCell, ...], ...]:
        return (
            (_head(f"第二十条第（{item}）项", 4),),
            (_head("信息内容"), _head(column, 3)),
            *((_label(name), written(figure, 3)) for name, figure in rows),
        )

    return Grid(
        "表二",
        "主动公开政府信息情况",
        (42, 38, 38, 38),
        (
            (_head("第二十条第（一）项", 4),),
            (
                _head("信息内容"),
                _head("本年制发件数"),
                _head("本年废止件数"),
                _head("现行有效件数"),
            ),
            (
                _label("规章"),
                written(Figure.RULES_MADE),
                written(Figure.RULES_REPEALED),
                written(Figure.RULES_IN_FORCE),
            ),
            (
                _label("行政规范性文件"),
                written(Figure.DOCUMENTS_MADE),
                written(Figure.DOCUMENTS_REPEALED),
                written(Figure.DOCUMENTS_IN_FORCE),
            ),
            *one("五", "本年处理决定数量", ("行政许可", Figure.LICENCES)),
            *one("六", "本年处理决定数量", ("行政处罚", Figure.PENALTIES), ("行政强制", Figure.COERCIONS)),
            *one("八", "本年收费金额（单位：万元）", ("行政事业性收费", Figure.FEES)),
        ),
        0,
    )


_RULE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_PARTLY = "部分公开（区分处理的，只计这一情形，不计其他情形）"


def requests_grid(table: AnnualTable) -> Grid:
    """表三: 25 rows of seven numbers under three rows of heads."""

    def line(row: str) -> tuple[GridCell, ...]:
        return tuple(_number(str(number)) for number in table.line(row))

    kinds = COLUMNS[1:-1]
    rows: list[tuple[GridCell, ...]] = [
        (_head(_RULE, 3, 3), _head("申请人情况", len(COLUMNS))),
        (
            _head(COLUMN_NAMES[COLUMNS[0]], down=2),
            _head("法人或其他组织", len(kinds)),
            _head(COLUMN_NAMES[COLUMNS[-1]], down=2),
        ),
        tuple(_head(COLUMN_NAMES[column]) for column in kinds),
        (_label("一、本年新收政府信息公开申请数量", 3), *line(NEW)),
        (_label("二、上年结转政府信息公开申请数量", 3), *line(CARRIED_IN)),
    ]
    results: list[tuple[GridCell, ...]] = []
    for number, (group, members) in enumerate(groupby(OUTCOMES, key=lambda row: row.group), start=1):
        results += [
            (*labels, *line(outcome.number)) for labels, outcome in _outcomes(number, group, list(members))
        ]
    results.append((_label(f"（{ordinal(len(GROUP_NAMES) + 1)}）总计", 2), *line(RESULTS)))
    results[0] = (_label("三、本年度办理结果", down=len(results)), *results[0])
    rows += results
    rows.append((_label("四、结转下年度继续办理", 3), *line(CARRIED_OUT)))
    return Grid(
        "表三", "收到和处理政府信息公开申请情况", (10, 17, 45, 12, 12, 12, 12, 12, 12, 12), tuple(rows), 3
    )


def _outcomes(
    number: int, group: Group, members: Sequence[Outcome]
) -> Iterator[tuple[tuple[GridCell, ...], Outcome]]:
    name = f"（{ordinal(number)}）{_PARTLY if group is Group.PARTLY_DISCLOSED else GROUP_NAMES[group]}"
    for place, outcome in enumerate(members, start=1):
        if len(members) == 1:
            yield (_label(name, 2),), outcome
        elif place == 1:
            yield (_label(name, down=len(members)), _label(f"{place}.{outcome.name}")), outcome
        else:
            yield (_label(f"{place}.{outcome.name}"),), outcome


_SUITS = (
    (ChallengeKind.DIRECT_SUIT, "未经复议直接起诉"),
    (ChallengeKind.SUIT_AFTER_RECONSIDERATION, "复议后起诉"),
)


def challenges_grid(table: ChallengeTable | None) -> Grid:
    """表四: one row of fifteen numbers; dashes where it was not kept with the report."""
    columns = list(ChallengeColumn)
    names = tuple(CHALLENGE_NAMES[column] for column in columns)
    return Grid(
        "表四",
        "政府信息公开行政复议、行政诉讼情况",
        (1,) * (3 * len(columns)),
        (
            (_head("行政复议", len(columns)), _head("行政诉讼", 2 * len(columns))),
            (
                *(_head(name, down=2) for name in names),
                *(_head(name, len(columns)) for _kind, name in _SUITS),
            ),
            tuple(_head(name) for _suit in _SUITS for name in names),
            tuple(
                _number(NOT_FILLED if table is None else str(table[kind, column]))
                for kind in ChallengeKind
                for column in columns
            ),
        ),
        3,
    )


def fees_grid(fees: YearFees | None) -> Grid:
    """信息处理费, for the workbook; in the report it is said in words."""
    payments, yuan = (NOT_FILLED, NOT_FILLED) if fees is None else (str(fees.payments), str(fees.yuan))
    return Grid(
        "信息处理费",
        "收取信息处理费情况",
        (1, 1),
        ((_head("本年收取笔数"), _head("本年收取金额（单位：元）")), (_number(payments), _number(yuan))),
        1,
    )
