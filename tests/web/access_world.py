"""What the addresses of the access table point at: one thing of each kind, all of 椒江区民政局."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.domain.years import YEAR_2027
from tests.factories.calendars import load_shipped
from tests.factories.cases import received_case
from tests.letter_samples import composed
from tests.people import NOW, Cast
from tracker.adapters.cipher import Cipher
from tracker.adapters.passwords import token_hash
from tracker.adapters.robots import Robot
from tracker.domain.alerts import Channel
from tracker.models import (
    Account,
    Alert,
    Applicant,
    ArchivePackage,
    Attachment,
    CalendarProposal,
    Challenge,
    Chase,
    Destruction,
    DisclosureProposal,
    Handover,
    HandoverCase,
    LedgerImport,
    Letter,
    LetterTemplateVersion,
    MailItem,
    ModelReply,
    OutboxMessage,
    PaperMaterial,
    PracticeCase,
    RoleHolding,
    SavedStatistic,
    SearchTask,
    StandIn,
    StatuteChange,
    Subject,
    WebSession,
    WordingDraft,
)
from tracker.queries.calendars import calendar_version
from tracker.services.context import Context
from tracker.services.robot_settings import set_robot
from tracker.services.templates import load_shipped_templates

ORGAN = "MZJ"
TOKEN = "a-one-time-link-of-the-access-proof"
PAPER = b"%PDF-1.4\n%%EOF\n"


@dataclass(frozen=True)
class World:
    """Ids by the names that addresses use for them."""

    ids: dict[str, int | str]

    def address(self, rule: Rule, words: dict[str, str]) -> str:
        """The rule's address with something real in every place."""
        unknown = set(rule.arguments) - set(self.ids) - set(words)
        assert not unknown, (
            f"{rule.rule}: say in tests/web/access_world.py what stands for {', '.join(sorted(unknown))}"
        )
        values: dict[str, object] = {place: self.ids.get(place) or words[place] for place in rule.arguments}
        built = rule.build(values, append_unknown=False)
        assert built is not None
        return built[1]


MakeContext = Callable[[str], Context]


def make_world(session: Session, people: Cast, ctx_of: MakeContext) -> World:
    """Make one of everything. A new kind of place in an address gets its line here."""
    load_shipped(session)
    load_shipped_templates(ctx_of("clerk"))
    organ_id = people.organ_ids[ORGAN]
    clerk = ctx_of("clerk")
    robot = Robot(Channel.WECOM, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k")
    set_robot(ctx_of("administrator"), organ_id, robot, expected_version=0)
    set_robot(ctx_of("administrator"), None, robot, expected_version=0)
    case_id = received_case(clerk, organ_id, date(2026, 2, 2))
    made = {
        "attachment_id": _attachment(case_id, clerk.adapters.files.put(PAPER)),
        "applicant_id": _applicant(case_id, clerk.adapters.cipher),
        "mail_id": _mail_item(organ_id, clerk.actor.account_id),
        "account_id": _newcomer(organ_id),
        "letter_id": _letter(case_id, organ_id, clerk.actor.account_id),
        "import_id": _register(people.supervisor.account_id),
        "alert_id": _alert(case_id, clerk.actor.account_id or 0),
        "message_id": _dead_message(clerk.actor.account_id or 0),
        "proposal_id": _proposal(clerk.actor.account_id or 0),
        "chase_id": _chase(case_id, people),
        "challenge_id": _challenge(case_id),
        "handover_id": _handover(case_id, people),
        "stand_in_id": _stand_in(people),
        "statistic_id": _statistic(people),
        "package_id": ArchivePackage(
            organ_id=organ_id,
            year=2026,
            state="queued",
            reason="移交",
            requested_by_id=clerk.actor.account_id or 0,
            requested_at=NOW,
        ),
        "destruction_id": Destruction(
            organ_id=organ_id,
            year=2026,
            serial=1,
            number="椒民公开销〔2026〕1号",
            state="proposed",
            grounds="期满",
            proposed_by_id=clerk.actor.account_id or 0,
            proposed_at=NOW,
        ),
        "paper_id": PaperMaterial(
            case_id=case_id, kind="other", title="信封原件", pages=1, covers="", added_at=NOW
        ),
        "search_task_id": _search_task(case_id, 1),
        "linked_task_id": _search_task(case_id, 2, TOKEN),
        "subject_id": Subject(name="征地拆迁", active=True),
        "practice_id": PracticeCase(
            account_id=clerk.actor.account_id or 0,
            year=2026,
            serial=1,
            scenario="plain",
            started_on=date(2026, 2, 2),
            log=[["received", "2026-02-02", {}]],
        ),
    }
    session.add_all(made.values())
    session.flush()
    ids: dict[str, int | str] = {place: row.id for place, row in made.items()}
    web_session = _web_session(ids["account_id"])
    model = ModelReply(
        letter_id=int(ids["letter_id"]),
        text="正文",
        comment="写得清楚",
        marked_by_id=people.legal_advisor.account_id or 0,
        marked_on=date(2026, 2, 9),
    )
    proposal = DisclosureProposal(
        organ_id=organ_id,
        title="救助资金发放汇总表",
        basis="suggested",
        reason="申请人建议",
        proposed_by_id=clerk.actor.account_id or 0,
        proposed_on=date(2026, 2, 9),
    )
    session.add_all([web_session, model, proposal])
    session.commit()
    holding_id = session.scalars(
        select(RoleHolding.id).where(RoleHolding.account_id == ids["account_id"])
    ).one()
    wording = session.scalars(select(LetterTemplateVersion).order_by(LetterTemplateVersion.id)).first()
    assert wording is not None
    draft = _wording_draft(wording)
    change = _statute_change(people)
    session.add_all([draft, change])
    session.commit()
    ids |= {
        "wording_id": wording.id,
        "wording_draft_id": draft.id,
        "change_id": change.id,
        "wording_key": "petition",
    }
    ids |= {"case_id": case_id, "organ_id": organ_id, "session_id": web_session.id, "holding_id": holding_id}
    ids |= {"model_id": model.id, "disclosure_id": proposal.id}
    session.rollback()
    version = calendar_version(session)
    words = {"organ_code": ORGAN, "kind": "correction_notice", "token": TOKEN}
    return World(
        ids
        | {
            "year": 2026,
            "version": version,
            "run": 1,
            "rule_number": 1,
            "cell": "remark",
            "practice_act": "accept",
        }
        | words
    )


def _statute_change(people: Cast) -> StatuteChange:
    """A change no wording cites: a check of one is refused for that, not for who asks."""
    return StatuteChange(
        article="56",
        changed_on=date(2026, 1, 1),
        note="施行日期",
        recorded_by_id=people.supervisor.account_id or 0,
        recorded_at=NOW,
    )


def _wording_draft(version: LetterTemplateVersion) -> WordingDraft:
    """Handed in by the system, so that everybody who may review it may."""
    return WordingDraft(
        template_id=version.template_id,
        source=version.source,
        reason="更简明",
        in_force_from=date(2026, 2, 3),
        status="submitted",
        drafted_at=NOW,
    )


def _dead_message(account_id: int) -> OutboxMessage:
    """A digest that could not be delivered."""
    return OutboxMessage(
        message_id="0" * 36,
        channel="email",
        recipient_id=account_id,
        digest_on=date(2026, 2, 3),
        state="dead",
        created_at=NOW,
        next_attempt_at=NOW,
    )


def _chase(case_id: int, people: Cast) -> Chase:
    return Chase(
        case_id=case_id,
        issuer_organ_id=people.organ_ids["BGS"],
        year=2026,
        serial=1,
        number="椒政办公开督〔2026〕1号",
        issued_on=date(2026, 2, 9),
        issued_by_id=people.supervisor.account_id,
        answer_by_on=date(2026, 2, 12),
        asked_seq=1,
    )


def _search_task(case_id: int, number: int, token: str | None = None) -> SearchTask:
    """One that waits; the other has a link that opens it."""
    return SearchTask(
        case_id=case_id,
        number=number,
        kind="section",
        party="社会救助科",
        question="2023 年低保名册",
        shows_request=False,
        asked_on=date(2026, 11, 23),
        reply_by_on=date(2026, 11, 26),
        link_digest=token_hash(token) if token else None,
        link_expires_at=NOW + timedelta(days=30) if token else None,
    )


def _challenge(case_id: int) -> Challenge:
    return Challenge(
        case_id=case_id,
        kind="reconsideration",
        received_on=date(2026, 2, 9),
        body="椒江区人民政府",
        claimed_seq=1,
    )


def _handover(case_id: int, people: Cast) -> Handover:
    """Offered by the second clerk of our organ to our clerk."""
    return Handover(
        organ_id=people.organ_ids[ORGAN],
        from_id=people.second_clerk.account_id,
        to_id=people.clerk.account_id,
        offered_by_id=people.second_clerk.account_id,
        offered_on=date(2026, 2, 9),
        reason="年休假",
        state="offered",
        cases=[HandoverCase(case_id=case_id)],
    )


def _stand_in(people: Cast) -> StandIn:
    """The second clerk of our organ will be away, and our clerk stands in: to come, so that nothing is lent."""
    return StandIn(
        organ_id=people.organ_ids[ORGAN],
        away_id=people.second_clerk.account_id,
        stand_in_id=people.clerk.account_id,
        named_by_id=people.second_clerk.account_id,
        named_at=NOW,
        from_on=date(2030, 1, 7),
        to_on=date(2030, 1, 11),
    )


def _statistic(people: Cast) -> SavedStatistic:
    """Saved by the second clerk of our organ and shared with it."""
    return SavedStatistic(
        account_id=people.second_clerk.account_id,
        name="各渠道上季度收到",
        words={"count": "received", "period": "last_quarter", "rows": "channel"},
        sharing="organ",
        organ_id=people.organ_ids[ORGAN],
        changed_at=NOW,
    )


def _alert(case_id: int, account_id: int) -> Alert:
    """Told to our clerk and to nobody else."""
    return Alert(
        recipient_id=account_id,
        case_id=case_id,
        kind="due_soon",
        clock_kind="reply",
        run=1,
        due_on=date(2026, 3, 9),
        params={"left": 5},
        created_at=NOW,
    )


def _proposal(account_id: int) -> CalendarProposal:
    """A year put forward by somebody who is neither of those that may decide on it here."""
    return CalendarProposal(
        year=2027,
        notice_number=YEAR_2027.notice_number,
        notice_on=YEAR_2027.notice_on,
        days=[{"day": d.day.isoformat(), "kind": "off", "name": d.name} for d in YEAR_2027.days[:1]],
        digest="0" * 64,
        proposed_by_id=account_id,
        proposed_at=NOW,
    )


def _letter(case_id: int, organ_id: int, account_id: int | None) -> Letter:
    part = {"template": "disclosed", "item": "", "grounds": {}, "refused_under": ""}
    return Letter(
        case_id=case_id,
        organ_id=organ_id,
        kind="disclosed",
        is_reply=True,
        status="draft",
        content=composed("disclosed").to_data(),
        values={"parts": [part], "texts": {}, "attachments": []},
        drafted_by_id=account_id,
    )


def _register(account_id: int | None) -> LedgerImport:
    return LedgerImport(
        filename="台账.xlsx", sha256="0" * 64, imported_by_id=account_id, started_at=NOW, state="discarded"
    )


def _newcomer(organ_id: int) -> Account:
    role = RoleHolding(role="clerk", organ_id=organ_id)
    return Account(login="newcomer", name="新来的", password_hash="!", created_at=NOW, holdings=[role])


def _web_session(account_id: int) -> WebSession:
    return WebSession(
        token_hash="0" * 64,
        account_id=account_id,
        created_at=NOW,
        last_seen_at=NOW,
        address="::1",
        browser="",
    )


def _attachment(case_id: int, storage_key: str) -> Attachment:
    return Attachment(
        case_id=case_id,
        kind="request",
        filename="申请表.pdf",
        media_type="application/pdf",
        size=len(PAPER),
        sha256=hashlib.sha256(PAPER).hexdigest(),
        storage_key=storage_key,
        added_at=NOW,
    )


def _applicant(case_id: int, cipher: Cipher) -> Applicant:
    return Applicant(
        case_id=case_id,
        position=1,
        capacity="applicant",
        name="申请人甲",
        legal_kind="citizen",
        report_kind="natural_person",
        identity_type="resident_id",
        phone_cipher=cipher.seal("13800000000"),
    )


def _mail_item(organ_id: int, account_id: int | None) -> MailItem:
    return MailItem(
        organ_id=organ_id,
        number="椒民误投〔2026〕1号",
        arrived_on=date(2026, 2, 3),
        sender="某人",
        addressed_to="另一机关",
        summary="误投的信件",
        recorded_by_id=account_id,
        recorded_at=NOW,
    )
