"""Everything a verb needs besides its own arguments: who acts, what day it is, and the ways out of the process."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from tracker.adapters.anchor_file import AnchorFile, NoAnchorFile
from tracker.adapters.links import Links
from tracker.adapters.mailer import Mailer, NoMailer
from tracker.adapters.package_store import PackageStore, passing_store
from tracker.adapters.robots import NoRobots, Robots
from tracker.adapters.virus_scanner import NoScanner, VirusScanner
from tracker.domain.actors import SYSTEM, Actor

if TYPE_CHECKING:
    from tracker.adapters.cipher import Cipher
    from tracker.adapters.file_store import FileStore
    from tracker.adapters.system_clock import Clock
    from tracker.adapters.typesetter import LetterRenderer


@dataclass(frozen=True, slots=True)
class Adapters:
    """The outside world, each behind a protocol."""

    cipher: Cipher
    files: FileStore
    renderer: LetterRenderer
    mailer: Mailer = field(default_factory=NoMailer)
    robots: Robots = field(default_factory=NoRobots)
    links: Links = field(default_factory=Links)
    scanner: VirusScanner = field(default_factory=NoScanner)
    packages: PackageStore = field(default_factory=passing_store)
    anchors: AnchorFile | NoAnchorFile = field(default_factory=NoAnchorFile)


@dataclass(frozen=True, slots=True)
class Runtime:
    """What an entrance (web, command line, job runner) holds for the life of the process."""

    clock: Clock
    adapters: Adapters

    def context(self, session: Session, actor: Actor) -> Context:
        """The surroundings of one verb, at this moment."""
        return Context(session, actor, self.clock.today(), self.clock.now(), self.adapters)


@dataclass(frozen=True, slots=True)
class Context:
    """One call of one verb. ``today`` is the date of law in Asia/Shanghai, ``now`` the aware UTC instant."""

    session: Session
    actor: Actor
    today: date
    now: datetime
    adapters: Adapters
    depth: list[int] = field(default_factory=lambda: [0], repr=False, compare=False)

    def as_actor(self, actor: Actor) -> Context:
        """The same surroundings with another actor."""
        return replace(self, actor=actor)

    def as_system(self) -> Context:
        """The same surroundings with the system itself acting."""
        return self.as_actor(SYSTEM)

    def on(self, today: date, now: datetime) -> Context:
        """The same surroundings at another time: used where past work is told step by step (demonstration)."""
        return replace(self, today=today, now=now)
