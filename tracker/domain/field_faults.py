"""What is wrong with the merge fields of a text somebody typed: where, and what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from tracker.domain.errors import TrackerError
from tracker.domain.merge_fields import FIELDS
from tracker.domain.vocabulary import N_

_BRACED = re.compile(r"\{\{(?P<inside>[^{}\n]*)\}\}")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_STRAY = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_LABELS = {name: spec.label for name, spec in FIELDS.items()}


def field_faults(text: str, known: Mapping[str, str] = _LABELS) -> tuple[TrackerError, ...]:
    """Every unknown or malformed field of the text, by line, with a suggestion where one is near; none when it is
    well formed. ``known``: label by name, those of letters where nothing else is given."""
    found: list[TrackerError] = []
    for number, line in enumerate(text.split("\n"), start=1):
        found += [
            fault for match in _BRACED.finditer(line) if (fault := _fault(match["inside"], number, known))
        ]
        stray = _STRAY.search(_BRACED.sub("", line))
        if stray:
            found.append(
                TrackerError(
                    N_("第 %(line)d 行的“%(mark)s”不成对或者不能使用，合并字段应写作 {{ 字段名 }}。"),
                    line=number,
                    mark=stray[0],
                )
            )
    return tuple(found)


def _fault(inside: str, line: int, known: Mapping[str, str]) -> TrackerError | None:
    name = inside.strip()
    if name in known:
        return None
    near = _near(name, known)
    if near:
        return TrackerError(
            N_("第 %(line)d 行的合并字段“%(name)s”不在字段表中，是不是 {{ %(near)s }}（%(label)s）？"),
            line=line,
            name=name,
            near=near,
            label=known[near],
        )
    return TrackerError(
        N_("第 %(line)d 行的合并字段“%(name)s”不在字段表中，请从字段表中选用。"), line=line, name=name
    )


def _near(name: str, known: Mapping[str, str]) -> str:
    by_label = {label: key for key, label in known.items()}
    if name in by_label:
        return by_label[name]
    start = _NAME.match(name.lower())
    close = get_close_matches(start[0] if start else name, list(known), n=1, cutoff=0.6)
    labels = get_close_matches(name, list(by_label), n=1, cutoff=0.6)
    return close[0] if close else by_label[labels[0]] if labels else ""
