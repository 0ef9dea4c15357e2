"""Amounts of money as a reader says them; the number never parts from its unit."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

# Python's commas: Django groups Chinese numbers by four digits, which nobody here reads.
FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
FEN_PER_HUNDRED_YUAN = 10_000


def yuan(fen: int) -> str:
    """Return fen in 元, or in 万元 where two decimals of it lose nothing."""
    if fen >= FEN_PER_WAN and fen % FEN_PER_HUNDRED_YUAN == 0:
        amount = Decimal(fen) / FEN_PER_WAN
        text = f"{amount:,.2f}".rstrip("0").rstrip(".")
        return _("%(amount)s ten thousand yuan") % {"amount": text}
    text = f"{Decimal(fen) / FEN_PER_YUAN:,.2f}".removesuffix(".00")
    return _("%(amount)s yuan") % {"amount": text}
