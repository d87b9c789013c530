"""What can go wrong with a message on its way out, whatever carries it."""

from __future__ import annotations


class DeliveryError(Exception):
    """It did not arrive this time; trying again may help. The message is one line for the administrator."""


class RefusedForGood(DeliveryError):
    """The other side will never take it: a wrong address, a wrong key."""


class TooFast(DeliveryError):
    """The other side takes no more for a while (both vendors of robots: ten minutes)."""
