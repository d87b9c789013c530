"""Export of a year's register in the same columns it is imported from."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tracker.adapters.cipher import Cipher
from tracker.adapters.ledger_writer import write_ledger
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import CaseOnFile, LineCell, ledger_line
from tracker.domain.masking import mask_address, mask_name, mask_number, mask_phone
from tracker.domain.vocabulary import N_
from tracker.queries.ledger_export import ExportedCase, cases_in_order, cases_of_register
from tracker.services.context import Context

Progress = Callable[[int], None]


def export_ledger(ctx: Context, year: int, path: Path, *, progress: Progress | None = None) -> int:
    """Write the register of a year, with personal data in the clear; how many requests it holds.

    The operator of the machine exports for the district; nobody else does through this verb. The file appears only
    when it is complete. Raises ``Forbidden``.
    """
    if ctx.actor != SYSTEM:
        raise Forbidden(N_("含个人信息的台账只能由系统管理人员在服务器上导出。"))
    partial = path.with_name(f".{path.name}.partial")
    try:
        written = write_ledger(partial, ledger_title(year), _lines(ctx, year, progress))
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return written


def ledger_title(year: int | None) -> str:
    """What a register calls itself; the import reads its year from it."""
    return f"{year}年度政府信息依申请公开办理台账" if year else "政府信息依申请公开办理台账"


def _lines(ctx: Context, year: int, progress: Progress | None) -> Iterator[Mapping[Column, LineCell]]:
    sequence = 0
    for exported in cases_of_register(ctx.session, ctx.actor, year):
        line = ledger_line(case_on_file(exported, ctx.adapters.cipher, masked=False), year, sequence + 1)
        if line is None:
            continue
        sequence += 1
        yield line
        if progress is not None:
            progress(sequence)


def lines_of(
    ctx: Context, case_ids: Sequence[int], year: int | None, clear: Container[int]
) -> Iterator[Mapping[Column, LineCell]]:
    """Rows of cases the caller has found through the scope, numbered in the order given; personal data is masked but
    for the cases in ``clear``."""
    sequence = 0
    for exported in cases_in_order(ctx.session, case_ids):
        filed = case_on_file(exported, ctx.adapters.cipher, masked=exported.facts.id not in clear)
        line = ledger_line(filed, year, sequence + 1)
        if line is not None:
            sequence += 1
            yield line


def case_on_file(exported: ExportedCase, cipher: Cipher, *, masked: bool) -> CaseOnFile:
    """What the system keeps of a case, as a register tells it."""
    facts, reply = exported.facts, exported.reply
    filed = CaseOnFile(
        organ=facts.organ,
        received_on=facts.received_on,
        channel=facts.channel,
        applicant=facts.applicant,
        report_kind=facts.report_kind,
        identity_type=facts.identity_type,
        identity_number=_opened(cipher, facts.identity_number_cipher),
        phone=_opened(cipher, facts.phone_cipher),
        address=_opened(cipher, facts.address_cipher),
        description=facts.description,
        supply_way=facts.supply_way,
        disposition=facts.disposition,
        log=tuple(exported.log),
        advisor=exported.advisor,
        document_number=reply.number if reply else None,
        dispatch_way=reply.way if reply else None,
        mail_number=reply.mail_number if reply else None,
        delivered_on=reply.delivered_on if reply else None,
        remark=exported.remark,
    )
    return _masked(filed, facts.legal_kind) if masked else filed


def _masked(filed: CaseOnFile, legal_kind: str | None) -> CaseOnFile:
    """The same as lists show it."""
    return replace(
        filed,
        applicant=mask_name(filed.applicant, legal_kind or "") if filed.applicant else None,
        identity_number=mask_number(filed.identity_number) if filed.identity_number else None,
        phone=mask_phone(filed.phone) if filed.phone else None,
        address=mask_address(filed.address) if filed.address else None,
    )


def _opened(cipher: Cipher, sealed: bytes | None) -> str | None:
    return cipher.open(sealed) if sealed else None
