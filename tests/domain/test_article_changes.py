"""A wording is marked for a change of an article it cites, until it is checked or a later version is approved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letter_samples import TEMPLATES
from tracker.domain.article_changes import ArticleChange, WordingInUse, article_code, marks
from tracker.domain.cited_articles import LAST_ARTICLE, cited_articles
from tracker.domain.errors import Invalid
from tracker.domain.letter_template import LetterTemplate

RECORDED = datetime(2026, 11, 20, 8, tzinfo=UTC)
EVERY = sorted({a for t in TEMPLATES.values() for a in (*cited_articles(t), *t.articles)})


def change(article: str, key: int = 1) -> ArticleChange:
    return ArticleChange(key, article, date(2027, 1, 1), "修改", RECORDED)


def _cited(template: LetterTemplate) -> tuple[str, ...]:
    return (*cited_articles(template), *template.articles)


def _same(one: str, other: str) -> bool:
    """A part changes with its article and an article with its parts; two parts of an article are two things."""
    return one == other or one == other.split("(")[0] or other == one.split("(")[0]


@given(article=st.sampled_from(EVERY), late=st.integers(-3, 3), checked=st.booleans())
def test_marked_is_what_cites_it_was_approved_before_and_is_not_checked(
    article: str, late: int, checked: bool
) -> None:
    approved = RECORDED + timedelta(minutes=late)
    used = [WordingInUse(n, t, approved) for n, t in enumerate(TEMPLATES.values())]
    done = {(1, w.version_id) for w in used} if checked else set()
    found = marks([change(article)], used, done)
    expected = {
        w.version_id
        for w in used
        if late <= 0 and not checked and any(_same(article, cited) for cited in _cited(w.template))
    }
    assert set(found) == expected


def test_a_check_settles_one_change_alone() -> None:
    article = EVERY[0]
    (key, template) = next((k, t) for k, t in TEMPLATES.items() if article in cited_articles(t) + t.articles)
    used = [WordingInUse(7, template, RECORDED - timedelta(days=1))]
    found = marks([change(article, 1), change(article, 2)], used, {(1, 7)})
    assert [c.id for c in found[7]] == [2], key


@pytest.mark.parametrize(
    ("typed", "code"),
    [("36", "36"), ("36（4）", "36(4)"), (" ３６ (４) ", "36(4)"), ("1", "1"), ("56", "56")],
)
def test_an_article_is_read_as_people_type_it(typed: str, code: str) -> None:
    assert article_code(typed) == code


@given(st.text(max_size=8) | st.integers(LAST_ARTICLE + 1, 999).map(str))
def test_what_is_no_article_is_refused_or_comes_out_plain(typed: str) -> None:
    try:
        code = article_code(typed)
    except Invalid as error:
        assert "article" in error.fields
    else:
        assert 1 <= int(code.split("(")[0]) <= LAST_ARTICLE and article_code(code) == code
