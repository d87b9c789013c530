"""Encryption of personal data with a key that lives outside the database."""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
_NONCE_BYTES = 12


class DataUnreadable(Exception):
    """Stored personal data does not open with this key: the key was exchanged or the bytes were altered."""


class Cipher(Protocol):
    """What services need: seal and open a text, and a keyed hash to find equal ones."""

    def seal(self, text: str) -> bytes: ...

    def open(self, sealed: bytes) -> str: ...

    def fingerprint(self, text: str) -> str: ...


class AesCipher:
    """AES-256-GCM under a key derived from ``TRACKER_DATA_KEY``; the search hash uses another derived key."""

    def __init__(self, data_key: str) -> None:
        if len(data_key) < 32:
            raise ValueError("the data key must have at least 32 characters")
        self._aead = AESGCM(_derive(data_key, b"personal data"))
        self._hash_key = _derive(data_key, b"search hash")

    def seal(self, text: str) -> bytes:
        """Encrypt; two seals of one text differ."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._aead.encrypt(nonce, text.encode(), _VERSION)

    def open(self, sealed: bytes) -> str:
        """Decrypt. Raises ``DataUnreadable`` for a foreign key or altered bytes."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._aead.decrypt(nonce, body, sealed[:1]).decode()
        except InvalidTag as error:
            raise DataUnreadable("personal data cannot be opened with this key") from error

    def fingerprint(self, text: str) -> str:
        """Keyed hash (HMAC-SHA256, hex) of a normalised value: equal values meet, others tell nothing."""
        return hmac.new(self._hash_key, text.encode(), hashlib.sha256).hexdigest()


def _derive(data_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(data_key.encode())
