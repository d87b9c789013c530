"""Forms of account administration."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from tracker.domain.permissions import ROLE_NAMES, Role
from tracker.web.forms import Filled, LineField, OrganSelect, TrackerForm


class RoleForm(TrackerForm):
    """One role in one organ."""

    role = SelectField(_l("岗位"), [Filled()])
    organ_id = OrganSelect(_l("机关"), [Filled()])

    def offer(self, organs: Sequence[tuple[int, str]]) -> None:
        """Fill the selects."""
        self.role.choices = [("", _("请选择")), *((str(role), _(name)) for role, name in ROLE_NAMES.items())]
        self.organ_id.offer(organs, empty=_("请选择"))


class AccountForm(RoleForm):
    """A new account with its first role; more are given on its page."""

    login = LineField(_l("登录名"), [Filled()], longest=64)
    name = LineField(_l("姓名"), [Filled()], longest=50)


class NameForm(TrackerForm):
    """The name shown."""

    name = LineField(_l("姓名"), [Filled()], longest=50)


class AddressForm(TrackerForm):
    """Where alerts are mailed to."""

    email = LineField(_l("电子邮箱"), longest=254, render_kw={"inputmode": "email"})


class AccountFilter(TrackerForm):
    """What narrows the list; sent as part of the address."""

    class Meta:
        """A search changes nothing."""

        csrf = False

    text = LineField(_l("登录名或姓名"), longest=64)
    organ_id = OrganSelect(_l("机关"))
    role = SelectField(_l("岗位"))

    def offer(self, organs: Sequence[tuple[int, str]]) -> None:
        """Fill the selects; each may be left open."""
        self.offered_organ_ids = frozenset(organ_id for organ_id, _name in organs)
        self.organ_id.offer(organs, empty=_("全部机关"))
        self.role.choices = [
            ("", _("全部岗位")),
            *((str(role), _(name)) for role, name in ROLE_NAMES.items()),
        ]

    @property
    def chosen_organ_id(self) -> int | None:
        """The organ, when one was chosen that exists."""
        return self.organ_id.data if self.organ_id.data in self.offered_organ_ids else None

    @property
    def chosen_role(self) -> Role | None:
        """The role, when one was chosen that exists."""
        return Role(self.role.data) if self.role.data in set(Role) else None
