"""The library is whole: every document the law and the district's practice ask for, each strict about what it needs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letter_samples import BODIES, FRAME, TEMPLATES
from tracker.domain.composition import ReplyPart, compose, compose_reply
from tracker.domain.dispositions import REFUSALS, VARIANT_OF, Disposition, Need, needs_of
from tracker.domain.errors import Missing
from tracker.domain.letter_document import BlockKind, LetterDocument
from tracker.domain.letter_template import LetterTemplate, TemplateKind
from tracker.domain.merge_fields import FIELDS, SAMPLES
from tracker.domain.remedies import RECONSIDERATION_FIRST_SINCE, RemedyBodies

DOCUMENTS_OF_THE_LAW = {
    "登记回执": ("receipt", "31", "45"),
    "补正告知书": ("correction_notice", "29", "30"),
    "要求说明理由通知": ("justification_notice", "35"),
    "延期告知书": ("extension_notice", "33(2)"),
    "征求第三方意见书": ("consult_third_party", "15", "32"),
    "征求意见告知书": ("consult_notice", "32", "33(3)"),
    "征求机关意见函": ("consult_organ", "33(3)", "34"),
    "协办函": ("assist_request", "45"),
    "第三方公开告知书": ("third_party_disclosure", "32"),
    "收费通知书": ("fee_notice", "42"),
    "已主动公开": ("already_public", "36(1)"),
    "予以公开": ("disclosed", "36(2)", "40"),
    "部分公开": ("partly_disclosed", "36(2)", "36(3)", "37"),
    "不予公开：国家秘密": ("refused_state_secret", "14", "36(3)"),
    "不予公开：法律、行政法规禁止": ("refused_other_law", "14", "36(3)"),
    "不予公开：三安全一稳定": ("refused_safety", "14", "36(3)"),
    "不予公开：第三方合法权益": ("refused_third_party", "15", "36(3)"),
    "不予公开：内部事务信息": ("refused_internal", "16(1)", "36(3)"),
    "不予公开：过程性信息": ("refused_process", "16(2)", "36(3)"),
    "不予公开：行政执法案卷": ("refused_enforcement_file", "16(2)", "36(3)"),
    "信息不存在": ("not_existing", "36(4)"),
    "非本机关": ("not_ours", "10", "36(5)"),
    "另行制作、加工": ("needs_creation", "38"),
    "行政查询": ("refused_enquiry", "36(7)"),
    "重复申请": ("repeated", "36(6)"),
    "信访举报投诉": ("petition", "39(1)"),
    "公开出版物": ("publication", "39(2)"),
    "大量反复": ("excessive", "35"),
    "确认、重新出具": ("confirmation",),
    "补正后仍不明确": ("still_unclear", "30"),
    "视为放弃：逾期不补正": ("lapsed_uncorrected", "30"),
    "视为放弃：逾期不缴费": ("lapsed_unpaid", "42"),
    "更正答复": ("record_correction", "41"),
    "送达回证": ("delivery_receipt",),
    "审查呈批单": ("approval_sheet", "17"),
    "法律顾问审核意见": ("legal_opinion",),
    "检索记录": ("search_record", "36(4)"),
    "笔误更正": ("erratum",),
    "补充答复": ("supplement", "36(2)"),
    "代办人告知": ("agent_notice",),
    "误投转交函": ("forwarding",),
    "协查单": ("search_task",),
    "说明提供清单": ("supply_list", "36(2)"),
}
REPLIES = {key: t for key, t in TEMPLATES.items() if t.kind is TemplateKind.REPLY}
OTHERS = [t for t in TEMPLATES.values() if t.kind not in (TemplateKind.REPLY, TemplateKind.FRAME)]
GROUNDS = [row.variants[0].template for row in REFUSALS]
DAYS = st.dates(date(2019, 5, 15), date(2035, 12, 31))


@pytest.mark.parametrize("name", DOCUMENTS_OF_THE_LAW)
def test_each_document_of_the_law_is_there_with_its_articles(name: str) -> None:
    key, *articles = DOCUMENTS_OF_THE_LAW[name]
    assert set(articles) <= set(TEMPLATES[key].articles)


def test_no_document_is_there_without_a_line_in_this_list() -> None:
    listed = {key for key, *_ in DOCUMENTS_OF_THE_LAW.values()} | {"reply_frame", "other_outcome"}
    assert set(TEMPLATES) == listed


def test_the_grounds_of_refusal_read_differently() -> None:
    """第十四条、第十五条、第十六条第一款、第十六条第二款"""
    texts = {key: " ".join(p.text for p in TEMPLATES[key].paragraphs) for key in GROUNDS}
    assert len(set(texts.values())) == len(GROUNDS) == len({TEMPLATES[k].refusal_clause for k in GROUNDS})
    words = {"14": "第十四条", "15": "第十五条", "16(1)": "第十六条第一款", "16(2)": "第十六条第二款"}
    for key, text in texts.items():
        own = TEMPLATES[key].articles[0]
        assert words[own] in text and words[own] in TEMPLATES[key].refusal_clause
        assert not any(other in text for article, other in words.items() if article != own)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.key)
def test_wording_never_names_a_reviewing_organ_or_a_court(template: LetterTemplate) -> None:
    """复议机关、管辖法院是机关的数据"""
    text = " ".join(p.text for p in (*template.paragraphs, *template.closing)) + template.refusal_clause
    assert not re.search(r"申请行政复议|提起行政诉讼|法院|60日|6个月|3个月|上一?级主管部门", text)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=lambda t: t.key)
def test_wording_is_calm_and_of_the_law_in_force(template: LetterTemplate) -> None:
    text = " ".join(p.text for p in (*template.paragraphs, *template.closing))
    assert not re.search(r"[!！]|三需要|生产、生活、科研|您|15日内答复", text)


def _facts(template: LetterTemplate, refused: LetterTemplate | None = None) -> dict[str, str]:
    grounds = refused.fields if refused else ()
    names = {*template.fields, *FRAME.fields, *grounds, "organ"} - {"refusal_clause"}
    return {name: SAMPLES[name] for name in names}


def _reply(key: str, under: str, on: date, facts: dict[str, str], bodies: RemedyBodies) -> LetterDocument:
    refused = TEMPLATES[under] if key == "partly_disclosed" else None
    return compose_reply(
        FRAME, [ReplyPart(REPLIES[key], facts, refused=refused)], facts, bodies=bodies, on=on
    )


@given(st.sampled_from(sorted(REPLIES)), st.sampled_from(GROUNDS), DAYS)
def test_the_remedy_follows_outcome_and_date(key: str, under: str, on: date) -> None:
    """复议法第二十三条第一款第四项，2024年1月1日起"""
    facts = _facts(REPLIES[key], TEMPLATES[under])
    blocks = _reply(key, under, on, facts, BODIES).blocks
    clauses = [b.text for b in blocks if b.kind is BlockKind.REMEDY]
    refusal = key in GROUNDS or key == "partly_disclosed"
    first = refusal and on >= RECONSIDERATION_FIRST_SINCE
    assert len(clauses) == (2 if key == "partly_disclosed" and first else 1)
    assert ("先向" in clauses[0]) is first
    assert all("椒江区人民政府" in c and "台州市椒江区人民法院" in c for c in clauses)


@given(st.sampled_from(sorted(REPLIES)), st.sampled_from(GROUNDS), DAYS, st.data())
def test_a_reply_without_one_of_its_facts_is_not_composed(
    key: str, under: str, on: date, data: st.DataObject
) -> None:
    refused = TEMPLATES[under]
    facts = _facts(REPLIES[key], refused)
    required = {*REPLIES[key].required, *FRAME.required} - {"refusal_clause"}
    lost = data.draw(st.sampled_from(sorted(required)))
    blank = data.draw(st.sampled_from(["", " ", "。", "\n"]))
    with pytest.raises(Missing) as caught:
        _reply(key, under, on, facts | {lost: blank}, BODIES)
    assert caught.value.facts == (FIELDS[lost].label,)


@given(st.sampled_from(sorted(REPLIES)), st.sampled_from(GROUNDS), DAYS, st.booleans())
def test_a_reply_without_its_remedy_bodies_is_not_composed(
    key: str, under: str, on: date, court: bool
) -> None:
    lost = replace(BODIES, court=None) if court else replace(BODIES, reviewing_organ=None)
    with pytest.raises(Missing) as caught:
        _reply(key, under, on, _facts(REPLIES[key], TEMPLATES[under]), lost)
    assert ("法院" if court else "复议机关") in "".join(caught.value.facts)


@pytest.mark.parametrize("template", OTHERS, ids=lambda t: t.key)
def test_a_notice_without_one_of_its_facts_is_not_composed(template: LetterTemplate) -> None:
    facts = _facts(template)
    for lost in template.required:
        with pytest.raises(Missing) as caught:
            compose(template, facts | {lost: ""}, bodies=BODIES)
        assert caught.value.facts == (FIELDS[lost].label,)


@pytest.mark.parametrize("key", ["supplement", "record_correction", "third_party_disclosure"])
def test_a_decision_told_by_a_notice_needs_its_remedy_bodies(key: str) -> None:
    with pytest.raises(Missing, match="复议机关"):
        compose(TEMPLATES[key], _facts(TEMPLATES[key]))
    with pytest.raises(Missing, match="法院"):
        compose(TEMPLATES[key], _facts(TEMPLATES[key]), bodies=replace(BODIES, court=None))


def test_what_must_be_on_record_before_sign_off() -> None:
    """第十七条、第三十条、第三十二条、第三十六条第四项"""
    needs = {key: needs_of([key]) for key in VARIANT_OF}
    for key in ("disclosed", "partly_disclosed", "refused_state_secret"):
        assert Need.SECRECY_REVIEW in needs[key]
    for key in ("not_existing", "not_ours"):
        assert Need.SEARCH_RECORD in needs[key]
    assert Need.THIRD_PARTY_CONSULTATION in needs["refused_third_party"]
    assert Need.THIRD_PARTY_CONSULTATION in needs_of(["partly_disclosed"], [Disposition.REFUSED_THIRD_PARTY])
