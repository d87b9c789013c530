"""Every route states who may call it; a structural test refuses a route that does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask_login import current_user

from tracker.domain.errors import Forbidden, NotFound
from tracker.domain.permissions import Permission
from tracker.domain.vocabulary import N_
from tracker.extensions import login_manager

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open to anybody: sign-in, health."""
    view.__access__ = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any person who is signed in; what they see is decided by the scope of the queries."""
    return _guard(view, "signed_in", lambda: True)


def needs(permission: Permission) -> Callable[[View], View]:
    """A person who holds the permission somewhere, or is lent it by standing in for a handler; for a given case the
    verb decides again, for its organ."""

    def declare(view: View) -> View:
        return _guard(view, str(permission), lambda: current_user.actor.may_reach(permission))

    return declare


def _guard(view: View, access: str, allowed: Callable[[], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return login_manager.unauthorized()
        if not allowed():
            if not current_user.actor.holdings:
                # Without any role one is a stranger here: not even that there is such a page is told.
                raise NotFound(N_("没有找到这一页。您的账号还没有岗位，请联系管理员。"))
            raise Forbidden(N_("您的岗位不能使用这一页。"))
        return view(*args, **kwargs)

    guarded.__access__ = access  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
