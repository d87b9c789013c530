"""Shared fields: what people type is read, what is wrong is told in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage, MultiDict

from tests.clocks import StandingClock
from tracker.domain.errors import Conflict, Invalid
from tracker.web.forms import (
    ChineseDateField,
    Filled,
    LineField,
    NotAfterToday,
    OrganSelect,
    TrackerForm,
    UploadField,
    UploadRules,
)


class SampleForm(TrackerForm):
    on = ChineseDateField("交邮日期", [Filled(), NotAfterToday()])
    name = LineField("签收人", [Filled()], longest=5)
    organ = OrganSelect("机关", [Filled()])
    scan = UploadField("扫描件", [UploadRules(("pdf",), mebibytes=1)])


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, clock: StandingClock) -> Iterator[None]:
    clock.set(date(2026, 11, 23))
    with app.test_request_context("/"):
        yield


def filled_in(**typed: object) -> SampleForm:
    form = SampleForm(
        MultiDict({"on": "11.20", "name": "王师傅", "organ": "3", **typed}), ids="post", version=7
    )
    form.organ.offer([(3, "椒江区民政局")], empty="请选择")
    form.validate()
    return form


def test_a_day_without_a_year_is_of_this_year() -> None:
    form = filled_in()
    assert form.errors == {}
    assert form.on.data == date(2026, 11, 20)
    assert form.organ.data == 3


def test_what_is_no_day_stays_in_the_field_with_advice() -> None:
    form = filled_in(on="前天")
    assert form.on.errors == ["看不出是哪一天，请写成 2026-11-23、2026年11月23日 或 11.23。"]
    assert 'value="前天"' in form.on()


def test_a_day_to_come_cannot_be_recorded() -> None:
    assert "晚于今天" in filled_in(on="11.24").on.errors[0]


def test_blanks_do_not_fill_a_field() -> None:
    assert filled_in(name="　 ").name.errors == ["请填写“签收人”。"]
    assert filled_in(organ="").organ.errors == ["请选择“机关”。"]


def test_too_long_a_text_is_told_by_how_much() -> None:
    assert filled_in(name="一二三四五六七").name.errors == ["最多 5 个字，现在多出 2 个字，请删减。"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("信封.exe", b"MZ", "格式不能收存"),
        ("信封.pdf", b"", "空文件"),
        ("信封.pdf", b"x" * (1024 * 1024 + 1), "超过 1 MB"),
    ],
)
def test_files_that_are_not_taken(name: str, content: bytes, said: str) -> None:
    form = filled_in(scan=FileStorage(BytesIO(content), filename=name))
    assert said in form.scan.errors[0]


def test_several_forms_on_one_page_keep_their_ids_apart() -> None:
    form = filled_in()
    assert form.on.id == "post-on"
    assert 'for="post-on"' in form.on.label()
    assert form.on.name == "on"


def test_the_version_seen_is_handed_to_the_verb() -> None:
    assert SampleForm(None, version=7).expected_version == 7
    assert SampleForm(MultiDict({"version": "7"})).expected_version == 7
    assert SampleForm(MultiDict({"version": "seven"})).expected_version == 0


def test_errors_of_a_verb_stand_beside_their_fields() -> None:
    form = filled_in()
    form.show(Invalid({"name": ["请写全名。"], "elsewhere": ["请先登记收到日期。"]}))
    assert form.name.errors == ["请写全名。"]
    assert form.form_errors == ["请先登记收到日期。"]


def test_a_conflict_stands_at_the_head() -> None:
    form = filled_in()
    form.show(Conflict("这件申请刚被他人更新。"))
    assert form.form_errors == ["这件申请刚被他人更新。"]
