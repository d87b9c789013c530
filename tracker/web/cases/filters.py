"""The register's filters, from its address and back."""

from __future__ import annotations

from flask_babel import gettext as _

from tracker.adapters.cipher import Cipher
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.stages import STAGE_NAMES, Stage
from tracker.domain.urgency import URGENCY_ORDER, Urgency
from tracker.domain.vocabulary import N_
from tracker.queries.case_list import CaseCounts, CaseFilter, FilterChoices, Status
from tracker.web.i18n import tell
from tracker.web.list_state import Chip, ListState, chosen, light_chip

KEYS = ("q", "status", "light", "stage", "organ", "channel", "year", "handler", "size")
DEFAULTS = {"status": str(Status.OPEN), "sort": "due", "size": "50"}
SIZES = (25, 50, 100, 200)
STATUS_NAMES: dict[Status, str] = {
    Status.OPEN: N_("在办"),
    Status.ENDED: N_("已答复或终止"),
    Status.LATE: N_("超期（含已逾期答复）"),
    Status.ALL: N_("全部"),
}
SHORTEST_NUMBER = 4


def filter_of(state: ListState, cipher: Cipher) -> CaseFilter:
    """What the address asks for; anything it misspells is left out."""
    text = state.get("q")
    return CaseFilter(
        status=chosen(Status, state.get("status")) or Status.OPEN,
        stage=chosen(Stage, state.get("stage")),
        organ_id=_number(state, "organ"),
        light=chosen(Urgency, state.get("light")),
        channel=str(chosen(Channel, state.get("channel")) or ""),
        year=_number(state, "year"),
        handler_id=_number(state, "handler"),
        text=text,
        fingerprints=_fingerprints(text, cipher),
    )


def page_size(state: ListState) -> int:
    """Rows on a page: one of the sizes offered."""
    size = state.number("size", 50)
    return size if size in SIZES else 50


def status_chips(counts: CaseCounts, wanted: CaseFilter, state: ListState) -> list[Chip]:
    """在办, 已答复, 超期, 全部."""
    return [
        Chip(
            tell(name),
            state.url(status=str(status), light=None),
            status is wanted.status,
            counts.by_status[status],
        )
        for status, name in STATUS_NAMES.items()
    ]


def light_chips(counts: CaseCounts, wanted: CaseFilter, state: ListState) -> list[Chip]:
    """The lights of the cases still open."""
    if wanted.status is Status.ENDED:
        return []
    return [
        light_chip(urgency, urgency is wanted.light, counts.by_light[urgency], state)
        for urgency in URGENCY_ORDER
    ]


Options = list[tuple[str, str, bool]]


def selects(choices: FilterChoices, state: ListState) -> list[tuple[str, str, Options]]:
    """(key, label, options) of the filters that are chosen from a list; a list of one is not worth a filter."""
    rows: list[tuple[str, str, list[tuple[str, str]]]] = [
        ("stage", _("环节"), [(str(s), tell(n)) for s, n in STAGE_NAMES.items()]),
        ("organ", _("机关"), [(str(i), name) for i, name in choices.organs]),
        ("handler", _("经办人"), [(str(i), name) for i, name in choices.handlers]),
        ("channel", _("渠道"), [(str(c), tell(n)) for c, n in CHANNEL_NAMES.items()]),
        ("year", _("年度"), [(str(y), str(y)) for y in choices.years]),
    ]
    return [
        (
            key,
            label,
            [("", _("全部"), not state.get(key)), *((v, t, state.get(key) == v) for v, t in options)],
        )
        for key, label, options in rows
        if len(options) > 1
    ]


def _number(state: ListState, key: str) -> int | None:
    return state.number(key, 0) or None


def _fingerprints(text: str, cipher: Cipher) -> tuple[str, ...]:
    """Hashes of what was typed when it may be the number of a document or a telephone (or its last four)."""
    plain = text.replace(" ", "").replace("-", "").upper()
    if len(plain) < SHORTEST_NUMBER or not plain.isalnum() or not any(sign.isdigit() for sign in plain):
        return ()
    return tuple(dict.fromkeys((cipher.fingerprint(plain), cipher.fingerprint(text.strip()))))
