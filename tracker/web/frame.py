"""What every page needs around its content: names, navigation, who is signed in, notices, addresses of assets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from tracker.domain.article_notes import ARTICLE_NOTES
from tracker.domain.permissions import ROLE_NAMES, Permission, Role
from tracker.extensions import db
from tracker.queries.alerts import unread
from tracker.queries.readiness import Degradation, Trouble, frame_figures
from tracker.web.context import runtime, today
from tracker.web.district import district
from tracker.web.errors import register_error_handlers
from tracker.web.i18n import full_day, install_filters, instant
from tracker.web.navigation import navigation

OF_CALENDAR = frozenset({Trouble.CALENDAR_ENDS, Trouble.CLOCKS_BEYOND})
STATIC = Path(__file__).resolve().parent.parent / "static"


@dataclass(frozen=True, slots=True)
class Link:
    """A named address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A line above every page; ``warning`` marks a degraded system, ``link`` leads to where it is mended."""

    text: str
    warning: bool = False
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """The roles a person holds in one organ, in words."""

    organ: str
    roles: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The person signed in, as the menu shows them."""

    name: str
    posts: tuple[Post, ...]
    links: tuple[Link, ...]
    sign_out_url: str | None


def dress(app: Flask) -> None:
    """Give templates the frame of a page, the filters of either language, and the error pages."""
    install_filters(app)
    app.jinja_env.globals.update(
        article_notes=article_notes,
        asset=asset,
        district=district,
        has_page=has_page,
        here=here,
        identity=identity,
        may_search=may_search,
        navigation=navigation,
        notices=notices,
        today=today,
        unread_alerts=unread_alerts,
    )
    register_error_handlers(app)


def article_notes(cited: str) -> list[str]:
    """What the cited articles say, in the language of the page; ``cited`` is in that language already."""
    known = {_(article): article for article in ARTICLE_NOTES}
    parts = (part.strip() for part in cited.replace(", ", "、").split("、"))
    return [_(ARTICLE_NOTES[known[part]]) for part in parts if part in known]


def has_page(endpoint: str) -> bool:
    """Whether a room offers this page."""
    return endpoint in current_app.view_functions


def here() -> str:
    """The present address, to come back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else request.path


@cache
def _fingerprint(filename: str) -> str:
    return sha256((STATIC / filename).read_bytes()).hexdigest()[:12]


def asset(filename: str) -> str:
    """Address of one of our files, changing with its content so that browsers may keep it."""
    return url_for("static", filename=filename, v=_fingerprint(filename))


def identity() -> Identity | None:
    """Name, organs and roles of the signed-in person."""
    if not getattr(current_user, "is_authenticated", False):
        return None
    roles: dict[str, list[str]] = {}
    for organ, role in getattr(current_user, "posts", ()):
        roles.setdefault(organ, []).append(_(ROLE_NAMES[Role(role)]))
    places: tuple[tuple[str, str, dict[str, Any]], ...] = (
        (_("入门指引"), "workbench.index", {"guide": "1"}),
        (_("修改密码"), "auth.password", {}),
        (_("动态口令"), "codes.settings", {}),
        (_("登录情况"), "auth.own_sessions", {}),
    )
    return Identity(
        name=current_user.actor.name,
        posts=tuple(Post(organ, "、".join(names)) for organ, names in roles.items()),
        links=tuple(
            Link(label, url_for(endpoint, **asked)) for label, endpoint, asked in places if has_page(endpoint)
        ),
        sign_out_url=url_for("auth.sign_out") if has_page("auth.sign_out") else None,
    )


def may_search() -> bool:
    """Whether the signed-in person reads any cases."""
    if not getattr(current_user, "is_authenticated", False) or current_user.must_change_password:
        return False
    return current_user.actor.may_somewhere(Permission.CASE_READ)  # type: ignore[no-any-return]


def unread_alerts() -> int | None:
    """How many alerts the signed-in person has not seen; None before sign-in."""
    if not getattr(current_user, "is_authenticated", False) or current_user.must_change_password:
        return None
    return _figures()[1]


def _figures() -> tuple[tuple[Degradation, ...], int]:
    """What is wrong, and how many alerts are unread: asked once a page."""
    if "frame_figures" not in g:
        wanted = unread(current_user.actor)
        g.frame_figures = frame_figures(db.session(), today(), runtime().clock.now(), wanted)
    found: tuple[tuple[Degradation, ...], int] = g.frame_figures
    return found


def notices() -> tuple[Notice, ...]:
    """Lines above every page: the fixed day of a demonstration, and what no longer works of itself."""
    fixed = current_app.config["TRACKER"].today
    shown = []
    if fixed is not None:
        shown.append(Notice(_("演示日期：系统固定以 %(day)s为今天。", day=full_day(fixed))))
    if getattr(current_user, "is_authenticated", False):
        found = _figures()[0]
        shown += [Notice(_degraded(each), warning=True) for each in found if each.trouble not in OF_CALENDAR]
        shown += _calendar_notices([each for each in found if each.trouble in OF_CALENDAR])
    return tuple(shown)


def _calendar_notices(found: list[Degradation]) -> list[Notice]:
    """Calendars that end are for those who load or watch over them, in one line; others are told quietly, and only
    where dates are provisional already."""
    ends = next((each for each in found if each.trouble is Trouble.CALENDAR_ENDS), None)
    beyond = next((each for each in found if each.trouble is Trouble.CLOCKS_BEYOND), None)
    worst = beyond or ends
    if worst is None or worst.year is None:
        return []
    actor = current_user.actor
    loads = actor.may_somewhere(Permission.CALENDAR_MANAGE)
    if loads or actor.may_somewhere(Permission.CALENDAR_CONFIRM) or actor.reads_whole_district:
        target = url_for("calendars.propose", year=worst.year + 1)
        return [Notice(_degraded(worst), warning=True, link=Link(_("去载入"), target) if loads else None)]
    if beyond is not None and actor.may_somewhere(Permission.CASE_READ):
        return [Notice(_("已载入的工作日历到 %(year)s 年，更晚的到期日为暂定。", year=worst.year))]
    return []


def _degraded(found: Degradation) -> str:
    if found.trouble is Trouble.CALENDAR_ENDS:
        return _(
            "工作日历只到 %(year)s 年：其后的到期日为暂定，请管理员在放假通知公布后尽快载入。",
            year=found.year,
        )
    if found.trouble is Trouble.CLOCKS_BEYOND:
        return _(
            "工作日历只到 %(year)s 年，已有 %(clocks)d 个在办期限算到其后，为暂定；放假通知公布后请尽快载入。",
            year=found.year,
            clocks=found.clocks,
        )
    if found.trouble is Trouble.NO_CALENDAR:
        return _("还没有导入工作日历：所有到期日为暂定，请管理员导入。")
    if found.trouble is Trouble.RUNNER_SILENT:
        return _("后台任务自 %(at)s 起没有运行：提醒和文书生成暂停，请告知管理员。", at=instant(found.since))
    return _("后台任务从未运行：提醒和文书生成暂停，请告知管理员。")
