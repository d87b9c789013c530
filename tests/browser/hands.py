"""What a person at the screen does: reads headings, fills fields by their labels, presses buttons by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

# Acts that are not the usual ones lie folded in groups.
GROUPS = ("记录与材料", "其他操作", "如实补记已发生的事")


class Person:
    """Somebody in front of a window."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, login: str, password: str) -> None:
        """Through the sign-in page, as everybody does."""
        self.try_to_sign_in(login, password)
        expect(self.page.get_by_role("navigation", name="主导航")).to_be_visible()

    def try_to_sign_in(self, login: str, password: str) -> None:
        """Fill in the sign-in page and send it, whatever comes of it."""
        self.page.goto("/login")
        self.page.get_by_label("登录名").fill(login)
        self.page.get_by_label("密码").fill(password)
        self.page.get_by_role("button", name="登录", exact=True).click()

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)

    def follow(self, name: str | re.Pattern[str], within: Locator | None = None) -> None:
        """Click a link."""
        (within or self.page).get_by_role("link", name=name).first.click()

    def press(self, name: str, within: Locator | None = None) -> None:
        """Press the button that says exactly this."""
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def fill(self, answers: Mapping[str, str | bool | Path], within: Locator | None = None) -> None:
        """Answer the fields with these labels: text is typed or chosen, True ticks, a path is attached."""
        for label, answer in answers.items():
            self._answer((within or self.page).get_by_label(label), answer)

    def choose(self, question: str, answer: str, within: Locator | None = None) -> None:
        """Pick a radio button or tick a box of the group with this legend."""
        group = (within or self.page).get_by_role("group", name=question)
        group.get_by_label(answer, exact=True).check()

    @contextmanager
    def act(self, label: str) -> Iterator[Locator]:
        """Open the short form of an action on the case page, and the group it lies in; yields the form."""
        form = self.page.get_by_role("form", name=label, exact=True)
        opener = self.page.locator("summary").get_by_text(label, exact=True)
        # Folded or not, it is on the page the last click leads to: a question about what is
        # visible does not wait, and would be answered by the page that is being left.
        expect(opener.or_(form).first).to_be_attached()
        for group in GROUPS:
            if opener.is_visible() or form.is_visible():
                break
            self.page.locator("summary").get_by_text(group, exact=True).click()
        if not form.is_visible():
            opener.click()
        expect(form).to_be_visible()
        yield form

    def do(self, label: str, answers: Mapping[str, str | bool | Path] | None = None, press: str = "") -> None:
        """Open an action, answer its fields, press its button."""
        with self.act(label) as form:
            self.fill(answers or {}, form)
            self.press(press or label, form)

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        """The page says each of these."""
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def is_told(self, text: str | re.Pattern[str]) -> None:
        """A message says so: what happened, or what is wrong."""
        messages = self.page.get_by_role("status").or_(self.page.get_by_role("alert"))
        expect(messages.filter(has_text=text).first).to_be_visible()

    def cannot(self, name: str) -> None:
        """Nothing on the page offers this action."""
        expect(self.page.get_by_role("button", name=name, exact=True)).to_have_count(0)
        expect(self.page.get_by_role("link", name=name, exact=True)).to_have_count(0)

    def _answer(self, field: Locator, answer: str | bool | Path) -> None:
        if isinstance(answer, bool):
            field.set_checked(answer)
        elif isinstance(answer, Path):
            field.set_input_files(answer)
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(label=answer)
        else:
            field.fill(answer)
