"""Words of a text and terms of a query: what is typed from a text is found in it, in its place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import TrackerError
from tracker.domain.search_query import MOST_TERMS, parse_query
from tracker.domain.search_words import days_in, first_place, fold, place_of, searchable_words, words_of
from tracker.domain.snippets import LONGEST, snippet

TEXTS = st.text(st.sampled_from("征地补偿安置方案政府 ，。aB9１Ａ2026年3月5日-İß"), max_size=40)


@given(TEXTS)
def test_folding_keeps_every_sign_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text) and fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("征地补偿安置方案政府"), min_size=2, max_size=30), st.data())
def test_every_piece_of_two_signs_and_more_is_found_by_words_and_in_place(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 2, len(text)))
    piece = text[start:end]
    assert searchable_words(piece) <= words_of(text)
    (term,) = parse_query(piece)
    spans = term.spans(fold(text))
    assert spans and all(text[begin:stop] == piece for begin, stop in spans)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 39), st.integers(1, 8)), max_size=4))
def test_a_snippet_is_a_stretch_of_the_text_with_the_spans_marked(
    text: str, drawn: list[tuple[int, int]]
) -> None:
    spans = [(start, min(start + length, len(text))) for start, length in drawn if start < len(text)]
    pieces = snippet(text, spans)
    body = "".join(piece.text for piece in pieces if piece.text != "…")
    assert body in text.replace("\n", " ") and len(body) <= LONGEST
    if spans:
        assert any(piece.found for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "words", "number", "day"),
    [
        ("征地", {"征地"}, "", ""),
        ("Ａ-12", {"a", "12"}, "", ""),
        ("5678", {"5678"}, "5678", ""),
        ("138-5761-2345", {"138", "5761", "2345"}, "13857612345", ""),
        ("33100219900101001X", {"33100219900101001x"}, "33100219900101001x", ""),
        ("2026年3月5日", set(), "", "=day:2026-03-05"),
        ("2026-03", set(), "", "=month:2026-03"),
    ],
)
def test_what_a_term_may_be(typed: str, words: set[str], number: str, day: str) -> None:
    (term,) = parse_query(typed)
    assert (set(term.words), term.number, term.date_word) == (words, number, day)


def test_a_query_is_bounded() -> None:
    assert parse_query("  ") == ()
    assert len(parse_query("征地 " * 33)) == 1
    with pytest.raises(TrackerError):
        parse_query(" ".join(f"征地{n}" for n in range(MOST_TERMS + 1)))


def test_days_are_read_where_they_exist() -> None:
    found = [day for day, _start, _end in days_in("2026年2月30日，2026年2月28日，12026-01-02，2026/1/3")]
    assert found == [date(2026, 2, 28), date(2026, 1, 3)]


@given(st.dates(date(2008, 1, 1), date(2100, 1, 1)), st.integers(1, 2**27 - 1), st.integers(1, 2**27 - 1))
def test_the_later_received_stands_higher(day: date, one: int, other: int) -> None:
    later = date.fromordinal(day.toordinal() + 1)
    assert first_place(day) < place_of(day, one) < first_place(later) <= place_of(later, other) < 2**63
