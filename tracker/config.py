"""Settings of one installation, read once from the environment (see the table in ``docs/operations.md``)."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from tracker.adapters.json_log import SyslogAddress
from tracker.adapters.mailer import Security, SmtpSettings
from tracker.adapters.robots import RobotSettings

ROOT = Path(__file__).resolve().parent.parent
MIN_KEY_CHARACTERS = 32
_CLAMD = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?")
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "fuse.sshfs"}
)


class SettingsError(Exception):
    """The environment does not describe an installation that may start; the message is one line for the operator."""


class Environment(StrEnum):
    """Where the process runs; production refuses everything meant for trying out."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may decide. ``today`` is a fixed date of law for demonstrations, else None; ``codes_required``:
    whether administrators and supervisors must sign in with 动态口令; ``reports_url``: a standby to ask for reports."""

    environment: Environment
    instance: Path
    database_url: str
    secret_key: str
    data_key: str
    files: Path
    today: date | None = None
    metrics_token: str | None = None
    trusted_proxies: int = 0
    smtp: SmtpSettings | None = None
    base_url: str | None = None
    robots: RobotSettings | None = None
    codes_required: bool = False
    clamd: str | None = None
    anchors: Path | None = None
    log_lines: bool = False
    syslog: SyslogAddress | None = None
    data_keys_before: tuple[str, ...] = ()
    reports_url: str | None = None

    @property
    def is_production(self) -> bool:
        """Whether demonstration accounts, a fixed today and keys made on the spot are refused."""
        return self.environment is Environment.PRODUCTION


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the environment. Raises ``SettingsError`` with one line that says what to set."""
    env = os.environ if environ is None else environ
    environment = _environment(env)
    instance = Path(env.get("TRACKER_INSTANCE") or ROOT / "instance").resolve()
    database_url = _database_url(env, "TRACKER_DATABASE_URL") or f"sqlite:///{instance / 'tracker.sqlite3'}"
    settings = Settings(
        environment=environment,
        instance=instance,
        database_url=database_url,
        secret_key=_key(env, "TRACKER_SECRET_KEY", instance / "secret_key", environment),
        data_key=_key(env, "TRACKER_DATA_KEY", instance / "data_key", environment),
        files=Path(env.get("TRACKER_FILES") or instance / "files").resolve(),
        today=_today(env),
        metrics_token=_value(env, "TRACKER_METRICS_TOKEN"),
        trusted_proxies=_count(env, "TRACKER_PROXIES"),
        smtp=_smtp(env),
        base_url=_base_url(env),
        robots=_robots(env),
        codes_required=_codes_required(env),
        clamd=_clamd(env),
        log_lines=_log_lines(env, environment),
        syslog=_syslog(env),
        data_keys_before=_keys_before(env),
        reports_url=_database_url(env, "TRACKER_REPORTS_DATABASE_URL"),
        anchors=Path(env["TRACKER_ANCHORS"]).resolve() if env.get("TRACKER_ANCHORS") else None,
    )
    if settings.is_production:
        _refuse_for_production(settings)
    return settings


def _environment(env: Mapping[str, str]) -> Environment:
    given = env.get("TRACKER_ENV") or Environment.DEVELOPMENT
    try:
        return Environment(given)
    except ValueError as error:
        raise SettingsError(f"TRACKER_ENV is {given!r}: it must be development or production.") from error


def _database_url(env: Mapping[str, str], name: str) -> str | None:
    given = env.get(name)
    if not given:
        return None
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise SettingsError(f"{name} is not a database address.") from error
    if url.drivername in {"postgresql", "postgres"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in {"sqlite", "postgresql+psycopg"}:
        raise SettingsError(f"{name} names {url.drivername!r}: use sqlite:///… or postgresql+psycopg://…")
    if url.drivername == "sqlite" and url.database not in {None, "", ":memory:"}:
        url = url.set(database=str(Path(str(url.database)).resolve()))
    return url.render_as_string(hide_password=False)


def _value(env: Mapping[str, str], name: str) -> str | None:
    """The variable itself, or the content of the file that ``<name>_FILE`` names."""
    if env.get(name):
        return env[name]
    path = env.get(f"{name}_FILE")
    if not path:
        return None
    try:
        return Path(path).read_text("utf-8").strip() or None
    except OSError as error:
        raise SettingsError(f"{name}_FILE: {path} cannot be read ({error.strerror}).") from error


def _key(env: Mapping[str, str], name: str, kept: Path, environment: Environment) -> str:
    given = _value(env, name)
    if given is None:
        if environment is Environment.PRODUCTION:
            raise SettingsError(
                f"{name} is missing: set {name} or {name}_FILE (production makes no keys itself)."
            )
        given = _kept_key(kept)
    if len(given) < MIN_KEY_CHARACTERS:
        raise SettingsError(f"{name} is too short: at least {MIN_KEY_CHARACTERS} characters.")
    return given


def _kept_key(path: Path) -> str:
    """The key kept in the instance folder, made on first use; only its owner may read it."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(secrets.token_hex(32))
    try:
        os.link(partial, path)
    except FileExistsError:
        pass  # another process, or an earlier start, made it first: that one counts
    finally:
        partial.unlink()
    return path.read_text("utf-8").strip()


def _today(env: Mapping[str, str]) -> date | None:
    given = env.get("TRACKER_TODAY")
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise SettingsError(f"TRACKER_TODAY is {given!r}: it must be a date such as 2026-11-23.") from error


def _count(env: Mapping[str, str], name: str) -> int:
    given = env.get(name) or "0"
    if not given.isdigit():
        raise SettingsError(f"{name} is {given!r}: it must be a number, 0 or more.")
    return int(given)


def _smtp(env: Mapping[str, str]) -> SmtpSettings | None:
    host = env.get("TRACKER_SMTP_HOST")
    if not host:
        return None
    sender = env.get("TRACKER_SMTP_FROM") or ""
    if "@" not in sender:
        raise SettingsError("TRACKER_SMTP_FROM must be the address mail is sent from.")
    given = env.get("TRACKER_SMTP_SECURITY") or Security.STARTTLS
    try:
        security = Security(given)
    except ValueError as error:
        raise SettingsError(
            f"TRACKER_SMTP_SECURITY is {given!r}: it must be starttls, tls or none."
        ) from error
    usual = {Security.TLS: 465, Security.STARTTLS: 587, Security.NONE: 25}[security]
    return SmtpSettings(
        host=host,
        port=_count(env, "TRACKER_SMTP_PORT") or usual,
        sender=sender,
        user=env.get("TRACKER_SMTP_USER"),
        password=_value(env, "TRACKER_SMTP_PASSWORD"),
        security=security,
    )


def _robots(env: Mapping[str, str]) -> RobotSettings | None:
    hosts = [host.lower() for host in re.split(r"[\s,]+", env.get("TRACKER_ROBOT_HOSTS") or "") if host]
    if not hosts:
        return None
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise SettingsError(f"TRACKER_ROBOT_HOSTS names {host!r}: write host or host:port, no address.")
    proxy = _value(env, "TRACKER_ROBOT_PROXY")
    if proxy and not proxy.startswith(("https://", "http://")):
        raise SettingsError("TRACKER_ROBOT_PROXY must begin with http:// (or https://).")
    ca_file = env.get("TRACKER_ROBOT_CA") or None
    if ca_file and not Path(ca_file).is_file():
        raise SettingsError(f"TRACKER_ROBOT_CA: there is no file {ca_file}.")
    return RobotSettings(frozenset(host.removesuffix(":443") for host in hosts), proxy, ca_file)


def _codes_required(env: Mapping[str, str]) -> bool:
    given = env.get("TRACKER_ONE_TIME_CODES") or "optional"
    if given not in {"optional", "required"}:
        raise SettingsError(f"TRACKER_ONE_TIME_CODES is {given!r}: it must be optional or required.")
    return given == "required"


def _clamd(env: Mapping[str, str]) -> str | None:
    given = env.get("TRACKER_CLAMD") or None
    if given and not given.startswith("unix:/") and not _CLAMD.fullmatch(given):
        raise SettingsError(f"TRACKER_CLAMD is {given!r}: write host:port or unix:/path/of/the/socket.")
    return given


def _log_lines(env: Mapping[str, str], environment: Environment) -> bool:
    given = env.get("TRACKER_LOG") or ("json" if environment is Environment.PRODUCTION else "off")
    if given not in {"json", "off"}:
        raise SettingsError(f"TRACKER_LOG is {given!r}: it must be json or off.")
    return given == "json"


def _syslog(env: Mapping[str, str]) -> SyslogAddress | None:
    given = env.get("TRACKER_SYSLOG")
    if not given:
        return None
    kind, _, rest = given.partition(":")
    if kind == "unix" and rest.startswith("/"):
        return SyslogAddress(kind, rest)
    if kind in {"udp", "tcp"} and _CLAMD.fullmatch(rest):
        host, _, port = rest.rpartition(":")
        return SyslogAddress(kind, host.strip("[]"), int(port))
    raise SettingsError(f"TRACKER_SYSLOG is {given!r}: write udp:host:514, tcp:host:601 or unix:/dev/log.")


def _keys_before(env: Mapping[str, str]) -> tuple[str, ...]:
    keys = tuple((_value(env, "TRACKER_DATA_KEY_BEFORE") or "").split())
    if any(len(key) < MIN_KEY_CHARACTERS for key in keys):
        raise SettingsError(
            f"TRACKER_DATA_KEY_BEFORE holds a key that is too short: at least {MIN_KEY_CHARACTERS} characters."
        )
    return keys


def _base_url(env: Mapping[str, str]) -> str | None:
    given = (env.get("TRACKER_BASE_URL") or "").rstrip("/")
    if given and not given.startswith(("https://", "http://")):
        raise SettingsError("TRACKER_BASE_URL must begin with https:// (or http://).")
    return given or None


def _refuse_for_production(settings: Settings) -> None:
    if settings.today is not None:
        raise SettingsError("TRACKER_TODAY must not be set in production: dates of law follow the real day.")
    database = make_url(settings.database_url)
    if (
        database.drivername == "sqlite"
        and _file_system_of(Path(str(database.database))) in NETWORK_FILE_SYSTEMS
    ):
        raise SettingsError(
            "TRACKER_DATABASE_URL is SQLite on a network drive, which several machines may share: use PostgreSQL."
        )


def _file_system_of(path: Path) -> str | None:
    """Type of the file system that holds a path, as Linux lists it; None where there is no such list."""
    try:
        mounts = Path("/proc/self/mounts").read_text("utf-8").splitlines()
    except OSError:
        return None
    best: tuple[int, str | None] = (-1, None)
    for fields in (line.split() for line in mounts):
        point = Path(fields[1].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) > best[0]:
            best = (len(point.parts), fields[2])
    return best[1]
