"""A published table checked on screen: pasted or as a file, right or wrong, or not a table at all."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from tests.web.conftest import SignIn
from tracker.adapters.annual_table_files import table_xlsx
from tracker.domain.annual_csv import read_csv

TABLES = Path(__file__).parents[4] / "shared" / "cases" / "tables"


def text_of(name: str) -> str:
    return (TABLES / name).read_text("utf-8-sig")


def wrong_cells(page: str) -> int:
    return len(re.findall(r"num report-cell-wrong", page))


def test_a_published_table_passes(sign_in: SignIn) -> None:
    answer = sign_in("clerk").post("/reports/check", data={"table": text_of("suqian-2023.csv")})
    assert answer.status_code == 200
    assert "全部相符。" in answer.text
    assert wrong_cells(answer.text) == 0


@pytest.mark.parametrize("name", ["unbalanced.csv", "column-sums-off.csv"])
def test_a_table_that_does_not_add_up_is_marked_in_place(sign_in: SignIn, name: str) -> None:
    answer = sign_in("clerk").post("/reports/check", data={"table": text_of(name)})
    assert answer.status_code == 200
    assert "处不符" in answer.text
    assert wrong_cells(answer.text) > 0


@pytest.mark.parametrize("form", ["csv", "gb18030", "xlsx"])
def test_a_file_says_the_same_as_its_text(sign_in: SignIn, form: str) -> None:
    text = text_of("unbalanced.csv")
    content = {
        "csv": lambda: text.encode("utf-8-sig"),
        "gb18030": lambda: text.encode("gb18030"),
        "xlsx": lambda: table_xlsx(read_csv(text), "表三"),
    }[form]()
    client = sign_in("auditor")
    pasted = client.post("/reports/check", data={"table": text}).text
    name = "表三.xlsx" if form == "xlsx" else "表三.csv"
    filed = client.post("/reports/check", data={"file": (io.BytesIO(content), name)})
    assert filed.status_code == 200, filed.text
    assert wrong_cells(filed.text) == wrong_cells(pasted) > 0


def test_last_year_is_checked_with_it(sign_in: SignIn) -> None:
    table = text_of("suqian-2023.csv")
    answer = sign_in("clerk").post("/reports/check", data={"table": table, "last_year": table})
    assert "本年“上年结转”＝上年“结转下年度”" in answer.text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "请选择文件，或者粘贴"),
        ({"table": "你好"}, "缺少下列各行"),
        ({"table": '1,"'}, "应有 7 个数字"),
        ({"file": (io.BytesIO(b"PK\x03\x04broken"), "表.xlsx")}, "xlsx"),
    ],
)
def test_what_is_no_table_is_told_so(sign_in: SignIn, typed: dict[str, object], told: str) -> None:
    answer = sign_in("clerk").post("/reports/check", data=typed)
    assert answer.status_code == 422
    assert told in answer.text


def test_a_broken_last_year_is_named_at_its_field_and_loses_nothing(sign_in: SignIn) -> None:
    answer = sign_in("clerk").post(
        "/reports/check", data={"table": text_of("suqian-2023.csv"), "last_year": "<b>坏</b>"}
    )
    assert answer.status_code == 422
    assert 'id="last_year-error"' in answer.text
    assert "&lt;b&gt;坏" in answer.text


def test_the_prose_is_checked_against_the_table(sign_in: SignIn) -> None:
    prose = "全年收到政府信息公开申请999999件。<i>"
    answer = sign_in("clerk").post(
        "/reports/check", data={"table": text_of("suqian-2023.csv"), "prose": prose}
    )
    assert answer.status_code == 200
    assert "正文写 999999，表中本年新收（第 1 行总计）是 " in answer.text
    assert "全年收到政府信息公开申请999999件" in answer.text
    assert "<i>" not in answer.text
