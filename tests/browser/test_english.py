"""The same pages for those who read English: what the interface says is English, what people wrote stays Chinese."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Contexts
from tests.browser.districts import demonstration_accounts
from tests.browser.hands import Person
from tests.browser.server import LiveServer

CHINESE = re.compile(r"[\u3400-\u9fff]")
PAGES = {
    "clerk": [
        "/",
        "/cases",
        "/register",
        "/dispatches",
        "/mail",
        "/mail/new",
        "/calendars",
        "/password",
        "/sessions",
    ],
    "supervisor": ["/", "/cases", "/calendars"],
    "administrator": ["/accounts/new", "/calendars"],
}


@pytest.mark.parametrize("role", sorted(PAGES))
def test_columns_labels_and_buttons_are_english(
    role: str, demonstration: LiveServer, contexts: Contexts
) -> None:
    page = contexts.page(demonstration)
    account = next(a for a in demonstration_accounts(demonstration.house) if a["role"] == role)
    Person(page).sign_in(account["login"], account["password"])
    page.get_by_text(account["name"]).first.click()
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_role("navigation", name="Main navigation")).to_be_visible()
    left: list[str] = []
    for path in PAGES[role]:
        page.goto(path)
        left += [f"{path}: {text}" for text in words_of(page) if CHINESE.search(text)]
    assert left == []


def words_of(page: Page) -> list[str]:
    """Column heads, labels of fields, buttons and the navigation."""
    main = page.get_by_role("main")
    parts = [
        page.get_by_role("navigation", name="Main navigation").get_by_role("link"),
        main.get_by_role("columnheader"),
        main.get_by_role("button"),
        main.locator("legend, label[for]:not([for^=organ])"),
        main.get_by_role("heading", level=1),
    ]
    return [text for part in parts for text in part.all_inner_texts()]
