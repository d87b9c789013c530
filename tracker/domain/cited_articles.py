"""Articles of the 条例 that a wording cites, read from its text."""

from __future__ import annotations

import re

from tracker.domain.letter_template import LetterTemplate

LAST_ARTICLE = 56
"""《政府信息公开条例》 (国务院令第711号) has so many articles."""
_DIGITS = "零一二三四五六七八九"
_CITED = re.compile(
    r"(?:第(?P<article>[一二三四五六七八九十]+)条)(?:第(?P<clause>[一二三四五六七八九十]+)[款项])?"
)
_LAW = re.compile(r"《(?P<name>[^《》]+)》|该条例")
_OWN = ("条例", "中华人民共和国政府信息公开条例", "政府信息公开条例")


def cited_articles(template: LetterTemplate) -> tuple[str, ...]:
    """What the text cites of the 条例, as ``36(4)``, in order of the law; citations of other laws are left out."""
    texts = [p.text for p in (*template.paragraphs, *template.closing)] + [template.refusal_clause]
    found = {article for text in texts for article in _in_text(text)}
    return tuple(sorted(found, key=lambda a: [int(n) for n in re.findall(r"\d+", a)]))


def cites(template: LetterTemplate, article: str) -> bool:
    """Whether text or heading cites the article (``36``) or the part of it (``36(4)``)."""
    cited = {*cited_articles(template), *template.articles}
    return any(a == article or a.startswith(f"{article}(") or article.startswith(f"{a}(") for a in cited)


def _in_text(text: str) -> set[str]:
    found: set[str] = set()
    for match in _CITED.finditer(text):
        laws = list(_LAW.finditer(text, 0, match.start()))
        if laws and laws[-1]["name"] not in (None, *_OWN):
            continue
        number = _number(match["article"])
        found.add(f"{number}({_number(match['clause'])})" if match["clause"] else str(number))
    return found


def _number(words: str) -> int:
    tens, found, ones = words.partition("十")
    if not found:
        return _DIGITS.index(words)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)
