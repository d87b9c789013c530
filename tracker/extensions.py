"""Flask extensions, unbound: ``create_app`` binds them."""

from __future__ import annotations

from typing import Any

from flask import g, has_app_context
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, Engine

from tracker.models import Base

REPORTS = "reports"
"""The database that reports are read from, where one is named."""


class ReadingSession(Session):
    """Asks the database for reports while a page says so (``g.reads_replica``), else the usual one."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Engine | Connection:
        if has_app_context() and g.get("reads_replica"):
            return db.engines[REPORTS]
        return super().get_bind(*args, **kwargs)


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": ReadingSession})
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
migrate = Migrate()
bootstrap = Bootstrap5()
