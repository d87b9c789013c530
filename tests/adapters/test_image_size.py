"""Sizes of pictures from their heads: right for what is one, none for what is not, and no crash in between."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adapters.image_size import size_of


def png(width: int, height: int, data: bytes | None = None) -> bytes:
    """A grey PNG; ``data`` in place of its own pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height))) if data is None else data
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def jpeg(width: int, height: int, frame: int = 0xC2) -> bytes:
    """Head of a JPEG with an application segment before the frame."""
    app = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\0\0\0\0"
    return (
        b"\xff\xd8"
        + app
        + b"\xff\xff"
        + bytes([frame])
        + struct.pack(">HBHHB", 11, 8, height, width, 1)
        + b"\0" * 9
    )


@given(st.integers(1, 65_535), st.integers(1, 65_535))
def test_sizes_are_read_from_the_head(width: int, height: int) -> None:
    assert size_of(png(width, height, b"")) == (width, height)
    assert size_of(jpeg(width, height)) == (width, height)


BROKEN = b"\xff\xd8\xff\xe0" + b"\0" * 22


@pytest.mark.parametrize(
    "content", [b"", b"GIF89a", png(0, 5, b""), jpeg(0, 5), jpeg(5, 5, frame=0xC4), BROKEN]
)
def test_what_is_no_picture_has_none(content: bytes) -> None:
    assert size_of(content) is None


@given(st.binary(max_size=64))
def test_nothing_crashes(content: bytes) -> None:
    for head in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8"):
        size_of(head + content)
