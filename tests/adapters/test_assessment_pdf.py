"""考核排名 and 考核计分表 on paper: PDF/A that says every number of the assessment."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from tests.adapters.test_sheet_pdf import strings, text_of
from tests.adapters.test_typesetter import HOSTILE, squeezed
from tracker.adapters.fonts import FontSet
from tracker.adapters.typesetter import MemoryRenderer, TypstRenderer
from tracker.domain.assessment_paper import Assessed, AssessmentHead, organ_paper, ranking_paper
from tracker.domain.points import score
from tracker.domain.points_rule import SHIPPED_RULE, Measure
from tracker.domain.points_versions import SHIPPED, RuleVersion
from tracker.domain.reporting_period import ReportingPeriod
from tracker.domain.sheet_paper import SheetPaper

INSTANCE = Path(__file__).parents[2] / "instance"
DECIDED = RuleVersion(2, SHIPPED_RULE, date(2026, 7, 1), "原因", "沈督查")
HEAD = AssessmentHead("椒江区", ReportingPeriod(2026, quarter=3), DECIDED, date(2026, 11, 23), "沈督查")
GOOD = Assessed("椒江区财政局", 1, score(SHIPPED_RULE, {m: SHIPPED_RULE[m].target for m in Measure}))
POOR = Assessed(
    "椒江区民政局",
    2,
    score(
        SHIPPED_RULE,
        {Measure.ON_TIME_RATE: 964, Measure.LATE: 60, Measure.MEDIAN: 165, Measure.UNARCHIVED: 30},
    ),
)
NOBODY = Assessed("椒江区档案馆", None, None)


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    return TypstRenderer(FontSet.of_installation(INSTANCE))


def ranking() -> SheetPaper:
    return ranking_paper(HEAD, [GOOD, POOR, NOBODY])


@pytest.mark.parametrize("paper", [ranking(), organ_paper(HEAD, POOR, 2)], ids=["ranking", "organ"])
def test_every_text_stands_on_the_paper(renderer: TypstRenderer, paper: SheetPaper) -> None:
    assert renderer.missing_on_sheet(paper) == ()
    content = renderer.assessment_pdf(paper)
    text = text_of(content)
    told = {key: value for key, value in paper.data.items() if key != "made_on"}
    for wanted in strings(told):
        assert squeezed(wanted) in text, wanted
    xmp = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]["/Metadata"].get_data().decode()  # type: ignore[index]
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfaid:conformance>B</pdfaid:conformance>" in xmp


def test_the_ranking_names_place_points_and_what_each_measure_cost() -> None:
    data = ranking().data
    assert data["heads"][:3] == ["名次", "机关", "得分"] and len(data["heads"]) == 3 + 7
    best, second = data["rows"]
    assert best[:4] == ["1", "椒江区财政局", "100", "100.0%"]
    assert second[:6] == ["2", "椒江区民政局", "81.9", "96.4%\n扣 3.6", "6\n扣 10", "16.5\n扣 1.5"]
    assert data["apart"] == ["不参评的机关（1 个）：椒江区档案馆。"]
    assert ["参评机关", "2 个"] in data["facts"]
    assert data["facts"][-1] == ["计分规则", "第 2 版（2026年7月1日起）"]
    assert all(
        len(row) == len(data["heads"]) == len(data["widths"]) == len(data["numbers"]) for row in data["rows"]
    )


def test_the_sheet_of_an_organ_shows_the_sum() -> None:
    data = organ_paper(HEAD, POOR, 2).data
    assert ["名次", "第 2 名（参评 2 个机关）"] in data["facts"] and ["得分", "81.9 分"] in data["facts"]
    late = next(row for row in data["rows"] if row[0] == "逾期答复")
    assert late == ["逾期答复", "10", "6", "每件扣 2 分", "6 件 × 2 分 = 12 分，扣完 10 分为止", "10", "0"]
    assert data["rows"][-1] == ["合计", "100", "", "", "", "18.1", "81.9"]


def test_without_an_answer_and_without_a_decision_the_paper_says_so(renderer: TypstRenderer) -> None:
    head = AssessmentHead("椒江区", ReportingPeriod(2026), SHIPPED, date(2026, 11, 23), "沈督查")
    text = text_of(renderer.assessment_pdf(organ_paper(head, NOBODY, 0)))
    assert "得分：不参评" in text and "期间内没有答复，不参评。" in text and "随系统提供" in text


def test_the_longest_ranking_and_hostile_names_are_set(renderer: TypstRenderer) -> None:
    many = [Assessed(f"{HOSTILE}{n}", n, POOR.score) for n in range(1, 61)]
    content = renderer.assessment_pdf(ranking_paper(HEAD, many))
    text = text_of(content)
    assert '#read("/etc/passwd")' in text and "root:" not in text
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    assert len(pages) > 2 and all("名次" in page.extract_text() for page in pages[:-1])


def test_the_twin_holds_the_same_data() -> None:
    assert "椒江区民政局".encode() in MemoryRenderer().assessment_pdf(ranking())
