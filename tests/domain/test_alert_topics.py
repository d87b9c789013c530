"""Every kind of alert is under one topic, and nobody can switch off what is overdue."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.alert_topics import CHOOSABLE, FIXED, TOPIC_NAMES, TOPIC_OF, TOPICS, AlertTopic, is_wanted
from tracker.domain.alerts import URGENT, AlertKind


def test_every_kind_stands_under_one_topic() -> None:
    listed = [kind for kinds in TOPICS.values() for kind in kinds]
    assert sorted(listed) == sorted(AlertKind)
    assert set(TOPICS) == set(TOPIC_NAMES) == set(AlertTopic) == FIXED | set(CHOOSABLE)


def test_a_topic_that_is_fixed_holds_urgent_alerts_alone() -> None:
    assert {kind for topic in FIXED for kind in TOPICS[topic]} == URGENT


@given(st.sampled_from(list(AlertKind)), st.frozensets(st.sampled_from([str(topic) for topic in AlertTopic])))
def test_what_is_muted_is_not_wanted_unless_it_is_urgent(kind: AlertKind, muted: frozenset[str]) -> None:
    assert is_wanted(kind, muted) == (kind in URGENT or str(TOPIC_OF[kind]) not in muted)
    assert is_wanted(str(kind), list(muted)) == is_wanted(kind, muted)  # type: ignore[arg-type]
