"""The register's filters, from its address and back."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from tracker.adapters.cipher import Cipher
from tracker.domain.reporting_period import ReportingPeriod, read_period
from tracker.domain.request_terms import CHANNEL_NAMES, Channel
from tracker.domain.stages import STAGE_NAMES, Stage
from tracker.domain.urgency import URGENCY_ORDER, Urgency
from tracker.domain.vocabulary import N_
from tracker.queries.case_conditions import Due, Outcome
from tracker.queries.case_list import CaseCounts, CaseFilter, FilterChoices, Status
from tracker.web.annual_cells import cell_words, read_cell
from tracker.web.i18n import full_day, tell
from tracker.web.list_state import Chip, ListState, chosen, light_chip
from tracker.web.periods import period_name
from tracker.web.statistic_figures import KEYS as COUNTED_KEYS
from tracker.web.statistic_figures import read_counted

OF_FIGURES = (
    "due",
    "due_on",
    "received",
    "answered",
    "outcome",
    "returned",
    "unarchived",
    "lost",
    "chased",
    "chased_late",
    "cell",
    "group",
    *COUNTED_KEYS,
)
"""Filters that only the figures of boards, assessment, tables and statistics lead to."""
KEYS = ("q", "status", "light", "stage", "organ", "channel", "year", "handler", "size", *OF_FIGURES)
NOBODY = "none"
"""The value of the filter by handler that asks for cases nobody has been given."""
DEFAULTS = {"status": str(Status.OPEN), "sort": "due", "size": "50"}
SIZES = (25, 50, 100, 200)
STATUS_NAMES: dict[Status, str] = {
    Status.OPEN: N_("在办"),
    Status.ENDED: N_("已答复或终止"),
    Status.LATE: N_("超期（含已逾期答复）"),
    Status.ALL: N_("全部"),
}
DUE_NAMES: dict[Due, str] = {
    Due.OVERDUE: N_("在办且超期"),
    Due.SOON: N_("临期：剩 5 个工作日以内"),
    Due.LATER: N_("剩 5 个工作日以上"),
    Due.STILL: N_("停止计算"),
    Due.COUNTED: N_("期限计算中"),
}
SHORTEST_NUMBER = 4
REGISTER_YEARS = range(2008, 2200)
"""Registers there can be: the first regulation came into force in 2008."""


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
        unassigned=state.get("handler") == NOBODY,
        due=chosen(Due, state.get("due")),
        due_on=_day(state.get("due_on")),
        received=read_period(state.get("received")),
        answered=read_period(state.get("answered")),
        outcome=chosen(Outcome, state.get("outcome")),
        returned=read_period(state.get("returned")),
        unarchived=read_period(state.get("unarchived")),
        lost=read_period(state.get("lost")),
        chased=read_period(state.get("chased")),
        chased_late=read_period(state.get("chased_late")),
        cell=read_cell(state.get("cell"), state.get("group")),
        counted=read_counted(state),
        register=_register(state),
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
            counts.shown(status),
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


def counted_chip(words: str, state: ListState) -> Chip:
    """The figure of 统计分析 whose cases are listed, to be taken off as a whole."""
    return Chip(words, state.url(**dict.fromkeys(COUNTED_KEYS)), True, removable=True)


def figure_chips(wanted: CaseFilter, state: ListState) -> list[Chip]:
    """Narrowings that came with the link of a figure, each to be taken off."""
    said: list[tuple[str, str]] = []
    if wanted.due:
        said.append(("due", tell(DUE_NAMES[wanted.due])))
    if wanted.due_on:
        said.append(("due_on", _("%(day)s到期", day=full_day(wanted.due_on))))
    if wanted.received:
        said.append(("received", _("%(period)s收到", period=period_name(wanted.received))))
    if wanted.answered:
        said.append(("answered", _answered(wanted.answered, wanted.outcome)))
    if wanted.returned:
        said.append(("returned", _("%(period)s审查退回", period=period_name(wanted.returned))))
    said += _of_assessment(wanted)
    if wanted.cell:
        said.append(("cell", cell_words(wanted.cell)))
    if wanted.unassigned:
        said.append(("handler", _("未分办")))
    return [Chip(label, state.url(**{key: None}), True, removable=True) for key, label in said]


def _of_assessment(wanted: CaseFilter) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    if wanted.unarchived:
        said.append(("unarchived", _("%(period)s答复、未归档", period=period_name(wanted.unarchived))))
    if wanted.lost:
        said.append(("lost", _("%(period)s复议、诉讼结果纠正", period=period_name(wanted.lost))))
    if wanted.chased:
        said.append(("chased", _("%(period)s收到督办单", period=period_name(wanted.chased))))
    if wanted.chased_late:
        said.append(
            ("chased_late", _("%(period)s的督办单未按时答复", period=period_name(wanted.chased_late)))
        )
    return said


def _answered(period: ReportingPeriod, outcome: Outcome | None) -> str:
    name = period_name(period)
    if outcome is None:
        return _("%(period)s答复", period=name)
    if outcome is Outcome.ON_TIME:
        return _("%(period)s按期答复", period=name)
    return _("%(period)s逾期答复", period=name)


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


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _number(state: ListState, key: str) -> int | None:
    return state.number(key, 0) or None


def _register(state: ListState) -> int | None:
    year = state.number("register", 0)
    return year if year in REGISTER_YEARS else None


def _fingerprints(text: str, cipher: Cipher) -> tuple[str, ...]:
    """Hashes of what was typed when it may be the number of a document or a telephone (or its last four)."""
    plain = text.replace(" ", "").replace("-", "").upper()
    if len(plain) < SHORTEST_NUMBER or not plain.isalnum() or not any(sign.isdigit() for sign in plain):
        return ()
    return tuple(dict.fromkeys((cipher.fingerprint(plain), cipher.fingerprint(text.strip()))))
