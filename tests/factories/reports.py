"""Figures of annual reports for tests of what is made of them."""

from __future__ import annotations

from hypothesis import strategies as st

from tracker.domain.annual_table import COLUMNS, ROWS, AnnualTable, CellName
from tracker.domain.challenge_table import PARTS, table_of
from tracker.domain.challenges import ChallengeKind
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.report_figures import ReportFigures, YearFees

NUMBERS = st.integers(0, 99_999)


@st.composite
def report_figures(draw: st.DrawFn) -> ReportFigures:
    """Any tables at all, whether or not they add up; table 2 may be missing."""
    cells = draw(
        st.dictionaries(
            st.builds(CellName, st.sampled_from([row.number for row in ROWS]), st.sampled_from(COLUMNS)),
            NUMBERS,
        )
    )
    typed = draw(
        st.none() | st.builds(ProactiveTable, st.dictionaries(st.sampled_from(list(Figure)), NUMBERS))
    )
    counted = draw(
        st.lists(st.tuples(st.sampled_from(list(ChallengeKind)), st.sampled_from(PARTS), NUMBERS), max_size=6)
    )
    return ReportFigures(AnnualTable(cells), typed, table_of(counted), YearFees(draw(NUMBERS), draw(NUMBERS)))
