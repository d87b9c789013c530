"""Hashing of passwords (argon2id) and the making of secrets."""

from __future__ import annotations

import hashlib
import secrets
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Without characters that are mistaken for one another when read aloud or from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """The argon2id hash, with its salt and parameters."""
    return _hasher.hash(password)


def password_matches(stored: str, password: str) -> bool:
    """Whether the password is the one that was hashed; an unusable hash matches nothing."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def waste_time(password: str) -> None:
    """Take as long as a check of a real account, so that the answer does not tell which logins exist."""
    password_matches(_decoy(), password)


def one_time_password() -> str:
    """Fifteen readable characters in three groups, to be told to one person once."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(3))


def session_token() -> str:
    """The secret of one signed-in browser."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


@lru_cache(maxsize=1)
def _decoy() -> str:
    return hash_password(secrets.token_urlsafe(16))
