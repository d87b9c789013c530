"""From an HTTP request to the surroundings a verb needs."""

from __future__ import annotations

from datetime import date

from flask import current_app
from flask_login import current_user

from tracker.domain.actors import Actor
from tracker.extensions import db
from tracker.services.context import Context, Runtime


def runtime() -> Runtime:
    """Clock and adapters of this process."""
    held: Runtime = current_app.extensions["tracker"]
    return held


def actor() -> Actor:
    """The signed-in person with the roles held."""
    person: Actor = current_user.actor
    return person


def context() -> Context:
    """Session, actor, time and adapters for a verb called from this request."""
    return runtime().context(db.session(), actor())


def today() -> date:
    """Today in Asia/Shanghai, or the fixed day of a demonstration."""
    return runtime().clock.today()
