"""Signing in as people meet it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.districts import PASSWORD
from tests.browser.hands import Person
from tests.browser.server import LiveServer


def test_a_wrong_password_is_told_and_the_name_kept(page: Page) -> None:
    person = Person(page)
    person.try_to_sign_in("clerk", "不是这个密码")
    person.is_told("登录名或密码不正确")
    expect(page.get_by_label("登录名")).to_have_value("clerk")


def test_five_wrong_passwords_lock_the_account_for_a_while(page: Page, server: LiveServer) -> None:
    person = Person(page)
    for _ in range(5):
        person.try_to_sign_in("clerk", "不是这个密码")
    person.try_to_sign_in("clerk", PASSWORD)
    person.is_told(re.compile("锁定"))
    server.house.clock.advance(minutes=16)
    person.sign_in("clerk", PASSWORD)


def test_leaving_the_room_signs_one_out(enter: Callable[[str], Person], server: LiveServer) -> None:
    clerk = enter("clerk")
    server.house.clock.advance(hours=13)
    clerk.go("/")
    expect(clerk.page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
    clerk.is_told("请先登录")


def test_the_switch_turns_the_page_to_english_and_back(page: Page) -> None:
    page.goto("/login")
    page.get_by_text("语言 / Language", exact=True).click()
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_text("Language", exact=False).first.click()
    page.get_by_role("button", name="中文", exact=True).click()
    expect(page.get_by_role("heading", name="登录", exact=True)).to_be_visible()
