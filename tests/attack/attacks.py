"""The attacks. Each answers how many requests it sent and what got through; none of them needs to know the program."""

from __future__ import annotations

import base64
import hmac
import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import sha1
from urllib.parse import urlsplit

from tests.attack.site import NEVER_SENT, ROLES, STRANGER, Answer, Form, Site, shape
from tests.attack.uploads import hostile

PAGES = 100
EACH_SHAPE = 2
SERVER_FAILED = 500
PRODUCT = "9801547"
TEMPLATE = "{{1337*7331}}${1337*7331}#{1337*7331}<%=1337*7331%>{%print(1337*7331)%}"
SCRIPT = "<script>alert(1337)</script>\"'><img src=x onerror=alert(1337)>"
SQL = "' OR '1'='1' -- "
WRONG_IDS = ("0", "-1", "99999999", "9" * 40, "1e3", "%27", "..%2f..%2fetc%2fpasswd", "%00", "１")
Result = tuple[int, list[str]]


@lru_cache(maxsize=20)
def known(base: str, role: str) -> tuple[tuple[str, ...], tuple[Form, ...]]:
    """What a role finds by clicking."""
    paths, forms = Site(base, role).crawl(PAGES)
    return tuple(paths), tuple(forms)


def every_id_as_every_role(base: str) -> Result:
    """Addresses that others reach: nothing fails, and what belongs to another organ is not there."""
    reached = {role: set(known(base, role)[0]) for role in (*ROLES, STRANGER)}
    alike: dict[str, list[str]] = {}
    for path in sorted(set().union(*reached.values())):
        if re.search(r"/\d+", path):
            alike.setdefault(shape(path), []).append(path)
    everything = [path for paths in alike.values() for path in paths[:EACH_SHAPE]]
    own = {re.match(r"/cases/(\d+)", path) for path in reached[STRANGER]}
    own_cases = {match[1] for match in own if match}
    tried, faults = 0, []
    for role in (*ROLES, STRANGER, ""):
        site = Site(base, role)
        for path in everything:
            answer = site.get(path)
            tried += 1
            if answer.status >= SERVER_FAILED:
                faults.append(f"{role} {path}: {answer.status}")
            case = re.match(r"/cases/(\d+)", path)
            foreign = case and case[1] not in own_cases and path in reached["clerk"]
            if role == STRANGER and foreign and answer.status not in {403, 404}:
                faults.append(f"{role} {path}: {answer.status}, of another organ")
            if not role and answer.status == 200 and not urlsplit(path).path.startswith("/login"):
                faults.append(f"nobody {path}: shown")
    return tried, faults


def wrong_ids(base: str) -> Result:
    """Numbers that are none, in every place of every kind of address."""
    tried, faults = 0, []
    for role in ("clerk", "supervisor", "administrator", "auditor"):
        site = Site(base, role)
        for path in {shape(each): each for each in known(base, role)[0]}.values():
            for wrong in WRONG_IDS if re.search(r"/\d+", path) else ():
                answer = site.get(re.sub(r"/\d+", f"/{wrong}", path, count=1))
                tried += 1
                if answer.status >= SERVER_FAILED or answer.status == 200:
                    faults.append(f"{role} {path} with {wrong}: {answer.status}")
    return tried, faults


def forged_cookies(base: str) -> Result:
    """Tokens that nobody was given, and a form cookie signed with well-known keys."""
    good = Site(base, "clerk").cookies["tracker_session"]
    payload = base64.urlsafe_b64encode(b'{"_user_id":"1","account_id":1}').rstrip(b"=").decode()
    tried, faults = 0, []
    tokens = (
        "",
        "0",
        "1",
        good[:-1],
        good[::-1],
        good.lower(),
        good + "a",
        SQL,
        "a" * 4000,
        "../" * 20,
        "管".encode().hex(),
    )
    for token in tokens:
        site = Site(base)
        site.cookies["tracker_session"] = token
        for key in ("secret", "dev", "s" * 64):
            signature = base64.urlsafe_b64encode(hmac.digest(key.encode(), payload.encode(), sha1)).decode()
            site.cookies["tracker_form"] = f"{payload}.aaaaaa.{signature}"
            answer = site.get("/")
            tried += 1
            if answer.status != 302 or "/login" not in answer.location:
                faults.append(f"token {token[:20]!r}: {answer.status}")
    return tried, faults


def forms_without_a_token(base: str) -> Result:
    """Every form without its token, with a wrong one, and with that of another session."""
    tried, faults = 0, []
    for role in (*ROLES, STRANGER):
        site = Site(base, role)
        other = dict(next(iter(Site(base).forms("/login"))).values)["csrf_token"]
        for form in known(base, role)[1]:
            for token in (None, "x", other):
                changes = {} if token is None else {"csrf_token": token}
                answer = site.send(form, changes, token=token is not None)
                tried += 1
                if answer.status != 400:
                    faults.append(f"{role} {form.action} with token {str(token)[:8]}: {answer.status}")
    return tried, faults


def _fresh(site: Site, form: Form) -> Form | None:
    """The form as it stands on its page now, for this session."""
    return next((each for each in site.forms(form.page) if each.action == form.action), None)


def _sendable(base: str, role: str) -> Iterator[Form]:
    return (form for form in known(base, role)[1] if not NEVER_SENT.search(form.action))


def injection(base: str) -> Result:
    """Expressions of template languages, markup and SQL in every text field: nothing is worked out or runs."""
    tried, faults = 0, []
    for role in (*ROLES, STRANGER):
        site = Site(base, role)
        for known_form in _sendable(base, role):
            form = _fresh(site, known_form)
            if form is None or not form.texts:
                continue
            for typed in (TEMPLATE, SCRIPT, SQL):
                answer = site.send(form, dict.fromkeys(form.texts, typed))
                tried += 1
                faults += _ran(f"{role} {form.action}", answer)
        for path in {shape(each): each for each in known(base, role)[0]}.values():
            for typed in (TEMPLATE, SCRIPT, SQL):
                answer = site._ask(
                    "GET",
                    urlsplit(path).path,
                    fields=dict.fromkeys(("q", "number", "person", "sort", "page", "since", "state"), typed),
                )
                tried += 1
                faults += _ran(f"{role} {path}", answer)
            faults += _ran(f"{role} {path}", site.get(path))
            tried += 1
    return tried, faults


def _ran(where: str, answer: Answer) -> list[str]:
    found = []
    if answer.status >= SERVER_FAILED:
        found.append(f"{where}: {answer.status}")
    if PRODUCT in answer.text:
        found.append(f"{where}: an expression was worked out")
    if "<script>alert(1337)" in answer.text or "<img src=x onerror=alert(1337)" in answer.text:
        found.append(f"{where}: markup came through")
    return found


def each_form_twice_at_once(base: str) -> Result:
    """Two identical forms at the same moment: neither fails. ``clock verify``, ``audit verify`` come after."""
    tried, faults = 0, []
    with ThreadPoolExecutor(2) as pool:
        for role in (*ROLES, STRANGER):
            site, twin = Site(base, role), Site(base)
            for known_form in _sendable(base, role):
                form = _fresh(site, known_form)
                if form is None:
                    continue
                twin.cookies = dict(site.cookies)
                typed = {name: "2026-11-23" if "on" in name.split("_") else "测试" for name in form.texts}
                both = list(pool.map(lambda one: one.send(form, typed), (site, twin)))  # noqa: B023
                tried += 2
                if any(answer.status >= SERVER_FAILED for answer in both):
                    faults.append(f"{role} {form.action}: {[answer.status for answer in both]}")
    return tried, faults


def hostile_uploads(base: str) -> Result:
    """Files that mean harm through every form that takes one: refused in words or kept harmless, and no failure."""
    tried, faults = 0, []
    files = hostile()
    for role in ("clerk", "supervisor", "administrator", STRANGER):
        site = Site(base, role)
        for known_form in _sendable(base, role):
            if not known_form.files:
                continue
            for name, upload in files.items():
                form = _fresh(site, known_form)
                if form is None:
                    break
                answer = site.send(form, {}, [(field, upload) for field in form.files])
                tried += 1
                faults += _ran(f"{role} {form.action} {name}", answer)
    host, port = urlsplit(base).hostname or "", urlsplit(base).port or 80
    for size in (65 * 1024 * 1024, 2 * 1024**3):
        status = _claim(host, port, size, Site(base, "clerk"))
        tried += 1
        if status not in {400, 413}:
            faults.append(f"{size} bytes: {status}")
    return tried, faults


def _claim(host: str, port: int, size: int, site: Site) -> int:
    """The answer to a request that says it brings so much; what it brings is ten bytes."""
    cookies = "; ".join(f"{name}={value}" for name, value in site.cookies.items())
    with socket.create_connection((host, port), 20) as line:
        head = f"POST /register HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookies}\r\nContent-Length: {size}\r\n"
        line.sendall(
            f"{head}Content-Type: multipart/form-data; boundary=b\r\nConnection: close\r\n\r\n--b\r\n12345".encode()
        )
        first = line.recv(100).split(b" ")
    return int(first[1]) if len(first) > 1 else 0


ATTACKS: dict[str, Callable[[str], Result]] = {
    "every id as every role": every_id_as_every_role,
    "ids that are none": wrong_ids,
    "forged cookies": forged_cookies,
    "forms without a token": forms_without_a_token,
    "hostile uploads": hostile_uploads,
    "injection through every field": injection,
    "each form twice at once": each_form_twice_at_once,
}
