"""Who is behind a request: the session token in a cookie, looked up in the database on every request."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, Request, Response, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import AnonymousUserMixin, UserMixin, current_user

from tracker.adapters.passwords import token_hash
from tracker.domain.actors import Actor
from tracker.domain.one_time_codes import must_use_code
from tracker.domain.permissions import Role
from tracker.extensions import db, login_manager
from tracker.queries.accounts import SignedIn, find_signed_in
from tracker.queries.stand_ins import standing_in
from tracker.services.sessions import note_seen
from tracker.web.context import runtime
from tracker.web.security import secure_cookies

SESSION_COOKIE = "tracker_session"
# What a person must be able to reach before the one-time password is changed, or 动态口令 is set up.
_ALWAYS = frozenset({"auth.sign_out", "static", "bootstrap.static", "language.choose"})


class User(UserMixin):
    """The signed-in person for Flask-Login: plain values, no row of the database."""

    def __init__(self, person: SignedIn) -> None:
        self.session_id = person.session_id
        self.account_id = person.account_id
        self.login = person.login
        self.name = person.name
        self.must_change_password = person.must_change_password
        self.has_code = person.has_code
        self.first_steps = person.first_steps
        self.actor = person.actor
        self.posts: tuple[tuple[str, Role], ...] = person.posts

    @property
    def must_use_code(self) -> bool:
        """Whether 动态口令 is no choice for this person here."""
        required = current_app.config["TRACKER"].codes_required
        return required and must_use_code(held.role for held in self.actor.holdings)

    @property
    def must_set_up_code(self) -> bool:
        """Whether it is still to be set up."""
        return self.must_use_code and not self.has_code

    def get_id(self) -> str:
        """The account, as text."""
        return str(self.account_id)


class Anonymous(AnonymousUserMixin):
    """Nobody: no roles, so that asking for a right is always answered no."""

    actor = Actor(None, "")
    must_change_password = False
    must_set_up_code = False


def know_users(app: Flask) -> None:
    """Let Flask-Login find people by our session, and send those whose proofs are not in order to put them right."""
    login_manager.anonymous_user = Anonymous
    login_manager.request_loader(load_user)
    app.before_request(demand_proofs)


def load_user(source: Request) -> User | None:
    """The person whose session token the request carries; keeps that session alive."""
    token = source.cookies.get(SESSION_COOKIE)
    if not token:
        return None
    session = db.session()
    clock = runtime().clock
    person = find_signed_in(session, token_hash(token), clock.now())
    if person is None:
        return None
    person = replace(person, actor=standing_in(session, person.actor, clock.today()))
    note_seen(runtime().context(session, person.actor), person.session_id, person.last_seen_at)
    return User(person)


def demand_proofs() -> ResponseReturnValue | None:
    """A one-time password opens one page only: the one on which it is changed; so does a missing 动态口令 for whom it
    is no choice."""
    if request.endpoint in _ALWAYS or request.endpoint is None:
        return None
    if current_user.must_change_password:
        wanted = "auth.password"
    elif current_user.must_set_up_code:
        wanted = "codes.settings"
    else:
        return None
    return None if request.endpoint == wanted else redirect(url_for(wanted))


def keep_token(response: Response, token: str) -> None:
    """Put the session token into its cookie; it ends with the browser, and in the database after idling."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        httponly=True,
        samesite="Lax",
        secure=secure_cookies(current_app),
    )


def forget_token(response: Response) -> None:
    """Remove the cookie."""
    response.delete_cookie(SESSION_COOKIE, httponly=True, samesite="Lax", secure=secure_cookies(current_app))
