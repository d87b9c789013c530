"""Sets up the demonstration district on an empty database, in one transaction: all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.domain.errors import TrackerError
from tracker.domain.request_terms import Channel
from tracker.models import Account, Case, Organ
from tracker.services.context import Context
from tracker.services.demonstration.accounts import create_people
from tracker.services.demonstration.afterwards import (
    arrange_stand_ins,
    classify_requests,
    hold_up_models,
    keep_statistics,
    propose_to_publish,
)
from tracker.services.demonstration.intake_steps import joint_applicants, receive, receive_stub
from tracker.services.demonstration.last_year import hand_in_reports, import_last_year
from tracker.services.demonstration.misdirected import misdirected_mail, other_matters
from tracker.services.demonstration.offices import furnish_offices
from tracker.services.demonstration.people import STAFF
from tracker.services.demonstration.scenes import SCENES, Scene
from tracker.services.demonstration.searches import ask_others_to_search
from tracker.services.demonstration.stagehand import Stagehand
from tracker.services.unit_of_work import transaction


@dataclass(frozen=True, slots=True)
class Staged:
    """What was set up. ``unfinished``: requests that could not be taken as far as planned, each with the reason, for
    example because no font of this machine can print a letter."""

    accounts: int
    cases: int
    unfinished: tuple[str, ...]


def is_empty(session: Session) -> bool:
    """Whether a demonstration may be set up: no case yet, and no demonstration account."""
    has_case = session.scalar(select(Case.id).limit(1)) is not None
    has_people = session.scalar(select(Account.id).where(Account.demonstration).limit(1)) is not None
    return not has_case and not has_people


def set_up(ctx: Context) -> Staged:
    """People, offices and requests around the context's today, through the verbs everybody uses."""
    with transaction(ctx) as session:
        rows = session.execute(select(Organ.code, Organ.id)).all()
        organ_ids = {row.code: row.id for row in rows}
        actors = create_people(ctx, organ_ids)
        furnish_offices(ctx.as_actor(actors["administrator"]), organ_ids)
        play = Stagehand(ctx, actors, organ_ids)
        unfinished = [
            told for number, scene in enumerate(SCENES, start=1) if (told := _perform(play, number, scene))
        ]
        for number, (organ, channel) in enumerate(_STUBS, start=len(SCENES) + 1):
            _begin(play, organ)
            receive_stub(play, number, channel, 0)
        misdirected_mail(play)
        other_matters(play)
        ask_others_to_search(play)
        imported = import_last_year(play)
        hand_in_reports(play)
        classify_requests(play)
        keep_statistics(play)
        arrange_stand_ins(play)
        hold_up_models(play)
        propose_to_publish(play)
        return Staged(len(actors), len(SCENES) + len(_STUBS) + imported, tuple(unfinished))


_STUBS = (("MZJ", Channel.REGISTERED_MAIL), ("JSJ", Channel.REGISTERED_MAIL))


def _begin(play: Stagehand, organ: str) -> None:
    play.organ, play.clerk_login, play.case_id = organ, STAFF[organ][0], 0


def _perform(play: Stagehand, number: int, scene: Scene) -> str:
    """Play one scene; where a step is refused the request stays as it came in, and the refusal is told."""
    _begin(play, scene.organ)
    people = joint_applicants(number) if scene.joint else ()
    receive(play, number, scene.channel, scene.subject, scene.back, scene.kind, people)
    try:
        with play.ctx.session.begin_nested():
            scene.plot(play, scene.back, scene.template)
    except TrackerError as refused:
        return f"{play.case.number}：{refused}"
    return ""
