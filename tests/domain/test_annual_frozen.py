"""What was handed in stays readable as it was, and a later table differs from it by exactly the cases that moved."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.annual_checks import Identity, check_table
from tracker.domain.annual_frozen import (
    CellChange,
    Place,
    changes_since,
    content_hash,
    freeze,
    frozen_places,
    frozen_table,
    table_of,
)
from tracker.domain.annual_table import COLUMNS, LEAVES, ROWS, CellName

NATURAL, FIRM = COLUMNS[0], COLUMNS[1]
ENDINGS = st.one_of(st.just(("4",)), st.sampled_from(LEAVES).map(lambda leaf: ("3.7", leaf)))


def place(case_id: int, ending: tuple[str, ...], came: str = "1", kind: str | None = NATURAL) -> Place:
    return Place(case_id, f"测试受〔2025〕{case_id}号", kind, (came, *ending))


PLACES = st.dictionaries(
    st.integers(1, 40),
    st.tuples(ENDINGS, st.sampled_from(("1", "2")), st.sampled_from(COLUMNS[:-1])),
    max_size=20,
).map(lambda found: tuple(place(case_id, *given) for case_id, given in found.items()))


@given(PLACES)
def test_frozen_through_json_gives_the_same_table_and_hash(places: tuple[Place, ...]) -> None:
    content = freeze(places)
    kept = json.loads(json.dumps(content))
    assert content_hash(kept) == content_hash(content) == content_hash(freeze(reversed(places)))
    assert set(frozen_places(kept)) == set(places)
    for row in ROWS:
        assert frozen_table(kept).line(row.number) == table_of(places).line(row.number)
    assert changes_since(kept, places) == ()
    assert not [f for f in check_table(frozen_table(kept)) if f.identity is not Identity.CARRIED_OVER]


@given(PLACES, PLACES)
def test_numbers_differ_by_the_cases_that_came_and_went(
    before: tuple[Place, ...], after: tuple[Place, ...]
) -> None:
    changes = changes_since(freeze(before), after)
    for change in changes:
        assert change.now - change.frozen == len(change.came) - len(change.went)
        assert change.came or change.went
    same = {CellName(row.number, column) for row in ROWS for column in COLUMNS} - {c.at for c in changes}
    for name in same:
        assert table_of(before)[name.row, name.column] == table_of(after)[name.row, name.column]


def test_one_case_for_another_is_a_change_even_where_the_number_stays() -> None:
    before, after = place(1, ("3.7", "3.1"), kind=FIRM), place(2, ("3.7", "3.1"), kind=FIRM)
    found = {change.at: change for change in changes_since(freeze([before]), [after])}
    assert found[CellName("3.1", FIRM)] == CellChange(
        CellName("3.1", FIRM), 1, 1, ((2, after.number),), ((1, before.number),)
    )
    assert set(found) == {CellName(row, column) for row in ("1", "3.1", "3.7") for column in (FIRM, "total")}


def test_a_case_without_a_kind_stands_in_the_total_alone_and_fails_the_check() -> None:
    table = table_of([place(1, ("4",), kind=None)])
    assert table["1", "total"] == 1
    assert {f.at.row for f in check_table(table) if f.identity is Identity.KINDS_ADD_UP} == {"1", "4"}
