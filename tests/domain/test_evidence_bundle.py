"""举证包 as data: numbers that follow, articles in words, a draft that asserts nothing the record does not carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.answer_draft import Section, conclusions, first_draft
from tracker.domain.bundle_facts import BundleFacts, Happening, Parties, PeriodTold, ReplyTold
from tracker.domain.case_log import DispatchWay, EntryType, SuspensionCause
from tracker.domain.challenges import ChallengeKind
from tracker.domain.dispositions import VARIANT_OF, Need
from tracker.domain.evidence_bundle import UNBOUND, Bundle, Pages
from tracker.domain.evidence_gaps import gaps
from tracker.domain.exhibit_marks import dangling, mark, mark_numbers, show_numbers
from tracker.domain.exhibits import ChosenExhibit, Exhibit, Origin, clean_choice, listed, usual_choice
from tracker.domain.legal_basis import article_words, period_provisions, regulation_provisions
from tracker.domain.statute import CONVENTION, RULES
from tracker.domain.told_facts import SENTENCES, sentence

PERIOD = PeriodTold(date(2026, 11, 9), 20, date(2026, 12, 7), date(2026, 11, 23), True)
REPLY = ReplyTold(
    "政府信息不存在告知书", "椒民公开〔2026〕1号", date(2026, 11, 23), ("not_existing",), (), "letter:1"
)
KEYS = st.lists(st.from_regex(r"[a-z]{1,8}:[0-9]{1,4}", fullmatch=True), unique=True, max_size=12)


def facts(**given: object) -> BundleFacts:
    known: dict[str, object] = {
        "challenge_id": 1,
        "case_id": 1,
        "organ_id": 1,
        "kind": ChallengeKind.RECONSIDERATION,
        "simplified": False,
        "body": "椒江区人民政府",
        "number": "",
        "copied_on": date(2026, 11, 30),
        "answered_on": None,
        "answer_due_on": date(2026, 12, 14),
        "claim": "撤销答复。",
        "parties": Parties("椒江区民政局", "市府大道1号", ("张三",), ()),
        "case_number": "椒民公开受〔2026〕1号",
        "received_on": date(2026, 11, 9),
        "channel": "网络",
        "description": "资金发放情况",
        "period": PERIOD,
        "reply": REPLY,
    }
    return BundleFacts(**(known | given))  # type: ignore[arg-type]


def told(kind: EntryType, day: int = 9, **more: object) -> Happening:
    return Happening(1, kind, date(2026, 11, day), **more)  # type: ignore[arg-type]


@given(KEYS, st.randoms(use_true_random=False))
def test_a_number_means_the_same_piece_however_the_list_is_turned(keys: list[str], random: object) -> None:
    text = "，".join(f"见证据{n}" for n in range(1, len(keys) + 1))
    kept = mark_numbers(text, keys)
    turned = list(keys)
    random.shuffle(turned)  # type: ignore[attr-defined]
    shown = show_numbers(kept, turned)
    assert mark_numbers(shown, turned) == kept
    assert show_numbers(kept, keys) == text
    assert dangling(kept, turned) == ()


def test_numbers_beyond_the_list_stay_and_are_told() -> None:
    kept = mark_numbers("证据1、证据 2、证据30、证据1234、证据", ["a:1"])
    assert kept == "⟦a:1⟧、证据 2、证据30、证据1234、证据"
    assert dangling(kept, ["a:1"]) == (2, 30)
    assert dangling(kept, []) == (0, 2, 30)


@given(st.text(max_size=40), KEYS)
def test_any_text_is_shown_without_an_error(text: str, keys: list[str]) -> None:
    shown = show_numbers(mark_numbers(text, keys), keys)
    assert mark_numbers(shown, keys) == mark_numbers(show_numbers(text, keys), keys)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("36(4)", "第三十六条第四项"),
        ("16(1)", "第十六条第一款"),
        ("33(2)", "第三十三条第二款"),
        ("38", "第三十八条"),
    ],
)
def test_articles_in_words(code: str, words: str) -> None:
    assert article_words(code) == words


@pytest.mark.parametrize("code", ["", "36(a)", "第三十六条", "36 (4)"])
def test_no_article_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="names no article"):
        article_words(code)


def test_every_article_an_outcome_rests_on_has_a_gist() -> None:
    for variant in VARIANT_OF.values():
        assert len(regulation_provisions(variant.articles)) == len(set(variant.articles)), variant.template


def test_conventions_of_the_tracker_are_no_law() -> None:
    found = list(period_provisions([*RULES, *RULES]))
    assert len(found) == sum(rule.source != CONVENTION for rule in RULES.values())
    assert all(p.law.startswith(("《中华人民共和国", "国办")) for p in found)


@pytest.mark.parametrize("kind", ChallengeKind)
def test_what_is_lawful_asks_to_be_upheld_and_what_is_late_does_not(kind: ChallengeKind) -> None:
    sound = facts(kind=kind)
    asked = "驳回原告的诉讼请求" if kind.is_suit else "决定维持"
    assert asked in conclusions(sound)[0] and "如实说明" not in conclusions(sound)[0]
    faulty = (
        replace(sound, period=replace(PERIOD, on_time=False, stopped_on=date(2026, 12, 8))),
        replace(sound, period=replace(PERIOD, breaches=("补正只能告知一次。",))),
        replace(sound, missing=(Need.SEARCH_RECORD,)),
        replace(sound, reply=None),
    )
    for one in faulty:
        assert asked not in conclusions(one)[0] and "如实说明" in conclusions(one)[0]
        assert asked in "".join(conclusions(one)[1:])


def test_lateness_is_said_and_never_the_contrary() -> None:
    late = facts(
        period=replace(PERIOD, on_time=False, stopped_on=date(2026, 12, 8), breaches=("再次告知补正。",))
    )
    text = first_draft(late)[Section.PROCEDURE]
    assert "晚于法定期限" in text and "在法定期限之内" not in text and "再次告知补正" in text
    assert "在法定期限之内" in first_draft(facts())[Section.PROCEDURE]
    running = first_draft(facts(period=PeriodTold(date(2026, 11, 9), 20, date(2026, 12, 7), None, None)))
    assert "法定期限" not in running[Section.PROCEDURE]


def test_a_suit_speaks_as_a_suit() -> None:
    suit = facts(kind=ChallengeKind.DIRECT_SUIT, happenings=(told(EntryType.RECEIVED),))
    draft = first_draft(suit)
    assert "答辩人（被告）：椒江区民政局" in draft[Section.PARTIES]
    assert "被告收到原告" in draft[Section.FACTS] and "申请人" not in draft[Section.FACTS]
    assert "诉讼请求为：撤销答复。被告于2026年11月30日收到起诉状副本" in draft[Section.OPENING]
    assert Bundle(suit, draft, ()).draft().title == "行政诉讼答辩状"


@pytest.mark.parametrize("kind", SENTENCES)
def test_everything_that_is_told_has_a_sentence(kind: EntryType) -> None:
    for cause in (None, *SuspensionCause):
        text = sentence(
            facts(), told(kind, cause=cause, way=DispatchWay.POST, days=10, until=date(2026, 12, 1))
        )
        assert text and "None" not in text


def test_reminders_and_the_organs_own_work_are_not_told() -> None:
    inside = {
        EntryType.CHASED,
        EntryType.DRAFTED,
        EntryType.SUBMITTED,
        EntryType.REVIEW_RETURNED,
        EntryType.NOTE_ADDED,
    }
    assert not inside & set(SENTENCES)


def test_the_legal_basis_follows_what_was_done() -> None:
    def cited(one: BundleFacts) -> set[str]:
        return {f"{p.law}{p.article}" for p in Bundle(one, {}, ()).provisions()}

    plain, suit = cited(facts()), cited(facts(kind=ChallengeKind.DIRECT_SUIT))
    assert "《中华人民共和国政府信息公开条例》第三十六条第四项" in plain
    assert "《中华人民共和国行政复议法》第四十八条" in plain
    assert "《中华人民共和国行政诉讼法》第六十七条" in suit and not any("行政复议法" in c for c in suit)
    assert "《中华人民共和国行政复议法》第五十四条" in cited(facts(simplified=True))
    asked = facts(
        happenings=(told(EntryType.SUSPENDED, cause=SuspensionCause.THIRD_PARTY), told(EntryType.EXTENDED))
    )
    more = cited(asked) - plain
    assert {
        f"《中华人民共和国政府信息公开条例》{a}" for a in ("第三十二条", "第三十三条第二款")
    } <= more | plain
    assert any("第三十二条" in c for c in more)


def piece(key: str, rank: int = 1, *, usual: bool = True) -> Exhibit:
    return Exhibit(key, f"名{key}", Origin.ORGAN, f"证{key}", rank, usual)


def test_the_usual_list_and_one_as_chosen() -> None:
    there = [piece("b:1", 2), piece("a:1", 1), piece("c:1", 0, usual=False)]
    assert [c.key for c in usual_choice(there)] == ["a:1", "b:1"]
    chosen = [
        ChosenExhibit("c:1", "", "另证"),
        ChosenExhibit("gone:1", "x", "y"),
        ChosenExhibit("a:1", "改名", ""),
    ]
    assert [(e.key, e.name, e.proves) for e in listed(chosen, there)] == [
        ("c:1", "名c:1", "另证"),
        ("a:1", "改名", "证a:1"),
    ]


def test_a_choice_holds_each_piece_once_in_clean_words() -> None:
    made = clean_choice([ChosenExhibit("a:1", " 名\n称\u202e ", "x" * 999), ChosenExhibit("a:1", "再", "再")])
    assert [(c.name, len(c.proves)) for c in made] == [("名 称", 400)]


def test_pages_are_told_as_a_list_writes_them() -> None:
    pages = Pages({"a": (3, 3), "b": (4, 9)}, {"c": "文件设有密码"}, 9)
    assert [pages.of(key) for key in "abcd"] == ["3", "4–9", "另附", "—"]
    bundle = Bundle(facts(), {}, (piece("a"), piece("b"), piece("c")))
    rows = bundle.evidence_list(pages).parts[1].rows
    assert [row[-1] for row in rows] == ["3", "4–9", "另附"]
    assert "证据3另附：文件设有密码" in "\n".join(bundle.evidence_list(pages).lines())
    assert {row[-1] for row in bundle.evidence_list(UNBOUND).parts[1].rows} == {"—"}


def test_posting_without_a_number_and_notices_without_their_letter_are_gaps() -> None:
    one = facts(
        happenings=(
            told(EntryType.CORRECTION_REQUESTED, papers=("letter:7",)),
            told(EntryType.EXTENDED, 12),
            told(EntryType.DISPATCHED, 23, way=DispatchWay.POST),
        )
    )
    found = {str(gap.what) for gap in gaps(one, ())}
    assert {"延期告知书", "邮件号", "寄发、送达的凭证"} <= found and "补正告知书" not in found
    assert mark("a") == "⟦a⟧"
