"""What was overwritten of a registration, as the end of a sentence; the text kept with the entry stands below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from tracker.domain.amendments import AMENDMENTS, Amendable
from tracker.domain.request_terms import SUPPLY_WAY_NAMES, SupplyWay
from tracker.web.i18n import tell


def amended(details: Mapping[str, Any], text: str | None) -> str:
    """联系电话 / 提供方式由…改为… / 备注，改为如下. Empty numbers and ways are —."""
    try:
        what = Amendable(str(details.get("what", "")))
    except ValueError:
        return _("登记信息")
    name = tell(AMENDMENTS[what].label)
    if what is Amendable.DESCRIPTION:
        return _("%(what)s，原内容如下", what=name)
    if what is Amendable.REMARK:
        return _("%(what)s改为如下", what=name) if text else _("清空%(what)s", what=name)
    if "now" in details:
        return _(
            "%(what)s由%(was)s改为%(now)s",
            what=name,
            was=_said(what, details.get("was")),
            now=_said(what, details["now"]),
        )
    return name


def _said(what: Amendable, value: Any) -> str:
    if not value:
        return "—"
    return tell(SUPPLY_WAY_NAMES[SupplyWay(value)]) if what is Amendable.SUPPLY_WAY else str(value)
