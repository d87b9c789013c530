"""What an organ would hand in today: its tables, what stands behind them, and its text with the figures filled in."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from tracker.domain.actors import Actor
from tracker.domain.frozen_report import HandedIn
from tracker.queries.annual_challenges import read_challenge_places
from tracker.queries.annual_fees import read_payments
from tracker.queries.annual_table import OrganGroup, read_places
from tracker.queries.organs import OrganName
from tracker.queries.proactive import read_proactive
from tracker.queries.report_pictures import read_picture_counts
from tracker.queries.report_texts import filled_texts


def read_counted(session: Session, actor: Actor, year: int, organ: OrganName) -> HandedIn:
    """The same without its text; six statements."""
    group = OrganGroup(codes=(organ.code,))
    typed = read_proactive(session, actor, year, group)
    return HandedIn(
        read_places(session, actor, year, group),
        typed.table if typed.tables else None,
        read_challenge_places(session, actor, year, group),
        read_payments(session, actor, year, group),
        counts=read_picture_counts(session, actor, year, group),
    )


def read_handing_in(session: Session, actor: Actor, year: int, organ: OrganName) -> HandedIn:
    """Of an organ the actor reports on."""
    counted = read_counted(session, actor, year, organ)
    texts = filled_texts(session, actor, year, organ.code, organ.name, counted.figures())
    return replace(counted, texts=texts)
