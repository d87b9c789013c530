"""The offline bundle's installer: it compares every file first. ``make bundle`` itself needs registries and minutes."""

from __future__ import annotations

import platform
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tracker.config import ROOT


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """An unpacked bundle with one file of the program in it."""
    folder = tmp_path / "tracker-1"
    (folder / "program").mkdir(parents=True)
    held = folder / "program" / "wsgi.py"
    held.write_text("application = None\n", "utf-8")
    (folder / "install.sh").write_bytes((ROOT / "scripts" / "install-offline.sh").read_bytes())
    listed = f"{sha256(held.read_bytes()).hexdigest()}  ./program/wsgi.py\n"
    (folder / "SHA256SUMS").write_text(listed, "utf-8")
    return folder


def install(bundle: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", bundle / "install.sh", target], capture_output=True, text=True)


def test_a_changed_file_stops_the_installation(bundle: Path, tmp_path: Path) -> None:
    (bundle / "program" / "wsgi.py").write_text("application = 1\n", "utf-8")
    done = install(bundle, tmp_path / "there")
    assert done.returncode != 0 and "wsgi.py" in done.stdout + done.stderr
    assert not (tmp_path / "there").exists()


def test_a_machine_for_which_wheels_are_missing_is_told(bundle: Path, tmp_path: Path) -> None:
    (bundle / f"MISSING-{platform.machine()}").write_text("typst==1.0\n", "utf-8")
    done = install(bundle, tmp_path / "there")
    assert done.returncode == 1 and "typst==1.0" in done.stderr
    assert not (tmp_path / "there").exists()
