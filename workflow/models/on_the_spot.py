"""What a penalty decided on the spot keeps besides its decision. 行政处罚法 arts. 51-53, 68-71."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OnTheSpot(models.Model):
    """当场处罚: what the party said, how a fine was taken, when it came to the bureau."""

    class Collected(models.TextChoices):
        """行政处罚法 arts. 68-69: when the officers themselves take the fine."""

        NO = "", _("Not taken: paid within 15 days")
        SMALL = "small", _("Taken: a small fine")
        HARD = "hard", _("Taken: hard to enforce later")
        REMOTE = "remote", _("Taken: remote place, the party asked for it")

    case = models.OneToOneField(
        "workflow.Case", on_delete=models.PROTECT, related_name="on_the_spot"
    )
    place = models.CharField(_("place of the decision"), max_length=300)
    statement = models.TextField(_("what the party said"), max_length=2000)
    collected = models.CharField(
        _("fine taken on the spot"), max_length=10, choices=Collected.choices, blank=True
    )
    collected_reason = models.CharField(_("why it was taken"), max_length=200, blank=True)
    receipt = models.CharField(_("number of the receipt"), max_length=60, blank=True)
    handed_in_on = models.DateField(_("cash handed in on"), null=True, editable=False)
    registered_at = models.DateTimeField(_("registered at"), null=True, editable=False)

    class Meta:
        verbose_name = _("penalty on the spot")
        verbose_name_plural = _("penalties on the spot")
        constraints = [
            models.CheckConstraint(
                name="cash_taken_has_receipt", condition=Q(collected="") | ~Q(receipt="")
            ),
            models.CheckConstraint(
                name="cash_handed_in_was_taken",
                condition=Q(handed_in_on=None) | ~Q(collected=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.case)
