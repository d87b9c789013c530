"""交邮: letters ready for the post put into envelopes, and mail numbers pasted or scanned assigned to them.

Letters to one addressee at one address go in one envelope under one mail number. What was typed is read line by line:
文号 and mail number, or the mail number alone, which then belongs to the next envelope of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tracker.domain.errors import TrackerError
from tracker.domain.mail_numbers import looks_like_mail_number, normalise_mail_number
from tracker.domain.vocabulary import N_

MOST_LINES = 200
"""Lines taken at once, as many as a mail bag of a day holds."""
LONGEST_NUMBER = 32


@dataclass(frozen=True, slots=True)
class ForPost:
    """One letter ready to be posted. ``place`` tells addresses apart without saying them."""

    letter_id: int
    number: str
    title: str
    organ: str
    to: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Letters that go out as one mail item."""

    letters: tuple[ForPost, ...]

    @property
    def to(self) -> str:
        return self.letters[0].to

    @property
    def organ(self) -> str:
        return self.letters[0].organ

    @property
    def letter_ids(self) -> tuple[int, ...]:
        return tuple(letter.letter_id for letter in self.letters)

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(letter.number for letter in self.letters)


@dataclass(frozen=True, slots=True)
class PostLine:
    """One line as read: the letters it is about and their mail number. A line with faults is not recorded; ``doubts``
    are told only (a torn label, a foreign number)."""

    line: int
    text: str
    letters: tuple[ForPost, ...] = ()
    mail_number: str = ""
    faults: tuple[TrackerError, ...] = ()
    doubts: tuple[TrackerError, ...] = ()


def envelopes(letters: Sequence[ForPost]) -> tuple[Envelope, ...]:
    """One envelope for each organ, addressee and place, in the order of the first letter in each."""
    groups: dict[tuple[str, str, str], list[ForPost]] = {}
    for letter in letters:
        groups.setdefault((letter.organ, letter.to, letter.place), []).append(letter)
    return tuple(Envelope(tuple(group)) for group in groups.values())


def read_mail_lines(
    text: str, waiting: Sequence[Envelope], used: Mapping[str, str] | None = None
) -> tuple[PostLine, ...]:
    """What was pasted or scanned, line by line; empty lines are passed over.

    ``used``: mail numbers that other letters bear already, each with the 文号 of one. Raises ``TrackerError`` for
    nothing at all and for more lines than are taken at once.
    """
    lines = [(n, raw.strip()) for n, raw in enumerate(text.splitlines(), start=1) if raw.strip()]
    if not lines:
        raise TrackerError(N_("请粘贴或者扫描邮件号，每行一件。"))
    if len(lines) > MOST_LINES:
        raise TrackerError(
            N_("一次最多登记 %(most)d 行，现在是 %(lines)d 行，请分几次登记。"),
            most=MOST_LINES,
            lines=len(lines),
        )
    by_number = {_squeezed(letter.number): letter for e in waiting for letter in e.letters}
    order = iter(waiting)
    read = [_read_line(n, raw, by_number, order) for n, raw in lines]
    return tuple(_with_faults(line, read, used or {}) for line in read)


def _read_line(n: int, raw: str, by_number: Mapping[str, ForPost], order: Iterator[Envelope]) -> PostLine:
    *before, last = re.split(r"[\s,，;；]+", raw)
    mail = normalise_mail_number(last)
    doubts = () if looks_like_mail_number(mail) else (TrackerError(N_("不像邮件号（通常 13 位），请核对。")),)
    if not before:
        if _squeezed(last) in by_number:
            return PostLine(n, raw, (by_number[_squeezed(last)],), "", (TrackerError(N_("缺邮件号。")),))
        envelope = next(order, None)
        if envelope is None:
            return PostLine(n, raw, (), mail, (TrackerError(N_("清单上没有更多待交邮的公文，这一行多余。")),))
        return PostLine(n, raw, envelope.letters, mail, (), doubts)
    letter = by_number.get(_squeezed("".join(before)))
    if letter is None:
        fault = TrackerError(N_("待交邮的公文中没有文号“%(number)s”。"), number=" ".join(before))
        return PostLine(n, raw, (), mail, (fault,), doubts)
    return PostLine(n, raw, (letter,), mail, (), doubts)


def _with_faults(line: PostLine, read: Sequence[PostLine], used: Mapping[str, str]) -> PostLine:
    faults = list(line.faults)
    if len(line.mail_number) > LONGEST_NUMBER:
        faults.append(TrackerError(N_("邮件号最多 %(longest)d 位。"), longest=LONGEST_NUMBER))
    own = {letter.letter_id for letter in line.letters}
    for other in read:
        if other is line:
            continue
        if own & {letter.letter_id for letter in other.letters} and other.line < line.line:
            faults.append(TrackerError(N_("与第 %(line)d 行是同一份公文。"), line=other.line))
        elif line.mail_number and other.mail_number == line.mail_number and _apart(line, other):
            faults.append(TrackerError(N_("与第 %(line)d 行邮件号相同，收件人却不同。"), line=other.line))
    if line.mail_number in used:
        faults.append(TrackerError(N_("这个邮件号已经登记在%(number)s上。"), number=used[line.mail_number]))
    return PostLine(line.line, line.text, line.letters, line.mail_number, tuple(faults), line.doubts)


def _apart(one: PostLine, other: PostLine) -> bool:
    places = {(x.organ, x.to, x.place) for x in (*one.letters, *other.letters)}
    return len(places) > 1


_BRACKETS = str.maketrans(
    {"[": "〔", "]": "〕", "【": "〔", "】": "〕", "(": "〔", ")": "〕", "（": "〔", "）": "〕"}
)


def _squeezed(number: str) -> str:
    """A 文号 as it is compared: without blanks, with the brackets of the standard."""
    return re.sub(r"\s", "", number).translate(_BRACKETS)
