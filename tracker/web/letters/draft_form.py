"""The form of a draft: its fields follow from the outcomes chosen, so it is made anew for each request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from tracker.domain.chinese_numerals import chinese_date, ordinal, parse_chinese_date
from tracker.domain.dispositions import (
    GROUP_NAMES,
    REFUSALS,
    ROW_OF_TEMPLATE,
    ROWS,
    Disposition,
)
from tracker.domain.letter_document import Block, BlockKind, LetterDocument, clean
from tracker.domain.merge_fields import FIELDS, Entry
from tracker.queries.letter_templates import Wording
from tracker.services.letters import Draft, DraftPart, grounds_of
from tracker.web.forms import ChineseDateField, LineField, ParagraphField, TrackerForm
from tracker.web.i18n import tell

MOST_PARTS = 20
LAPSES = frozenset({Disposition.LAPSED_UNCORRECTED, Disposition.LAPSED_UNPAID})
"""Told by a letter that the act 视为放弃 sends, not by a drafted reply."""


@dataclass(frozen=True, slots=True)
class PartFields:
    """Fields of one item: which outcome, on what grounds."""

    number: int
    heading: str
    template: Any
    refused_under: Any
    item: Any
    grounds: Sequence[tuple[Any, str]]
    row: str
    ask_advisor: bool


class DraftForm(TrackerForm):
    """Base of the forms made here; ``blocks`` are the paragraphs of the letter, ``free_blocks`` those it
    offers for rewording."""

    attachments = ParagraphField()
    specs: Sequence[DraftPart] = ()
    known: Mapping[str, str] = {}
    free_blocks: Sequence[Block] = ()
    blocks: Sequence[Block] = ()

    def draft(self) -> Draft:
        """What was typed, as a draft; rewordings aside, which ``with_sent_texts`` adds."""
        return Draft(
            tuple(self._part(n, spec) for n, spec in enumerate(self.specs)),
            {},
            tuple(line.strip() for line in (self.attachments.data or "").splitlines() if line.strip()),
        )

    def parts(self) -> Iterator[PartFields]:
        """The items in order, with their fields."""
        for n, spec in enumerate(self.specs):
            row = ROW_OF_TEMPLATE.get(spec.template)
            grounds = [
                (field, tell(FIELDS[name].help) if FIELDS[name].help else "")
                for name, field in self._grounds(n)
            ]
            yield PartFields(
                number=n,
                heading=_("第%(n)s项", n=ordinal(n + 1)) if len(self.specs) > 1 else "",
                template=self[f"parts-{n}-template"],
                refused_under=self._fields.get(f"parts-{n}-refused_under"),
                item=self._fields.get(f"parts-{n}-item"),
                grounds=grounds,
                row=f"{row.number} {tell(row.register_name)}" if row else "",
                ask_advisor=bool(row and row.ask_advisor),
            )

    def texts(self) -> Iterator[tuple[Any, Any]]:
        """Each free paragraph with the hidden field of its standard words."""
        for block in self.free_blocks:
            yield self[f"text-{block.key}"], self[f"was-{block.key}"]

    def paragraphs(self) -> Iterator[tuple[Block, Any]]:
        """Every paragraph of the letter in order, with its field where it may be reworded, else with None."""
        free = {block.key for block in self.free_blocks}
        for block in self.blocks:
            yield block, self[f"text-{block.key}"] if block.key in free else None

    def _part(self, n: int, spec: DraftPart) -> DraftPart:
        under, item = self._fields.get(f"parts-{n}-refused_under"), self._fields.get(f"parts-{n}-item")
        grounds = {}
        for name, field in self._grounds(n):
            written = (
                chinese_date(field.data) if isinstance(field, ChineseDateField) and field.data else field.data
            )
            text = clean(written or "")
            if text and text != self.known.get(name):
                grounds[name] = text
        return DraftPart(
            self[f"parts-{n}-template"].data or "",
            (item.data or "").strip() if item is not None else spec.item,
            grounds,
            (under.data or "") if under is not None else "",
        )

    def _grounds(self, n: int) -> Iterator[tuple[str, Any]]:
        mark = f"parts-{n}-ground-"
        for name, field in self._fields.items():
            if name.startswith(mark):
                yield name.removeprefix(mark), field


def make_draft_form(
    draft: Draft,
    library: Mapping[str, Wording],
    known: Mapping[str, str],
    document: LetterDocument | None,
    standard: LetterDocument | None,
    **kwargs: Any,
) -> DraftForm:
    """A form for a draft. ``known`` are facts on record, offered where the drafter may restate them; ``document`` is
    the draft in words, ``standard`` the same without rewordings."""
    fields: dict[str, Any] = {"specs": tuple(draft.parts), "known": known}
    data: dict[str, Any] = {"attachments": "\n".join(draft.attachments)}
    for n, part in enumerate(draft.parts):
        _add_part(fields, data, n, part, library, known, several=len(draft.parts) > 1)
    blocks = [b for b in (document.blocks if document else ()) if b.kind is BlockKind.FREE]
    words = {b.key: b.text for b in (standard.blocks if standard else ())}
    fields["free_blocks"] = tuple(blocks)
    fields["blocks"] = document.blocks if document else ()
    for n, block in enumerate(blocks, start=1):
        fields[f"text-{block.key}"] = ParagraphField(_("可改写段落 %(n)d", n=n))
        fields[f"was-{block.key}"] = HiddenField()
        data[f"text-{block.key}"] = block.text
        data[f"was-{block.key}"] = words.get(block.key, "")
    fields["attachments"] = ParagraphField(_("附件"))
    form: DraftForm = type("MadeDraftForm", (DraftForm,), fields)(data=data, **kwargs)
    for name, text in data.items():
        if name.startswith(("text-", "was-")) or name.endswith("-was_template"):
            form[name].data = text
    return form


def _add_part(
    fields: dict[str, Any],
    data: dict[str, Any],
    n: int,
    part: DraftPart,
    library: Mapping[str, Wording],
    known: Mapping[str, str],
    *,
    several: bool,
) -> None:
    mark = f"parts-{n}-"
    fields[mark + "template"] = SelectField(_("办理结果"), choices=outcome_choices())
    fields[mark + "was_template"] = HiddenField()
    data[mark + "template"] = data[mark + "was_template"] = part.template
    if several:
        fields[mark + "item"] = LineField(_("本项申请内容"), longest=500)
        data[mark + "item"] = part.item
    wording = library.get(part.template)
    if wording is None:
        return
    refused = library.get(part.refused_under)
    if ROW_OF_TEMPLATE[part.template].code is Disposition.PARTLY_DISCLOSED:
        fields[mark + "refused_under"] = SelectField(_("不予公开部分的依据"), choices=refusal_choices())
        data[mark + "refused_under"] = part.refused_under
    for name in grounds_of(wording.template, refused.template if refused else None):
        fields[f"{mark}ground-{name}"] = _ground_field(name)
        text = part.grounds.get(name) or known.get(name) or ""
        is_day = FIELDS[name].entry is Entry.DAY
        data[f"{mark}ground-{name}"] = parse_chinese_date(text) if is_day else text


def _ground_field(name: str) -> Any:
    spec = FIELDS[name]
    label = tell(spec.label)
    if spec.entry is Entry.CHOICE:
        return SelectField(
            label, choices=[SelectChoice("", _("请选择")), *(SelectChoice(c, tell(c)) for c in spec.choices)]
        )
    if spec.entry is Entry.DAY:
        return ChineseDateField(label)
    return ParagraphField(label) if spec.entry is Entry.PARAGRAPH else LineField(label)


def outcome_choices() -> list[SelectChoice]:
    """The outcomes a drafted reply may tell, under the classes of the annual table."""
    choices = [SelectChoice("", _("请选择办理结果"))]
    for row in ROWS:
        if row.code not in LAPSES:
            group = tell(GROUP_NAMES[row.group])
            choices += [
                SelectChoice(v.template, f"{row.number} {tell(v.name)}", optgroup=group) for v in row.variants
            ]
    return choices


def refusal_choices() -> list[SelectChoice]:
    """Grounds on which part of an item may be refused."""
    return [
        SelectChoice("", _("请选择")),
        *(SelectChoice(v.template, f"{row.number} {tell(v.name)}") for row in REFUSALS for v in row.variants),
    ]


def known_outcome(template: str, refused_under: str) -> tuple[str, str]:
    """What was sent, or nothing in place of an outcome that a drafted reply may not tell and a ground that is none."""
    row = ROW_OF_TEMPLATE.get(template)
    refusals = {v.template for each in REFUSALS for v in each.variants}
    known = template if row is not None and row.code not in LAPSES else ""
    return known, refused_under if refused_under in refusals else ""


def sent_draft(form: Mapping[str, str]) -> Draft:
    """The outcomes in a sent form: from them the form is made that reads the rest."""
    parts: list[DraftPart] = []
    while f"parts-{len(parts)}-template" in form and len(parts) < MOST_PARTS:
        mark = f"parts-{len(parts)}-"
        template, under = known_outcome(form[mark + "template"], form.get(mark + "refused_under", ""))
        parts.append(DraftPart(template, form.get(mark + "item", ""), {}, under))
    return Draft(tuple(parts) or (DraftPart(""),))


def with_sent_texts(draft: Draft, form: Mapping[str, str]) -> Draft:
    """The draft with the rewordings of a sent form. Those of an item whose outcome was changed belong to words that
    are gone."""
    texts = {}
    changed = tuple(
        f"part{n + 1}."
        for n, part in enumerate(draft.parts)
        if form.get(f"parts-{n}-was_template", part.template) != part.template
    )
    for name, text in form.items():
        if name.startswith("text-") and not name.removeprefix("text-").startswith(changed or ("\n",)):
            key = name.removeprefix("text-")
            new, was = clean(text), clean(form.get(f"was-{key}", ""))
            if new and new != was:
                texts[key] = new
    return replace(draft, texts=texts)
