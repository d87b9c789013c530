"""The file store keeps what it was given, under keys nobody can steer out of its root."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tracker.adapters.file_store import DiskFileStore, FileMissing, FileStore, MemoryFileStore


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FileStore:
    return DiskFileStore(tmp_path / "files") if request.param == "disk" else MemoryFileStore()


def test_bytes_come_back_and_keys_differ(store: FileStore) -> None:
    first, second = store.put(b"%PDF-1.7"), store.put(b"%PDF-1.7")
    assert store.read(first) == store.read(second) == b"%PDF-1.7"
    assert first != second
    assert {key for key, _ in store.keys_with_age()} == {first, second}


def test_a_removed_file_is_gone_and_removing_it_again_is_no_error(store: FileStore) -> None:
    key = store.put(b"")
    store.remove(key)
    store.remove(key)
    with pytest.raises(FileMissing):
        store.read(key)


def test_a_key_cannot_lead_out_of_the_root(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("outside")
    store = DiskFileStore(tmp_path / "files")
    for key in ("../secret", "../../secret", str(tmp_path / "secret")):
        with pytest.raises(FileMissing):
            store.read(key)


def test_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    key = DiskFileStore(tmp_path).put(b"x")
    (path,) = tmp_path.glob(f"??/{key}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert not list(tmp_path.glob("**/*.partial"))
