"""D21: where the clerk's machine thinks it is changes no date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.browser import districts
from tests.browser.conftest import Contexts
from tests.browser.hands import Person
from tests.browser.office import Office, due_is
from tests.browser.server import LiveServer


def test_d21_a_browser_on_another_day_registers_the_same_case(
    server: LiveServer, contexts: Contexts, tmp_path: Path
) -> None:
    """In Honolulu it is still the day before."""

    def come_in(part: str) -> Person:
        person = Person(contexts.page(server, timezone_id="Pacific/Honolulu"))
        person.sign_in(part, districts.PASSWORD)
        return person

    office = Office(server, come_in, tmp_path)
    office.day(date(2026, 3, 2))
    clerk = office.register_envelope("3.2", "XA10000000133")
    clerk.sees("2026年3月2日")
    due_is(clerk, "3月30日")
