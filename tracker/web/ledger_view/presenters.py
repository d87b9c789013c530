"""What the page of the 台账 shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.amendments import Amendable
from tracker.domain.ledger_view import HANDLER, VIEW_COLUMNS, ViewColumn
from tracker.domain.permissions import Permission
from tracker.domain.request_terms import SUPPLY_WAY_NAMES
from tracker.queries.case_list import CaseCounts, CaseFilter, FilterChoices, Order
from tracker.queries.paging import Page
from tracker.web.cases.filter_bar import FilterBar
from tracker.web.i18n import tell
from tracker.web.ledger_view.filters import register_select
from tracker.web.ledger_view.rows import ViewRow
from tracker.web.list_state import ListState

SORTS: dict[str, Order] = {
    "received_on": Order.RECEIVED,
    "organ": Order.ORGAN,
    HANDLER: Order.HANDLER,
    "replied_on": Order.ANSWERED,
    "outcome": Order.OUTCOME,
}
LONG = frozenset({"description", "remark", "address"})
CHOICES = frozenset({"supply_way", HANDLER})
PERSONAL = frozenset({str(Amendable.PHONE), str(Amendable.ADDRESS)})


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column. ``kind``: how it is typed (line, text, choice), empty where it cannot be; ``why``: what
    is said then; ``personal``: nothing typed leaves it as it is."""

    code: str
    label: str
    sort: str
    kind: str
    why: str
    personal: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What a cell is chosen from; the handlers are those of one organ. Values are what is sent."""

    code: str
    organ_id: int | None
    options: Sequence[tuple[str, str]]


class LedgerPage(FilterBar):
    """Everything the page shows."""

    def __init__(
        self,
        found: Page[int],
        rows: Sequence[ViewRow],
        counts: CaseCounts,
        choices: FilterChoices,
        wanted: CaseFilter,
        state: ListState,
        actor: Actor,
        counted: str = "",
    ) -> None:
        super().__init__(counts, choices, wanted, state, counted)
        self.selects = [register_select(choices, wanted), *(s for s in self.selects if s[0] != "year")]
        self.paging = found
        self.rows = rows
        self.headings = [heading(column) for column in VIEW_COLUMNS]
        self.edits = any(cell.edit for row in rows for cell in row.cells)
        self.title = (
            _("%(year)d 年度台账", year=wanted.register) if wanted.register else _("台账（全部年度）")
        )
        self.lead = _(
            "共 %(n)s 件；登记还没有补全的不在其中。", n=f"{found.total}+" if found.more else found.total
        )
        asked = {"register": state.get("register"), **state.query}
        self.paste_url = url_for("ledger_view.paste", **asked) if self.edits else ""
        self.take_url = (
            url_for("ledger_view.take", **asked) if actor.may_somewhere(Permission.LEDGER_EXPORT) else ""
        )


def heading(column: ViewColumn) -> Heading:
    """The head of a column, in the language of the page."""
    return Heading(
        code=column.code,
        label=tell(column.name),
        sort=str(SORTS.get(column.code, "")),
        kind=_kind(column),
        why=tell(column.closed),
        personal=column.code in PERSONAL,
    )


def _kind(column: ViewColumn) -> str:
    if column.closed:
        return ""
    if column.code in CHOICES:
        return "choice"
    return "text" if column.code in LONG else "line"


def choices_for(handlers: Mapping[int, Sequence[str]]) -> list[Choices]:
    """提供方式 everywhere, 经办人 by organ."""
    ways = [(name, tell(name)) for name in SUPPLY_WAY_NAMES.values()]
    lists = [Choices("supply_way", None, ways)]
    for organ_id, names in handlers.items():
        lists.append(Choices(HANDLER, organ_id, [(name, name) for name in names]))
    return lists
