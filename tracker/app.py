"""The factory: reads like a table of contents and is the only module that knows every other."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker import web
from tracker.adapters.anchor_file import AnchorFile
from tracker.adapters.cipher import AesCipher
from tracker.adapters.file_store import DiskFileStore
from tracker.adapters.fonts import FontSet
from tracker.adapters.json_log import start_logging
from tracker.adapters.links import Links
from tracker.adapters.mailer import NoMailer, SmtpMailer
from tracker.adapters.migrations import FOLDER as MIGRATIONS
from tracker.adapters.package_store import PackageStore
from tracker.adapters.robots import HttpRobots, NoRobots
from tracker.adapters.system_clock import clock_for
from tracker.adapters.typesetter import TypstRenderer
from tracker.adapters.virus_scanner import ClamdScanner, NoScanner
from tracker.cli.commands import Commands
from tracker.config import ROOT, Settings, load_settings
from tracker.extensions import REPORTS, babel, bootstrap, csrf, db, login_manager, migrate
from tracker.models.engine import engine_options, prepare_engine
from tracker.services.context import Adapters, Runtime
from tracker.web.addresses import limit_numbers
from tracker.web.form_memory import remember_forms
from tracker.web.frame import dress
from tracker.web.i18n import select_locale
from tracker.web.request_log import log_requests
from tracker.web.security import secure
from tracker.web.users import know_users

MAX_UPLOAD_BYTES = 64 * 1024 * 1024


def create_app(settings: Settings | None = None, *, runtime: Runtime | None = None) -> Flask:
    """The application for the given settings (default: the environment's). Tests hand in their own clock and
    adapters as ``runtime``. Raises ``SettingsError`` when the environment is not fit to start."""
    settings = settings or load_settings()
    start_logging(lines=settings.log_lines, syslog=settings.syslog)
    app = Flask("tracker", template_folder=str(ROOT / "templates"), instance_path=str(settings.instance))
    configure(app, settings)
    app.extensions["tracker"] = runtime or runtime_of(settings)
    log_requests(app)
    bind_extensions(app)
    limit_numbers(app)
    register_rooms(app)
    register_commands(app)
    know_users(app)
    dress(app)
    remember_forms(app)
    secure(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Everything Flask and its extensions read from ``app.config``."""
    settings.instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    app.config.update(
        TRACKER=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database_url),
        SQLALCHEMY_BINDS=binds_of(settings),
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES,
        SESSION_COOKIE_NAME="tracker_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
        WTF_CSRF_TIME_LIMIT=None,
        BABEL_DEFAULT_LOCALE="zh_Hans_CN",
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BOOTSTRAP_SERVE_LOCAL=True,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def binds_of(settings: Settings) -> dict[str | None, str | dict[str, Any]]:
    """The databases beside the usual one: that for reports, where one is named."""
    url = settings.reports_url
    return {REPORTS: {"url": url, **engine_options(url)}} if url else {}


def runtime_of(settings: Settings) -> Runtime:
    """The real clock and adapters."""
    return Runtime(
        clock=clock_for(settings.today),
        adapters=Adapters(
            cipher=AesCipher(settings.data_key, settings.data_keys_before),
            files=DiskFileStore(settings.files),
            renderer=TypstRenderer(FontSet.of_installation(settings.instance)),
            mailer=SmtpMailer(settings.smtp) if settings.smtp else NoMailer(),
            robots=HttpRobots(settings.robots) if settings.robots else NoRobots(),
            links=Links(settings.base_url),
            scanner=ClamdScanner(settings.clamd) if settings.clamd else NoScanner(),
            packages=PackageStore(settings.files / "packages"),
            anchors=AnchorFile(settings.anchors or settings.instance / "anchors.log"),
        ),
    )


def bind_extensions(app: Flask) -> None:
    """Bind the extensions to this application."""
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)
    migrate.init_app(app, db, directory=str(MIGRATIONS))
    login_manager.init_app(app)
    csrf.init_app(app)
    babel.init_app(app, locale_selector=select_locale)
    bootstrap.init_app(app)


def register_rooms(app: Flask) -> None:
    """One blueprint a room."""
    for room in web.ROOMS:
        app.register_blueprint(import_module(f"tracker.web.{room}").bp)


def register_commands(app: Flask) -> None:
    """Those of the terminal, imported when they are asked for."""
    app.cli = Commands(app.name)
