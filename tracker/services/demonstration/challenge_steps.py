"""Steps of the play after a reply: the applicant goes to the reconsideration organ or the court."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from tracker.domain.challenges import ChallengeKind, ChallengeResult
from tracker.models import Challenge, Letter
from tracker.services.challenges import (
    NewChallenge,
    answer_challenge,
    close_challenge,
    register_challenge,
    set_hearing,
)
from tracker.services.demonstration.stagehand import Stagehand

_CLAIMS = {
    False: "请求撤销被申请人作出的政府信息公开答复，责令其重新答复。",
    True: "请求判决撤销被告作出的政府信息公开答复，并责令其在法定期限内重新答复。",
}


def copy_received(play: Stagehand, back: int, kind: ChallengeKind, *, simplified: bool = False) -> None:
    """收到副本."""
    letter_id = play.ctx.session.scalars(
        select(Letter.id).where(Letter.case_id == play.case_id, Letter.is_reply).order_by(Letter.id)
    ).first()
    number = f"（{play.day(back).year}）演示{'行初' if kind.is_suit else '复议'}{play.case_id}号"
    new = NewChallenge(
        kind,
        play.day(back),
        _CLAIMS[kind.is_suit],
        number=number,
        simplified=simplified,
        letter_id=letter_id,
    )
    register_challenge(play.head(back), play.case_id, new, expected_version=None)


def answer(play: Stagehand, back: int) -> None:
    """提交答复书（答辩状）."""
    answer_challenge(
        play.head(back),
        play.case_id,
        challenge_id=challenge_id(play),
        on=play.day(back),
        note="答复书及证据材料 1 式 2 份，已送达复议机关。",
        expected_version=None,
    )


def hear(play: Stagehand, back: int, in_days: int) -> None:
    """登记开庭."""
    ctx = play.head(back)
    set_hearing(
        ctx,
        play.case_id,
        challenge_id=challenge_id(play),
        hearing_on=play.ctx.today + timedelta(days=in_days),
        expected_version=None,
    )


def close(play: Stagehand, back: int, result: ChallengeResult, document: str) -> None:
    """登记结果."""
    close_challenge(
        play.head(back),
        play.case_id,
        challenge_id=challenge_id(play),
        result=result,
        on=play.day(back),
        document=document,
        expected_version=None,
    )


def challenge_id(play: Stagehand) -> int:
    """The newest challenge of the case being told."""
    newest = select(Challenge.id).where(Challenge.case_id == play.case_id).order_by(Challenge.id.desc())
    return play.ctx.session.scalars(newest.limit(1)).one()
