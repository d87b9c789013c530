"""Where rooms say how an act is performed: by a short form on the case page, or on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tracker.domain.workflow import Action

if TYPE_CHECKING:
    from tracker.web.cases.case_page import CasePage
    from tracker.web.forms import TrackerForm

MakeForm = Callable[["CasePage"], "TrackerForm"]
MakeLink = Callable[["CasePage"], str]

_FORMS: dict[Action, MakeForm] = {}
_LINKS: dict[Action, MakeLink] = {}


def in_place(action: Action) -> Callable[[MakeForm], MakeForm]:
    """Declare the function that makes an act's empty form; its fields stand in ``pages/actions/<action>.html``."""

    def declare(make: MakeForm) -> MakeForm:
        _FORMS[action] = make
        return make

    return declare


def on_its_own_page(action: Action) -> Callable[[MakeLink], MakeLink]:
    """Declare the function that gives the address of the page on which an act is performed."""

    def declare(make: MakeLink) -> MakeLink:
        _LINKS[action] = make
        return make

    return declare


def form_for(action: Action, page: CasePage) -> TrackerForm | None:
    """A fresh form for the act, or None when it has no form on the case page."""
    make = _FORMS.get(action)
    return make(page) if make else None


def link_for(action: Action, page: CasePage) -> str | None:
    """The address of the act's own page, or None when it has none for this case."""
    make = _LINKS.get(action)
    return make(page) if make else None
