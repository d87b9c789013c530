"""Logs are kept for six months and more, as 网络安全法 (Art 23, formerly 21) asks of every network operator."""

from __future__ import annotations

import re
from configparser import ConfigParser

from tracker.config import ROOT

SIX_MONTHS = 184
"""Days of the longest half year."""
EXAMPLES = ROOT / "docs" / "deployment"
DAYS = {"daily": 1, "weekly": 7, "monthly": 28}
UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}


def test_the_journal_of_both_services_is_kept() -> None:
    given = ConfigParser()
    given.read_string((EXAMPLES / "journald.conf").read_text("utf-8"))
    kept = re.fullmatch(r"(\d+)(day|week|month|year)s?", given["Journal"]["MaxRetentionSec"])
    assert kept is not None
    assert int(kept[1]) * UNITS[kept[2]] >= SIX_MONTHS
    assert given["Journal"]["Storage"] == "persistent"


def test_the_log_of_the_web_server_is_kept() -> None:
    words = (EXAMPLES / "logrotate").read_text("utf-8").split()
    [period] = [word for word in words if word in DAYS]
    assert int(words[words.index("rotate") + 1]) * DAYS[period] >= SIX_MONTHS
    assert not {"maxage", "size", "maxsize"} & set(words)
