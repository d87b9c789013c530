"""机关设置 on screen."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.models import Organ

SETTINGS = {
    "reviewing_organ": "椒江区人民政府",
    "court": "",
    "phone": "0576-88111111",
    "review_required": "",
    "yellow_days": "6",
    "orange_days": "3",
    "draft_by": "9",
    "review_by": "6",
    "post_by": "3",
}


def organ_of(session: Session, people: Cast, code: str) -> Organ:
    session.rollback()
    organ = session.get(Organ, people.organ_ids[code])
    assert organ is not None
    return organ


def test_the_list_names_what_is_still_missing(sign_in: SignIn, people: Cast, session: Session) -> None:
    organ_of(session, people, "MZJ").court = None
    session.commit()
    page = sign_in("administrator").get("/organs").text
    assert "椒江区民政局" in page
    assert "管辖法院" in page


def test_settings_are_stored_and_an_emptied_field_is_unknown_again(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    version = organ_of(session, people, "MZJ").version_id
    url = f"/organs/{people.organ_ids['MZJ']}"
    client = sign_in("administrator")
    assert "0576-88000000" in client.get(url).text
    data = {key: value for key, value in SETTINGS.items() if value} | {"court": "", "version": str(version)}
    assert client.post(url, data=data).status_code == 302
    organ = organ_of(session, people, "MZJ")
    assert (organ.court, organ.phone, organ.yellow_days, organ.orange_days) == (None, "0576-88111111", 6, 3)
    assert not organ.review_required
    assert (organ.draft_by, organ.review_by, organ.post_by) == (9, 6, 3)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"orange_days": "9"}, "黄灯的天数不能少于橙灯"),
        ({"orange_days": "-1"}, "天数不能小于 0"),
        ({"postcode": "31800"}, "6 位数字"),
        ({"reviewing_organ": "", "alternative_reviewing_organ": "某局"}, "请先填写行政复议机关"),
        ({"yellow_days": ""}, "整数"),
        ({"post_by": "-1"}, "天数不能小于 0"),
        ({"review_by": "2"}, "审查须在寄发之前完成"),
        ({"draft_by": "5"}, "拟稿须在审查之前完成"),
        ({"draft_by": "20"}, "不能多于 19"),
        ({"post_by": ""}, "整数"),
        ({"draft_by": "三天"}, "整数"),
    ],
)
def test_faults_are_told_and_what_was_typed_stays(
    sign_in: SignIn, people: Cast, changed: dict[str, str], said: str
) -> None:
    url = f"/organs/{people.organ_ids['MZJ']}"
    response = sign_in("administrator").post(url, data=SETTINGS | {"version": "1"} | changed)
    assert response.status_code == 422
    assert said in response.text
    assert "0576-88111111" in response.text


def test_two_administrators_meet_as_a_conflict_and_lose_nothing(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    version = organ_of(session, people, "MZJ").version_id
    url, client = f"/organs/{people.organ_ids['MZJ']}", sign_in("administrator")
    first = SETTINGS | {"version": str(version), "phone": "0576-1"}
    assert client.post(url, data=first).status_code == 302
    late = client.post(url, data=SETTINGS | {"version": str(version)})
    assert late.status_code == 409
    assert "刚被他人修改" in late.text
    assert "0576-88111111" in late.text
    assert organ_of(session, people, "MZJ").phone == "0576-1"
    again = SETTINGS | {"version": str(organ_of(session, people, "MZJ").version_id)}
    assert f'name="version" type="hidden" value="{again["version"]}"' in late.text
    assert client.post(url, data=again).status_code == 302


def test_only_the_administrator_and_only_what_is_there(sign_in: SignIn, people: Cast) -> None:
    assert sign_in("supervisor").get("/organs").status_code == 403
    assert sign_in("administrator").get("/organs/4711").status_code == 404
