"""A district with very many requests to search: texts from a vocabulary used as languages use theirs, few words
often and many seldom; every text comes up some fifty times in a million. Written with their
rows of the index by the database's own bulk load."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Engine, insert, text
from sqlalchemy.orm import Session

from tests.factories.calendars import load_shipped
from tests.people import Cast, settle
from tracker.adapters.cipher import Cipher
from tracker.domain.likeness import sketch_words
from tracker.domain.search_words import day_word, fold, month_word, place_of, words_of
from tracker.models import Case, CaseSearch
from tracker.models.case_search import token_name
from tracker.services.search_index import organ_word, outcome_word, state_word

FIRST, LAST = date(2019, 5, 15), date(2026, 10, 30)
BATCH = 5_000
WORDS, TEXTS = 4_000, 20_000
OFTEN = (
    "政府",
    "信息公开",
    "补偿",
    "征收",
    "安置",
    "方案",
    "环境影响评价",
    "道路",
    "规划许可证",
    "村民委员会",
)
SELDOM = (("欧阳", 0.002), ("欧阳修远", 0.000_02), ("征收补偿方案", 0.01), ("殡葬服务", 0.000_5))
INDEX = "ix_case_search_tokens"
Row = tuple[int, date, int, str, list[int]]


def rows(cases: int, organ_ids: list[int], cipher: Cipher, seed: int = 711) -> Iterator[Row]:
    """Number, day of receipt, organ, description and tokens of each request, the older first."""
    chosen = random.Random(seed)
    signs = [chr(chosen.randrange(0x4E00, 0x9FA5)) for _ in range(1_500)]
    vocabulary = [
        *OFTEN,
        *("".join(chosen.choices(signs, k=chosen.choice((2, 2, 3, 4)))) for _ in range(WORDS)),
    ]
    weights = [1 / (rank + 1) for rank in range(len(vocabulary))]
    days = (LAST - FIRST).days
    texts = [_text(chosen, vocabulary, weights, cipher) for _ in range(TEXTS)]
    seldom = {word: [cipher.token(each) for each in words_of(word)] for word, _share in SELDOM}
    for number in range(1, cases + 1):
        received_on = FIRST + timedelta(days=number * days // cases)
        described, known = texts[chosen.randrange(TEXTS)]
        organ_id = organ_ids[number % len(organ_ids)]
        words = words_of(fold(_number(number, received_on)))
        words |= {
            day_word(received_on),
            month_word(received_on.year, received_on.month),
            organ_word(organ_id),
        }
        tokens = known | {cipher.token(word) for word in words}
        for word, share in SELDOM:
            if chosen.random() < share:
                described += word
                tokens.update(seldom[word])
        yield number, received_on, organ_id, described, sorted(tokens)


def _text(
    chosen: random.Random, vocabulary: list[str], weights: list[float], cipher: Cipher
) -> tuple[str, set[int]]:
    described = "".join(chosen.choices(vocabulary, weights, k=chosen.randint(15, 45)))
    words = words_of(fold(described)) | set(sketch_words(described))
    words |= {outcome_word("disclosed"), state_word(ended=True)}
    return described, {cipher.token(word) for word in words}


def fill(engine: Engine, cases: int, cipher: Cipher) -> Cast:
    """Put organs, people and so many requests with their index into an empty database."""
    with Session(engine, expire_on_commit=False) as session:
        load_shipped(session)
        cast = settle(session)
    organ_ids = sorted(cast.organ_ids.values())
    load = _copy if engine.dialect.name == "postgresql" else _insert
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(f"DROP INDEX {INDEX}"))
    made = rows(cases, organ_ids, cipher)
    while some := list(islice(made, BATCH)):
        load(engine, some)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("SET maintenance_work_mem = '512MB'"))
            connection.execute(text(f"CREATE INDEX {INDEX} ON case_search USING gin (tokens)"))
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence('cases', 'id'), max(id)) FROM cases")
            )
            connection.execute(text("VACUUM ANALYZE"))
    else:
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO case_search_fts(case_search_fts) VALUES ('optimize')"))
            connection.execute(text("ANALYZE"))
    return cast


def _number(number: int, received_on: date) -> str:
    return f"测试受〔{received_on.year}〕{number}号"


def _insert(engine: Engine, some: list[Row]) -> None:
    with engine.begin() as connection:
        connection.execute(insert(Case), [_case(row) for row in some])
        connection.execute(
            text("INSERT INTO case_search (place, case_id, tokens) VALUES (:place, :case_id, :tokens)"),
            [
                {
                    "place": place_of(on, number),
                    "case_id": number,
                    "tokens": " ".join(map(token_name, tokens)),
                }
                for number, on, _organ, _text, tokens in some
            ],
        )


def _copy(engine: Engine, some: list[Row]) -> None:
    names = list(_case(some[0]))
    with engine.begin() as connection:
        cursor: Any = connection.connection.cursor()
        with cursor.copy(f"COPY cases ({', '.join(names)}) FROM STDIN") as copy:
            for row in some:
                values = _case(row) | {"breach_codes": "[]"}
                copy.write_row([values[name] for name in names])
        with cursor.copy(f"COPY {CaseSearch.__tablename__} (place, case_id, tokens) FROM STDIN") as copy:
            for number, on, _organ, _text, tokens in some:
                copy.write_row([place_of(on, number), number, tokens])


def _case(row: Row) -> dict[str, Any]:
    number, received_on, organ_id, described, _tokens = row
    return {
        "id": number,
        "organ_id": organ_id,
        "number": _number(number, received_on),
        "year": received_on.year,
        "serial": number,
        "received_on": received_on,
        "channel": "registered_mail",
        "description": described,
        "needs_completion": False,
        "stage": "archived",
        "clock_state": "stopped",
        "disposition": "disclosed",
        "held": False,
        "historic": False,
        "run": 1,
        "breach_codes": [],
        "version_id": 1,
        "created_at": datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    }
