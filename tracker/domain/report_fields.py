"""数据项: the listed vocabulary of an annual report's text, each taken from tables 2 to 4 or the fees of part six.

Names are Chinese, for those who type them: ``{{ 新收申请 }}``. A name that is not here is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.annual_table import CARRIED_IN, CARRIED_OUT, COLUMNS, NEW, RESULTS, TOTAL
from tracker.domain.challenge_table import COLUMN_NAMES, ChallengeColumn
from tracker.domain.challenges import CHALLENGE_KIND_NAMES, ChallengeKind
from tracker.domain.dispositions import ROWS as OUTCOMES
from tracker.domain.proactive import FIGURE_NAMES, Figure
from tracker.domain.report_figures import ReportFigures
from tracker.domain.request_terms import REPORT_KIND_NAMES
from tracker.domain.vocabulary import N_

Read = Callable[[ReportFigures], str | None]
"""The value as the text shows it; None where the table has not been filled in."""

ORGAN, YEAR, LAST_YEAR = "机关名称", "年度", "上年度"


@dataclass(frozen=True, slots=True)
class ReportField:
    """One figure a text may take: its name between the braces, where it stands, and how it is read. Those whom the
    report is about and its years have no ``read``: they come with the report."""

    name: str
    label: str
    read: Read | None = None


def _cases(name: str, label: str, rows: tuple[str, ...], columns: tuple[str, ...] = (TOTAL,)) -> ReportField:
    return ReportField(
        name, label, lambda all_of: str(sum(all_of.requests[row, col] for row in rows for col in columns))
    )


def _leaves(prefix: str) -> tuple[str, ...]:
    return tuple(row.number for row in OUTCOMES if row.number.startswith(f"{prefix}."))


def _proactive(name: str, figure: Figure) -> ReportField:
    return ReportField(
        name,
        FIGURE_NAMES[figure],
        lambda all_of: None if all_of.proactive is None else all_of.proactive.written(figure),
    )


def _challenges(
    name: str, label: str, kinds: tuple[ChallengeKind, ...], column: ChallengeColumn
) -> ReportField:
    def read(all_of: ReportFigures) -> str | None:
        table = all_of.challenges
        return None if table is None else str(sum(table[kind, column] for kind in kinds))

    return ReportField(name, label, read)


_SUITS = (ChallengeKind.DIRECT_SUIT, ChallengeKind.SUIT_AFTER_RECONSIDERATION)
_GROUPS: tuple[tuple[str, str, tuple[ChallengeKind, ...]], ...] = (
    ("复议", CHALLENGE_KIND_NAMES[ChallengeKind.RECONSIDERATION], (ChallengeKind.RECONSIDERATION,)),
    ("诉讼", N_("行政诉讼"), _SUITS),
)
_RESULTS: tuple[tuple[str, ChallengeColumn], ...] = (
    ("维持", ChallengeColumn.UPHELD),
    ("纠正", ChallengeColumn.CORRECTED),
    ("其他", ChallengeColumn.OTHER),
    ("未结", ChallengeColumn.PENDING),
)

_FIELDS: tuple[ReportField, ...] = (
    ReportField(ORGAN, N_("报告机关的名称")),
    ReportField(YEAR, N_("报告年度")),
    ReportField(LAST_YEAR, N_("报告年度的上一年")),
    _cases("新收申请", N_("本年新收（第 1 行总计）"), (NEW,)),
    _cases("自然人申请", N_("自然人（第 1 行）"), (NEW,), COLUMNS[:1]),
    _cases("法人申请", N_("法人或其他组织（第 1 行五类之和）"), (NEW,), COLUMNS[1:-1]),
    *(
        _cases(f"{REPORT_KIND_NAMES[kind]}申请", REPORT_KIND_NAMES[kind], (NEW,), (str(kind),))
        for kind in list(REPORT_KIND_NAMES)[1:]
    ),
    _cases("上年结转", N_("上年结转（第 2 行总计）"), (CARRIED_IN,)),
    _cases("办结", N_("办理结果（第 3.7 行总计）"), (RESULTS,)),
    _cases("结转下年", N_("结转下年度继续办理（第 4 行总计）"), (CARRIED_OUT,)),
    _cases("予以公开", N_("予以公开（第 3.1 行总计）"), ("3.1",)),
    _cases("部分公开", N_("部分公开（第 3.2 行总计）"), ("3.2",)),
    _cases("不予公开", N_("不予公开（第 3.3 各行总计之和）"), _leaves("3.3")),
    _cases("无法提供", N_("无法提供（第 3.4 各行总计之和）"), _leaves("3.4")),
    _cases("不予处理", N_("不予处理（第 3.5 各行总计之和）"), _leaves("3.5")),
    _cases("其他处理", N_("其他处理（第 3.6 各行总计之和）"), _leaves("3.6")),
    *(
        _cases(f"表三第{row.number}行", row.register_name, (row.number,))
        for row in OUTCOMES
        if row.number.count(".") > 1
    ),
    _proactive("规章制发", Figure.RULES_MADE),
    _proactive("规章废止", Figure.RULES_REPEALED),
    _proactive("规章有效", Figure.RULES_IN_FORCE),
    _proactive("规范性文件制发", Figure.DOCUMENTS_MADE),
    _proactive("规范性文件废止", Figure.DOCUMENTS_REPEALED),
    _proactive("规范性文件有效", Figure.DOCUMENTS_IN_FORCE),
    _proactive("行政许可", Figure.LICENCES),
    _proactive("行政处罚", Figure.PENALTIES),
    _proactive("行政强制", Figure.COERCIONS),
    _proactive("行政事业性收费", Figure.FEES),
    *(_challenges(f"行政{short}", label, kinds, ChallengeColumn.TOTAL) for short, label, kinds in _GROUPS),
    *(
        _challenges(f"{short}{said}", COLUMN_NAMES[column], kinds, column)
        for short, _label, kinds in _GROUPS
        for said, column in _RESULTS
    ),
    ReportField(
        "收费笔数",
        N_("信息处理费：本年收取笔数"),
        lambda all_of: None if all_of.fees is None else str(all_of.fees.payments),
    ),
    ReportField(
        "收费金额",
        N_("信息处理费：本年收取金额（元）"),
        lambda all_of: None if all_of.fees is None else str(all_of.fees.yuan),
    ),
)

REPORT_FIELDS: dict[str, ReportField] = {each.name: each for each in _FIELDS}
FIELD_LABELS: dict[str, str] = {each.name: each.label for each in _FIELDS}


def report_values(figures: ReportFigures, organ: str, year: int) -> dict[str, str | None]:
    """The value of every field in one report."""
    about = {ORGAN: organ, YEAR: str(year), LAST_YEAR: str(year - 1)}
    return {
        name: about[name] if spec.read is None else spec.read(figures) for name, spec in REPORT_FIELDS.items()
    }
