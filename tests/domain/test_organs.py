"""The organs an installation begins with."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tracker.domain.organs import OrganKind, OrganListError, read_organs

SEED = Path(__file__).parents[2] / "tracker" / "seed" / "organs.csv"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "organs.csv"


def rows(path: Path) -> list[dict[str, str | None]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_shipped_list_holds_the_districts_organs() -> None:
    given = [(r["code"], r["name"], r["kind"], r["number_prefix"]) for r in rows(SHARED)]
    shipped = [(o.code, o.name, str(o.kind), o.number_prefix) for o in read_organs(rows(SEED))]
    assert shipped == given


@pytest.mark.parametrize(
    ("kind", "reviewing", "alternative"),
    [
        (OrganKind.GOVERNMENT, "台州市人民政府", None),
        (OrganKind.DISTRICT_OFFICE, "椒江区人民政府", None),
        (OrganKind.DEPARTMENT, "椒江区人民政府", None),
        (OrganKind.SUBDISTRICT, "椒江区人民政府", None),
        (OrganKind.TOWN, "椒江区人民政府", None),
        (OrganKind.DISPATCHED_AGENCY, "台州市人民政府", "椒江区人民政府"),
    ],
)
def test_reviewing_organ_follows_the_kind(kind: OrganKind, reviewing: str, alternative: str | None) -> None:
    organs = [o for o in read_organs(rows(SEED)) if o.kind is kind]
    assert organs
    assert {(o.reviewing_organ, o.alternative_reviewing_organ) for o in organs} == {(reviewing, alternative)}


def test_no_court_is_invented() -> None:
    assert {o.court for o in read_organs(rows(SEED))} == {None}


ROW = {"code": "MZJ", "name": "民政局", "kind": "department", "number_prefix": "民公开"}


@pytest.mark.parametrize(
    ("listed", "fault"),
    [
        ([], "empty"),
        ([ROW | {"name": ""}], "line 2: name missing"),
        ([ROW | {"kind": "ministry"}], "line 2: kind 'ministry'"),
        ([ROW | {"code": "民政"}], "line 2: code"),
        ([ROW, ROW | {"code": "CZJ", "name": "财政局"}], "number_prefix given twice: 民公开"),
        ([ROW, ROW], "code given twice: MZJ"),
    ],
)
def test_a_faulty_list_is_refused_naming_the_fault(listed: list[dict[str, str]], fault: str) -> None:
    with pytest.raises(OrganListError, match=fault):
        read_organs(listed)
