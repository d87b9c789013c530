"""交邮: a day's post on one page: print list, labels and letters, then paste or scan the mail numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tracker.domain.errors import Conflict, Forbidden, NotFound, TrackerError
from tracker.domain.masking import mask_name
from tracker.domain.permissions import Permission
from tracker.domain.posting import Envelope, PostLine
from tracker.domain.request_terms import LegalKind
from tracker.services.posting import (
    list_envelopes,
    preview_posting,
    print_labels,
    print_post,
    record_posting,
)
from tracker.web.access import needs
from tracker.web.context import context, today
from tracker.web.forms import ChineseDateField, Filled, NotAfterToday, ParagraphField, TrackerForm
from tracker.web.i18n import tell
from tracker.web.letters import bp
from tracker.web.letters.forms import day_of
from tracker.web.messages import tell_done
from tracker.web.sheets import PDF, download

RECORD = "record"


class PostForm(TrackerForm):
    """The day, and the mail numbers line by line."""

    on = ChineseDateField(_l("交邮日期"), [Filled(), NotAfterToday()])
    lines = ParagraphField(_l("邮件号"), [Filled()], longest=20000)


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """One mail item of the list."""

    place: int
    value: str
    to: str
    organ: str
    letters: Sequence[tuple[str, str, str]]
    ticked: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line as read."""

    line: int
    text: str
    to: str
    numbers: str
    mail_number: str
    faults: Sequence[str]
    doubts: Sequence[str]


@bp.route("/dispatches/post", methods=["GET", "POST"])
@needs(Permission.LETTER_DISPATCH)
def post() -> ResponseReturnValue:
    """What goes to the post today; what was typed is shown line by line before it is recorded."""
    if request.method == "GET":
        return _page(PostForm(on=today()))
    form = PostForm()
    if not form.validate():
        return _page(form, status=422)
    text = form.lines.data or ""
    try:
        read = preview_posting(context(), text, _chosen())
        if request.form.get("step") != RECORD:
            return _page(form, read)
        count = record_posting(context(), text, on=day_of(form.on), only=_chosen())
    except (NotFound, Forbidden):
        raise
    except TrackerError as error:
        form.show(error)
        return _page(form, status=409 if isinstance(error, Conflict) else 422)
    tell_done(_("已登记交邮 %(count)d 份公文。", count=count), _("下一步：收到送达凭证后登记送达。"))
    return Response(status=302, headers={"Location": url_for("letters.dispatches")})


@bp.post("/dispatches/post/pack.pdf")
@needs(Permission.LETTER_DISPATCH)
def post_pack() -> ResponseReturnValue:
    """List, labels and letters of the chosen envelopes as one PDF."""
    return download(print_post(context(), _chosen()), _("交邮材料") + f"{today():%Y%m%d}.pdf", PDF)


@bp.post("/dispatches/post/labels.pdf")
@needs(Permission.LETTER_DISPATCH)
def post_labels() -> ResponseReturnValue:
    """The label sheet alone."""
    return download(print_labels(context(), _chosen()), _("邮寄标签") + f"{today():%Y%m%d}.pdf", PDF)


def _chosen() -> frozenset[int]:
    """Letters of the envelopes that were ticked: what is printed, and what scanned numbers follow. None means all."""
    ticked = "-".join(request.form.getlist("envelope")).split("-")
    return frozenset(int(number) for number in ticked if number.isdigit() and len(number) < 10)


def _page(form: PostForm, read: Sequence[PostLine] = (), status: int = 200) -> ResponseReturnValue:
    ticked = _chosen()
    rows = [_envelope(n, each, ticked) for n, each in enumerate(list_envelopes(context()), start=1)]
    lines = [_line(line) for line in read]
    page = render_template(
        "pages/letters/post.html",
        rows=rows,
        several_organs=len({row.organ for row in rows}) > 1,
        form=form,
        lines=lines,
        sound=bool(lines) and not any(line.faults for line in lines),
        letters=sum(len(line.letters) for line in read),
    )
    return page, status


def _envelope(place: int, envelope: Envelope, ticked: frozenset[int]) -> EnvelopeRow:
    return EnvelopeRow(
        place,
        "-".join(map(str, envelope.letter_ids)),
        _masked(envelope.to),
        envelope.organ,
        [(x.title, x.number, url_for("letters.show", letter_id=x.letter_id)) for x in envelope.letters],
        not ticked or bool(ticked & set(envelope.letter_ids)),
    )


def _line(line: PostLine) -> LineRow:
    return LineRow(
        line.line,
        line.text,
        _masked(line.letters[0].to) if line.letters else "",
        "、".join(letter.number for letter in line.letters),
        line.mail_number,
        [tell(fault) for fault in line.faults],
        [tell(doubt) for doubt in line.doubts],
    )


def _masked(to: str) -> str:
    # A name longer than any person's is an organisation's, as in the mail register.
    return "、".join(
        mask_name(name, LegalKind.CITIZEN if len(name) <= 4 else LegalKind.OTHER_ORGANISATION)
        for name in to.partition("（")[0].split("、")
    )
