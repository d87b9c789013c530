"""A browser without a screen: signs in, reads pages, finds links and forms, sends what it likes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import urllib3

PASSWORD = "Jiaojiang-2026"
ROLES = ("clerk", "approver", "head", "advisor", "supervisor", "administrator", "auditor")
STRANGER = "czj.clerk"
NEVER_SENT = re.compile(r"^/(logout|language|account/(password|code))|/(sign-out|end|revoke)")
Upload = tuple[str, bytes, str]


@dataclass(frozen=True)
class Form:
    """A form as the page offers it: where it goes, what it would send, and which fields take text or files."""

    page: str
    action: str
    method: str
    values: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    files: tuple[str, ...]


@dataclass
class _Found:
    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Links and forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[_Found] = []
        self._form: _Found | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "form":
            self._form = _Found(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and told.get("name"):
            self._field(self._form, tag, told)
        elif tag == "option" and self._form is not None and self._select and told.get("value"):
            self._form.values.append((self._select, told["value"]))
            self._select = None  # the first that says something

    def _field(self, form: _Found, tag: str, told: Mapping[str, str]) -> None:
        name, kind = told["name"], told.get("type", "text")
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            form.texts.append(name)
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind in {"radio", "checkbox"}:
            if "checked" in told or name not in dict(form.values):
                form.values.append((name, told.get("value") or "on"))
        elif tag == "input" and kind in {"hidden", "submit"}:
            form.values.append((name, told.get("value", "")))
        elif tag == "input":
            form.texts.append(name)
            form.values.append((name, told.get("value", "")))
        elif tag == "button" and told.get("value"):
            form.values.append((name, told["value"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    text: str
    headers: Mapping[str, str]
    location: str


class Site:
    """One browser; ``cookies`` are sent as they stand."""

    def __init__(self, base: str, login: str = "") -> None:
        self.base = base
        self.login = login
        self.cookies: dict[str, str] = {}
        self._pool = urllib3.PoolManager(retries=False, timeout=60, maxsize=4)
        if login:
            self._sign_in()

    def _sign_in(self) -> None:
        form = next(f for f in self.forms("/login") if f.action.startswith("/login"))
        answer = self.send(form, {"login": self.login, "password": PASSWORD})
        assert answer.status == 302, f"{self.login} cannot sign in: {answer.status}"

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """A page, without following where it leads."""
        return self._ask("GET", path, headers=headers)

    def post(
        self, path: str, fields: Sequence[tuple[str, str]], files: Sequence[tuple[str, Upload]] = ()
    ) -> Answer:
        """Send a form; with files as multipart."""
        if files:
            return self._ask("POST", path, fields=[*fields, *files])
        return self._ask("POST", path, fields=list(fields), encode_multipart=False)

    def send(
        self,
        form: Form,
        changes: Mapping[str, str],
        files: Sequence[tuple[str, Upload]] = (),
        token: bool = True,
    ) -> Answer:
        """Send a form with some of its fields changed."""
        values = {**dict(form.values), **changes}
        if not token:
            values.pop("csrf_token", None)
        return self.post(form.action, list(values.items()), files)

    def _ask(self, method: str, path: str, **given: object) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers.update(given.pop("headers", None) or {})  # type: ignore[call-overload]
        answer = self._pool.request(
            method,
            self.base + path,
            headers=headers,
            redirect=False,
            **given,  # type: ignore[arg-type]
        )
        for line in answer.headers.getlist("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        kind = answer.headers.get("content-type", "")
        text = (
            answer.data.decode("utf-8", "replace") if kind.startswith(("text/", "application/json")) else ""
        )
        return Answer(answer.status, text, answer.headers, answer.headers.get("location", ""))

    def forms(self, path: str) -> list[Form]:
        """The forms of a page that send something."""
        return [form for form in self._forms(path, self.get(path).text) if form.method == "post"]

    def _forms(self, path: str, text: str) -> Iterator[Form]:
        for found in self._read(text).forms:
            action = self._local(path, found.action or path)
            if action:
                parts = (tuple(found.values), tuple(found.texts), tuple(found.files))
                yield Form(path, action, found.method, *parts)

    def crawl(self, most: int) -> tuple[list[str], list[Form]]:
        """Addresses that can be reached from the workbench, one of each shape first, and the forms on them."""
        waiting, seen, shapes = ["/"], {"/"}, dict[str, int]()
        forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        done: list[str] = []
        while waiting and len(done) < most:
            waiting.sort(key=lambda each: shapes.get(shape(each), 0))
            path = waiting.pop(0)
            shapes[shape(path)] = shapes.get(shape(path), 0) + 1
            answer = self.get(path)
            done.append(path)
            if answer.location and (local := self._local(path, answer.location)) and local not in seen:
                seen.add(local)
                waiting.append(local)
            for form in self._forms(path, answer.text):
                forms.setdefault((shape(form.action), form.texts + form.files), form)
            for link in self._read(answer.text).links:
                there = self._local(path, link)
                if there and there not in seen and not NEVER_SENT.search(there):
                    seen.add(there)
                    waiting.append(there)
        return done, [form for form in forms.values() if form.method == "post"]

    def _local(self, page: str, link: str) -> str:
        whole = urldefrag(urljoin(self.base + page, link)).url
        parts = urlsplit(whole)
        if f"{parts.scheme}://{parts.netloc}" != self.base.rstrip("/") or parts.path.startswith("/static"):
            return ""
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @staticmethod
    def _read(text: str) -> _Reader:
        reader = _Reader()
        reader.feed(text)
        return reader


def shape(path: str) -> str:
    """An address with its numbers and queries left out: pages that are alike."""
    return re.sub(r"\d+", "#", re.sub(r"=[^&]*", "=", path))
