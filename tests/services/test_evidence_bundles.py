"""举证包: what is bound, what it says in both forms, who may have it, and what broken files do to it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date

import pypdf
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.adapters.test_image_size import png
from tests.adapters.test_pdf_pages import paper, written
from tests.adapters.test_typesetter import HOSTILE, INSTANCE, squeezed, text_of_docx
from tests.databases import unguarded
from tests.factories.letters import NOT_EXISTING
from tests.people import Cast
from tests.services.conftest import ContextFor
from tests.services.office import Office
from tracker.adapters.fonts import FontSet
from tracker.adapters.typesetter import TypstRenderer
from tracker.domain.answer_draft import Section
from tracker.domain.case_log import DispatchWay
from tracker.domain.challenges import ChallengeKind
from tracker.domain.errors import Conflict, Forbidden, Invalid, Missing, NotFound, NotLawfulNow, TrackerError
from tracker.domain.evidence_gaps import gaps
from tracker.domain.exhibits import ChosenExhibit
from tracker.domain.file_kinds import FileKind
from tracker.models import AnswerDraft, Case, Challenge, PersonalDataReading
from tracker.services.answer_drafts import OpenBundle, Redrafted, open_bundle, review_draft, save_draft
from tracker.services.attachments import Upload, add_file
from tracker.services.challenges import NewChallenge, register_challenge
from tracker.services.context import Context
from tracker.services.dispatch import dispatch
from tracker.services.evidence_bundles import (
    APART,
    APART_KIND,
    APART_PICTURE,
    bundle_docx,
    bundle_pdf,
)
from tracker.services.search import record_search
from tracker.services.sheets import issue_sheet
from tracker.services.sign_off import seal

TODAY = date(2026, 11, 23)
CLAIM = "撤销答复，责令重新答复"


@pytest.fixture(scope="module")
def renderer() -> TypstRenderer:
    return TypstRenderer(FontSet.of_installation(INSTANCE))


@dataclass
class Disputed:
    """A reply of 不存在 that was posted, and the reconsideration against it."""

    office: Office
    case_id: int
    challenge_id: int

    @property
    def clerk(self) -> Context:
        return self.office.clerk

    def attach(self, name: str, content: bytes, kind: FileKind) -> None:
        add_file(self.clerk, self.case_id, [Upload(name, content, kind)], expected_version=None)

    def opened(self, ctx: Context | None = None) -> OpenBundle:
        return open_bundle(ctx or self.clerk, self.challenge_id, why="查看")

    def saved(self, **texts: str) -> int:
        now = self.opened()
        words = {s: now.bundle.shown(s) for s in Section} | {Section(k): v for k, v in texts.items()}
        return save_draft(
            self.clerk,
            self.challenge_id,
            Redrafted(words, now.choice, now.bundle.keys),
            expected_number=now.number,
        )


@pytest.fixture
def disputed(cast: Cast, session: Session, ctx_for: ContextFor, renderer: TypstRenderer) -> Disputed:
    office = Office(cast, session, ctx_for, renderer)  # type: ignore[arg-type]
    case_id = office.case()
    record_search(
        office.clerk,
        case_id,
        on=date(2026, 11, 16),
        places="档案室、办公系统",
        keywords="救助资金",
        period="2025年",
        searched_by="陈静",
        found=False,
        result="没有相应记录",
        expected_version=None,
    )
    letter_id = office.signed(case_id, NOT_EXISTING)
    seal(office.clerk, letter_id, on=TODAY, expected_version=None)
    dispatch(
        office.clerk,
        letter_id,
        way=DispatchWay.POST,
        on=TODAY,
        mail_number="XA10000000133",
        expected_version=None,
    )
    new = NewChallenge(ChallengeKind.RECONSIDERATION, TODAY, CLAIM, number="椒政复〔2026〕8号")
    register_challenge(office.clerk, case_id, new, expected_version=None)
    return Disputed(office, case_id, session.scalars(select(Challenge.id)).one())


def pages_of(content: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def without_feet(pages: list[str]) -> str:
    """All pages in one, without what is stamped at their feet."""
    return "".join(
        page.replace(f"卷内第{number}页，共{len(pages)}页", "") for number, page in enumerate(pages, start=1)
    )


def apart(disputed: Disputed) -> str:
    """What the list of the bound file says at its end."""
    return "".join(pages_of(bundle_pdf(disputed.clerk, disputed.challenge_id).content))


def test_pdf_and_docx_say_the_same_and_the_page_numbers_are_true(disputed: Disputed) -> None:
    disputed.attach("申请表.pdf", written(paper("Request")), FileKind.REQUEST)
    disputed.attach("信封.png", png(300, 200), FileKind.ENVELOPE)
    made = bundle_pdf(disputed.clerk, disputed.challenge_id)
    pages = pages_of(made.content)
    archive = zipfile.ZipFile(io.BytesIO(bundle_docx(disputed.clerk, disputed.challenge_id).content))
    assert archive.namelist() == [
        "1-行政复议答复书.docx",
        "2-证据目录.docx",
        "3-法律依据.docx",
        "4-办理经过.docx",
    ]
    texts = [text_of_docx(archive.read(name)) for name in archive.namelist()]
    total = len(pages)
    for number, page in enumerate(pages, start=1):
        assert f"卷内第{number}页，共{total}页" in page
    bound = without_feet(pages)
    for text in texts:
        assert text in bound
    listed = disputed.opened().bundle.listed
    assert [e.name for e in listed][:2] == ["申请书", "信封"] and listed[-1].key == "sheet"
    for n, exhibit in enumerate(listed, start=1):
        first = next(at for at, page in enumerate(pages, start=1) if page.endswith(f"证据{n}"))
        named = squeezed(f"证据{n}　{exhibit.name}{first}")
        assert named in pages[0], f"the cover sends the reader elsewhere than to page {first}"
    assert "Request" in bound and "未检索到" in bound


def test_numbers_in_the_text_follow_the_list(disputed: Disputed) -> None:
    before = disputed.opened()
    assert [c.key.split(":")[0] for c in before.choice] == ["search", "letter", "dispatch", "sheet"]
    words = {s: before.bundle.shown(s) for s in Section} | {
        Section.REASONS: "检索见证据1，答复见证据2，另见证据9。"
    }
    turned = [before.choice[n] for n in (1, 0, 3)]
    save_draft(
        disputed.clerk,
        disputed.challenge_id,
        Redrafted(words, turned, before.bundle.keys),
        expected_number=0,
    )
    after = disputed.opened().bundle
    assert after.shown(Section.REASONS) == "检索见证据2，答复见证据1，另见证据9。"
    assert "证据（未列入目录）" in after.shown(Section.FACTS)
    assert after.papers()[1].parts[1].rows[0][1].startswith("《政府信息不存在告知书》")


def test_a_second_person_meets_the_first_and_no_version_is_lost(disputed: Disputed) -> None:
    assert disputed.saved(conclusion="第一版") == 1
    assert disputed.saved(conclusion="第二版") == 2
    now = disputed.opened()
    with pytest.raises(Conflict):
        save_draft(
            disputed.clerk,
            disputed.challenge_id,
            Redrafted({Section.CONCLUSION: "第三版"}, now.choice, ()),
            expected_number=1,
        )
    assert [version.texts[Section.CONCLUSION] for version in now.versions] == ["第二版", "第一版"]
    earlier = open_bundle(disputed.clerk, disputed.challenge_id, why="查看", number=1)
    assert earlier.bundle.shown(Section.CONCLUSION) == "第一版" and earlier.number == 2
    with pytest.raises(NotFound):
        open_bundle(disputed.clerk, disputed.challenge_id, why="查看", number=3)


@pytest.mark.parametrize(
    ("texts", "choice", "at"),
    [
        ({Section.FACTS: " \n\u202e"}, (), "facts"),
        ({Section.FACTS: "字" * 12_001}, (), "facts"),
        ({Section.FACTS: "有"}, (ChosenExhibit("letter:999999", "别的案件的文书", ""),), ""),
    ],
)
def test_what_cannot_be_saved_is_said_where_it_stands(
    disputed: Disputed, texts: dict[Section, str], choice: tuple[ChosenExhibit, ...], at: str
) -> None:
    with pytest.raises(Invalid) as told:
        save_draft(disputed.clerk, disputed.challenge_id, Redrafted(texts, choice, ()), expected_number=0)
    assert list(told.value.fields) == [at]
    assert disputed.office.session.scalar(select(func.count()).select_from(AnswerDraft)) == 0


def test_who_may_see_people_in_full_may_see_it(disputed: Disputed, cast: Cast) -> None:
    for part in ("clerk", "second_clerk", "disclosure_head", "supervisor"):
        assert disputed.opened(disputed.office.ctx(cast.actors[part])).bundle.listed
    for part in ("approver", "legal_advisor", "auditor"):
        with pytest.raises(Forbidden):
            disputed.opened(disputed.office.ctx(cast.actors[part]))
    for part in ("colleague", "administrator", "stranger"):
        with pytest.raises(NotFound):
            bundle_pdf(disputed.office.ctx(cast.actors[part]), disputed.challenge_id)
    with pytest.raises(Forbidden):
        save_draft(
            disputed.office.ctx(cast.supervisor),
            disputed.challenge_id,
            Redrafted({Section.FACTS: "改"}, (), ()),
            expected_number=0,
        )


def test_looking_is_on_record_once_a_day_and_every_file(disputed: Disputed) -> None:
    for _ in range(3):
        disputed.opened()
    bundle_docx(disputed.clerk, disputed.challenge_id)
    bundle_docx(disputed.clerk, disputed.challenge_id)
    rows = disputed.office.session.execute(
        select(PersonalDataReading.reason, PersonalDataReading.field, PersonalDataReading.case_id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("查看", "evidence_bundle", disputed.case_id),
        ("生成举证包 .docx", "evidence_bundle", disputed.case_id),
        ("生成举证包 .docx", "evidence_bundle", disputed.case_id),
    ]


def missing(disputed: Disputed) -> set[str]:
    bundle = disputed.opened().bundle
    return {
        gap.what if isinstance(gap.what, str) else gap.what.template
        for gap in gaps(bundle.facts, bundle.listed)
    }


def test_what_is_missing_goes_when_it_is_added(disputed: Disputed) -> None:
    assert missing(disputed) == {"申请书", "收到申请日期的凭证", "寄发、送达的凭证", "编号的期限计算说明"}
    for name, kind in (("a", FileKind.REQUEST), ("b", FileKind.ENVELOPE), ("c", FileKind.DELIVERY_PROOF)):
        disputed.attach(f"{name}.pdf", written(paper("x")), kind)
    issue_sheet(disputed.clerk, disputed.case_id, expected_version=None)
    # Added since nothing was saved: listed by themselves.
    assert missing(disputed) == set()
    assert "椒民公开期〔2026〕1号" in apart(disputed)


def test_a_reply_of_not_existing_without_a_search_lacks_it(cast: Cast, disputed: Disputed) -> None:
    session = disputed.office.session
    with unguarded(session):
        session.execute(
            Case.__table__.metadata.tables["log_entries"]
            .delete()
            .where(Case.__table__.metadata.tables["log_entries"].c.type == "search_recorded")
        )
    assert "检索记录（第三十六条第四项、第五项）" in missing(disputed)
    conclusion = disputed.opened().bundle.shown(Section.CONCLUSION)
    assert "维持" not in conclusion and "如实说明" in conclusion


def test_what_cannot_be_bound_is_listed_apart_in_plain_words(disputed: Disputed) -> None:
    locked = paper("Text")
    locked.encrypt("open", "own", algorithm="AES-256")
    disputed.attach("加密.pdf", written(locked), FileKind.REQUEST)
    disputed.attach("坏.pdf", b"%PDF-1.4\n%%EOF\n", FileKind.ENVELOPE)
    disputed.attach("大.png", png(60_000, 60_000, b"x"), FileKind.DELIVERY_PROOF)
    disputed.attach("残.png", png(50, 50, b"x"), FileKind.DELIVERY_PROOF)
    disputed.attach("说明.txt", "甲".encode(), FileKind.CORRECTION)
    text = apart(disputed)
    assert text.count(squeezed(APART_PICTURE)) == 2
    for words in (*list(APART.values())[:2], APART_KIND):
        assert squeezed(words) in text
    assert text.count("另附") >= 10


def test_hostile_texts_stay_texts(disputed: Disputed) -> None:
    session = disputed.office.session
    session.get_one(Case, disputed.case_id).description = HOSTILE.replace("\x00", "")
    session.get_one(Challenge, disputed.challenge_id).number = "=HYPERLINK(1)"
    session.commit()
    now = disputed.opened()
    texts = {s: now.bundle.shown(s) for s in Section} | {Section.REASONS: f"=1+1\n{HOSTILE}"}
    named = [ChosenExhibit(c.key, f"{HOSTILE}"[:120], HOSTILE) for c in now.choice]
    save_draft(
        disputed.clerk, disputed.challenge_id, Redrafted(texts, named, now.bundle.keys), expected_number=0
    )
    made = without_feet(pages_of(bundle_pdf(disputed.clerk, disputed.challenge_id).content))
    archive = zipfile.ZipFile(io.BytesIO(bundle_docx(disputed.clerk, disputed.challenge_id).content))
    shown = squeezed(disputed.opened().bundle.shown(Section.REASONS))
    assert shown in made
    assert shown in text_of_docx(archive.read("1-行政复议答复书.docx"))
    body = archive.read("1-行政复议答复书.docx")
    inside = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml").decode()
    assert "<w:instrText" not in inside and "<w:fldSimple" not in inside


def test_a_character_no_font_has_is_named(disputed: Disputed) -> None:
    disputed.saved(conclusion="姓氏𓀀")
    with pytest.raises(Missing, match="字体中没有的字"):
        bundle_pdf(disputed.clerk, disputed.challenge_id)


def test_the_advisor_speaks_of_one_version(disputed: Disputed, cast: Cast) -> None:
    advisor = disputed.office.ctx(cast.legal_advisor)

    def review(number: int, approved: bool, opinion: str = "", ctx: Context = advisor) -> None:
        review_draft(ctx, disputed.challenge_id, number=number, approved=approved, opinion=opinion)

    refused: tuple[tuple[type[TrackerError], Context], ...] = (
        (Forbidden, disputed.clerk),
        (NotFound, disputed.office.ctx(cast.colleague)),
        (Conflict, advisor),
    )
    for error, ctx in refused:
        with pytest.raises(error):
            review(1, True, ctx=ctx)
    disputed.saved()
    with pytest.raises(Invalid):
        review(1, False, "  ")
    review(1, False, "请补充检索经过")
    with pytest.raises(NotLawfulNow):
        review(1, True)
    disputed.saved(facts="补充检索经过")
    with pytest.raises(Conflict):
        review(1, True)
    review(2, True)
    versions = disputed.opened().versions
    assert [(v.verdict, v.opinion, v.reviewed_by) for v in versions] == [
        ("approved", None, "徐律师"),
        ("returned", "请补充检索经过", "徐律师"),
    ]
