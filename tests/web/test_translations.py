"""The English catalogue is complete: every text a person can meet has a translation with the same parameters."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
ENGLISH = ROOT / "tracker" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {"_": None, "_l": None, "N_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
PARAMETER = re.compile(r"%\(\w+\)[a-z]")
CURE = "run scripts/messages.sh and translate the new texts"


@cache
def texts() -> frozenset[str]:
    """Every marked text of the sources and templates."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=is_ours)
    marked = {message[2] for message in found}
    return frozenset(text if isinstance(text, str) else text[0] for text in marked)


def is_ours(folder: str | Path) -> bool:
    return Path(folder).name in {ROOT.name, "tracker", "templates"} or (
        (ROOT / "tracker") in Path(folder).parents or (ROOT / "templates") in Path(folder).parents
    )


@cache
def translations() -> dict[str, Message]:
    """Messages of the catalogue by their Chinese text."""
    with ENGLISH.open("rb") as file:
        catalogue = read_po(file, locale="en", abort_invalid=True)
    return {m.id if isinstance(m.id, str) else m.id[0]: m for m in catalogue if m.id}


def english(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_the_sources_hold_texts() -> None:
    assert len(texts()) > 500


def test_every_text_has_a_translation() -> None:
    missing = sorted(text for text in texts() if text not in translations())
    empty = sorted(text for text, m in translations().items() if not all(s.strip() for s in english(m)))
    assert missing + empty == [], CURE


def test_no_translation_is_a_guess_or_left_over() -> None:
    assert [text for text, message in translations().items() if message.fuzzy] == []
    assert sorted(set(translations()) - texts()) == [], CURE


def test_parameters_are_the_same_in_both_languages() -> None:
    for text, message in translations().items():
        for translated in english(message):
            assert sorted(PARAMETER.findall(text)) == sorted(PARAMETER.findall(translated)), text


@pytest.mark.parametrize(("chinese", "sign"), [("。", "."), ("？", "?"), ("：", ":")])
def test_a_sentence_stays_a_sentence(chinese: str, sign: str) -> None:
    ends = {text: english(message)[0] for text, message in translations().items() if text.endswith(chinese)}
    assert [
        text for text, translated in ends.items() if not translated.rstrip().endswith((sign, f'{sign}"'))
    ] == []
