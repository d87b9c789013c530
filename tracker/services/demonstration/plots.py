"""How far a request has come: each plot takes one from registration to one point of its way.

``back`` is how many working days ago the request was received; steps fall on the days after it, never after today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tracker.domain.case_log import DispatchWay
from tracker.domain.challenges import ChallengeKind, ChallengeResult
from tracker.domain.orders import OrderSource
from tracker.queries.calendars import current_calendar
from tracker.services.chase import chase
from tracker.services.closing import abandon, withdraw
from tracker.services.demonstration import challenge_steps as after
from tracker.services.demonstration import letter_steps as letter
from tracker.services.demonstration import work_steps as work
from tracker.services.demonstration.intake_steps import screen
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.holds import hold
from tracker.services.order_anew import order_anew

Plot = Callable[[Stagehand, int, str], None]
"""(play, working days since receipt, template of the reply where there is one)."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Days after receipt on which the usual steps of a request fall."""

    screened: int = 1
    searched: int = 2
    cleared: int = 3
    drafted: int = 4
    reviewed: int = 5
    signed: int = 6
    sealed: int = 6
    sent: int = 7
    delivered: int = 9
    archived: int = 12


_USUAL = Steps()
_SLOW = Steps(1, 9, 12, 15, 17, 20, 21, 22, 24, 27)
"""Late: the period of 20 working days has passed when the reply leaves."""


def registered(play: Stagehand, back: int, template: str) -> None:
    """待初审: nothing after the registration."""


def accepted(play: Stagehand, back: int, template: str) -> None:
    """办理中: screened and assigned."""
    screen(play, _at(back, _USUAL.screened))


def searched(play: Stagehand, back: int, template: str) -> None:
    """办理中, with a telephone call, a search and the secrecy review on record."""
    accepted(play, back, template)
    work.call_applicant(play, _at(back, 1))
    work.search(play, _at(back, _USUAL.searched))
    work.clear_secrecy(play, _at(back, _USUAL.cleared))


def chased(play: Stagehand, back: int, template: str) -> None:
    """办理中 and late; the district office has chased it."""
    searched(play, back, template)
    text = "该件临近（超过）法定期限，请今日报告办理进度和预计寄出时间。"
    supervisor = play.as_of("supervisor", 0)
    answer_by_on = current_calendar(supervisor.session).nth_workday(supervisor.today, 3)
    chase(supervisor, play.case_id, text=text, answer_by_on=answer_by_on, expected_version=None)


def awaiting_correction(play: Stagehand, back: int, template: str) -> None:
    """待补正."""
    work.ask_correction(play, _at(back, 2), answer_in=15)


def correction_lapsing(play: Stagehand, back: int, template: str) -> None:
    """待补正, the period has passed: a person has to look and decide."""
    work.ask_correction(play, _at(back, 3), answer_in=5)


def late_correction_notice(play: Stagehand, back: int, template: str) -> None:
    """待补正, asked after the 7th working day: a breach, with its reason."""
    accepted(play, back, template)
    work.ask_correction(play, _at(back, 9), late=True)


def corrected(play: Stagehand, back: int, template: str) -> None:
    """办理中 in a second run after the correction."""
    work.ask_correction(play, _at(back, 3))
    work.receive_correction(play, _at(back, 8))


def consulting(play: Stagehand, back: int, template: str) -> None:
    """中止: a third party was asked and has received the letter."""
    searched(play, back, template)
    work.ask_third_party(play, _at(back, 4), _at(back, 6))


def consulting_unproved(play: Stagehand, back: int, template: str) -> None:
    """中止: a third party was asked; no proof that the letter arrived."""
    accepted(play, back, template)
    work.ask_third_party(play, _at(back, 3))


def consulting_organ(play: Stagehand, back: int, template: str) -> None:
    """中止: another organ was asked."""
    accepted(play, back, template)
    work.ask_organ(play, _at(back, 3))


def consulted(play: Stagehand, back: int, template: str) -> None:
    """办理中 again after the third party's answer."""
    consulting(play, back, template)
    work.hear_answer(play, _at(back, 11))


def extension_asked(play: Stagehand, back: int, template: str) -> None:
    """办理中, an extension awaits the decision."""
    searched(play, back, template)
    work.ask_extension(play, 0)


def extended(play: Stagehand, back: int, template: str) -> None:
    """办理中 in the extended period."""
    searched(play, back, template)
    work.ask_extension(play, _at(back, 14))
    work.grant_extension(play, _at(back, 15))


def awaiting_payment(play: Stagehand, back: int, template: str) -> None:
    """待缴费."""
    searched(play, back, template)
    work.ask_payment(play, _at(back, 5))


def paid(play: Stagehand, back: int, template: str) -> None:
    """办理中 in a second run after the payment."""
    awaiting_payment(play, back, template)
    work.take_payment(play, _at(back, 9))


def asked_for_reasons(play: Stagehand, back: int, template: str) -> None:
    """办理中, the applicant was asked to explain; the clock keeps running."""
    accepted(play, back, template)
    work.ask_reasons(play, _at(back, 3))


def drafting(play: Stagehand, back: int, template: str) -> None:
    """拟稿中."""
    _prepared(play, back, template, _USUAL)
    letter.draft(play, _at(back, _USUAL.drafted), template)


def under_review(play: Stagehand, back: int, template: str) -> None:
    """审查中."""
    drafting(play, back, template)
    letter.submit(play, _at(back, _USUAL.drafted))


def returned(play: Stagehand, back: int, template: str) -> None:
    """退回修改, with the advisor's opinion."""
    under_review(play, back, template)
    letter.send_back(play, _at(back, _USUAL.reviewed))


def to_sign(play: Stagehand, back: int, template: str) -> None:
    """待签发."""
    under_review(play, back, template)
    letter.approve(play, _at(back, _USUAL.reviewed))


def to_seal(play: Stagehand, back: int, template: str) -> None:
    """待寄发: signed, not sealed yet."""
    to_sign(play, back, template)
    letter.sign(play, _at(back, _USUAL.signed))


def to_post(play: Stagehand, back: int, template: str) -> None:
    """待寄发: sealed, lies ready for the post."""
    to_seal(play, back, template)
    letter.seal(play, _at(back, _USUAL.sealed))


def posted(play: Stagehand, back: int, template: str) -> None:
    """待送达: handed to the post."""
    to_post(play, back, template)
    letter.send(play, _at(back, _USUAL.sent), DispatchWay.POST)


def returned_mail(play: Stagehand, back: int, template: str) -> None:
    """待送达: the letter came back."""
    posted(play, back, template)
    letter.mail_came_back(play, _at(back, _USUAL.delivered))


def to_hand_over(play: Stagehand, back: int, template: str) -> None:
    """待送达 by hand: only the applicant's signature stops the clock."""
    to_post(play, back, template)
    letter.send(play, _at(back, _USUAL.sent), DispatchWay.HAND)


def delivered(play: Stagehand, back: int, template: str) -> None:
    """待归档."""
    posted(play, back, template)
    letter.deliver(play, _at(back, _USUAL.delivered))


def archived(play: Stagehand, back: int, template: str) -> None:
    """已归档, in time."""
    delivered(play, back, template)
    letter.file_away(play, _at(back, _USUAL.archived))


def archived_online(play: Stagehand, back: int, template: str) -> None:
    """已归档, answered through the portal."""
    to_post(play, back, template)
    letter.send(play, _at(back, _USUAL.sent), DispatchWay.PORTAL)
    letter.deliver(play, _at(back, _USUAL.sent))
    letter.file_away(play, _at(back, _USUAL.archived))


def archived_late(play: Stagehand, back: int, template: str) -> None:
    """已归档, but the reply left after the due date."""
    _prepared(play, back, template, _SLOW)
    letter.draft(play, _at(back, _SLOW.drafted), template)
    letter.submit(play, _at(back, _SLOW.drafted))
    letter.approve(play, _at(back, _SLOW.reviewed))
    letter.sign(play, _at(back, _SLOW.signed))
    letter.seal(play, _at(back, _SLOW.sealed))
    letter.send(play, _at(back, _SLOW.sent), DispatchWay.POST)
    letter.deliver(play, _at(back, _SLOW.delivered))
    letter.file_away(play, _at(back, _SLOW.archived))


def abandoned(play: Stagehand, back: int, template: str) -> None:
    """视为放弃: no correction came."""
    correction_lapsing(play, back, template)
    on = _at(back, 16)
    checked = "已查收发室登记、单位邮箱和门户网站，未收到补正材料。"
    abandon(play.clerk(on), play.case_id, on=play.day(on), checked=checked, expected_version=None)


def withdrawn(play: Stagehand, back: int, template: str) -> None:
    """已撤回."""
    accepted(play, back, template)
    on = _at(back, 5)
    statement = "申请人来电并寄来书面说明：所需材料已从其他途径取得，撤回申请。"
    withdraw(play.clerk(on), play.case_id, on=play.day(on), statement=statement, expected_version=None)


def ordered_anew(play: Stagehand, back: int, template: str) -> None:
    """办理中 in a second answer: the reconsideration decision ordered a new reply."""
    archived(play, back, template)
    document = "台政复决〔演示〕1号"
    after.copy_received(play, _at(back, 20), ChallengeKind.RECONSIDERATION)
    after.answer(play, _at(back, 27))
    after.close(play, 4, ChallengeResult.CORRECTED, document)
    order_anew(
        play.head(3),
        play.case_id,
        on=play.day(3),
        source=OrderSource.RECONSIDERATION,
        document=document,
        days=20,
        challenge_id=after.challenge_id(play),
        expected_version=None,
    )


def litigated(play: Stagehand, back: int, template: str) -> None:
    """已归档 and held because of a suit; the answer is due, the hearing lies ahead."""
    archived(play, back, template)
    after.copy_received(play, 6, ChallengeKind.DIRECT_SUIT)
    after.hear(play, 2, in_days=16)
    hold(play.head(1), play.case_id, grounds="申请人已提起行政诉讼，案卷暂停处置。", expected_version=None)


def reconsidered(play: Stagehand, back: int, template: str) -> None:
    """已归档; the reconsideration organ upheld the reply."""
    archived(play, back, template)
    after.copy_received(play, _at(back, 15), ChallengeKind.RECONSIDERATION)
    after.answer(play, _at(back, 22))
    after.close(play, 5, ChallengeResult.UPHELD, "台政复决〔演示〕2号")


def answer_due(play: Stagehand, back: int, template: str) -> None:
    """已归档 late; a reconsideration in the simplified procedure wants an answer within 5 working days."""
    archived_late(play, back, template)
    after.copy_received(play, 2, ChallengeKind.RECONSIDERATION, simplified=True)


def _prepared(play: Stagehand, back: int, template: str, steps: Steps) -> None:
    screen(play, _at(back, steps.screened))
    letter.gather(play, template, _at(back, steps.searched), _at(back, steps.cleared))


def _at(back: int, after: int) -> int:
    """Working days before today of a step so many working days after receipt."""
    return max(back - after, 0)
