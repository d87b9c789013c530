"""Fonts letters are set in: where they are found, which stand in for which, and whether they have every character."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont

MACHINE_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
_SUFFIXES = frozenset({".otf", ".ttf", ".ttc"})


@dataclass(frozen=True, slots=True)
class Face:
    """One font file we know how to use: file name, family as the typesetter calls it, index inside a collection."""

    file: str
    family: str
    index: int = 0


FANG = Face("FandolFang-Regular.otf", "FandolFang R")
SONG = Face("FandolSong-Regular.otf", "FandolSong")
SONG_BOLD = Face("FandolSong-Bold.otf", "FandolSong")
HEI = Face("FandolHei-Regular.otf", "FandolHei")
KAI = Face("FandolKai-Regular.otf", "FandolKai")
WENKAI = Face("LXGWWenKai-Regular.ttf", "LXGW WenKai")
NOTO_SERIF = Face("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", 2)
NOTO_SERIF_BOLD = Face("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", 2)

STACKS: dict[str, tuple[Face, ...]] = {
    "body": (FANG, WENKAI, NOTO_SERIF),
    "title": (NOTO_SERIF_BOLD, SONG_BOLD, WENKAI, NOTO_SERIF),
    "hei": (HEI, WENKAI, NOTO_SERIF),
    "song": (SONG, NOTO_SERIF, WENKAI),
    "kai": (KAI, WENKAI, NOTO_SERIF),
}
"""仿宋 for the body, a bold 宋 standing in for 小标宋, 黑体 and 楷体 for headings, 宋 for page numbers; each with
fallbacks."""


class FontSet:
    """The fonts of this machine that letters can use; scanned once."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)

    @classmethod
    def of_installation(cls, instance: Path) -> FontSet:
        """Fonts brought into the instance folder first, then those of the machine."""
        return cls((instance / "fonts", *MACHINE_FOLDERS))

    @cached_property
    def files(self) -> dict[str, Path]:
        """Font files by name; the folder named first wins."""
        wanted = {face.file for stack in STACKS.values() for face in stack}
        found: dict[str, Path] = {}
        for folder in self._folders:
            if not folder.is_dir():
                continue
            for path in sorted(folder.rglob("*")):
                if path.suffix.lower() in _SUFFIXES and path.name in wanted and path.is_file():
                    found.setdefault(path.name, path)
        return found

    def stack(self, purpose: str) -> tuple[Face, ...]:
        """The faces there are for a purpose, best first; empty when the machine has none."""
        return tuple(face for face in STACKS[purpose] if face.file in self.files)

    def families(self, purpose: str) -> list[str]:
        """Family names for the typesetter, each once."""
        return list(dict.fromkeys(face.family for face in self.stack(purpose)))

    @property
    def complete(self) -> bool:
        """Whether every purpose has a face."""
        return all(self.stack(purpose) for purpose in STACKS)

    @property
    def has_fang_song(self) -> bool:
        """Whether the body is set in 仿宋, as GB/T 9704 wants, or in a stand-in."""
        return FANG.file in self.files

    def folders(self) -> list[Path]:
        """Folders that hold the faces in use."""
        return sorted({path.parent for path in self.files.values()})

    @cached_property
    def _covered(self) -> dict[str, frozenset[int]]:
        return {
            purpose: frozenset().union(*(self._characters(face) for face in self.stack(purpose)))
            for purpose in STACKS
        }

    def _characters(self, face: Face) -> frozenset[int]:
        return _code_points(self.files[face.file], face.index)

    def missing(
        self, characters: Iterable[str], purposes: Iterable[str] = ("body", "title")
    ) -> tuple[str, ...]:
        """Characters that no font of some purpose has: each would print as an empty box."""
        covered = [self._covered[p] for p in purposes]
        return tuple(
            sorted({c for c in characters if not _invisible(c) and any(ord(c) not in s for s in covered)})
        )


_CACHE: dict[tuple[Path, int], frozenset[int]] = {}


def _code_points(path: Path, index: int) -> frozenset[int]:
    key = (path, index)
    if key not in _CACHE:
        if path.suffix.lower() == ".ttc":
            with TTCollection(path, lazy=True) as collection:
                _CACHE[key] = frozenset(collection.fonts[index].getBestCmap())
        else:
            with TTFont(path, lazy=True) as font:
                _CACHE[key] = frozenset(font.getBestCmap())
    return _CACHE[key]


def _invisible(character: str) -> bool:
    """Blanks and variation selectors draw nothing of their own."""
    point = ord(character)
    return character.isspace() or 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF or point == 0x200D
