"""Saving a statistic on the page: opened again by its name, shared, renamed, deleted; faults lose nothing."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.clocks import StandingClock
from tests.people import Cast
from tests.web.conftest import SignIn

ASKED = "count=received&period=last_quarter&rows=channel"
SAVED = re.compile(r'href="(/statistics/saved/\d+)"')
VERSION = re.compile(r'name="version" type="hidden" value="(\d+)"')


def save(client: FlaskClient, name: str, **fields: str) -> str:
    answer = client.post(f"/statistics/saved?{ASKED}", data={"name": name, **fields})
    assert answer.status_code == 302, answer.text
    return answer.location


def test_it_opens_again_by_its_name_and_speaks_of_the_day_it_is_opened(
    sign_in: SignIn, people: Cast, clock: StandingClock
) -> None:
    clerk = sign_in("clerk")
    kept = save(clerk, "各渠道上季度收到")
    opened = clerk.get(kept)
    assert opened.location == f"/statistics?{ASKED}"
    page = clerk.get(opened.location).text
    assert '<h2 id="answer-title">各渠道上季度收到</h2>' in page
    assert "上季度（2026年第3季度）" in page
    clock.set(date(2027, 3, 1))
    clerk = sign_in("clerk")
    assert "上季度（2026年第4季度）" in clerk.get(kept, follow_redirects=True).text
    listed = clerk.get("/statistics/saved").text
    assert "上季度，收到，渠道" in listed and "仅自己" in listed
    assert sign_in("second_clerk").get(kept).status_code == 404


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "名称"), ("各渠道上季度收到", "已有同名的统计"), ("长" * 51, "最多")],
)
def test_a_name_that_cannot_be_comes_back_on_the_page_it_was_typed(
    sign_in: SignIn, people: Cast, name: str, said: str
) -> None:
    clerk = sign_in("clerk")
    save(clerk, "各渠道上季度收到")
    answer = clerk.post(f"/statistics/saved?{ASKED}", data={"name": name})
    assert answer.status_code == 422
    assert said in answer.text and f'value="{name}"' in answer.text
    assert 'value="channel" selected' in answer.text and "/statistics/saved?count=received" in answer.text


def test_the_head_shares_with_the_organ_renames_and_deletes(sign_in: SignIn, people: Cast) -> None:
    head, clerk = sign_in("disclosure_head"), sign_in("clerk")
    organ = f"organ:{people.organ_ids['MZJ']}"
    assert organ in head.get(f"/statistics?{ASKED}").text
    assert organ not in clerk.get(f"/statistics?{ASKED}").text
    kept = save(head, "本机关渠道", shared=organ)
    assert "本机关渠道" in clerk.get("/statistics").text
    listed = clerk.get("/statistics/saved").text
    assert SAVED.findall(listed) and "周敏" in listed and "改名" not in listed
    assert clerk.get(f"{kept}/edit").status_code == 403

    version = VERSION.findall(head.get(f"{kept}/edit").text)[0]
    sent = {"name": "渠道", "shared": "own", "version": version}
    assert head.post(f"{kept}/edit", data=sent).status_code == 302
    assert clerk.get(kept).status_code == 404
    again = head.post(f"{kept}/edit", data={**sent, "name": "迟到的"})
    assert again.status_code == 409 and 'value="迟到的"' in again.text
    newer = VERSION.findall(head.get(f"{kept}/edit").text)[0]
    assert head.post(f"{kept}/delete", data={"version": newer}).status_code == 302
    assert "还没有保存的统计" in head.get("/statistics/saved").text


def test_nobody_shares_further_than_they_may(sign_in: SignIn, people: Cast) -> None:
    clerk = sign_in("clerk")
    for shared in ("district", f"organ:{people.organ_ids['MZJ']}", "organ:99999999999999"):
        assert (
            clerk.post(f"/statistics/saved?{ASKED}", data={"name": "x", "shared": shared}).status_code == 403
        )
    assert save(clerk, "y", shared="organ:x")


def test_days_that_cannot_be_read_are_not_saved(sign_in: SignIn, people: Cast) -> None:
    answer = sign_in("clerk").post("/statistics/saved?period=days&first=x", data={"name": "x"})
    assert answer.status_code == 302
    assert answer.location == "/statistics?period=days&first=x"
