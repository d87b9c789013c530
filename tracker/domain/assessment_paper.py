"""考核排名 and an organ's 考核计分表 as they go on paper: Chinese texts, read by the typesetter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.domain.points import Score, ScoreLine, calculation_text, figure_text
from tracker.domain.points_rule import MEASURE_NAMES, Measure, PointsRule, points_text, rule_text
from tracker.domain.points_versions import RuleVersion
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.sheet_paper import SheetPaper, in_chinese

RANKING_TITLE = "政府信息公开申请办理考核排名"
ORGAN_TITLE = "政府信息公开申请办理考核计分表"
NOT_ASSESSED = "不参评"
_NONE = "—"
_NOTES = (
    "期间内没有答复的机关不参评。得分相同的名次相同，其后的名次空出。",
    "比率和天数不足一个单位的按比例扣分，扣分四舍五入到 0.01 分，每一项扣完为止；其他各项按件计。",
)


@dataclass(frozen=True, slots=True)
class Assessed:
    """One organ of a paper; ``score`` None: not assessed."""

    name: str
    place: int | None
    score: Score | None


@dataclass(frozen=True, slots=True)
class AssessmentHead:
    """What stands above either paper."""

    issued_by: str
    period: ReportingPeriod
    version: RuleVersion
    made_on: date
    made_by: str


def ranking_paper(head: AssessmentHead, organs: Sequence[Assessed]) -> SheetPaper:
    """The organs assessed, the best first, with figure and points taken off of every measure; then who is not."""
    rule = head.version.rule
    absent = [each.name for each in organs if each.score is None]
    apart = [f"不参评的机关（{len(absent)} 个）：{'、'.join(absent)}。"] if absent else []
    names = [MEASURE_NAMES[measure] for measure in rule.counted]
    return _paper(
        head,
        RANKING_TITLE,
        organ=head.issued_by,
        facts=[["参评机关", f"{sum(1 for each in organs if each.score)} 个"]],
        widths=[5, 14, 6, *(7 for _ in names)],
        heads=["名次", "机关", "得分", *names],
        numbers=[True, False, True, *(True for _ in names)],
        rows=[_ranked(each, each.score) for each in organs if each.score],
        apart=apart,
        rules=_rules(rule),
        landscape=True,
    )


def organ_paper(head: AssessmentHead, organ: Assessed, assessed: int) -> SheetPaper:
    """One organ, measure by measure; ``assessed``: how many organs have a place."""
    place = f"第 {organ.place} 名（参评 {assessed} 个机关）" if organ.place else ""
    total = f"{points_text(organ.score.total)} 分" if organ.score else NOT_ASSESSED
    rows = [_measured(line) for line in organ.score.lines] if organ.score else []
    if organ.score:
        off, left = points_text(organ.score.off), points_text(organ.score.total)
        rows.append(["合计", points_text(organ.score.full), "", "", "", off, left])
    return _paper(
        head,
        ORGAN_TITLE,
        organ=organ.name,
        facts=[["得分", total], *([["名次", place]] if place else [])],
        widths=[16, 8, 10, 26, 28, 8, 8],
        heads=["项目", "分值", "数字", "规则", "计算", "扣分", "得分"],
        numbers=[False, True, True, False, False, True, True],
        rows=rows,
        apart=[],
        rules=[],
        landscape=False,
    )


def _paper(head: AssessmentHead, title: str, facts: list[list[str]], **own: Any) -> SheetPaper:
    begin = [
        ["期间", in_chinese(head.period.name)],
        ["满分", f"{points_text(head.version.rule.full)} 分"],
    ]
    return SheetPaper(
        {
            "title": title,
            "made_on": head.made_on.isoformat(),
            "facts": [*begin, *facts, ["计分规则", version_in_chinese(head.version)]],
            "made": f"制表：{head.made_by}　{in_chinese(head.made_on)}　数字截至当日",
            "notes": list(_NOTES),
            **own,
        }
    )


def version_in_chinese(version: RuleVersion) -> str:
    """Which version, and from when."""
    if version.in_force_from is None:
        return f"第 {version.number} 版（随系统提供）"
    day = version.in_force_from
    return f"第 {version.number} 版（{day.year}年{day.month}月{day.day}日起）"


def _ranked(each: Assessed, found: Score) -> list[str]:
    place = str(each.place) if each.place else _NONE
    return [place, each.name, points_text(found.total), *map(_figure_and_off, found.lines)]


def _figure_and_off(line: ScoreLine) -> str:
    off = f"\n扣 {points_text(line.off)}" if line.off else ""
    return figure_text(line.measure, line.figure) + off


def _measured(line: ScoreLine) -> list[str]:
    return [
        MEASURE_NAMES[line.measure],
        points_text(line.rule.weight),
        figure_text(line.measure, line.figure),
        in_chinese(rule_text(line.measure, line.rule)),
        in_chinese(calculation_text(line)),
        points_text(line.off),
        points_text(line.left),
    ]


def _rules(rule: PointsRule) -> list[str]:
    return [_told(measure, rule) for measure in rule.counted]


def _told(measure: Measure, rule: PointsRule) -> str:
    worth = points_text(rule[measure].weight)
    return f"{MEASURE_NAMES[measure]}（{worth} 分）：{in_chinese(rule_text(measure, rule[measure]))}"
