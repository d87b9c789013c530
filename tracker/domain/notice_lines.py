"""A year as its notice writes it, one holiday a line: “春节 2月5日—2月11日 放假；调休上班 1月31日、2月14日”.

The sentences of the notice itself are read as well: “二、春节：2月15日（周日）至23日（周一）放假调休，共9天。
2月14日（周六）、2月28日（周六）上班。” Weekdays in brackets and the number of days are checked against the dates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from tracker.domain.vocabulary import N_
from tracker.domain.year_edition import CalendarFileError, SpecialDay, belongs_to

MOST_LINES = 60
LONGEST_SPAN = 31
_WEEKDAYS = "一二三四五六日"
_FULL = r"\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?"
_SHORT = r"\d{1,2}[月./]\d{1,2}[日号]?"
_DAY = rf"(?:{_FULL}|{_SHORT}|\d{{1,2}}[日号])"
_BRACKET = r"(?:\(([^()]*)\))?"
_SPAN = re.compile(rf"({_DAY}){_BRACKET}(?:(?:至|到|[-—–~]+)({_DAY}){_BRACKET})?")
_COUNT = re.compile(r"共?(\d{1,3})天")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.、)](?=\D))")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_OFF, _WORK = "放假", "上班"


def parse_lines(text: str, year: int) -> tuple[tuple[SpecialDay, ...], list[CalendarFileError]]:
    """The days that the lines name for a year, in order, and every fault with its line.

    Dates without a year are of the year; the last days of the December before it need theirs. Faults: no name, no
    day or neither 放假 nor 上班, a day that does not exist, lies outside the year or comes twice, a make-up day that is
    a weekday anyway, a span turned round, a weekday or a number of days that does not fit.
    """
    reading = _Reading(year)
    lines = text.lstrip("\ufeff").splitlines()
    for number, line in enumerate(lines[:MOST_LINES], start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            reading.take(number, line)
    if len(lines) > MOST_LINES:
        reading.faults.append(
            CalendarFileError(N_("最多 %(most)d 行，请每个节日只写一行。"), most=MOST_LINES)
        )
    if not reading.days and not reading.faults:
        reading.faults.append(CalendarFileError(N_("还没有写任何放假日期。")))
    return tuple(reading.days[day] for day in sorted(reading.days)), reading.faults


def lines_of(days: Iterable[SpecialDay], year: int) -> str:
    """The days as lines that ``parse_lines`` reads back."""
    in_order = sorted(days, key=lambda special: special.day)
    lines = []
    for name in dict.fromkeys(special.name for special in in_order):
        off = [s.day for s in in_order if s.name == name and not s.is_workday]
        work = [s.day for s in in_order if s.name == name and s.is_workday]
        parts = []
        if off:
            spans = "、".join(_span_text(first, last, year) for first, last in spans_of(off))
            parts.append(f"{spans} {_OFF}")
        if work:
            parts.append(f"调休{_WORK} {'、'.join(_day_text(day, year) for day in work)}")
        lines.append(f"{name} {'；'.join(parts)}")
    return "\n".join(lines)


def spans_of(days: Sequence[date]) -> list[tuple[date, date]]:
    """Ascending days as unbroken spans, first and last day of each."""
    runs = groupby(enumerate(days), key=lambda pair: pair[1].toordinal() - pair[0])
    spans = [[day for _, day in run] for _, run in runs]
    return [(span[0], span[-1]) for span in spans]


def _span_text(first: date, last: date, year: int) -> str:
    text = _day_text(first, year)
    return text if first == last else f"{text}—{_day_text(last, year)}"


def _day_text(day: date, year: int) -> str:
    text = f"{day.month}月{day.day}日"
    return text if day.year == year else f"{day.year}年{text}"


@dataclass
class _Reading:
    """What has been read so far; ``lines`` says where each day was named."""

    year: int
    days: dict[date, SpecialDay] = field(default_factory=dict)
    lines: dict[date, int] = field(default_factory=dict)
    faults: list[CalendarFileError] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """Read one line; the first fault ends it."""
        try:
            name, clauses = _taken_apart(_plain(line), number)
            for clause, works in clauses:
                for day in self._days_of(clause, number, works):
                    self._add(SpecialDay(day, works, name), number)
        except CalendarFileError as fault:
            self.faults.append(fault)

    def _days_of(self, clause: str, number: int, works: bool) -> list[date]:
        stated = _COUNT.search(clause)
        bare = _COUNT.sub("", clause)
        found = [day for span in _SPAN.finditer(bare) for day in self._span(span, number)]
        if re.search(r"\d", _SPAN.sub("", bare)):
            raise CalendarFileError(
                N_("第 %(line)d 行：有看不出是哪一天的数字，日期请写成 2月5日 或 2月5日—2月11日。"),
                line=number,
            )
        if stated and not works and int(stated[1]) != len(found):
            raise CalendarFileError(
                N_("第 %(line)d 行：写明放假 %(stated)d 天，列出的却是 %(found)d 天，请核对。"),
                line=number,
                stated=int(stated[1]),
                found=len(found),
            )
        return found

    def _span(self, span: re.Match[str], number: int) -> list[date]:
        first = self._day(span[1], span[2], number, None)
        last = self._day(span[3], span[4], number, first) if span[3] else first
        if last < first:
            raise CalendarFileError(
                N_("第 %(line)d 行：起止颠倒（%(first)s、%(last)s），跨年的日期请写明年份。"),
                line=number,
                first=first,
                last=last,
            )
        if (last - first).days >= LONGEST_SPAN:
            raise CalendarFileError(
                N_("第 %(line)d 行：一段放假不会超过 %(most)d 天，请核对起止日期。"),
                line=number,
                most=LONGEST_SPAN,
            )
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def _day(self, text: str, bracket: str | None, number: int, since: date | None) -> date:
        figures = [int(figure) for figure in re.findall(r"\d+", text)]
        if len(figures) == 1:
            figures = [since.month if since else 0, *figures]
        if len(figures) == 2:
            figures = [self.year, *figures]
        try:
            day = date(*figures)
        except ValueError:
            raise CalendarFileError(
                N_("第 %(line)d 行：没有这一天（%(text)s）。"), line=number, text=text
            ) from None
        written = _WEEKDAY.search(bracket or "")
        if written and _WEEKDAYS[day.weekday()] != written[1].replace("天", "日"):
            raise CalendarFileError(
                N_("第 %(line)d 行：%(day)s 与写明的“%(weekday)s”不符，请核对年份和日期。"),
                line=number,
                day=day,
                weekday=written[0],
            )
        return day

    def _add(self, special: SpecialDay, number: int) -> None:
        day = special.day
        if not belongs_to(day, self.year):
            raise CalendarFileError(
                N_("第 %(line)d 行：%(day)s 不在 %(year)d 年。"), line=number, day=day, year=self.year
            )
        if special.is_workday and day.weekday() < 5:
            raise CalendarFileError(
                N_("第 %(line)d 行：%(day)s 本来就是工作日，不是调休上班日。"), line=number, day=day
            )
        if day in self.days:
            raise CalendarFileError(
                N_("第 %(line)d 行：%(day)s 已经写在第 %(before)d 行。"),
                line=number,
                day=day,
                before=self.lines[day],
            )
        self.days[day], self.lines[day] = special, number


def _plain(line: str) -> str:
    """Full-width signs as half-width; no blanks but between name and dates."""
    text = unicodedata.normalize("NFKC", line).strip()
    text = re.sub(r"(?<=\d)\s+(?=\d)", "、", text)
    return _ORDINAL.sub("", text).strip()


def _taken_apart(line: str, number: int) -> tuple[str, list[tuple[str, bool]]]:
    """Name of the holiday, and its clauses with whether they name make-up working days."""
    first = _SPAN.search(line)
    if first is None:
        raise CalendarFileError(
            N_("第 %(line)d 行：没有日期，应为“名称 起日—止日 放假；调休上班 日期”。"), line=number
        )
    name = re.sub(rf"[\s:;,、]*(?:调休)?(?:{_OFF}|{_WORK})?[\s:;,、]*$", "", line[: first.start()]).strip()
    if not name:
        raise CalendarFileError(N_("第 %(line)d 行：请先写节日的名称。"), line=number)
    if len(name) > 50:
        raise CalendarFileError(N_("第 %(line)d 行：名称太长，最多 50 个字。"), line=number)
    return name, list(_clauses(line[len(name) :], number))


def _clauses(text: str, number: int) -> Iterator[tuple[str, bool]]:
    for part in re.split(r"[;。]", text):
        for clause in _one_word_each(part):
            if not re.search(r"\d", clause):
                continue
            if (_OFF in clause) == (_WORK in clause):
                raise CalendarFileError(
                    N_("第 %(line)d 行：请写明“%(text)s”是放假还是上班。"),
                    line=number,
                    text=clause.strip(" ,、"),
                )
            yield clause, _WORK in clause


def _one_word_each(part: str) -> list[str]:
    """A clause that says both 放假 and 上班, cut so that each half says one."""
    words = sorted((part.find(word), word) for word in (_OFF, _WORK) if word in part)
    if len(words) < 2:
        return [part]
    (at, word), (after, _) = words
    cut = at + len(word) if re.search(r"\d", part[:at]) else after
    counted = _COUNT.match(part, cut)
    cut = counted.end() if counted else cut
    return [part[:cut], part[cut:]]
