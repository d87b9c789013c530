"""归档包 of files that are no longer what they were: opened by an order, they are in no package until closed again."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.adapters.test_typesetter import INSTANCE
from tests.factories.archive import whole_case
from tests.people import Cast
from tests.services.conftest import ContextFor
from tracker.adapters.fonts import FontSet
from tracker.adapters.package_check import verify_package
from tracker.adapters.package_store import PackageStore
from tracker.adapters.typesetter import TypstRenderer
from tracker.domain.errors import NotLawfulNow
from tracker.domain.orders import OrderSource
from tracker.models import ArchivePackage
from tracker.services import year_packages
from tracker.services.archive_packages import make_case_package
from tracker.services.archiving import archive
from tracker.services.context import Context
from tracker.services.order_anew import order_anew
from tracker.services.year_packages import fetch_package, make_packages, request_package

TODAY = date(2026, 11, 23)


@pytest.fixture
def dressed(cast: Cast, ctx_for: ContextFor, tmp_path: Path) -> Callable[[str], Context]:
    """``dressed("clerk")``: a member of the cast with the real typesetter and a package store of the test's own."""
    renderer = TypstRenderer(FontSet.of_installation(INSTANCE))
    store = PackageStore(tmp_path / "packages")

    def dress(part: str) -> Context:
        ctx = ctx_for(cast.actors[part])
        return replace(ctx, adapters=replace(ctx.adapters, renderer=renderer, packages=store))

    return dress


def closed(ctx: Context, cast: Cast, serial: int) -> int:
    case_id = whole_case(ctx, cast.organ_ids["MZJ"], serial)
    archive(ctx, case_id, on=TODAY, expected_version=None)
    return case_id


def opened(head: Context, case_id: int) -> None:
    source, document = OrderSource.COURT, "（2026）浙1002行初8号"
    order_anew(head, case_id, on=TODAY, source=source, document=document, expected_version=None)


def lists_in(path: Path) -> int:
    """How many files have their list in a package."""
    with zipfile.ZipFile(path) as packed:
        return sum(name.endswith("000-材料清单.pdf") for name in packed.namelist())


def test_a_file_opened_by_an_order_has_no_package_and_is_left_out_of_its_year(
    dressed: Callable[[str], Context], cast: Cast, session: Session
) -> None:
    clerk, head = dressed("clerk"), dressed("disclosure_head")
    first, _second = closed(clerk, cast, 1), closed(clerk, cast, 2)
    make_case_package(clerk, first)
    before = request_package(clerk, cast.organ_ids["MZJ"], 2026, "移交")
    assert make_packages(clerk.as_system()) == 1
    session.rollback()
    path = fetch_package(clerk, before).path
    assert lists_in(path) == 2
    session.rollback()

    opened(head, first)

    with pytest.raises(NotLawfulNow, match="还没有归档"):
        make_case_package(clerk, first)
    with pytest.raises(NotLawfulNow, match="重新生成"):
        fetch_package(clerk, before)
    assert not path.exists()
    session.rollback()
    after = request_package(clerk, cast.organ_ids["MZJ"], 2026, "移交")
    assert after != before and make_packages(clerk.as_system()) == 1
    session.rollback()
    kept = fetch_package(clerk, after).path
    assert lists_in(kept) == 1 and verify_package(kept).passed


def test_an_order_while_the_package_is_put_together_begins_it_anew(
    dressed: Callable[[str], Context], cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk, head = dressed("clerk"), dressed("disclosure_head")
    first, _second = closed(clerk, cast, 1), closed(clerk, cast, 2)
    package_id = request_package(clerk, cast.organ_ids["MZJ"], 2026, "移交")
    made: list[str] = []
    lay_out = year_packages.finish

    def finish_late(ctx: Context, *given: Any) -> Any:
        package = lay_out(ctx, *given)
        made.append(package.token)
        if len(made) == 1:
            ctx.session.rollback()
            opened(head, first)
        return package

    monkeypatch.setattr(year_packages, "finish", finish_late)
    assert make_packages(clerk.as_system()) == 1 and len(made) == 2
    session.rollback()
    row = session.get_one(ArchivePackage, package_id)
    assert (row.state, row.files, row.token) == ("ready", 1, made[1])
    assert not clerk.adapters.packages.path(made[0]).exists()
