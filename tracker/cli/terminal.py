"""What every command needs: the surroundings of a verb, and errors told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app

from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Invalid, TrackerError
from tracker.extensions import db
from tracker.services.context import Context, Runtime


def system_context() -> Context:
    """Session, time and adapters for a verb called from a terminal, the system itself acting."""
    runtime: Runtime = current_app.extensions["tracker"]
    return runtime.context(db.session(), SYSTEM)


@contextmanager
def told_in_one_line(exit_code: int = 1) -> Iterator[None]:
    """End the command with the message of a domain error on standard error instead of a traceback."""
    try:
        yield
    except TrackerError as error:
        click.echo(_words(error), err=True)
        raise click.exceptions.Exit(exit_code) from error


def _words(error: TrackerError) -> str:
    if isinstance(error, Invalid):
        return "；".join(str(message) for messages in error.fields.values() for message in messages)
    return str(error)
