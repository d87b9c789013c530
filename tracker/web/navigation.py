"""The main navigation, by what a person's roles may do; a room that is not there is not named."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from tracker.domain.actors import Actor
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; any of the permissions is enough. ``rooms`` are the blueprints it stands for."""

    label: str
    endpoint: str
    permissions: tuple[Permission, ...]
    rooms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A place as one person sees it on one page."""

    label: str
    url: str
    current: bool


PLACES: tuple[Place, ...] = (
    Place(N_("工作台"), "workbench.index", ()),
    Place(N_("登记"), "registration.new", (Permission.CASE_REGISTER,)),
    Place(N_("申请件"), "cases.index", (Permission.CASE_READ,)),
    Place(N_("台账"), "ledger_view.index", (Permission.CASE_READ,)),
    Place(N_("督办看板"), "supervision.index", (Permission.SUPERVISION_READ,)),
    Place(N_("案卷档案"), "archive.index", (Permission.CASE_READ,)),
    Place(N_("知识库"), "knowledge.models", (Permission.CASE_READ,)),
    Place(N_("统计分析"), "statistics.index", (Permission.CASE_READ,)),
    Place(N_("审查"), "letters.reviews", (Permission.LETTER_REVIEW,)),
    Place(N_("签发"), "letters.sign_offs", (Permission.LETTER_SIGN_OFF,)),
    Place(N_("寄发"), "letters.dispatches", (Permission.LETTER_DISPATCH,)),
    Place(N_("收件登记簿"), "mail.index", (Permission.CASE_READ,)),
    Place(N_("期限计算器"), "calculator.index", ()),
    Place(N_("年度报告"), "reports.index", (Permission.REPORT_READ,)),
    Place(N_("台账导入"), "ledger.index", (Permission.LEDGER_IMPORT,)),
    Place(N_("标准文书"), "wordings.index", (Permission.TEMPLATE_READ,)),
    Place(N_("工作日历"), "calendars.index", (Permission.CALENDAR_READ,)),
    Place(N_("账号"), "accounts.index", (Permission.ACCOUNT_MANAGE,)),
    Place(N_("消息发送"), "outbox.index", (Permission.ACCOUNT_MANAGE,)),
    Place(N_("机关"), "organs.index", (Permission.ORGAN_MANAGE,)),
    Place(N_("审计"), "audit.index", (Permission.AUDIT_READ,)),
)


def places_for(actor: Actor) -> tuple[Place, ...]:
    """Places the person's roles open, in the order of the work."""
    return tuple(
        p for p in PLACES if not p.permissions or any(actor.may_somewhere(right) for right in p.permissions)
    )


def navigation() -> tuple[NavigationItem, ...]:
    """Items for the signed-in person on the page being shown; none before sign-in."""
    if not getattr(current_user, "is_authenticated", False):
        return ()
    known = current_app.view_functions
    return tuple(_item(place) for place in places_for(current_user.actor) if place.endpoint in known)


def _item(place: Place) -> NavigationItem:
    here = request.endpoint or ""
    room = place.endpoint.partition(".")[0]
    alone = sum(1 for other in PLACES if other.endpoint.startswith(f"{room}.")) == 1
    current = here == place.endpoint or (alone and here.startswith(f"{room}."))
    return NavigationItem(label=_(place.label), url=url_for(place.endpoint), current=current)
