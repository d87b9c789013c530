"""The workflow table: it holds together, and offers what the law and the roles allow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.actors import Actor, RoleHeld
from tracker.domain.case_facts import CaseFacts, Fact, facts_of
from tracker.domain.case_log import EntryType, LogEntry
from tracker.domain.permissions import Permission, Role
from tracker.domain.stages import BEFORE_REPLY, Stage, stage_of
from tracker.domain.workflow import (
    RULE_OF,
    RULES,
    Action,
    allowed_actions,
    check_table,
    is_offered,
    missing_facts,
)

OURS, OTHERS = 1, 2
DAY = date(2026, 3, 2)


def log_of(*types: EntryType) -> list[LogEntry]:
    return [LogEntry(type=t, on=DAY, seq=n) for n, t in enumerate((EntryType.RECEIVED, *types), start=1)]


def person(*roles: Role, organ: int = OURS) -> Actor:
    return Actor(7, "某人", frozenset(RoleHeld(r, organ) for r in roles))


def offered(facts: CaseFacts, actor: Actor, organ: int = OURS) -> set[Action]:
    return {o.action for o in allowed_actions(facts, actor, organ) if o.possible}


def test_the_shipped_table_holds_together() -> None:
    check_table()
    assert len(RULES) == len(Action)


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (lambda rules: rules[1:], "stands 0 times"),
        (lambda rules: (*rules, rules[0]), "stands 2 times"),
        (lambda rules: (replace(rules[0], stages=frozenset()), *rules[1:]), "no stage"),
        (
            lambda rules: (
                replace(rules[0], needs=frozenset({Fact.HELD}), unless=frozenset({Fact.HELD})),
                *rules[1:],
            ),
            "both demands and forbids",
        ),
        (
            lambda rules: (
                replace(rules[0], stages=frozenset({Stage.REGISTERED}), usual=frozenset({Stage.ARCHIVED})),
                *rules[1:],
            ),
            "usual where it is not offered",
        ),
    ],
)
def test_a_broken_table_stops_the_start(broken, complaint: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=complaint):
        check_table(broken(RULES))


def test_the_whole_way_of_a_plain_case() -> None:
    way = [
        (EntryType.ACCEPTED, Stage.PROCESSING),
        (EntryType.DRAFTED, Stage.DRAFTING),
        (EntryType.SUBMITTED, Stage.UNDER_REVIEW),
        (EntryType.REVIEW_RETURNED, Stage.RETURNED),
        (EntryType.DRAFTED, Stage.DRAFTING),
        (EntryType.SUBMITTED, Stage.UNDER_REVIEW),
        (EntryType.REVIEW_APPROVED, Stage.APPROVED),
        (EntryType.SIGNED_OFF, Stage.SIGNED),
        (EntryType.SEALED, Stage.SIGNED),
        (EntryType.DISPATCHED, Stage.DISPATCHED),
        (EntryType.DELIVERED, Stage.DELIVERED),
        (EntryType.ARCHIVED, Stage.ARCHIVED),
    ]
    so_far: list[EntryType] = []
    for entry, stage in way:
        so_far.append(entry)
        assert stage_of(log_of(*so_far)) is stage


def test_an_edit_after_approval_sends_the_draft_back_to_drafting() -> None:
    """An approval binds to the exact text."""
    approved = log_of(EntryType.ACCEPTED, EntryType.DRAFTED, EntryType.SUBMITTED, EntryType.REVIEW_APPROVED)
    assert stage_of(approved) is Stage.APPROVED
    edited = [*approved, LogEntry(type=EntryType.DRAFTED, on=DAY, seq=9)]
    assert stage_of(edited) is Stage.DRAFTING


def test_a_correction_recorded_late_does_not_pull_back_a_reply_that_is_out() -> None:
    out = log_of(EntryType.ACCEPTED, EntryType.DISPATCHED)
    assert stage_of([*out, LogEntry(type=EntryType.CORRECTION_REQUESTED, on=DAY, seq=9)]) is Stage.DISPATCHED


def test_a_voided_acceptance_puts_the_case_back() -> None:
    log = log_of(EntryType.ACCEPTED)
    void = LogEntry(type=EntryType.FACT_CORRECTED, on=DAY, seq=3, details={"seq": 2, "void": True})
    assert stage_of([*log, void]) is Stage.REGISTERED


def test_article_30_correction_is_offered_once() -> None:
    clerk = person(Role.CLERK)
    facts = facts_of(log_of(EntryType.ACCEPTED), frozenset({Fact.COMPLETE}))
    assert Action.REQUEST_CORRECTION in offered(facts, clerk)
    again = facts_of(log_of(EntryType.ACCEPTED, EntryType.CORRECTION_REQUESTED, EntryType.CORRECTED))
    assert Action.REQUEST_CORRECTION not in offered(again, clerk)


def test_article_33_extension_is_asked_by_the_clerk_and_decided_by_the_head_once() -> None:
    clerk, head = person(Role.CLERK), person(Role.DISCLOSURE_HEAD)
    asked = facts_of(log_of(EntryType.ACCEPTED, EntryType.EXTENSION_REQUESTED))
    assert Action.DECIDE_EXTENSION in offered(asked, head)
    assert Action.DECIDE_EXTENSION not in offered(asked, clerk)
    extended = facts_of(log_of(EntryType.ACCEPTED, EntryType.EXTENSION_REQUESTED, EntryType.EXTENDED))
    assert not {Action.REQUEST_EXTENSION, Action.DECIDE_EXTENSION} & (
        offered(extended, clerk) | offered(extended, head)
    )


def test_a_correction_voids_the_extension_so_it_may_be_asked_again() -> None:
    """law: a new run starts with a limit of 20; the earlier extension is void."""
    log = log_of(
        EntryType.ACCEPTED,
        EntryType.EXTENSION_REQUESTED,
        EntryType.EXTENDED,
        EntryType.CORRECTION_REQUESTED,
        EntryType.CORRECTED,
    )
    assert Action.REQUEST_EXTENSION in offered(facts_of(log), person(Role.CLERK))


def test_consultation_facts_can_be_recorded_only_while_one_is_open() -> None:
    clerk = person(Role.CLERK)
    open_one = facts_of(log_of(EntryType.ACCEPTED, EntryType.SUSPENDED))
    assert Action.RECORD_CONSULTATION in offered(open_one, clerk)
    closed = facts_of(log_of(EntryType.ACCEPTED, EntryType.SUSPENDED, EntryType.RESUMED))
    assert Action.RECORD_CONSULTATION not in offered(closed, clerk)


def test_a_new_order_asks_for_new_work() -> None:
    log = log_of(
        EntryType.ACCEPTED,
        EntryType.SECRECY_REVIEWED,
        EntryType.SEARCH_RECORDED,
        EntryType.DRAFTED,
        EntryType.SUBMITTED,
        EntryType.REVIEW_APPROVED,
        EntryType.SIGNED_OFF,
        EntryType.SEALED,
        EntryType.DISPATCHED,
        EntryType.DELIVERED,
        EntryType.ORDERED_ANEW,
    )
    facts = facts_of(log)
    assert facts.stage is Stage.PROCESSING
    assert not {Fact.SECRECY_REVIEWED, Fact.SEARCHED, Fact.DRAFTED, Fact.SEALED} & facts.flags


def test_dispatch_waits_for_the_seal_and_says_so() -> None:
    signed = facts_of(
        log_of(
            EntryType.ACCEPTED,
            EntryType.DRAFTED,
            EntryType.SUBMITTED,
            EntryType.REVIEW_APPROVED,
            EntryType.SIGNED_OFF,
        )
    )
    assert is_offered(Action.DISPATCH, signed)
    assert missing_facts(Action.DISPATCH, signed) == (Fact.SEALED,)


def test_the_usual_act_comes_first_and_alone() -> None:
    facts = facts_of(log_of(), frozenset({Fact.COMPLETE}))
    offers = allowed_actions(facts, person(Role.CLERK), OURS)
    assert offers[0].action is Action.ACCEPT
    assert [o.usual for o in offers].count(True) == 1


def test_a_stub_must_be_completed_before_it_is_accepted() -> None:
    offers = {o.action: o for o in allowed_actions(facts_of(log_of()), person(Role.CLERK), OURS)}
    assert offers[Action.ACCEPT].missing == (Fact.COMPLETE,)
    assert offers[Action.COMPLETE_REGISTRATION].possible


def test_a_held_file_is_not_archived() -> None:
    log = log_of(EntryType.ACCEPTED, EntryType.DISPATCHED, EntryType.DELIVERED)
    assert Action.ARCHIVE in offered(facts_of(log), person(Role.CLERK))
    assert Action.ARCHIVE not in offered(facts_of(log, frozenset({Fact.HELD})), person(Role.CLERK))


@pytest.mark.parametrize("stage", list(Stage))
def test_roles_that_change_nothing_are_offered_nothing(stage: Stage) -> None:
    facts = CaseFacts(stage, frozenset(Fact))
    assert not offered(facts, person(Role.AUDITOR))
    assert not offered(facts, person(Role.ADMINISTRATOR))


@given(
    st.sampled_from(list(Stage)), st.sets(st.sampled_from(list(Fact))), st.sets(st.sampled_from(list(Role)))
)
def test_an_offer_always_rests_on_a_permission_in_that_organ(
    stage: Stage, flags: set[Fact], roles: set[Role]
) -> None:
    facts = CaseFacts(stage, frozenset(flags))
    here = person(*roles)
    for offer in allowed_actions(facts, here, OURS):
        assert here.may(offer.rule.permission, OURS)
        assert stage in RULE_OF[offer.action].stages
    local = [r for r in roles if r not in {Role.SUPERVISOR, Role.ADMINISTRATOR, Role.AUDITOR}]
    assert not allowed_actions(facts, person(*local), OTHERS)


@given(st.lists(st.sampled_from(list(EntryType)), max_size=25))
def test_stage_and_facts_never_fail_on_any_log(types: list[EntryType]) -> None:
    facts = facts_of(log_of(*types))
    assert facts.stage in Stage
    if EntryType.DISPATCHED not in types and not {EntryType.ABANDONED, EntryType.WITHDRAWN} & set(types):
        assert facts.stage in BEFORE_REPLY


def test_supervisor_chases_but_does_not_handle() -> None:
    facts = facts_of(log_of(EntryType.ACCEPTED))
    acts = offered(facts, person(Role.SUPERVISOR, organ=99))
    assert Action.CHASE in acts
    assert not {Action.DRAFT, Action.CONSULT, Action.WITHDRAW} & acts


def test_administrator_reads_no_case() -> None:
    admin = person(Role.ADMINISTRATOR)
    assert not admin.may(Permission.CASE_READ, OURS)
    assert not admin.reads_whole_district
    assert person(Role.AUDITOR).reads_whole_district
