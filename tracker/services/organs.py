"""What an organ's letters and lights need to know, kept by the administrator."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from sqlalchemy import select

from tracker.domain.errors import Conflict, Forbidden, Invalid, NotFound
from tracker.domain.internal_limits import MOST
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.models import Case, Organ
from tracker.services.case_record import recompute
from tracker.services.context import Context
from tracker.services.unit_of_work import transaction

_ARCHIVE_CODE = re.compile(r"[A-Za-z0-9]{1,8}")
_MOST_DIGITS = 8
_POSTCODE = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class OrganSettings:
    """What may be changed of an organ. Remedy bodies stay empty (待核) until somebody has confirmed them;
    ``yellow_days`` and ``orange_days`` are working days left at which the lights change; ``draft_by``, ``review_by``
    and ``post_by`` the internal limits, in working days before the reply's due date."""

    reviewing_organ: str | None
    alternative_reviewing_organ: str | None
    court: str | None
    address: str | None
    postcode: str | None
    contact: str | None
    phone: str | None
    fonds_number: str | None
    archive_unit_code: str | None
    archive_category: str
    archive_by_unit: bool
    archive_serial_width: int
    review_required: bool
    yellow_days: int
    orange_days: int
    draft_by: int
    review_by: int
    post_by: int


def change_settings(ctx: Context, organ_id: int, settings: OrganSettings, *, expected_version: int) -> None:
    """Store an organ's settings. Letters already issued keep what they said, finished replies the limits they had; the
    clocks of its running cases follow the new ones at once. Raises ``Invalid``, ``Conflict``."""
    if not ctx.actor.may_somewhere(Permission.ORGAN_MANAGE):
        raise Forbidden(N_("只有管理员可以修改机关设置。"))
    faults = _faults_of(settings)
    if faults:
        raise Invalid(faults)
    with transaction(ctx) as session:
        organ = session.scalar(select(Organ).where(Organ.id == organ_id).with_for_update(of=Organ))
        if organ is None:
            raise NotFound(N_("没有找到这个机关。"))
        if organ.version_id != expected_version:
            raise Conflict(N_("这个机关的设置刚被他人修改，请核对最新内容后再提交；您填写的内容已保留。"))
        before = organ.internal_limits
        for name, value in asdict(settings).items():
            setattr(organ, name, value)
        if organ.internal_limits != before:
            _recompute_running(ctx, organ)


def _recompute_running(ctx: Context, organ: Organ) -> None:
    running = select(Case).where(Case.organ_id == organ.id, Case.stopped_on.is_(None)).order_by(Case.id)
    for case in ctx.session.scalars(running.with_for_update(of=Case)):
        recompute(ctx, case)


def _faults_of(settings: OrganSettings) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    if settings.orange_days < 0:
        faults["orange_days"] = [N_("天数不能小于 0。")]
    elif settings.yellow_days < settings.orange_days:
        faults["yellow_days"] = [N_("黄灯的天数不能少于橙灯的天数。")]
    faults |= _faults_of_limits(settings)
    faults |= _faults_of_archive(settings)
    if settings.postcode and not _POSTCODE.fullmatch(settings.postcode):
        faults["postcode"] = [N_("邮政编码须为 6 位数字。")]
    if settings.alternative_reviewing_organ and not settings.reviewing_organ:
        faults["reviewing_organ"] = [N_("请先填写行政复议机关，再填写另一可选的复议机关。")]
    return faults


def _faults_of_archive(settings: OrganSettings) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for name in ("fonds_number", "archive_unit_code", "archive_category"):
        value = getattr(settings, name)
        if value and not _ARCHIVE_CODE.fullmatch(value):
            faults[name] = [N_("只用字母和数字，不超过 8 位，例如 Z109、BGS、WS。")]
    if not settings.archive_category:
        faults["archive_category"] = [N_("请填写档案门类代码，文书档案为 WS。")]
    if not 1 <= settings.archive_serial_width <= _MOST_DIGITS:
        faults["archive_serial_width"] = [N_("件号的位数须为 1 至 8。")]
    return faults


def _faults_of_limits(settings: OrganSettings) -> dict[str, list[str]]:
    if settings.post_by < 0:
        return {"post_by": [N_("天数不能小于 0。")]}
    if settings.review_by < settings.post_by:
        return {"review_by": [N_("审查须在寄发之前完成，提前的天数不能少于寄发。")]}
    if settings.draft_by < settings.review_by:
        return {"draft_by": [N_("拟稿须在审查之前完成，提前的天数不能少于审查。")]}
    if settings.draft_by > MOST:
        return {"draft_by": [N_("答复期限共 20 个工作日，提前的天数不能多于 19。")]}
    return {}
