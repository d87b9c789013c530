"""The register on screen: rows, chips, addresses."""

from __future__ import annotations

from datetime import date

import pytest

from tests.web.cases.conftest import IDENTITY_NUMBER, PHONE, Told
from tests.web.conftest import SignIn
from tracker.domain.case_log import EntryType
from tracker.services.case_record import NewEntry


def test_a_row_shows_what_one_works_by(told: Told, sign_in: SignIn) -> None:
    case_id = told()
    html = sign_in("clerk").get("/cases").text
    assert f'<tr data-href="/cases/{case_id}">' in html
    for shown in ("王＊敏", "困难群众", "待初审", "2026-12-07", "剩 10 个工作日", "正常"):
        assert shown in html
    assert "王晓敏" not in html


@pytest.mark.parametrize("typed", ["王晓敏", IDENTITY_NUMBER, PHONE, "XA123", "困难群众", "138 1234 1234"])
def test_search_finds_by_name_document_phone_mail_and_text(told: Told, sign_in: SignIn, typed: str) -> None:
    told()
    html = sign_in("clerk").get("/cases", query_string={"q": typed}).text
    assert "王＊敏" in html


def test_an_empty_result_says_how_to_go_on(told: Told, sign_in: SignIn) -> None:
    told()
    html = sign_in("clerk").get("/cases", query_string={"q": "查无此事"}).text
    assert "没有符合条件的申请件" in html
    assert "清除筛选" in html


def test_an_empty_register_says_how_to_begin(sign_in: SignIn) -> None:
    assert "还没有申请件" in sign_in("clerk").get("/cases").text


def test_an_answered_case_says_whether_in_time(told: Told, sign_in: SignIn) -> None:
    told(NewEntry(EntryType.DISPATCHED, date(2026, 11, 20), {"by": "post"}))
    client = sign_in("clerk")
    assert "11月20日 按期答复" in client.get("/cases?status=ended").text
    assert "王＊敏" not in client.get("/cases").text


def test_a_misspelt_address_still_opens(told: Told, sign_in: SignIn) -> None:
    told()
    answer = sign_in("clerk").get(
        "/cases?stage=nonsense&organ=x&light=purple&page=-1&sort=%27&size=7&year=abc"
    )
    assert answer.status_code == 200
    assert "王＊敏" in answer.text


def test_the_page_size_is_kept(told: Told, sign_in: SignIn) -> None:
    for serial in range(1, 28):
        told(serial=serial)
    client = sign_in("clerk")
    assert client.get("/cases?size=25").text.count("<tr data-href") == 25
    assert client.get("/cases").text.count("<tr data-href") == 25
    assert client.get("/cases?page=2").text.count("<tr data-href") == 2


def test_in_english_the_frame_is_english_and_the_case_stays(told: Told, sign_in: SignIn) -> None:
    told()
    client = sign_in("clerk")
    client.post("/language", data={"language": "en", "next": "/cases"})
    html = client.get("/cases").text
    assert '<html lang="en">' in html
    assert "困难群众" in html
