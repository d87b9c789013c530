"""Export of a year's register in the same columns it is imported from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tracker.adapters.ledger_writer import write_ledger
from tracker.domain.actors import SYSTEM
from tracker.domain.errors import Forbidden
from tracker.domain.ledger_columns import Column
from tracker.domain.ledger_line import CARRIED_OVER, CaseOnFile, LineCell, ledger_line
from tracker.domain.vocabulary import N_
from tracker.queries.ledger_export import ExportedCase, cases_of_register
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
        written = write_ledger(partial, f"{year}年度政府信息依申请公开办理台账", _lines(ctx, year, progress))
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    return written


def _lines(ctx: Context, year: int, progress: Progress | None) -> Iterator[Mapping[Column, LineCell]]:
    sequence = 0
    for exported in cases_of_register(ctx.session, ctx.actor, year):
        line = ledger_line(_on_file(ctx, exported), year, sequence + 1)
        if line is None:
            continue
        sequence += 1
        yield line
        if progress is not None:
            progress(sequence)


def _on_file(ctx: Context, exported: ExportedCase) -> CaseOnFile:
    facts, reply = exported.facts, exported.reply
    return CaseOnFile(
        organ=facts.organ,
        received_on=facts.received_on,
        channel=facts.channel,
        applicant=facts.applicant,
        report_kind=facts.report_kind,
        identity_type=facts.identity_type,
        identity_number=_opened(ctx, facts.identity_number_cipher),
        phone=_opened(ctx, facts.phone_cipher),
        address=_opened(ctx, facts.address_cipher),
        description=facts.description,
        supply_way=facts.supply_way,
        disposition=facts.disposition,
        log=tuple(exported.log),
        advisor=exported.advisor,
        document_number=reply.number if reply else None,
        dispatch_way=reply.way if reply else None,
        mail_number=reply.mail_number if reply else None,
        delivered_on=reply.delivered_on if reply else None,
        remark=exported.remark if exported.remark != CARRIED_OVER else None,
    )


def _opened(ctx: Context, sealed: bytes | None) -> str | None:
    return ctx.adapters.cipher.open(sealed) if sealed else None
