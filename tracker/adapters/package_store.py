"""Where packages are put together and kept until they are fetched: files beside the store, never in a backup."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class PackageStore:
    """Packages are made again at any time from what is kept, so losing one loses nothing."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """An empty folder on the same disk, gone afterwards."""
        self._root.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = Path(tempfile.mkdtemp(prefix="making-", dir=self._root))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def keep(self, made: Path) -> str:
        """Take over a file made in a workshop; its token."""
        token = secrets.token_hex(24)
        made.replace(self.path(token))
        self.path(token).chmod(0o600)
        return token

    def path(self, token: str) -> Path:
        """Where the package of a token lies."""
        return self._root / f"{Path(token).name}.zip"

    def remove(self, token: str) -> None:
        """Delete it; one that is gone already is no error."""
        self.path(token).unlink(missing_ok=True)


def passing_store() -> PackageStore:
    """One in the machine's folder for passing files: where nobody has said otherwise."""
    return PackageStore(Path(tempfile.gettempdir()) / f"tracker-packages-{os.getuid()}")
