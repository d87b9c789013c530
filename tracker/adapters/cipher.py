"""Encryption of personal data with a key that lives outside the database."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x02"
"""Followed by the mark of the key. Version 1 had none."""
_MARK_BYTES = 4
_NONCE_BYTES = 12
_MOST_WORDS = 400_000


class DataUnreadable(Exception):
    """Stored personal data does not open with this key: the key was exchanged or the bytes were altered."""


class Cipher(Protocol):
    """What services need: seal and open a text, and a keyed hash to find equal ones."""

    def seal(self, text: str) -> bytes: ...

    def open(self, sealed: bytes) -> str: ...

    def is_current(self, sealed: bytes) -> bool: ...

    @property
    def name(self) -> str: ...

    def fingerprint(self, text: str) -> str: ...

    def token(self, word: str, *, closed: bool = False) -> int: ...


class AesCipher:
    """AES-256-GCM under a key derived from ``TRACKER_DATA_KEY``; the search hash uses another derived key.

    ``before``: keys that were in use earlier. What they sealed opens still, and is sealed anew by ``keys rotate``.
    """

    def __init__(self, data_key: str, before: Sequence[str] = ()) -> None:
        if len(data_key) < 32:
            raise ValueError("the data key must have at least 32 characters")
        self.mark = _mark(data_key)
        self._keys = {_mark(key): AESGCM(_derive(key, b"personal data")) for key in (*before, data_key)}
        self._hash_key = _derive(data_key, b"search hash")
        self._words = _Words(_derive(data_key, b"search words"))
        self._closed_words = _Words(_derive(data_key, b"search words of personal data"))

    def seal(self, text: str) -> bytes:
        """Encrypt under the key in use; two seals of one text differ."""
        nonce = os.urandom(_NONCE_BYTES)
        head = _VERSION + self.mark
        return head + nonce + self._keys[self.mark].encrypt(nonce, text.encode(), head)

    def open(self, sealed: bytes) -> str:
        """Decrypt. Raises ``DataUnreadable`` for a foreign key or altered bytes."""
        if sealed[:1] == _VERSION:
            head, rest = sealed[: 1 + _MARK_BYTES], sealed[1 + _MARK_BYTES :]
            keys = [key for mark, key in self._keys.items() if mark == head[1:]]
        else:  # from before keys had a mark
            head, rest, keys = sealed[:1], sealed[1:], list(self._keys.values())
        for key in keys:
            try:
                return key.decrypt(rest[:_NONCE_BYTES], rest[_NONCE_BYTES:], head).decode()
            except (InvalidTag, ValueError):
                continue
        raise DataUnreadable("personal data cannot be opened with this key")

    @property
    def name(self) -> str:
        """The mark of the key in use, as people see it; it tells nothing of the key."""
        return self.mark.hex()

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed with the key in use, and needs no sealing anew."""
        return sealed.startswith(_VERSION + self.mark)

    def fingerprint(self, text: str) -> str:
        """Keyed hash (HMAC-SHA256, hex) of a normalised value: equal values meet, others tell nothing."""
        return hmac.digest(self._hash_key, text.encode(), "sha256").hex()

    def token(self, word: str, *, closed: bool = False) -> int:
        """A word as the search index knows it: a keyed hash of 32 bits, signed. ``closed``: a word of what stands in
        the database sealed or hashed only; its numbers are others, so that texts kept in clear do not give them away.
        """
        return (self._closed_words if closed else self._words)[word]


class _Words(dict[str, int]):
    """Keyed numbers of words, each worked out once."""

    def __init__(self, key: bytes) -> None:
        super().__init__()
        self._key = key

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_WORDS:
            self.clear()
        digest = hashlib.blake2b(word.encode(), digest_size=4, key=self._key).digest()
        token = self[word] = int.from_bytes(digest, "big", signed=True)
        return token


def _mark(data_key: str) -> bytes:
    return _derive(data_key, b"mark of the key")[:_MARK_BYTES]


def _derive(data_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(data_key.encode())
