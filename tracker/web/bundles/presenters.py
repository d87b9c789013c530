"""What the page of an evidence bundle shows beside its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from tracker.domain.actors import Actor
from tracker.domain.answer_draft import HEADINGS, SECTION_NAMES, Section, conclusions
from tracker.domain.bundle_facts import BundleFacts, Happening
from tracker.domain.challenges import CHALLENGE_KIND_NAMES
from tracker.domain.evidence_bundle import Bundle
from tracker.domain.evidence_gaps import Gap, gaps
from tracker.domain.exhibit_marks import dangling
from tracker.domain.exhibits import ORIGIN_NAMES, Exhibit
from tracker.domain.legal_basis import Provision
from tracker.domain.permissions import Permission
from tracker.domain.told_facts import sentence
from tracker.queries.answer_drafts import DraftVersion
from tracker.services.answer_drafts import OpenBundle
from tracker.web.i18n import tell


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One happening: its day, what happened, the numbers of what proves it."""

    on: date
    text: str
    evidence: str
    seq: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version with the advisor's word on it; ``sent_back`` where it asks for changes."""

    version: DraftVersion
    verdict: str
    sent_back: bool


class BundlePage:
    """The bundle as one person sees it. ``warnings``: what has to be put right before it is handed in."""

    def __init__(self, opened: OpenBundle, actor: Actor, today: date) -> None:
        self.opened = opened
        self.bundle: Bundle = opened.bundle
        self.facts: BundleFacts = opened.bundle.facts
        self.kind = tell(CHALLENGE_KIND_NAMES[self.facts.kind])
        self.gaps: Sequence[Gap] = gaps(self.facts, self.bundle.listed)
        self.timeline = [_line(self.facts, told, self.bundle.keys) for told in self.facts.happenings]
        self.provisions: Sequence[Provision] = self.bundle.provisions()
        self.versions = [_version(version) for version in opened.versions]
        self.may_edit = actor.may(Permission.CHALLENGE_HANDLE, self.facts.organ_id)
        self.earlier = opened.shown is not None and opened.shown.number != opened.number
        self.conclusions = conclusions(self.facts)
        newest = opened.versions[0] if opened.versions else None
        self.newest = _version(newest) if newest else None
        self.to_review = (
            newest is not None and newest.verdict is None and newest.saved_by_id != actor.account_id
        )
        self.left = _left(self.facts, today)

    @property
    def warnings(self) -> list[str]:
        """Breaches, lateness, and numbers in the text that lead nowhere."""
        found = []
        if self.facts.period.on_time is False or self.facts.period.breaches:
            found.append(
                _(
                    "记录显示办理中有超期或者其他违法情形。底稿已如实写明，不要改成“符合法定期限”；请与法律顾问商定请求。"
                )
            )
        loose = {n for text in self.bundle.texts.values() for n in dangling(text, self.bundle.keys)}
        if 0 in loose:
            found.append(_("底稿提到的证据有的没有列入目录，文中写作“证据（未列入目录）”，请列入或者改写。"))
        beyond = sorted(loose - {0})
        if beyond:
            numbers = "、".join(str(n) for n in beyond)
            found.append(_("底稿提到的证据 %(numbers)s 在目录里没有，请核对。", numbers=numbers))
        if self.opened.lost:
            found.append(_("以前列入的证据已不在案卷里：%(names)s。", names="、".join(self.opened.lost)))
        return found

    def origin(self, exhibit: Exhibit) -> str:
        """Where a piece comes from."""
        return tell(ORIGIN_NAMES[exhibit.origin])

    def sections(self) -> list[tuple[str, list[str]]]:
        """The texts as they will read, section by section."""
        return [
            (
                HEADINGS.get(section, "") or tell(SECTION_NAMES[section]),
                self.bundle.shown(section).split("\n"),
            )
            for section in Section
            if self.bundle.shown(section)
        ]


def _left(facts: BundleFacts, today: date) -> str:
    """How long there is to hand it in; empty once it was."""
    if facts.answered_on is not None or facts.answer_due_on is None:
        return ""
    days = (facts.answer_due_on - today).days
    return _("还有 %(n)d 天", n=days) if days >= 0 else _("已超过 %(n)d 天", n=-days)


def _version(version: DraftVersion) -> VersionLine:
    sent_back = version.verdict == "returned"
    return VersionLine(
        version, (_("退回修改") if sent_back else _("同意")) if version.verdict else "", sent_back
    )


def _line(facts: BundleFacts, told: Happening, keys: Sequence[str]) -> TimelineLine:
    places = [str(keys.index(key) + 1) for key in told.papers if key in keys]
    evidence = _("证据 %(numbers)s", numbers="、".join(places)) if places else ""
    return TimelineLine(told.on, sentence(facts, told), evidence, told.seq)
