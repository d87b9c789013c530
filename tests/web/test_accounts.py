"""账号管理 on screen: opening accounts, roles, passwords, locks; only the administrator, never for oneself."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.web.conftest import SignIn
from tracker.adapters.passwords import password_matches
from tracker.domain.permissions import Role
from tracker.models import Account, RoleHolding


def account_of(session: Session, login: str) -> Account:
    session.rollback()
    return session.scalars(select(Account).where(Account.login == login)).one()


def id_of(people: Cast, part: str) -> int:
    account_id = people.actors[part].account_id
    assert account_id is not None
    return account_id


def test_the_list_shows_who_holds_what_and_narrows(sign_in: SignIn, people: Cast) -> None:
    client = sign_in("administrator")
    everybody = client.get("/accounts").text
    assert "不是有效的选择" not in everybody
    assert "陈静" in everybody
    assert "椒江区民政局 经办人" in everybody
    assert "路人" not in client.get("/accounts?text=陈").text
    in_finance = client.get(f"/accounts?organ_id={people.organ_ids['CZJ']}").text
    assert "朱芳" in in_finance
    assert "陈静" not in in_finance
    assert "没有符合条件的账号" in client.get("/accounts?text=100%25").text
    assert "陈静" in client.get("/accounts?organ_id=nonsense&role=king").text
    assert "陈静" in client.get(f"/accounts?organ_id={10**30}").text
    assert "陈静" not in client.get("/accounts?role=auditor").text


def test_a_new_account_gets_a_one_time_password_and_its_role(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    data = {"login": "Lixia", "name": "李霞", "role": "clerk", "organ_id": str(people.organ_ids["MZJ"])}
    page = sign_in("administrator").post("/accounts/new", data=data).text
    account = account_of(session, "lixia")
    told = re.search(r"\w{5}-\w{5}-\w{5}", page)
    assert told is not None
    assert password_matches(account.password_hash, told[0])
    assert account.must_change_password
    assert [(held.role, held.organ_id) for held in account.holdings] == [("clerk", people.organ_ids["MZJ"])]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"login": "clerk"}, "已有人使用"),
        ({"login": "1lixia"}, "登录名须以字母开头"),
        ({"login": ""}, "请填写“登录名”"),
        ({"name": ""}, "请填写“姓名”"),
        ({"role": ""}, "请选择“岗位”"),
        ({"organ_id": "9999"}, "has-error"),
    ],
)
def test_a_faulty_account_says_why_and_keeps_what_was_typed(
    sign_in: SignIn, people: Cast, changed: dict[str, str], said: str
) -> None:
    data = {"login": "lixia", "name": "李霞", "role": "clerk", "organ_id": str(people.organ_ids["MZJ"])}
    response = sign_in("administrator").post("/accounts/new", data=data | changed)
    assert response.status_code == 422
    assert said in response.text
    assert f'value="{(data | changed)["name"]}"' in response.text


def test_roles_are_given_and_taken_at_once(sign_in: SignIn, people: Cast, session: Session) -> None:
    admin, clerk = sign_in("administrator"), sign_in("clerk")
    page = f"/accounts/{id_of(people, 'clerk')}"
    assert clerk.get("/accounts").status_code == 403
    grant = {"role": "administrator", "organ_id": str(people.organ_ids["BGS"])}
    assert admin.post(f"{page}/roles", data=grant).status_code == 302
    assert admin.post(f"{page}/roles", data=grant).status_code == 302
    assert clerk.get("/accounts").status_code == 200
    held = account_of(session, "clerk").holdings
    assert len(held) == 2
    admin_role = next(holding.id for holding in held if holding.role == Role.ADMINISTRATOR)
    assert admin.post(f"{page}/roles/{admin_role}/revoke").status_code == 302
    assert clerk.get("/accounts").status_code == 403
    assert admin.post(f"{page}/roles/{admin_role}/revoke").status_code == 404


def test_a_role_needs_an_organ_and_says_so(sign_in: SignIn, people: Cast) -> None:
    response = sign_in("administrator").post(
        f"/accounts/{id_of(people, 'clerk')}/roles", data={"role": "clerk"}
    )
    assert response.status_code == 422
    assert "请选择“机关”" in response.text


def test_nobody_changes_their_own_roles_or_closes_themselves(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    admin, own = sign_in("administrator"), f"/accounts/{id_of(people, 'administrator')}"
    held = account_of(session, "administrator").holdings[0].id
    grant = {"role": "supervisor", "organ_id": str(people.organ_ids["BGS"])}
    assert admin.post(f"{own}/roles", data=grant).status_code == 403
    assert admin.post(f"{own}/roles/{held}/revoke").status_code == 403
    for act in ("lock", "deactivate", "reactivate"):
        assert admin.post(f"{own}/{act}").status_code == 403
    assert "由另一名管理员办理" in admin.get(own).text


def test_the_last_administrator_stays(sign_in: SignIn, people: Cast, session: Session) -> None:
    admin = sign_in("administrator")
    clerk = account_of(session, "clerk")
    second = RoleHolding(role="administrator", organ_id=people.organ_ids["BGS"])
    clerk.holdings.append(second)
    session.commit()
    sole, holding_id = id_of(people, "administrator"), account_of(session, "administrator").holdings[0].id
    by_clerk = sign_in("clerk")
    assert by_clerk.post(f"/accounts/{sole}/roles/{holding_id}/revoke").status_code == 302
    session.rollback()
    assert by_clerk.get("/accounts").status_code == 200
    assert admin.get("/accounts").status_code == 404, "without any role one is a stranger"


def test_a_reset_password_works_once_and_ends_sessions(
    sign_in: SignIn, people: Cast, session: Session
) -> None:
    admin, clerk = sign_in("administrator"), sign_in("clerk")
    page = admin.post(f"/accounts/{id_of(people, 'clerk')}/password").text
    told = re.search(r"\w{5}-\w{5}-\w{5}", page)
    assert told is not None
    assert clerk.get("/sessions").status_code == 302
    account = account_of(session, "clerk")
    assert password_matches(account.password_hash, told[0])
    assert account.must_change_password


@pytest.mark.parametrize(("close", "open_again"), [("lock", "unlock"), ("deactivate", "reactivate")])
def test_a_closed_account_is_out_at_once_until_opened_again(
    sign_in: SignIn, people: Cast, close: str, open_again: str
) -> None:
    admin, clerk = sign_in("administrator"), sign_in("clerk")
    page = f"/accounts/{id_of(people, 'clerk')}"
    closed = admin.post(f"{page}/{close}", follow_redirects=True).text
    assert clerk.get("/sessions").status_code == 302
    assert "已锁定" in closed or "已停用" in closed
    opened = admin.post(f"{page}/{open_again}", follow_redirects=True).text
    assert "<dd>正常</dd>" in opened
    assert admin.post(f"{page}/explode").status_code == 404


def test_a_name_is_corrected(sign_in: SignIn, people: Cast, session: Session) -> None:
    admin, page = sign_in("administrator"), f"/accounts/{id_of(people, 'clerk')}/name"
    assert admin.post(page, data={"name": " 陈静静 "}).status_code == 302
    assert account_of(session, "clerk").name == "陈静静"
    refused = admin.post(page, data={"name": ""})
    assert refused.status_code == 422
    assert "请填写“姓名”" in refused.text


def test_an_account_that_is_not_there(sign_in: SignIn) -> None:
    admin = sign_in("administrator")
    assert admin.get("/accounts/4711").status_code == 404
    assert admin.get(f"/accounts/{10**30}").status_code == 404
    assert admin.get(f"/accounts/{2**31}").status_code == 404
    assert admin.post("/accounts/4711/lock").status_code == 404
