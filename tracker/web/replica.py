"""Pages that only count may ask a standby of the database, so that a report over years costs the clerks nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, g
from sqlalchemy.exc import OperationalError

from tracker.extensions import REPORTS, db

View = TypeVar("View", bound=Callable[..., Any])
log = logging.getLogger("tracker.replica")


def from_replica(view: View) -> View:
    """The view reads from the database named for reports, where one is named; it must not write. What it shows may be
    some moments old. While that database cannot be reached, it reads from the usual one."""

    @wraps(view)
    def read(*args: Any, **kwargs: Any) -> Any:
        if REPORTS not in current_app.config["SQLALCHEMY_BINDS"]:
            return view(*args, **kwargs)
        g.reads_replica = True
        try:
            return view(*args, **kwargs)
        except OperationalError as error:
            log.warning("reports are read from the primary: %s", type(error.orig).__name__)
            db.session.rollback()
            g.reads_replica = False
            return view(*args, **kwargs)
        finally:
            g.reads_replica = False

    read.__replica__ = True  # type: ignore[attr-defined]
    return read  # type: ignore[return-value]
