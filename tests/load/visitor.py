"""A browser without a screen: keeps its cookies, connection and form token; one person in it."""

from __future__ import annotations

import re
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
VERSION = re.compile(r'name="version"[^>]*value="(\d+)"')
CASE = re.compile(r"/cases/(\d+)")


class Unanswered(Exception):
    """The connection broke or the site said 5xx: what was sent may have been done or not."""


class Visitor:
    """One signed-in person at one address."""

    def __init__(self, port: int, session_token: str, seconds: float = 60) -> None:
        self._port, self._seconds = port, seconds
        self._cookies = {"tracker_session": session_token}
        self._token = ""
        self._connection: HTTPConnection | None = None

    def get(self, path: str) -> str:
        """The page. Raises ``Unanswered``; any other answer than 200 ends the run."""
        status, _location, page = self._ask("GET", path, None)
        if status != 200:
            raise SystemExit(f"GET {path} answered {status}: {page[:300]}")
        return page

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        """Send a form with its token: status, where to go next, page. Raises ``Unanswered``."""
        if not self._token:
            found = TOKEN.search(self.get("/register"))
            assert found is not None, "the form has no token"
            self._token = found[1]
        return self._ask("POST", path, urlencode({**fields, "csrf_token": self._token}))

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self._port, timeout=self._seconds)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            answer = self._connection.getresponse()
            page = answer.read().decode()
        except (OSError, HTTPException) as error:
            self.close()
            raise Unanswered(f"{method} {path}: {error!r}") from error
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            self._cookies[name] = value
        if answer.status >= 500:
            raise Unanswered(f"{method} {path}: {answer.status}")
        return answer.status, answer.getheader("Location") or "", page
