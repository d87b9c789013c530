"""Settings from the environment: defaults for trying out, refusals in production, one line that says what to set."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from tracker import config
from tracker.adapters.robots import RobotSettings
from tracker.config import ROOT, Environment, SettingsError, load_settings

KEYS = {"TRACKER_SECRET_KEY": "s" * 32, "TRACKER_DATA_KEY": "d" * 32}


def test_a_bare_environment_gets_an_installation_of_its_own(tmp_path: Path) -> None:
    env = {"TRACKER_INSTANCE": str(tmp_path / "instance")}
    settings = load_settings(env)
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/tracker.sqlite3"
    assert settings.files == tmp_path / "instance" / "files"
    assert settings.today is None
    for name in ("secret_key", "data_key"):
        kept = tmp_path / "instance" / name
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert len(kept.read_text()) >= 32
    assert settings.secret_key != settings.data_key
    assert load_settings(env) == settings, "the keys made first are kept"
    assert sorted(path.name for path in (tmp_path / "instance").iterdir()) == ["data_key", "secret_key"]


def test_keys_come_from_files_too(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text("f" * 40 + "\n")
    env = {
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_SECRET_KEY_FILE": str(secret),
        "TRACKER_DATA_KEY": "d" * 32,
    }
    assert load_settings(env).secret_key == "f" * 40


def test_a_fixed_day_and_a_plain_postgresql_address(tmp_path: Path) -> None:
    env = {
        "TRACKER_INSTANCE": str(tmp_path),
        "TRACKER_TODAY": "2026-02-14",
        "TRACKER_DATABASE_URL": "postgresql://u:p@h/d",
    }
    settings = load_settings(env)
    assert settings.today == date(2026, 2, 14)
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"


def test_robots_stand_on_named_hosts_alone(tmp_path: Path) -> None:
    env = {"TRACKER_INSTANCE": str(tmp_path)}
    assert load_settings(env).robots is None
    authority = tmp_path / "ca.pem"
    authority.touch()
    env |= {
        "TRACKER_ROBOT_HOSTS": "OAPI.dingtalk.com, qyapi.weixin.qq.com:443 relay.gov.test:8443",
        "TRACKER_ROBOT_PROXY": "http://proxy.gov.test:3128",
        "TRACKER_ROBOT_CA": str(authority),
    }
    hosts = frozenset({"oapi.dingtalk.com", "qyapi.weixin.qq.com", "relay.gov.test:8443"})
    assert load_settings(env).robots == RobotSettings(hosts, "http://proxy.gov.test:3128", str(authority))


@pytest.mark.parametrize(
    ("env", "said"),
    [
        ({"TRACKER_ENV": "staging"}, "TRACKER_ENV is 'staging'"),
        ({"TRACKER_TODAY": "tomorrow"}, "TRACKER_TODAY is 'tomorrow'"),
        ({"TRACKER_DATABASE_URL": "mysql://h/d"}, "use sqlite:///"),
        ({"TRACKER_DATABASE_URL": "no address"}, "TRACKER_DATABASE_URL is not"),
        ({"TRACKER_SECRET_KEY": "short"}, "TRACKER_SECRET_KEY is too short"),
        ({"TRACKER_DATA_KEY_FILE": "/does/not/exist"}, "cannot be read"),
        ({"TRACKER_PROXIES": "-1"}, "TRACKER_PROXIES"),
        ({"TRACKER_ROBOT_HOSTS": "https://oapi.dingtalk.com"}, "write host or host:port"),
        ({"TRACKER_ROBOT_HOSTS": "*.dingtalk.com"}, "write host or host:port"),
        ({"TRACKER_ROBOT_HOSTS": "h", "TRACKER_ROBOT_PROXY": "proxy:3128"}, "TRACKER_ROBOT_PROXY must begin"),
        ({"TRACKER_ONE_TIME_CODES": "maybe"}, "must be optional or required"),
        ({"TRACKER_ROBOT_HOSTS": "h", "TRACKER_ROBOT_CA": "/does/not/exist"}, "TRACKER_ROBOT_CA"),
        *(
            ({"TRACKER_CLAMD": bad}, "TRACKER_CLAMD")
            for bad in ("clamd", "unix:clamd", "http://clamd:3310", "c:x")
        ),
        ({"TRACKER_ENV": "production"}, "TRACKER_SECRET_KEY is missing"),
        ({"TRACKER_ENV": "production", "TRACKER_SECRET_KEY": "s" * 32}, "TRACKER_DATA_KEY is missing"),
        (
            {"TRACKER_ENV": "production", "TRACKER_TODAY": "2026-11-23", **KEYS},
            "must not be set in production",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_line(env: Mapping[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"TRACKER_INSTANCE": str(tmp_path), **env})
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_production_refuses_sqlite_on_a_drive_that_machines_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    env = {"TRACKER_ENV": "production", "TRACKER_INSTANCE": str(tmp_path), **KEYS}
    assert load_settings(env).is_production
    monkeypatch.setattr(config, "_file_system_of", lambda _path: "nfs4")
    with pytest.raises(SettingsError, match="use PostgreSQL"):
        load_settings(env)


def test_the_command_line_says_it_in_one_line_as_well(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if not key.startswith("TRACKER_")}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=env | {"TRACKER_ENV": "production", "TRACKER_INSTANCE": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("tracker: TRACKER_SECRET_KEY is missing")
    assert done.stderr.count("\n") == 1
