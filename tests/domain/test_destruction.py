"""When a closed file may be destroyed, to the day, and the paper that stays."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.archiving import Retention, period_ends_on
from tracker.domain.destruction import (
    BLOCK_NAMES,
    LIST_STATE_NAMES,
    Block,
    DestructionList,
    FileState,
    ListedFile,
    ListState,
    blocks,
    decided_line,
    list_paper,
    named,
    proposed_line,
)

YEARS = st.integers(2008, 2100)
KEPT = st.sampled_from(list(Retention))
OVER = FileState(2010, Retention.TEN_YEARS)
FREE_FROM = date(2021, 1, 1)


@given(YEARS, KEPT, st.integers(-800, 800))
def test_a_file_is_free_from_the_day_after_its_period_and_never_if_permanent(
    year: int, kept: Retention, days: int
) -> None:
    ends_on = period_ends_on(year, kept)
    around = (ends_on or date(year, 12, 31)) + timedelta(days)
    free = not blocks(FileState(year, kept), around)
    assert free == (ends_on is not None and around > ends_on)
    if ends_on is not None and kept.years is not None:
        assert ends_on == date(year + kept.years, 12, 31)


@given(
    st.fixed_dictionaries(
        {
            name: st.booleans()
            for name in ("archived", "held", "challenged", "deferred", "destroyed", "listed")
        }
    )
)
def test_each_thing_that_stands_against_it_is_enough(said: dict[str, bool]) -> None:
    state = replace(OVER, **said)
    expected = {
        Block.REOPENED: not said["archived"],
        Block.HELD: said["held"],
        Block.CHALLENGED: said["challenged"],
        Block.DEFERRED: said["deferred"],
        Block.DESTROYED: said["destroyed"],
        Block.LISTED: said["listed"],
    }
    assert set(blocks(state, FREE_FROM)) == {block for block, holds in expected.items() if holds}


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_deferral_ends_after_its_last_day_or_never(until: int, now: int) -> None:
    last, today = FREE_FROM + timedelta(until), FREE_FROM + timedelta(now)
    state = replace(OVER, deferred=True, deferred_until=last)
    assert (Block.DEFERRED in blocks(state, today)) == (today <= last)
    assert Block.DEFERRED in blocks(replace(state, deferred_until=None), today)


def test_everything_has_a_name_and_the_list_names_files_with_their_outcome() -> None:
    assert set(BLOCK_NAMES) == set(Block) and set(LIST_STATE_NAMES) == set(ListState)
    file = ListedFile(
        number="Z109-WS·2010-D10-MZJ-0001",
        case_number="椒民公开受〔2010〕1号",
        title="关于椒民公开受〔2010〕1号政府信息公开申请的《答复书》",
        year=2010,
        retention=Retention.TEN_YEARS,
        ended_on=date(2020, 12, 31),
        pages=14,
        materials=10,
        contents_hash="ab" * 32,
        outcome="已销毁",
    )
    made = DestructionList(
        number="椒民公开销〔2021〕1号",
        organ="椒江区民政局",
        grounds="期满",
        proposed=proposed_line("陈静", "2021-01-04"),
        decided=decided_line("周敏", "2021-01-05", ListState.CARRIED_OUT),
        decision="同意销毁",
        files=(file, replace(file, number="Z109-WS·2010-D10-MZJ-0002", outcome="保留：涉诉保全")),
    )
    paper = list_paper(made)
    text = str(paper)
    assert paper.landscape and paper.title == "档案销毁清册"
    for word in ("0001", "0002", "保留：涉诉保全", "陈静", "确认并销毁：周敏", "共 2 件，28 页", "ab" * 8):
        assert word in text
    assert {field.name for field in fields(ListedFile)}.isdisjoint({"applicant", "name", "phone"})


def test_many_numbers_are_told_in_short() -> None:
    assert named(["甲", "乙"]) == "甲、乙"
    assert named([str(n) for n in range(7)]) == "0、1、2、3、4 等 7 件"
