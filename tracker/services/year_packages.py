"""归档包 of a year: asked for on screen, put together by the job runner, fetched, and thrown away after some days."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import select

from tracker.adapters.bag_writer import BaggingFailed
from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound, NotLawfulNow, TrackerError
from tracker.domain.list_exports import ListTaken
from tracker.domain.permissions import Permission
from tracker.domain.texts import clean_line
from tracker.domain.vocabulary import N_
from tracker.models import Account, ArchivePackage, Organ
from tracker.queries.accounts import actor_of
from tracker.queries.archive_packages import PackageRow, get_package
from tracker.queries.archived_files import CatalogueAsked, list_catalogue, read_catalogue
from tracker.services.archive_packages import MadePackage, bag_facts, finish, lay_out_year
from tracker.services.context import Context
from tracker.services.exports import record_personal_export
from tracker.services.personal_data import LONGEST_REASON
from tracker.services.unit_of_work import after_commit, transaction

log = logging.getLogger(__name__)
KEPT = timedelta(days=7)
"""A package holds personal data in the clear; it goes this long after it was made."""
NOTED_EVERY = 20
"""Files after which the progress is written down."""


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package to hand out."""

    path: Path
    filename: str


def request_package(ctx: Context, organ_id: int, year: int, reason: str) -> int:
    """Ask for the package of an organ's year; its id. One that is still being made is given instead of a second.

    Raises ``Forbidden`` without the right to see people in full, ``Invalid`` without a reason, ``NotLawfulNow`` for a
    year without closed files.
    """
    account_id = ctx.actor.account_id
    if account_id is None or not ctx.actor.may(Permission.PERSON_UNMASK, organ_id):
        raise Forbidden(N_("您的岗位不能生成这个机关的归档包。"))
    why = clean_line(reason)
    if not why:
        raise Invalid({"reason": [N_("请写明生成归档包的事由，会一并留存。")]})
    if len(why) > LONGEST_REASON:
        raise Invalid(
            {"reason": [TrackerError(N_("最多 %(longest)d 个字，请删减。"), longest=LONGEST_REASON)]}
        )
    if not list_catalogue(ctx.session, ctx.actor, CatalogueAsked(year, organ_id), size=1).total:
        raise NotLawfulNow(N_("这一年还没有归档的案卷，没有可以打包的。"))
    with transaction(ctx) as session:
        waiting = session.scalar(
            select(ArchivePackage.id).where(
                ArchivePackage.organ_id == organ_id,
                ArchivePackage.year == year,
                ArchivePackage.requested_by_id == account_id,
                ArchivePackage.state.in_(("queued", "making")),
            )
        )
        if waiting is not None:
            return waiting
        row = ArchivePackage(
            organ_id=organ_id,
            year=year,
            state="queued",
            reason=why,
            requested_by_id=account_id,
            requested_at=ctx.now,
        )
        session.add(row)
        session.flush()
        return row.id


def fetch_package(ctx: Context, package_id: int) -> PackageFile:
    """The file of a package that is ready; every fetching is on record, with the reason it was asked for and a look at
    each case in it. Raises ``NotFound``, ``Conflict`` while it is being made, ``NotLawfulNow`` once it is gone."""
    row = get_package(ctx.session, ctx.actor, package_id)
    if row.state in ("queued", "making"):
        raise Conflict(N_("归档包还在生成，请稍后刷新页面。"))
    path = ctx.adapters.packages.path(row.token or "none")
    if row.state != "ready" or not path.is_file():
        raise NotLawfulNow(N_("归档包已经过期清除，请重新生成。"))
    asked = CatalogueAsked(row.year, row.organ_id)
    case_ids = [each.case_id for each in read_catalogue(ctx.session, ctx.actor, asked)]
    address = f"/archive/packages#{row.id}"
    record_personal_export(ctx, ListTaken.ARCHIVE_PACKAGE, address, row.files, case_ids, row.reason)
    return PackageFile(path, row.filename)


def make_packages(ctx: Context) -> int:
    """Make every package that waits, one after the other; how many became ready. One that was being made when the
    runner died is begun anew. For the job runner, of which there is one."""
    made = 0
    while True:
        package_id = ctx.session.scalar(
            select(ArchivePackage.id)
            .where(ArchivePackage.state.in_(("queued", "making")))
            .order_by(ArchivePackage.id)
            .limit(1)
        )
        if package_id is None:
            ctx.session.rollback()
            return made
        made += _make(ctx, package_id)


def expire_packages(ctx: Context) -> int:
    """Throw away packages a week old; how many went."""
    with transaction(ctx) as session:
        rows = session.scalars(
            select(ArchivePackage).where(
                ArchivePackage.state == "ready", ArchivePackage.made_at < ctx.now - KEPT
            )
        ).all()
        tokens = [row.token for row in rows if row.token]
        for row in rows:
            row.state, row.token = "expired", None
    for token in tokens:
        ctx.adapters.packages.remove(token)
    return len(tokens)


def _make(ctx: Context, package_id: int) -> bool:
    with transaction(ctx) as session:
        row = session.get_one(ArchivePackage, package_id, with_for_update=True)
        row.state, row.done, row.error = "making", 0, None
        organ = session.get_one(Organ, row.organ_id).name
        who = actor_of(session.get_one(Account, row.requested_by_id))
        organ_id, year = row.organ_id, row.year
    try:
        if not who.may(Permission.PERSON_UNMASK, organ_id):
            raise NotFound(N_("申请生成的人已经没有查看个人信息的权限。"))
        made = _put_together(
            ctx.as_actor(who), organ, CatalogueAsked(year, organ_id), _noting(ctx, package_id)
        )
    except (TrackerError, BaggingFailed, OSError) as error:
        log.warning("package %s was not made: %s", package_id, error)
        with transaction(ctx) as session:
            row = session.get_one(ArchivePackage, package_id, with_for_update=True)
            row.state, row.error = "failed", str(error)[:500]
        return False
    with transaction(ctx) as session:
        row = session.get_one(ArchivePackage, package_id, with_for_update=True)
        if row.state != "making":  # a file in it was destroyed or opened by an order meanwhile
            after_commit(ctx, partial(ctx.adapters.packages.remove, made.token))
            return False
        row.state, row.made_at, row.token = "ready", ctx.now, made.token
        row.files = row.done = len(made.reports)
        row.failed, row.filename, row.size, row.sha256 = made.failed, made.filename, made.size, made.sha256
    return True


def _put_together(
    ctx: Context, organ: str, asked: CatalogueAsked, told: Callable[[int], None]
) -> MadePackage:
    name = f"{organ}{asked.year}年度"
    with ctx.adapters.packages.workshop() as shop:
        folder = shop / "bag"
        folder.mkdir()
        rows = read_catalogue(ctx.session, ctx.actor, asked)
        closed = (row for row in rows if not (row.reopened or row.destroyed))
        reports = lay_out_year(ctx, closed, folder, f"{organ} {asked.year} 年度", told)
        return finish(ctx, folder, shop, name, bag_facts(ctx, organ, name, "归档文件"), reports)


def _noting(ctx: Context, package_id: int) -> Callable[[int], None]:
    def note(done: int) -> None:
        if done % NOTED_EVERY == 0:
            with transaction(ctx) as session:
                session.get_one(ArchivePackage, package_id, with_for_update=True).done = done

    return note


__all__ = [
    "PackageFile",
    "PackageRow",
    "expire_packages",
    "fetch_package",
    "make_packages",
    "request_package",
]
