"""年度报告表二: 主动公开政府信息情况 (条例第二十条), typed in by each organ (国办公开办函〔2021〕30号).

Numbers are 件; fees are kept in 分 and written in 万元. What is in force at the end of a year is what was at the end of
the last, and what was made, less what was repealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from tracker.domain.errors import Invalid, TrackerError
from tracker.domain.vocabulary import N_


class Figure(StrEnum):
    """One number of table 2, in its order."""

    RULES_MADE = "rules_made"
    RULES_REPEALED = "rules_repealed"
    RULES_IN_FORCE = "rules_in_force"
    DOCUMENTS_MADE = "documents_made"
    DOCUMENTS_REPEALED = "documents_repealed"
    DOCUMENTS_IN_FORCE = "documents_in_force"
    LICENCES = "licences"
    PENALTIES = "penalties"
    COERCIONS = "coercions"
    FEES = "fees"


FIGURE_NAMES: dict[Figure, str] = {
    Figure.RULES_MADE: N_("规章：本年制发件数"),
    Figure.RULES_REPEALED: N_("规章：本年废止件数"),
    Figure.RULES_IN_FORCE: N_("规章：现行有效件数"),
    Figure.DOCUMENTS_MADE: N_("行政规范性文件：本年制发件数"),
    Figure.DOCUMENTS_REPEALED: N_("行政规范性文件：本年废止件数"),
    Figure.DOCUMENTS_IN_FORCE: N_("行政规范性文件：现行有效件数"),
    Figure.LICENCES: N_("行政许可：本年处理决定数量"),
    Figure.PENALTIES: N_("行政处罚：本年处理决定数量"),
    Figure.COERCIONS: N_("行政强制：本年处理决定数量"),
    Figure.FEES: N_("行政事业性收费：本年收费金额（万元）"),
}

FEN_A_WAN = 1_000_000
"""分 in one 万元."""

_STOCKS: tuple[tuple[Figure, Figure, Figure], ...] = (
    (Figure.RULES_MADE, Figure.RULES_REPEALED, Figure.RULES_IN_FORCE),
    (Figure.DOCUMENTS_MADE, Figure.DOCUMENTS_REPEALED, Figure.DOCUMENTS_IN_FORCE),
)
_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ProactiveTable:
    """The ten numbers; a missing one is 0."""

    figures: Mapping[Figure, int] = field(default_factory=dict)

    def __getitem__(self, figure: Figure) -> int:
        """The number in 件, of fees in 分."""
        return self.figures.get(figure, 0)

    def written(self, figure: Figure) -> str:
        """As the table prints it: 件, or 万元 without needless zeros."""
        number = self[figure]
        if figure is not Figure.FEES:
            return str(number)
        return format((Decimal(number) / FEN_A_WAN).normalize(), "f")


@dataclass(frozen=True, slots=True)
class StockBreak:
    """现行有效 that does not follow from the year before; ``figure`` names which."""

    figure: Figure
    last: int
    made: int
    repealed: int
    in_force: int

    @property
    def expected(self) -> int:
        """What it would have to be."""
        return self.last + self.made - self.repealed


def sum_of(tables: Iterable[ProactiveTable]) -> ProactiveTable:
    """The table of several organs together."""
    sums: dict[Figure, int] = {}
    for table in tables:
        for figure in Figure:
            sums[figure] = sums.get(figure, 0) + table[figure]
    return ProactiveTable(sums)


def stock_breaks(table: ProactiveTable, last: ProactiveTable | None) -> tuple[StockBreak, ...]:
    """Where 现行有效 is not last year's + 制发 − 废止; nothing is judged without last year's table."""
    if last is None:
        return ()
    found = (
        StockBreak(stock, last[stock], table[made], table[repealed], table[stock])
        for made, repealed, stock in _STOCKS
    )
    return tuple(each for each in found if each.in_force != each.expected)


def read_figures(typed: Mapping[str, str]) -> ProactiveTable:
    """The table as typed, by the names of the figures. Raises ``Invalid`` naming every number that is none."""
    figures: dict[Figure, int] = {}
    wrong: dict[str, list[TrackerError | str]] = {}
    for figure in Figure:
        text = typed.get(figure, "").strip().replace(",", "").replace("，", "")
        pattern = _AMOUNT if figure is Figure.FEES else _COUNT
        if pattern.fullmatch(text):
            figures[figure] = int(Decimal(text) * FEN_A_WAN) if figure is Figure.FEES else int(text)
        elif not text:
            wrong[figure] = [N_("请填写数字，没有的填 0。")]
        elif figure is Figure.FEES:
            wrong[figure] = [N_("请填写以万元为单位的金额，例如 59237.2449，最多六位小数。")]
        else:
            wrong[figure] = [N_("请填写不小于 0 的整数。")]
    if wrong:
        raise Invalid(wrong)
    return ProactiveTable(figures)
