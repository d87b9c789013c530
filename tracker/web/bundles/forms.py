"""The form of a draft with its list of evidence: one line a piece, so it is made anew for each case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField

from tracker.domain.answer_draft import LONGEST_SECTION, SECTION_NAMES, Section
from tracker.domain.exhibits import LONGEST_NAME, LONGEST_PROVES, ChosenExhibit, Exhibit, in_usual_order
from tracker.services.answer_drafts import MOST_EXHIBITS, OpenBundle, Redrafted
from tracker.web.forms import Filled, LineField, ParagraphField, TrackerForm
from tracker.web.i18n import tell

_BETWEEN = ","
_SIGNS_A_LINE = 46


@dataclass(frozen=True, slots=True)
class ExhibitFields:
    """The fields of one piece, and the piece."""

    exhibit: Exhibit
    use: Any
    place: Any
    name: Any
    proves: Any


class BundleForm(TrackerForm):
    """Base of the forms made here. ``pieces``: keys of the lines in their order; ``numbered``: keys by whose places the
    numbers in the texts were written."""

    pieces = HiddenField()
    numbered = HiddenField()
    exhibits: Sequence[Exhibit] = ()

    def lines(self) -> Iterator[ExhibitFields]:
        """The pieces with their fields."""
        for n, exhibit in enumerate(self.exhibits):
            yield ExhibitFields(
                exhibit, self[f"use-{n}"], self[f"place-{n}"], self[f"name-{n}"], self[f"proves-{n}"]
            )

    def sections(self) -> Iterator[Any]:
        """The fields of the texts in the order of the paper."""
        for section in Section:
            yield self[str(section)]

    def sound(self) -> bool:
        """Whether every place that was filled in is a number; what is wrong stands beside it."""
        for line in self.lines():
            text = (line.place.data or "").strip()
            if text and not (text.isascii() and text.isdigit() and len(text) < 5):
                line.place.errors = [*line.place.errors, _("请填写数字，例如 3。")]
        return not any(line.place.errors for line in self.lines())

    def redrafted(self) -> Redrafted:
        """What was typed. Pieces without a place come after those that have one."""
        chosen = [
            (int((line.place.data or "").strip() or 9999), n, line)
            for n, line in enumerate(self.lines())
            if line.use.data
        ]
        return Redrafted(
            {section: self[str(section)].data or "" for section in Section},
            [
                ChosenExhibit(line.exhibit.key, line.name.data or "", line.proves.data or "")
                for _place, _n, line in sorted(chosen, key=lambda one: one[:2])
            ],
            (self.numbered.data or "").split(_BETWEEN),
        )


def bundle_form(opened: OpenBundle, formdata: Mapping[str, Any] | None) -> BundleForm:
    """The form: the listed pieces first in their order, then the others in the usual one."""
    known = {exhibit.key: exhibit for exhibit in opened.bundle.facts.exhibits}
    listed = opened.bundle.listed
    rest = [e for e in in_usual_order(list(known.values())) if e.key not in opened.bundle.keys]
    shown: list[Exhibit] = [*listed, *rest][:MOST_EXHIBITS]
    if formdata is not None:
        sent = str(formdata.get("pieces", "")).split(_BETWEEN)[:MOST_EXHIBITS]
        shown = [known[key] for key in dict.fromkeys(sent) if key in known]
    fields: dict[str, Any] = {"exhibits": tuple(shown)}
    data: dict[str, Any] = {
        "pieces": _BETWEEN.join(e.key for e in shown),
        "numbered": _BETWEEN.join(opened.bundle.keys),
    }
    for section in Section:
        shown_text = opened.bundle.shown(section)
        fields[str(section)] = ParagraphField(
            tell(SECTION_NAMES[section]), longest=LONGEST_SECTION, render_kw={"rows": _rows(shown_text)}
        )
        data[str(section)] = shown_text
    for n, exhibit in enumerate(shown):
        _add_line(fields, data, n, exhibit, opened.bundle.keys)
    made: BundleForm = type("OwnBundleForm", (BundleForm,), fields)(
        formdata=formdata, version=opened.number, **(data if formdata is None else {})
    )
    return made


def _rows(text: str) -> int:
    """Lines a text takes in its field, and one to write on."""
    return min(40, 1 + max(2, sum(1 + len(line) // _SIGNS_A_LINE for line in text.split("\n"))))


def _add_line(
    fields: dict[str, Any], data: dict[str, Any], n: int, exhibit: Exhibit, keys: Sequence[str]
) -> None:
    fields[f"use-{n}"] = BooleanField(_("列入：%(name)s", name=exhibit.name))
    fields[f"place-{n}"] = LineField(_("顺序：%(name)s", name=exhibit.name), longest=4)
    fields[f"name-{n}"] = LineField(_("证据名称"), longest=LONGEST_NAME)
    fields[f"proves-{n}"] = ParagraphField(_("证明对象"), longest=LONGEST_PROVES)
    listed = exhibit.key in keys
    data |= {
        f"use-{n}": listed,
        f"place-{n}": str(keys.index(exhibit.key) + 1) if listed else "",
        f"name-{n}": exhibit.name,
        f"proves-{n}": exhibit.proves,
    }


class ReviewForm(TrackerForm):
    """法律顾问审查意见 on one version."""

    verdict = RadioField(
        _l("审查意见"), [Filled()], choices=[("approved", _l("同意")), ("returned", _l("退回修改"))]
    )
    opinion = ParagraphField(_l("意见"), longest=2000)

    @property
    def approves(self) -> bool:
        """Whether the version may go out as it is."""
        return bool(self.verdict.data == "approved")
