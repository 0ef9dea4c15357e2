"""What is signed before goods leave a measure, and what becomes of them once confiscated."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.append_only import append_only

from .measure import ItemMove, MeasureItem, quantity_field


@append_only
class ItemPermit(models.Model):
    """A quantity of one item that the leader let go before the measure ends, and how.

    Part of a measure is lifted (行政强制法 art. 28), destroyed where a law says so (art. 27), or
    disposed of early because it spoils. Every move that rests on it names it.
    """

    item = models.ForeignKey(MeasureItem, on_delete=models.PROTECT, related_name="permits")
    kind = models.CharField(
        _("what becomes of it"), max_length=14, choices=[(k, k.label) for k in ItemMove.SIGNED]
    )
    quantity = quantity_field(_("quantity"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    granted_at = models.DateTimeField(_("granted at"))
    approval = models.ForeignKey("workflow.Approval", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("permit for goods to leave")
        verbose_name_plural = _("permits for goods to leave")
        ordering = ["granted_at", "pk"]
        constraints = [
            models.CheckConstraint(name="permit_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="permit_of_a_signed_kind",
                condition=Q(kind__in=["released", "destroyed", "handled_early"]),
            ),
        ]

    def __str__(self) -> str:
        name = self.item.name
        quantity = f"{self.quantity.normalize():f}{self.item.unit_name}"
        return f"{self.get_kind_display()} {name} {quantity}"

    @property
    def left(self) -> Decimal:
        """What of it has not left yet; of the item's moves, so that a list asks once."""
        moved = (m.quantity for m in self.item.moves.all() if m.permit_id == self.pk)
        return self.quantity - sum(moved, Decimal(0))


@append_only
class Disposal(models.Model):
    """What became of goods after they were confiscated; the balance of the measure stays.

    行政处罚法 art. 74: destroyed where the law says so, else sold in public or handed over as the
    State prescribes. Money in fen.
    """

    class Kind(models.TextChoices):
        DESTROYED = "destroyed", _("Destroyed")
        SOLD = "sold", _("Sold")
        HANDED_OVER = "handed_over", _("Handed over")

    item = models.ForeignKey(MeasureItem, on_delete=models.PROTECT, related_name="disposals")
    kind = models.CharField(_("what became of it"), max_length=12, choices=Kind.choices)
    quantity = quantity_field(_("quantity"))
    disposed_at = models.DateTimeField(_("when"))
    document = models.CharField(_("document"), max_length=100)
    receiver = models.CharField(_("received by"), max_length=100, blank=True)
    witness = models.CharField(_("witness"), max_length=100)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    proceeds_fen = models.BigIntegerField(_("proceeds"), null=True, blank=True)
    proof = models.ForeignKey("workflow.EvidenceFile", on_delete=models.PROTECT, related_name="+")
    second_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("disposal of confiscated goods")
        verbose_name_plural = _("disposals of confiscated goods")
        ordering = ["disposed_at", "pk"]
        constraints = [
            models.CheckConstraint(name="disposal_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(name="disposal_before_a_witness", condition=~Q(witness="")),
            models.CheckConstraint(
                name="disposal_proceeds_not_negative",
                condition=Q(proceeds_fen=None) | Q(proceeds_fen__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity.normalize():f}"
