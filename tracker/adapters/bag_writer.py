"""A folder made into a bag (RFC 8493) by the bagit library, and a bag into a ZIP; both by way of the disk."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

SECONDS = 3600
_PRESSED = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx"})
"""Endings of files that are compressed already."""


class BaggingFailed(Exception):
    """The bag could not be made."""


def make_bag(folder: Path, facts: Mapping[str, str]) -> None:
    """Turn a folder into a bag with a SHA-256 manifest, in place; ``facts`` go into bag-info.txt by their options.

    In a process of its own: the library changes the working directory while it works. Raises ``BaggingFailed``.
    """
    told = [f"--{name}={' '.join(value.split())}" for name, value in facts.items() if value]
    command = [sys.executable, "-m", "bagit", "--quiet", "--sha256", *told, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    if done.returncode:
        raise BaggingFailed(done.stderr.strip()[-500:] or "bagit failed")


def zip_folder(folder: Path, target: Path, name: str) -> int:
    """Write everything in the folder under ``name`` into a ZIP, a piece in memory at a time; its size in bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                press = zipfile.ZIP_STORED if path.suffix.lower() in _PRESSED else zipfile.ZIP_DEFLATED
                out.write(path, f"{name}/{path.relative_to(folder).as_posix()}", press)
    return target.stat().st_size
