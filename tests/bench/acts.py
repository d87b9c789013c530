"""``make bench-acts``: what the commonest acts cost a person: clicks, keys pressed, characters typed, pages loaded.

Counted are the events the browser itself reports while the acts are done with mouse and keyboard, not what a script
believes it does. Signing in is not counted, nor going to the case, whose address is typed: only the page it loads is.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests import databases
from tests.browser import districts
from tests.browser.conftest import CHROMIUM, ROOT, SWITCHES, WIDE
from tests.browser.hands import Person
from tests.browser.office import APPLICANT, Office
from tests.browser.server import LiveServer, build

LISTEN = """
addEventListener("click", (e) => { if (e.isTrusted && e.detail > 0) window.noteEvent("click"); }, true);
addEventListener("keydown", (e) => { if (e.isTrusted) window.noteEvent("key"); }, true);
addEventListener("input", (e) => { if (e.isTrusted && e.inputType) window.noteEvent("character"); }, true);
"""


@dataclass
class Counted:
    """Events of one act."""

    click: int = 0
    key: int = 0
    character: int = 0
    page: int = 0


class Typist(Person):
    """Somebody who types every character; choosing from a list is done with the keyboard after a click."""

    def _answer(self, field: Locator, answer: str | bool | Path) -> None:
        if not isinstance(answer, str) or field.evaluate("e => e.tagName") == "SELECT":
            if isinstance(answer, str):
                field.click()
            super()._answer(field, answer)
            return
        field.click()
        field.press("Control+a")
        field.press_sequentially(answer)


class Bench:
    """One office whose people are watched."""

    def __init__(self, browser: Browser, server: LiveServer, folder: Path) -> None:
        self.counts: dict[str, Counted] = {}
        self._now: Counted | None = None
        self._browser, self._server = browser, server
        self.office = Office(server, self._enter, folder)

    def _enter(self, part: str) -> Person:
        context = self._browser.new_context(base_url=self._server.url, viewport=WIDE, locale="zh-CN")  # type: ignore[arg-type]
        context.expose_function("noteEvent", self._note)
        context.add_init_script(LISTEN)
        page: Page = context.new_page()
        page.on("load", lambda _page: self._note("page"))
        person = Typist(page)
        person.sign_in(part, districts.PASSWORD)
        return person

    def _note(self, kind: str) -> None:
        if self._now is not None:
            setattr(self._now, kind, getattr(self._now, kind) + 1)

    @contextmanager
    def act(self, name: str, *people: str) -> Iterator[None]:
        """Count what happens within; the people are at their desks before."""
        for part in people:
            self.office.at_desk(part)
        self._now = self.counts.setdefault(name, Counted())
        yield
        for part in people:
            self.office.at_desk(part).page.wait_for_load_state("networkidle")
        self._now = None


def play(bench: Bench) -> None:
    """The ten acts on one case."""
    office = bench.office
    office.day(date(2026, 3, 2))
    with bench.act("登记信封", "clerk"):
        office.register_envelope("2026-03-02", "XA10000000133")
    with bench.act("补全登记", "clerk"):
        office.complete_registration()
    with bench.act("初审受理", "clerk"):
        office.accept()
    with bench.act("登记检索", "clerk"):
        office.record_search()
    with bench.act("登记保密审查", "clerk"):
        office.review_secrecy()
    with bench.act("拟稿并送审", "clerk"):
        office.draft("《2025 年救助资金发放明细》一份")
    with bench.act("合法性审查", "legal_advisor"):
        office.review("通过", "同意。")
    with bench.act("签发", "approver"):
        office.sign_off()
    with bench.act("用印", "clerk"):
        office.seal()
    with bench.act("寄发", "clerk"):
        clerk = office.at_letter("clerk")
        with clerk.act("寄发") as form:
            clerk.choose("送达方式", "邮寄（邮政企业）", form)
            clerk.fill({"邮件号": "XA20000000233"}, form)
            clerk.press("寄发", form)
        clerk.sees("XA20000000233")
    with bench.act("登记送达", "clerk"):
        clerk = office.at_letter("clerk")
        with clerk.act("登记送达") as form:
            answers: Mapping[str, str | bool | Path] = {
                "签收日期": "2026-03-02",
                "签收人": APPLICANT,
                "送达凭证": office.picture("回执"),
            }
            clerk.fill(answers, form)
            clerk.press("登记送达", form)
        office.at_case("clerk").sees("按期答复")


def main() -> None:
    """``python -m tests.bench.acts``."""
    subprocess.run([ROOT / "scripts" / "translations.sh"], check=True)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        with LiveServer(build(databases.migrated_sqlite(folder), folder)) as server:
            districts.settle(server.house)
            bench = Bench(browser, server, folder)
            play(bench)
        browser.close()
    print("| 操作 | 点击 | 按键 | 输入字符 | 页面 |")
    print("|---|---:|---:|---:|---:|")
    for name, counted in bench.counts.items():
        print(f"| {name} | {counted.click} | {counted.key} | {counted.character} | {counted.page} |")


if __name__ == "__main__":
    main()
