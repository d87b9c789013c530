"""What a password must be (网络安全等级保护：长度与复杂度), and the rules of locking and idling out."""

from __future__ import annotations

from datetime import datetime, timedelta

from tracker.domain.vocabulary import N_

MIN_CHARACTERS = 10
MAX_CHARACTERS = 128
MIN_KINDS = 3

FAILURES_UNTIL_LOCKED = 5
LOCKED_FOR = timedelta(minutes=15)
# An office shares one address; guessing across many accounts needs far more tries than forgetting does.
FAILURES_UNTIL_ADDRESS_REFUSED = 30

IDLE_LIMIT = timedelta(minutes=30)
LONGEST_SESSION = timedelta(hours=12)
SEEN_AT_MOST_EVERY = timedelta(minutes=1)


def password_faults(password: str, login: str, name: str) -> list[str]:
    """What is wrong with a new password, each as a text that says what to do; empty when it may be used."""
    faults = []
    if len(password) < MIN_CHARACTERS:
        faults.append(N_("密码至少 10 个字符，请加长。"))
    if len(password) > MAX_CHARACTERS:
        faults.append(N_("密码至多 128 个字符，请缩短。"))
    if _kinds(password) < MIN_KINDS:
        faults.append(N_("密码须含大写字母、小写字母、数字、符号中的至少三类。"))
    if login.lower() in password.lower() or (name and name in password):
        faults.append(N_("密码不能包含登录名或姓名。"))
    if len(set(password)) < MIN_CHARACTERS // 2:
        faults.append(N_("密码中重复的字符太多，请换一个。"))
    return faults


def is_idle(last_seen_at: datetime, now: datetime) -> bool:
    """Whether a session has been left alone too long."""
    return now - last_seen_at > IDLE_LIMIT


def _kinds(password: str) -> int:
    return sum(
        any(test(character) for character in password)
        for test in (str.isupper, str.islower, str.isdigit, lambda character: not character.isalnum())
    )
