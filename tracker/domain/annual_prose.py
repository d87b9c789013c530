"""正文与表: figures written by hand in the prose of a report that say something else than table 3.

Only sentences of a known build are judged (“新收政府信息公开申请310件”, “不予公开12件”). A figure of another year or
of a part of the year is passed over, and so is every sentence the list does not know: silence is no proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.annual_table import (
    CARRIED_IN,
    CARRIED_OUT,
    COLUMNS,
    LEAVES,
    NEW,
    RESULTS,
    TOTAL,
    AnnualTable,
)
from tracker.domain.vocabulary import N_

_FILL = r"(?:[的共新计为有了各类：:\s]|政府信息|依申请公开|公开|申请|数量|总数|总计|继续办理)*"
_NUMBER = r"(?P<number>\d[\d,]{0,11})\s*(?:件|份|宗|条)"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
_OTHER_SPAN = re.compile(r"去年|同期|上半年|下半年|季度|\d月|上一?年(?!度?结转)|比上|较上|累计")
_NATURAL, _LEGAL = COLUMNS[0], COLUMNS[1:-1]


@dataclass(frozen=True, slots=True)
class Saying:
    """One way of saying a figure: what leads up to it, its name, and the cells whose sum it is."""

    lead: str
    name: str
    rows: tuple[str, ...]
    columns: tuple[str, ...] = (TOTAL,)

    def number_in(self, table: AnnualTable) -> int:
        """What the table says."""
        return sum(table[row, column] for row in self.rows for column in self.columns)


def _under(prefix: str) -> tuple[str, ...]:
    return tuple(row for row in LEAVES if row.startswith(f"{prefix}."))


SAYINGS: tuple[Saying, ...] = (
    Saying(r"(?:收到|新收)", N_("本年新收（第 1 行总计）"), (NEW,)),
    Saying(r"(?:上年|上年度|上一年|上一年度)结转", N_("上年结转（第 2 行总计）"), (CARRIED_IN,)),
    Saying(
        r"结转(?:至|到)?(?:下年度?|下一年度?|次年)", N_("结转下年度继续办理（第 4 行总计）"), (CARRIED_OUT,)
    ),
    Saying(r"(?<!按时)(?<!按期)(?<!延期)办结", N_("办理结果（第 3.7 行总计）"), (RESULTS,)),
    Saying(r"(?<!不)予以公开", N_("予以公开（第 3.1 行总计）"), ("3.1",)),
    Saying(r"部分公开", N_("部分公开（第 3.2 行总计）"), ("3.2",)),
    Saying(r"不予公开", N_("不予公开（第 3.3 各行总计之和）"), _under("3.3")),
    Saying(r"无法提供", N_("无法提供（第 3.4 各行总计之和）"), _under("3.4")),
    Saying(r"不予处理", N_("不予处理（第 3.5 各行总计之和）"), _under("3.5")),
    Saying(r"其他处理", N_("其他处理（第 3.6 各行总计之和）"), _under("3.6")),
    Saying(r"自然人", N_("自然人（第 1 行）"), (NEW,), (_NATURAL,)),
    Saying(r"法人(?:或者?|和)其他组织", N_("法人或其他组织（第 1 行五类之和）"), (NEW,), _LEGAL),
)
_PATTERNS = tuple((saying, re.compile(saying.lead + _FILL + _NUMBER)) for saying in SAYINGS)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A sentence, the number it writes, and what the table says in the cells of ``saying``."""

    sentence: str
    written: int
    saying: Saying
    table: int


def contradictions(prose: str, table: AnnualTable) -> tuple[Contradiction, ...]:
    """Every figure of the prose that the table contradicts, in the order of the text."""
    return tuple(found for sentence in _sentences(prose) for found in _judged(sentence, table))


def _sentences(prose: str) -> Iterator[str]:
    for sentence in re.split(r"[。；;！？\n]", prose.translate(_WIDE)):
        if sentence.strip():
            yield sentence.strip()


def _judged(sentence: str, table: AnnualTable) -> list[Contradiction]:
    found: list[tuple[int, Contradiction]] = []
    for clause in re.finditer(r"[^，、（）()]+", sentence):
        if _OTHER_SPAN.search(clause[0]):
            continue
        for saying, pattern in _PATTERNS:
            for match in pattern.finditer(clause[0]):
                if saying.rows == (NEW,) and "申请" not in sentence:
                    continue
                written = int(match["number"].replace(",", ""))
                if written != saying.number_in(table):
                    place = clause.start() + match.start("number")
                    found.append((place, Contradiction(sentence, written, saying, saying.number_in(table))))
    return [contradiction for _place, contradiction in sorted(found, key=lambda pair: pair[0])]
