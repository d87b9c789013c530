"""收到申请之日: the table of channels (Art 31), and what each refuses or warns of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.errors import Invalid
from tracker.domain.receipt import CHANNEL_RULES, ReceiptFacts, ReceiptField, likely_day, received_on
from tracker.domain.request_terms import CHANNEL_NAMES, Channel

TODAY = date(2026, 9, 21)
D10, D11, D14 = date(2026, 9, 10), date(2026, 9, 11), date(2026, 9, 14)


def facts(channel: Channel, **known: object) -> ReceiptFacts:
    return ReceiptFacts(channel, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (facts(Channel.IN_PERSON, signed_on=D10, signed_by="窗口"), D10),
        (facts(Channel.ORAL, signed_on=D10, written_down_by="陈静"), D10),
        (facts(Channel.REGISTERED_MAIL, signed_on=D10, signed_by="门卫"), D10),
        (facts(Channel.REGISTERED_MAIL, signed_on=D10, arrived_on=D14), D10),
        (facts(Channel.ORDINARY_MAIL, arrived_on=D10), D10),
        (facts(Channel.ORDINARY_MAIL, arrived_on=D10, confirmed_on=D10), D10),
        (facts(Channel.ORDINARY_MAIL, arrived_on=D10, confirmed_on=D14, confirmation_reason="号码有误"), D14),
        (facts(Channel.PORTAL, taken_in_on=D10), D10),
        (facts(Channel.EMAIL, taken_in_on=D10, confirmed_on=D14, confirmation_reason="附件损坏"), D14),
        (facts(Channel.FAX, arrived_on=D10), D10),
        (facts(Channel.FAX, arrived_on=D10, confirmed_on=D11, confirmation_reason="夜间传真"), D11),
    ],
)
def test_the_day_that_counts(given: ReceiptFacts, day: date) -> None:
    told = received_on(given, TODAY, has_call=True)
    assert told.on == likely_day(given) == day
    assert told.explanation and "条" in told.article


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (facts(Channel.IN_PERSON), {"signed_on"}),
        (facts(Channel.REGISTERED_MAIL, arrived_on=D10), {"signed_on"}),
        (facts(Channel.ORDINARY_MAIL, confirmed_on=D10), {"arrived_on"}),
        (facts(Channel.PORTAL), {"taken_in_on"}),
        (facts(Channel.IN_PERSON, signed_on=date(2026, 9, 22)), {"signed_on"}),
        (facts(Channel.FAX, arrived_on=D14, confirmed_on=D10), {"confirmed_on"}),
        (
            facts(Channel.FAX, arrived_on=D10, confirmed_on=date(2026, 9, 22)),
            {"confirmed_on", "confirmation_reason"},
        ),
        (facts(Channel.ORDINARY_MAIL, arrived_on=D10, confirmed_on=D11), {"confirmation_reason"}),
        (facts(Channel.EMAIL, taken_in_on=D10, confirmed_on=D11), {"confirmation_reason", "call_content"}),
        (
            facts(Channel.PORTAL, taken_in_on=D10, confirmed_on=D11, confirmation_reason="系统故障"),
            {"call_content"},
        ),
    ],
)
def test_what_is_missing_or_cannot_be_is_named_by_field(given: ReceiptFacts, fields: set[str]) -> None:
    with pytest.raises(Invalid) as error:
        received_on(given, TODAY)
    assert set(error.value.fields) == fields


@pytest.mark.parametrize("channel", Channel)
def test_a_confirmation_counts_only_where_the_law_knows_one(channel: Channel) -> None:
    everything = facts(
        channel,
        signed_on=D10,
        arrived_on=D10,
        taken_in_on=D10,
        confirmed_on=D14,
        confirmation_reason="原因",
    )
    confirmable = channel in {Channel.ORDINARY_MAIL, Channel.PORTAL, Channel.EMAIL, Channel.FAX}
    assert received_on(everything, TODAY, has_call=True).on == (D14 if confirmable else D10)


def test_ordinary_mail_not_yet_confirmed_warns_to_call_the_same_day() -> None:
    mail = facts(Channel.ORDINARY_MAIL, arrived_on=D10)
    assert "当日联系申请人" in received_on(mail, TODAY).warnings[0]
    assert received_on(replace(mail, confirmed_on=D10), TODAY).warnings == ()


def test_a_letter_lying_in_the_mail_room_warns() -> None:
    mail = facts(Channel.REGISTERED_MAIL, signed_on=D10, arrived_on=D14)
    assert "仍从签收之日起算" in received_on(mail, TODAY).warnings[0]


def test_every_channel_has_its_rule_and_its_name() -> None:
    assert set(CHANNEL_RULES) == set(CHANNEL_NAMES) == set(Channel)
    for rule in CHANNEL_RULES.values():
        assert rule.decisive in rule.fields
        assert rule.confirmable == (ReceiptField.CONFIRMED_ON in rule.fields)
