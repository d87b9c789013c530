"""信息处理费 (Art 42, 国办函〔2020〕109号): progressive by item or by page, never both; whole yuan, to the treasury."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.vocabulary import N_


class FeeBasis(StrEnum):
    """What is counted: 件 of one applicant in one calendar month, or 页 supplied."""

    ITEM = "item"
    PAGE = "page"


FEE_BASIS_NAMES: dict[FeeBasis, str] = {FeeBasis.ITEM: N_("按件计收"), FeeBasis.PAGE: N_("按量（页）计收")}

FEE_TARIFFS: dict[FeeBasis, str] = {
    FeeBasis.ITEM: (
        "同一申请人一个自然月内累计申请10件以下（含10件）的不收费；11—30件（含30件）的部分每件100元；"
        "31件以上的部分以10件为一档，每增加一档，收费标准提高100元/件"
    ),
    FeeBasis.PAGE: (
        "30页以下（含30页）的不收费；31—100页（含100页）的部分每页10元；101—200页（含200页）的部分每页20元；"
        "201页以上的部分每页40元"
    ),
}
"""The standard as the fee notice quotes it."""

FREE_ITEMS = 10
FREE_PAGES = 30
_ITEMS_AT_100 = 30
_BAND = 10
_BAND_STEP_YUAN = 100
_PAGE_BANDS = ((FREE_PAGES, 100, 10), (100, 200, 20), (200, None, 40))
"""Pages above, up to, yuan a page."""


def fee(basis: FeeBasis, quantity: int, *, earlier: int = 0) -> int:
    """Yuan for ``quantity`` items or pages. ``earlier``: items of the same applicant already counted this calendar
    month (按件 only); they lift the new ones into higher bands and are not charged twice.

    Raises ``ValueError`` for negative numbers.
    """
    if quantity < 0 or earlier < 0:
        raise ValueError("quantities cannot be negative")
    if basis is FeeBasis.PAGE:
        return _pages(quantity)
    return _items(earlier + quantity) - _items(earlier)


@dataclass(frozen=True, slots=True)
class PageBand:
    """Pages of one band of the tariff: ``pages`` of them at ``yuan`` each."""

    above: int
    up_to: int | None
    pages: int
    yuan: int

    @property
    def amount(self) -> int:
        """Yuan for the band."""
        return self.pages * self.yuan


def price_of_item(number: int) -> int:
    """Yuan for the so-many-th request of one applicant in a calendar month; the first ten are free."""
    return _price_of_item(number) if number > FREE_ITEMS else 0


def page_bands(total: int) -> tuple[PageBand, ...]:
    """How so many pages fall into the bands of the tariff, the free one first; their amounts add up to ``fee``."""
    bands = ((0, FREE_PAGES, 0), *_PAGE_BANDS)
    return tuple(
        PageBand(above, up_to, max(0, min(total, up_to or total) - above), price)
        for above, up_to, price in bands
    )


def _items(total: int) -> int:
    """1–10 free, 11–30 at 100 yuan, then bands of ten, each 100 yuan an item dearer than the one before."""
    return sum(_price_of_item(number) for number in range(FREE_ITEMS + 1, total + 1))


def _price_of_item(number: int) -> int:
    if number <= _ITEMS_AT_100:
        return _BAND_STEP_YUAN
    return _BAND_STEP_YUAN * (2 + (number - _ITEMS_AT_100 - 1) // _BAND)


def _pages(total: int) -> int:
    """1–30 free, 31–100 at 10 yuan, 101–200 at 20, from 201 at 40."""
    amount = 0
    for above, up_to, price in _PAGE_BANDS:
        amount += max(0, min(total, up_to or total) - above) * price
    return amount
