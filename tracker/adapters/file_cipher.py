"""Encryption of the bytes of files, each case under a key of its own: without the key they are noise, wherever a copy
lies."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tracker.adapters.cipher import DataUnreadable

_VERSION = b"\x01"
_NONCE_BYTES = 12
KEY_BYTES = 32


def new_file_key() -> bytes:
    """A random key of 256 bits; nothing else gives it again."""
    return os.urandom(KEY_BYTES)


def seal_bytes(key: bytes, content: bytes) -> bytes:
    """AES-256-GCM; two seals of one content differ."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, content, _VERSION)


def open_bytes(key: bytes, sealed: bytes) -> bytes:
    """The content. Raises ``DataUnreadable`` for another key or altered bytes."""
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, sealed[:1])
    except (InvalidTag, ValueError) as error:
        raise DataUnreadable("a file cannot be opened with the key of its case") from error
