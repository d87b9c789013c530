"""Composing letters: strict about facts, literal about what people wrote."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.letter_samples import BODIES, DECIDED_ON, DOCUMENTS, FRAME, TEMPLATES, composed
from tracker.domain.composition import ReplyPart, compose, compose_reply
from tracker.domain.errors import Invalid, Missing
from tracker.domain.letter_document import BlockKind
from tracker.domain.letter_template import TemplateKind, parse_template
from tracker.domain.merge_fields import FIELDS, SAMPLES

SNAPSHOTS = Path(__file__).parent / "snapshots"
SHARED = {name: SAMPLES[name] for name in (*FRAME.fields, "organ", "organ_contact", "organ_phone")}


@pytest.mark.parametrize("key", DOCUMENTS)
def test_wording_is_as_last_read_by_people(key: str) -> None:
    """After reading a changed letter: TRACKER_SNAPSHOTS=write pytest this file."""
    path = SNAPSHOTS / f"{key}.txt"
    text = composed(key).text() + "\n"
    if os.environ.get("TRACKER_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_no_snapshot_is_left_of_a_template_that_is_gone() -> None:
    assert {path.stem for path in SNAPSHOTS.glob("*.txt")} == set(DOCUMENTS)


@pytest.mark.parametrize("key", DOCUMENTS)
def test_replies_carry_a_remedy_and_procedural_notices_none(key: str) -> None:
    """国办公开办函〔2021〕132号：补正、延期等程序性处理不可单独复议"""
    template = TEMPLATES[key]
    remedies = [b for b in composed(key).blocks if b.kind is BlockKind.REMEDY]
    decisions = {"supplement", "record_correction", "third_party_disclosure"}
    expected = template.kind is TemplateKind.REPLY or key in decisions
    assert bool(remedies) is expected


@pytest.mark.parametrize("key", ["petition", "supplement", "record_correction"])
def test_the_remedy_stands_before_the_closing(key: str) -> None:
    assert [b.text for b in composed(key).blocks][-1] == "特此告知。"


@pytest.mark.parametrize("key", DOCUMENTS)
def test_every_document_names_each_fact_it_lacks(key: str) -> None:
    template = TEMPLATES[key]
    with pytest.raises(Missing) as caught:
        if template.kind is TemplateKind.REPLY:
            compose_reply(FRAME, [ReplyPart(template)], {"organ": "某局"}, bodies=BODIES, on=DECIDED_ON)
        else:
            compose(template, {"organ": "某局"}, bodies=BODIES)
    derived = {"refusal_clause", "organ"}
    expected = {FIELDS[name].label for name in template.required if name not in derived}
    assert expected <= set(caught.value.facts)


def test_optional_paragraphs_come_and_go_with_their_fact() -> None:
    facts = {name: SAMPLES[name] for name in TEMPLATES["not_ours"].fields}
    whole = compose_reply(
        FRAME, [ReplyPart(TEMPLATES["not_ours"], facts)], SHARED, bodies=BODIES, on=DECIDED_ON
    )
    assert "负责公开该政府信息的行政机关为" in whole.text()
    unknown = {name: value for name, value in facts.items() if not name.startswith("other_organ")}
    short = compose_reply(
        FRAME, [ReplyPart(TEMPLATES["not_ours"], unknown)], SHARED, bodies=BODIES, on=DECIDED_ON
    )
    assert "负责公开该政府信息的行政机关为" not in short.text()


def test_several_items_are_answered_one_by_one_in_one_letter() -> None:
    parts = [
        ReplyPart(
            TEMPLATES["disclosed"], {n: SAMPLES[n] for n in TEMPLATES["disclosed"].fields}, "低保发放汇总表"
        ),
        ReplyPart(
            TEMPLATES["refused_process"],
            {n: SAMPLES[n] for n in TEMPLATES["refused_process"].fields},
            "请示稿",
        ),
    ]
    document = compose_reply(FRAME, parts, SHARED, bodies=BODIES, on=DECIDED_ON)
    assert document.title == "政府信息公开申请答复书"
    items = [b.text for b in document.blocks if b.kind is BlockKind.ITEM]
    assert items == ["一、关于“低保发放汇总表”", "二、关于“请示稿”"]
    remedies = [b.text for b in document.blocks if b.kind is BlockKind.REMEDY]
    assert remedies[0].startswith("对本答复中第二项部分不服的") and "先向" in remedies[0]
    assert remedies[1].startswith("对本答复中第一项部分不服的")


def test_what_people_wrote_is_never_read_as_a_field() -> None:
    hostile = "{{ organ_phone }} {{ 7*7 }} {% if %}"
    document = composed("petition", hostile)
    assert hostile in document.text()


def test_facts_outside_the_vocabulary_are_refused() -> None:
    with pytest.raises(ValueError, match="password"):
        compose(TEMPLATES["receipt"], {"password": "x"})


_WORDING = 'key="x"\nname="x"\ntitle="x"\nkind="notice"\n[[paragraph]]\ntext="{text}"\n'


@pytest.mark.parametrize(
    "text",
    [
        "{{ salary }}",
        "{{ applicant",
        "applicant }}",
        "{{ applicant.name }}",
        "{{ applicant|upper }}",
        "{% for x in y %}",
        "{# note #}",
        "{{ 7*7 }}",
    ],
)
def test_unknown_and_malformed_fields_are_refused_when_a_template_is_read(text: str) -> None:
    with pytest.raises(Invalid):
        parse_template(_WORDING.replace("{text}", text))


@pytest.mark.parametrize("source", ["", "key=", 'key="x"', _WORDING.replace("notice", "poem")])
def test_what_is_no_template_is_refused(source: str) -> None:
    with pytest.raises(Invalid):
        parse_template(source)


def test_fixed_wording_cannot_slip_into_a_free_paragraph() -> None:
    source = _WORDING.replace("{text}", "a").replace("[[paragraph]]", '[[paragraph]]\nkind="free"')
    with pytest.raises(Invalid):
        parse_template(source + '[[paragraph]]\njoins=true\ntext="第十四条"\n')
