"""The search index: for each case the words of its number, description, letters, opinions and papers, as keyed numbers.

No word can be read from it without the data key. It follows from other tables and from the files, so it stands in no
backup: ``search rebuild`` makes it anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Integer, LargeBinary, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from tracker.models.base import Base, Keyed

DERIVED = "case_search"
"""Tables whose names begin like this hold nothing that could not be made anew: the index, and on SQLite the tables of
its full-text engine, which no model describes."""
ENGINES = ("case_search_fts", "ix_case_search_tokens")
"""How the names begin of what is made for one kind of database alone and described by no model."""
_WORD = 0xFFFFFFFF


def token_name(token: int) -> str:
    """A token as SQLite's full-text engine knows it."""
    return f"{token & _WORD:x}"


class Tokens(TypeDecorator[list[int]]):
    """A set of 32-bit numbers: an array on PostgreSQL, hexadecimal words with blanks between on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(ARRAY(Integer()) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return " ".join(map(token_name, value))

    def process_result_value(self, value: Any, dialect: Dialect) -> list[int] | None:
        if value is None or dialect.name == "postgresql":
            return value  # type: ignore[no-any-return]
        return [_signed(int(word, 16)) for word in value.split()]


def _signed(word: int) -> int:
    return word - (_WORD + 1) if word > _WORD >> 1 else word


class CaseSearch(Base):
    """One case in the index. ``place`` orders by day of receipt (``domain/search_words.place_of``).

    What answers a query is each database's own (GIN, FTS5), made by the migration and kept alike by the database."""

    __tablename__ = "case_search"

    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), unique=True)
    tokens: Mapped[list[int]] = mapped_column(Tokens)


class AttachmentText(Keyed, Base):
    """Text of a file, as far as it could be read, sealed with the data key; kept so that no file is read twice.

    ``complete`` is false where reading stopped at a limit or at a fault: what comes after is not searched."""

    __tablename__ = "attachment_texts"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id", ondelete="CASCADE"), unique=True)
    text_cipher: Mapped[bytes] = mapped_column(LargeBinary)
    complete: Mapped[bool]
