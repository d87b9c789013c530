"""What can be typed into the calculator: a day of receipt and rows of what happened, read as entries of a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, Form, SelectField, StringField

from tracker.domain.case_log import DispatchWay, EntryType, LogEntry, SuspensionCause, parse_entry
from tracker.domain.clock_steps import CAUSE_NAMES
from tracker.domain.entry_names import ENTRY_NAMES
from tracker.domain.errors import REFUSAL_TEXTS, Refusal, RefusalCode
from tracker.domain.period_table import GROUP_NAMES, LENGTH_TEXTS, periods_by_group
from tracker.domain.statute import RULES, RuleKey
from tracker.domain.vocabulary import N_
from tracker.web.calculator.address import LONGEST, MOST_ROWS, NEEDS, Pairs
from tracker.web.forms import ChineseDateField
from tracker.web.i18n import tell

WAY_NAMES: dict[DispatchWay, str] = {
    DispatchWay.POST: N_("邮寄"),
    DispatchWay.HAND: N_("当面送达"),
    DispatchWay.PORTAL: N_("网上发布"),
    DispatchWay.EMAIL: N_("电子邮件"),
}
RECEIPT_SEQ = 1
"""The receipt is the first entry of the supposed log; row n is entry n + 1."""


class DayField(ChineseDateField):
    """A day whose weekday and kind come with the page's own answer."""

    def __call__(self, **kwargs: Any) -> Any:
        kwargs |= {"data-date-preview": False, "data-date-note": False, "maxlength": LONGEST["on"]}
        return super().__call__(**kwargs)


class ReceiptForm(Form):
    """The day everything counts from."""

    received = DayField(_l("收到申请之日"))

    @property
    def on(self) -> date | None:
        """The day, None while there is none."""
        day: date | None = self.received.data
        return day


class RowForm(Form):
    """One thing that happened, or might. ``number`` counts from 1; names are ``e<number>-<field>``."""

    kind = SelectField(_l("事项"), validate_choice=False)
    on = DayField(_l("日期"))
    cause = SelectField(_l("征求谁的意见"), validate_choice=False)
    ref = StringField(_l("函件记号"))
    days = StringField(_l("工作日数"))
    until = DayField(_l("另定的到期日"))
    by = SelectField(_l("方式"), validate_choice=False)

    def __init__(self, formdata: MultiDict[str, str] | None, number: int) -> None:
        super().__init__(formdata, prefix=f"e{number}-")
        self.number = number
        self.kind.choices = [("", _("请选择")), *((str(k), tell(ENTRY_NAMES[k])) for k in NEEDS)]
        self.cause.choices = [(str(c), tell(CAUSE_NAMES[c])) for c in SuspensionCause]
        self.by.choices = [(str(w), tell(WAY_NAMES[w])) for w in DispatchWay]

    @property
    def seq(self) -> int:
        """Place of this row's entry in the supposed log."""
        return self.number + RECEIPT_SEQ

    @property
    def needed(self) -> Iterator[tuple[Field, str]]:
        """The fields some kinds need, each with those kinds."""
        for name in ("cause", "days", "until", "by", "ref"):
            yield self[name], " ".join(str(kind) for kind, fields in NEEDS.items() if name in fields)

    def read(self) -> LogEntry | None:
        """The entry, by the rules of the log; None where it is none, with the fault beside the field that lacks."""
        if self._faulty():
            return None
        try:
            return parse_entry(self._raw(), self.seq)
        except Refusal as refusal:
            self._fault(self._field_of(refusal.code), tell(refusal))
            return None

    def _faulty(self) -> bool:
        if not self.kind.data:
            self._fault(self.kind, _("请选择这一天发生了什么。"))
        elif not self.on.data and not self.on.process_errors:
            self._fault(self.on, _("请填写日期。"))
        for field in self:
            if field.process_errors and (field.short_name == "on" or field.short_name in self._needs()):
                self._fault(field, *map(str, field.process_errors))
        if self.kind.data == EntryType.DELAYED and not self.until.data and not self.until.errors:
            self._fault(self.until, _("请填写另定的到期日。"))
        if self.kind.data == EntryType.EXTENDED and not self.days.data:
            self._fault(self.days, _("请填写延长几个工作日。"))
        return any(field.errors for field in self)

    def _needs(self) -> Sequence[str]:
        return NEEDS[EntryType(self.kind.data)] if self.kind.data in NEEDS else ()

    def _raw(self) -> dict[str, object]:
        raw: dict[str, object] = {"type": self.kind.data, "on": self.on.data.isoformat()}  # type: ignore[union-attr]
        for name in self._needs():
            value = self[name].data
            if name == "days" and value and value.isdecimal():
                value = int(value)
            if value not in (None, ""):
                raw[name] = value.isoformat() if isinstance(value, date) else value
        return raw

    def _field_of(self, code: RefusalCode) -> Field:
        if code is RefusalCode.EXTENSION_DAYS:
            return self.days
        return next((self[name] for name in ("cause", "by") if name in self._needs()), self.kind)

    def _fault(self, field: Field, *messages: str) -> None:
        field.errors = [*field.errors, *messages]


class CalculatorForm:
    """The receipt and the rows, one empty row more than are filled."""

    def __init__(self, pairs: Pairs) -> None:
        given = MultiDict(pairs)
        self.receipt = ReceiptForm(given)
        numbers = [int(name[1 : name.index("-")]) for name, _value in pairs if "-" in name]
        self.rows = [RowForm(given, number) for number in range(1, max(numbers, default=0) + 1)]
        self.empty = RowForm(None, len(self.rows) + 1) if len(self.rows) < MOST_ROWS else None
        self.template = RowForm(None, 0)

    def read(self) -> list[LogEntry]:
        """The supposed log of everything that can be read; faults stand beside what cannot."""
        received = self.receipt.received
        received.errors = [*map(str, received.process_errors)]
        entries = [row.read() for row in self.rows]
        if self.receipt.on is None:
            if self.rows and not received.errors:
                received.errors = [_(REFUSAL_TEXTS[RefusalCode.NO_RECEIPT])]
            return []
        receipt = LogEntry(EntryType.RECEIVED, self.receipt.on, RECEIPT_SEQ)
        return [receipt, *(entry for entry in entries if entry is not None)]


class PeriodForm(Form):
    """其他期限: which period, from which day; no period chosen means all of them."""

    period = SelectField(_l("期限"), validate_choice=False)
    start = DayField(_l("起算之日"))

    def __init__(self, formdata: MultiDict[str, str]) -> None:
        super().__init__(formdata)
        groups = periods_by_group().items()
        self.period.choices = {
            _("不限"): [("", _("列出全部期限"))],
            **{
                tell(GROUP_NAMES[group]): [(str(key), period_name(key)) for key in keys]
                for group, keys in groups
            },
        }

    @property
    def chosen(self) -> RuleKey | None:
        """The period chosen; None for all, and for one that there is not."""
        listed = {str(key): key for keys in periods_by_group().values() for key in keys}
        return listed.get(self.period.data or "")

    @property
    def on(self) -> date | None:
        """The day to count from; a fault stands beside the field when it is none."""
        self.start.errors = [*map(str, self.start.process_errors)]
        day: date | None = self.start.data
        return day


def period_name(key: RuleKey) -> str:
    """答复期限（20 个工作日）."""
    rule = RULES[key]
    length = tell(LENGTH_TEXTS[rule.unit]) % {"span": rule.span}
    return _("%(name)s（%(length)s）", name=tell(rule.name), length=length)
