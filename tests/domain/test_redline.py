"""Redlines give both wordings back; fields and articles are read from the text as typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letter_samples import TEMPLATES
from tracker.domain.cited_articles import LAST_ARTICLE, cited_articles, cites
from tracker.domain.errors import Invalid
from tracker.domain.field_faults import field_faults
from tracker.domain.letter_template import LetterTemplate, parse_template
from tracker.domain.merge_fields import FIELDS
from tracker.domain.redline import Change, Run, redline
from tracker.domain.template_source import reworded, template_source

LINES = st.lists(st.text("甲乙丙，。 ab1{}", min_size=1, max_size=12), max_size=5)
ALL = pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.key)


@given(LINES, LINES)
def test_a_redline_gives_back_both_wordings(before: list[str], after: list[str]) -> None:
    runs = [run for line in redline(before, after) for run in line]
    kept_or = {c: "".join(r.text for r in runs if r.change in (Change.KEPT, c)) for c in Change}
    assert kept_or[Change.REMOVED] == "".join(before)
    assert kept_or[Change.ADDED] == "".join(after)


def test_a_redline_marks_words() -> None:
    (line,) = redline(["请于{{ correction_due_on }}前提交。"], ["请于{{ fee_due_on }}前提交。"])
    assert line == (
        Run(Change.KEPT, "请于"),
        Run(Change.REMOVED, "{{ correction_due_on }}"),
        Run(Change.ADDED, "{{ fee_due_on }}"),
        Run(Change.KEPT, "前提交。"),
    )


@ALL
def test_what_a_text_cites_is_declared_and_is_an_article_there_is(template: LetterTemplate) -> None:
    cited = cited_articles(template)
    assert set(cited) <= set(template.articles)
    assert all(1 <= int(article.partition("(")[0]) <= LAST_ARTICLE for article in cited)


def test_a_changed_article_finds_every_document_that_cites_it() -> None:
    """第三十六条第四项"""
    assert {t.key for t in TEMPLATES.values() if cites(t, "36(4)")} >= {"not_existing", "search_record"}
    assert not cites(TEMPLATES["not_existing"], "36(5)")
    assert cites(TEMPLATES["not_existing"], "36") and not cites(TEMPLATES["not_existing"], "3")


@ALL
def test_a_document_written_out_reads_back_the_same(template: LetterTemplate) -> None:
    assert parse_template(template_source(template)) == template
    texts = [p.text for p in (*template.paragraphs, *template.closing)]
    assert reworded(template, texts) == template


HOSTILE = [
    '"""\nkind = "form"\n[[paragraph]]\ntext = "x',
    "''' \\u0041 \\ \" # 注释",
    '#read("/etc/passwd") $x$ <script>alert(1)</script>',
    "%(name)s {0} ${y} `id`",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    template = TEMPLATES["petition"]
    made = reworded(template, [text, *[p.text for p in template.paragraphs[1:]]])
    assert made.paragraphs[0].text == "\n".join(line.strip() for line in text.split("\n"))
    assert (made.kind, made.remedy, len(made.paragraphs)) == (
        template.kind,
        template.remedy,
        len(template.paragraphs),
    )


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "{% for x in y %}", "{{ applicant.__class__ }}", "{{ config }}", "{# x #}", "{{"]
)
def test_code_is_refused(text: str) -> None:
    assert field_faults(text)
    with pytest.raises(Invalid):
        reworded(TEMPLATES["petition"], [text, "x"])


def test_a_fault_names_its_line_and_what_was_probably_meant() -> None:
    (first, second) = field_faults("一\n{{ aplicant }}\n{{ 受理号 }}")
    assert "第 2 行" in str(first) and "{{ applicant }}" in str(first)
    assert "第 3 行" in str(second) and "{{ case_number }}" in str(second)


@given(st.sampled_from(sorted(FIELDS)), st.text("　 ，。甲", max_size=5))
def test_listed_fields_are_no_fault(name: str, around: str) -> None:
    assert field_faults(f"{around}{{{{ {name} }}}}{around}") == ()
