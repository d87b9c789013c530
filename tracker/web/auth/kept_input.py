"""What a person had typed when the session timed out, carried through signing in again.

The fields travel sealed in the sign-in page itself, so that nothing has to be stored for people who never return. They
are given back only to the same account. A form from another site never gets here: its token was checked before, and
where that no longer holds, ``sent_from_here`` is asked.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Request

from tracker.adapters.cipher import Cipher, DataUnreadable
from tracker.adapters.passwords import token_hash
from tracker.extensions import db
from tracker.queries.accounts import find_timed_out_account
from tracker.web.users import SESSION_COOKIE

LONGEST = 200_000
_OWN_FIELDS = frozenset({"csrf_token", "password", "old", "new", "repeated", "once"})
ANYBODY = 0
"""Typed in this browser by somebody who signed out since: given back to whoever signs in here next. They could read it
on the page it was sent from."""


@dataclass(frozen=True, slots=True)
class KeptInput:
    """Fields of a form that was sent too late: where it was sent, by whom, what it said. Files are not kept."""

    account_id: int
    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool

    @classmethod
    def of(cls, request: Request) -> KeptInput | None:
        """What the request carries, when it comes from a session that timed out."""
        token = request.cookies.get(SESSION_COOKIE)
        account_id = find_timed_out_account(db.session(), token_hash(token)) if token else None
        return None if account_id is None else cls.by(account_id, request)

    @classmethod
    def by(cls, account_id: int, request: Request) -> KeptInput | None:
        """What the request carries, sent by this account; None when it carries nothing."""
        fields = tuple(item for item in request.form.items(multi=True) if item[0] not in _OWN_FIELDS)
        had_files = any(upload.filename for upload in request.files.values())
        if not (fields or had_files):
            return None
        return cls(account_id, request.full_path.rstrip("?"), fields, had_files)

    def is_for(self, account_id: int) -> bool:
        """Whether this account may have it back."""
        return self.account_id in (account_id, ANYBODY)

    def seal(self, cipher: Cipher) -> str:
        """As the text of a hidden field; empty when it is too long to travel."""
        content = json.dumps([self.account_id, self.path, self.fields, self.had_files], ensure_ascii=False)
        return cipher.seal(content).hex() if len(content) <= LONGEST else ""

    @classmethod
    def unseal(cls, text: str, cipher: Cipher) -> KeptInput | None:
        """Read it back; None for anything that was not sealed here."""
        try:
            account_id, path, fields, had_files = json.loads(cipher.open(bytes.fromhex(text)))
        except (ValueError, DataUnreadable):
            return None
        return cls(account_id, path, tuple((name, value) for name, value in fields), had_files)


def sent_from_here(request: Request) -> bool:
    """Whether the browser says that a page of this site sent the form; silence counts as no."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.referrer or ""
    return f"{source.rstrip('/')}/".startswith(request.host_url)
