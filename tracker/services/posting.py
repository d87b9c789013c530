"""交邮: a day's post of an office put together, printed, and its mail numbers recorded at one go."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from tracker.adapters.pdf_binder import joined
from tracker.domain.case_log import DispatchWay
from tracker.domain.errors import Invalid, NotFound, TrackerError
from tracker.domain.file_kinds import FileKind
from tracker.domain.letter_document import LetterDocument
from tracker.domain.permissions import Permission
from tracker.domain.post_paper import Label, PostPaper, PostRow
from tracker.domain.posting import Envelope, ForPost, PostLine, envelopes, read_mail_lines
from tracker.domain.vocabulary import N_
from tracker.models import Applicant, Case, Consultation, Dispatch, Letter, Organ
from tracker.queries.letters import WaitingLetter, get_letter, list_to_dispatch
from tracker.services.attachments import open_file
from tracker.services.context import Context
from tracker.services.dispatch import dispatch
from tracker.services.personal_data import note_reading
from tracker.services.rendering import find_rendered
from tracker.services.unit_of_work import transaction

MOST_LETTERS = 200
"""Letters printed at one go."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a letter goes; empty parts are not kept and are written by hand."""

    to: str
    phone: str = ""
    postcode: str = ""
    address: str = ""

    @property
    def place(self) -> str:
        """Tells places apart without saying them."""
        told = "\n".join((self.phone, self.postcode, self.address))
        return hashlib.sha256(told.encode()).hexdigest()[:16] if told.strip() else ""


def list_envelopes(ctx: Context, only: Collection[int] = ()) -> tuple[Envelope, ...]:
    """What may be handed to the post now: issued notices, and replies that are sealed; ``only`` these letters."""
    waiting = list_to_dispatch(ctx.session, ctx.actor, ctx.today)
    ready = [w for w in waiting if _ready(w) and (not only or w.letter_id in only)]
    ready.sort(key=lambda w: w.letter_id)  # a list printed in the morning keeps its order
    return envelopes([_for_post(ctx, w) for w in ready])


def preview_posting(ctx: Context, text: str, only: Collection[int] = ()) -> tuple[PostLine, ...]:
    """What the lines would record; nothing is written. Raises ``Invalid`` for nothing and for too much."""
    waiting = list_envelopes(ctx, only)
    try:
        read = read_mail_lines(text, waiting)
        return read_mail_lines(text, waiting, _used(ctx, [line.mail_number for line in read]))
    except TrackerError as error:
        raise Invalid({"lines": [error]}) from error


def record_posting(ctx: Context, text: str, *, on: date, only: Collection[int] = ()) -> int:
    """登记交邮: every line or none; how many letters went out. One number may stand for several letters to one person.

    Raises ``Invalid`` naming each line that cannot be recorded, and why.
    """
    with transaction(ctx):
        lines = preview_posting(ctx, text, only)
        faults = [fault for line in lines for fault in told_faults(line)]
        if faults:
            raise Invalid({"lines": faults})
        count = 0
        for line in lines:
            for letter in line.letters:
                _post(ctx, line, letter, on)
                count += 1
        return count


def told_faults(line: PostLine) -> list[TrackerError | str]:
    """The faults of a line, each naming the line."""
    return [
        TrackerError(N_("第 %(line)d 行：%(fault)s"), line=line.line, fault=fault) for fault in line.faults
    ]


def _post(ctx: Context, line: PostLine, letter: ForPost, on: date) -> None:
    try:
        dispatch(
            ctx,
            letter.letter_id,
            way=DispatchWay.POST,
            on=on,
            mail_number=line.mail_number,
            expected_version=None,
        )
    except Invalid as error:
        told = [message for messages in error.fields.values() for message in messages]
        raise Invalid({"lines": [_at(line, letter, message) for message in told]}) from error
    except NotFound:
        raise
    except TrackerError as error:
        raise Invalid({"lines": [_at(line, letter, error)]}) from error


def _at(line: PostLine, letter: ForPost, fault: TrackerError | str) -> TrackerError:
    return TrackerError(
        N_("第 %(line)d 行，%(number)s：%(fault)s"), line=line.line, number=letter.number, fault=fault
    )


def print_labels(ctx: Context, only: Collection[int]) -> bytes:
    """EMS label sheet, eight labels a page. Each look at an address is on record."""
    found = _chosen(ctx, only)
    return _paper_pdf(ctx, found, listed=False)


def print_post(ctx: Context, only: Collection[int]) -> bytes:
    """A day's post as one PDF: the list to hand in with, the labels, then every letter in the order of the list."""
    found = _chosen(ctx, only)
    parts = [_paper_pdf(ctx, found, listed=True)]
    for envelope in found:
        parts += [_letter_pdf(ctx, letter_id) for letter_id in envelope.letter_ids]
    return joined(parts, title="交邮材料", made_on=ctx.today)


def _chosen(ctx: Context, only: Collection[int]) -> tuple[Envelope, ...]:
    found = list_envelopes(ctx, only)
    if not found:
        raise NotFound(N_("所选的公文不在待交邮之列，请刷新页面。"))
    if sum(len(envelope.letters) for envelope in found) > MOST_LETTERS:
        raise Invalid({"letter": [TrackerError(N_("一次最多打印 %(most)d 份。"), most=MOST_LETTERS)]})
    return found


def _paper_pdf(ctx: Context, found: Sequence[Envelope], *, listed: bool) -> bytes:
    rows, labels = [], []
    for n, envelope in enumerate(found, start=1):
        letters = [
            get_letter(ctx.session, ctx.actor, x, Permission.LETTER_DISPATCH) for x in envelope.letter_ids
        ]
        where = address_of(ctx, letters[0])
        organ = ctx.session.get_one(Organ, letters[0].organ_id)
        labels.append(
            Label(
                to=where.to,
                phone=where.phone,
                postcode=where.postcode,
                address=where.address,
                sender=organ.name,
                sender_phone=organ.phone or "",
                sender_postcode=organ.postcode or "",
                sender_address=organ.address or "",
                contents=envelope.numbers,
                mark=str(n),
            )
        )
        titles = tuple(f"{x.title}　{x.number}" for x in envelope.letters)
        rows.append(PostRow(str(n), where.to, titles))
        for case_id in sorted({letter.case_id for letter in letters if letter.case_id is not None}):
            note_reading(ctx, case_id, "post_label", "打印邮寄标签和交邮清单", each=False)
    paper = PostPaper(
        organs="、".join(dict.fromkeys(envelope.organ for envelope in found)),
        made_on=ctx.today,
        rows=tuple(rows) if listed else (),
        labels=tuple(labels),
    )
    lacking = ctx.adapters.renderer.missing_on_post(paper)
    if lacking:
        shown = "、".join(lacking[:12])
        raise Invalid({"letter": [TrackerError(N_("字体中没有的字：%(signs)s"), signs=shown)]})
    return ctx.adapters.renderer.post_pdf(paper)


def _letter_pdf(ctx: Context, letter_id: int) -> bytes:
    letter = get_letter(ctx.session, ctx.actor, letter_id, Permission.LETTER_DISPATCH)
    kept = find_rendered(ctx, letter, FileKind.LETTER_PDF)
    if kept is not None:
        return open_file(ctx, kept.id).content
    return ctx.adapters.renderer.pdf(LetterDocument.from_data(letter.issued_content or letter.content))


def address_of(ctx: Context, letter: Letter) -> Address:
    """Where the letter goes: the address of the applicant (the representative of several, or the agent) it is addressed
    to, or what is known of the party that was consulted."""
    content = letter.issued_content or letter.content or {}
    to = content.get("addressee", "")
    if letter.case_id is None:
        return Address(to)
    people = ctx.session.scalars(
        select(Applicant).where(Applicant.case_id == letter.case_id).order_by(Applicant.position)
    ).all()
    agents = [p for p in people if p.capacity == "agent"]
    own = [p for p in people if p.capacity != "agent"]
    if to and to == "、".join(p.name for p in own):
        return _applicant(ctx, sorted(own, key=lambda p: (not p.representative, p.position))[0], to)
    if to and to == "、".join(p.name for p in agents):
        return _applicant(ctx, agents[0], to)
    asked = ctx.session.scalar(
        select(Consultation).where(Consultation.case_id == letter.case_id, Consultation.party == to).limit(1)
    )
    contact = ctx.adapters.cipher.open(asked.contact_cipher) if asked and asked.contact_cipher else ""
    return Address(to, address=contact)


def _applicant(ctx: Context, person: Applicant, to: str) -> Address:
    def opened(sealed: bytes | None) -> str:
        return ctx.adapters.cipher.open(sealed) if sealed else ""

    name = f"{to}（{person.contact_name}收）" if person.contact_name else to
    return Address(name, opened(person.phone_cipher), person.postcode or "", opened(person.address_cipher))


def _ready(waiting: WaitingLetter) -> bool:
    return waiting.number is not None and (not waiting.is_reply or waiting.sealed_on is not None)


def _for_post(ctx: Context, waiting: WaitingLetter) -> ForPost:
    letter = ctx.session.get_one(Letter, waiting.letter_id)
    where = address_of(ctx, letter)
    return ForPost(
        waiting.letter_id, waiting.number or "", waiting.title, waiting.case.organ, where.to, where.place
    )


def _used(ctx: Context, numbers: Sequence[str]) -> dict[str, str]:
    rows = ctx.session.execute(
        select(Dispatch.mail_number, Letter.number)
        .join(Letter, Letter.id == Dispatch.letter_id)
        .join(Case, Case.id == Letter.case_id)
        .where(Dispatch.mail_number.in_({n for n in numbers if n}))
    )
    return {mail: number or "" for mail, number in rows if mail}
