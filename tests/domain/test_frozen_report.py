"""A report as it was handed in: read back as it was, compared with today, and older ones still readable."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.annual_frozen import Place, freeze
from tracker.domain.challenge_table import PARTS, ChallengeColumn
from tracker.domain.challenges import ChallengeKind
from tracker.domain.frozen_report import (
    ChallengePlace,
    HandedIn,
    Payment,
    agrees,
    figure_changes,
    freeze_report,
    frozen_challenges,
    frozen_counts,
    frozen_figures,
    frozen_payments,
    frozen_texts,
    same_numbers,
)
from tracker.domain.proactive import Figure, ProactiveTable
from tracker.domain.report_parts import ReportPart
from tracker.domain.report_picture import PictureCounts
from tracker.domain.request_terms import Channel

CASE = (1, "甲〔2025〕1号")
IDS = st.integers(1, 50)


@st.composite
def handed_in(draw: st.DrawFn) -> HandedIn:
    challenges = draw(
        st.lists(
            st.builds(
                ChallengePlace,
                IDS,
                st.just(CASE),
                st.sampled_from(list(ChallengeKind)),
                st.sampled_from(PARTS),
            ),
            unique_by=lambda each: each.challenge_id,
        )
    )
    payments = draw(
        st.lists(
            st.builds(Payment, IDS, st.just(CASE), st.integers(1, 9_999)),
            unique_by=lambda each: each.notice_id,
        )
    )
    typed = draw(
        st.none() | st.builds(ProactiveTable, st.fixed_dictionaries({f: st.integers(0, 999) for f in Figure}))
    )
    texts = draw(st.dictionaries(st.sampled_from(list(ReportPart)), st.text(min_size=1, max_size=20)))
    places = draw(st.lists(st.builds(Place, IDS, st.just("1"), st.just("other"), st.just(("1", "4")))))
    counts = PictureCounts(
        tuple(draw(st.lists(st.integers(0, 99), min_size=12, max_size=12))),
        draw(st.dictionaries(st.sampled_from(list(Channel)), st.integers(1, 99))),
        7,
        draw(st.integers(0, 7)),
    )
    return HandedIn(tuple(places), typed, tuple(challenges), tuple(payments), texts, counts)


@given(handed_in())
def test_read_back_as_it_was(given_in: HandedIn) -> None:
    content = freeze_report(given_in)
    then, now = frozen_figures(content), given_in.figures()
    assert same_numbers(content, now) and agrees(content, given_in)
    assert figure_changes(content, given_in) == ()
    assert (then.proactive, then.fees) == (now.proactive, now.fees)
    assert frozen_texts(content) == given_in.texts
    assert frozen_counts(content) == given_in.counts
    assert frozen_challenges(content) == tuple(sorted(given_in.challenges))


@given(handed_in())
def test_older_reports_hold_table_3_alone_and_stay_comparable(given_in: HandedIn) -> None:
    older = freeze(given_in.places)
    figures = frozen_figures(older)
    assert (figures.proactive, figures.challenges, figures.fees) == (None, None, None)
    assert frozen_texts(older) == {} and frozen_payments(older) is frozen_counts(older) is None
    assert agrees(older, given_in) and same_numbers(older, given_in.figures())
    assert figure_changes(older, given_in) == ()


def test_each_later_change_is_named_with_its_cases() -> None:
    place = ChallengePlace(7, CASE, ChallengeKind.DIRECT_SUIT, ChallengeColumn.PENDING)
    before = HandedIn(
        proactive=ProactiveTable({Figure.LICENCES: 3}), challenges=(place,), payments=(Payment(5, CASE, 100),)
    )
    content = freeze_report(before)
    now = HandedIn(
        proactive=ProactiveTable({Figure.LICENCES: 4}),
        challenges=(replace(place, column=ChallengeColumn.UPHELD),),
        payments=(Payment(5, CASE, 300),),
    )
    assert not agrees(content, now) and not same_numbers(content, now.figures())
    found = {change.names[-1]: change for change in figure_changes(content, now)}
    assert [(c.frozen, c.now) for c in found.values()] == [("3", "4"), ("0", "1"), ("1", "0"), ("100", "300")]
    assert found["结果维持"].came == found["尚未审结"].went == (CASE,)
    assert found["信息处理费（元）"].came == (CASE,)


def test_one_challenge_for_another_is_noticed_though_the_numbers_stay() -> None:
    place = ChallengePlace(7, CASE, ChallengeKind.RECONSIDERATION, ChallengeColumn.OTHER)
    content = freeze_report(HandedIn(challenges=(place,)))
    now = HandedIn(challenges=(replace(place, challenge_id=8, case=(2, "乙")),))
    assert same_numbers(content, now.figures()) and not agrees(content, now)
    changes = figure_changes(content, now)
    assert {(change.frozen, change.now) for change in changes} == {("1", "1")}
    assert changes[0].came == ((2, "乙"),) and changes[0].went == (CASE,)


def test_a_change_of_the_text_alone_forbids_acceptance() -> None:
    content = freeze_report(HandedIn(texts={ReportPart.OTHER: "无"}))
    assert not agrees(content, HandedIn(texts={ReportPart.OTHER: "有"}))
    assert not agrees(content, HandedIn())


def test_what_the_picture_shows_is_compared_too() -> None:
    before = PictureCounts((1, *[0] * 11), {Channel.PORTAL: 1}, 1, 1)
    content = freeze_report(HandedIn(counts=before))
    now = HandedIn(counts=PictureCounts((0, 1, *[0] * 10), {Channel.FAX: 1}, 1, 0))
    assert not agrees(content, now)
    told = {change.names[1:]: (change.frozen, change.now) for change in figure_changes(content, now)}
    assert told == {
        ("各月新收", "1月"): ("1", "0"),
        ("各月新收", "2月"): ("0", "1"),
        ("申请渠道", "网络"): ("1", "0"),
        ("申请渠道", "传真"): ("0", "1"),
        ("按期答复",): ("1", "0"),
    }
