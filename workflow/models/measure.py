"""Measures on goods (先行登记保存、查封、扣押): what was taken, who keeps it, where it went."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.clock import now
from workflow.append_only import append_only
from workflow.states import RUNNING_MEASURES, MeasureState, measure_states

from .frozen import values
from .record import Record


def quantity_field(label: Any, **more: Any) -> Any:
    """A quantity to the thousandth."""
    return models.DecimalField(label, max_digits=14, decimal_places=3, **more)


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Measures follow the case they belong to."""

    def reachable_by(self, user: Any) -> MeasureQuerySet:
        from .case import Case

        return self.filter(case__in=Case.objects.reachable_by(user))

    def unfinished(self) -> MeasureQuerySet:
        """Those that still wait for something: a signature, the act itself, or the goods' fate."""
        return self.exclude(state__in=(MeasureState.ENDED, MeasureState.DROPPED))


class Measure(Record):
    """One measure on the goods or premises of one party of a case.

    行政处罚法 art. 56 (preserve), 行政强制法 arts. 18-28 (seal, seize). ``decided_at`` is when it
    was carried out: its limits run from there. ``power`` is the code of the law's article
    (``workflow/data/powers.json``), ``basis`` its words as the document cites them.
    """

    machine = "measure"
    unfrozen = frozenset({"number", "decided_at", "extension_told_at", "ended_at", "outcome"})

    class Kind(models.TextChoices):
        PRESERVE = "preserve", _("Preservation by registration")
        SEAL = "seal", _("Sealing")
        SEIZE = "seize", _("Seizure")

    class Outcome(models.TextChoices):
        OPEN = "", _("Open")
        LIFTED = "lifted", _("Lifted")
        DISPOSED = "disposed", _("Everything disposed of")
        LAPSED = "lapsed", _("Lapsed by itself")
        REVOKED = "revoked", _("Lifted without approval")

    state = FSMField(
        _("state"), default=MeasureState.PROPOSED, choices=measure_states, protected=True
    )
    number = models.CharField(_("document number"), max_length=60, unique=True, editable=False)
    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="measures")
    case_party = models.ForeignKey(
        "workflow.CaseParty",
        on_delete=models.PROTECT,
        related_name="measures",
        verbose_name=_("party"),
    )
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="measures")
    kind = models.CharField(_("kind of measure"), max_length=10, choices=Kind.choices)
    power = models.CharField(max_length=30, blank=True, editable=False)
    basis = models.CharField(_("basis"), max_length=200)
    superior_approval = models.CharField(_("approval from above"), max_length=100, blank=True)
    reason = models.TextField(_("facts and reasons"), max_length=4000)
    target = models.TextField(_("what is to be taken or sealed"), max_length=2000, blank=True)
    place = models.CharField(_("where it is kept"), max_length=300, blank=True)
    keeper = models.CharField(_("kept by"), max_length=100, blank=True)
    witness = models.CharField(_("present"), max_length=100, blank=True)
    is_urgent = models.BooleanField(_("made on the spot"), default=False)
    decided_at = models.DateTimeField(_("carried out at"), null=True, editable=False)
    extension_told_at = models.DateTimeField(_("extension told at"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome.choices, blank=True, default=Outcome.OPEN
    )

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="measure_in_force_says_when",
                condition=Q(state__in=[MeasureState.PROPOSED, MeasureState.APPROVED])
                | Q(state=MeasureState.DROPPED)
                | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_ended_says_how",
                condition=~Q(state=MeasureState.ENDED)
                | (~Q(outcome="") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["case", "state"], name="measure_case_state")]

    def __str__(self) -> str:
        return f"{self.number} {self.get_kind_display()}"

    @property
    def journal_case_id(self) -> int | None:
        return self.case_id

    def frozen_content(self) -> dict[str, Any]:
        items = self.items.order_by("order", "pk")
        return super().frozen_content() | {
            "items": [values(item, without=MeasureItem.UNFROZEN) for item in items]
        }

    @property
    def subject(self) -> Any:
        """The case this measure belongs to."""
        return self.case

    @property
    def is_coercive(self) -> bool:
        """Sealing and seizure (行政强制法); preservation is a means of evidence."""
        return self.kind != self.Kind.PRESERVE

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING_MEASURES


class MeasureItem(models.Model):
    """One line of the list (场所、设施、财物清单); of ``quantity``, ``held`` is still here."""

    #: What is left follows from the moves; an approval is of the list.
    UNFROZEN = frozenset({"measure", "held"})

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="items")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=200)
    specification = models.CharField(_("specification"), max_length=200, blank=True)
    quantity = quantity_field(_("quantity"))
    unit_name = models.CharField(_("unit of quantity"), max_length=20)
    value_fen = models.BigIntegerField(_("value"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    held = quantity_field(_("held"), editable=False)

    class Meta:
        verbose_name = _("item of a measure")
        verbose_name_plural = _("items of a measure")
        ordering = ["measure", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "order"], name="measure_item_order_once"),
            models.CheckConstraint(name="item_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="item_held_within_quantity",
                condition=Q(held__gte=0) & Q(held__lte=F("quantity")),
            ),
            models.CheckConstraint(
                name="item_value_not_negative",
                condition=Q(value_fen=None) | Q(value_fen__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity.normalize():f}{self.unit_name}"

    def moved(self) -> dict[str, Decimal]:
        """Quantity by kind of move; with ``held`` it makes ``quantity``."""
        totals: dict[str, Decimal] = {}
        for move in self.moves.all():
            totals[move.kind] = totals.get(move.kind, Decimal(0)) + move.quantity
        return totals

    @property
    def not_disposed_of(self) -> Decimal:
        """What was confiscated and is neither destroyed nor sold nor handed over yet."""
        confiscated = self.moved().get(ItemMove.Kind.CONFISCATED, Decimal(0))
        return confiscated - sum((row.quantity for row in self.disposals.all()), Decimal(0))


@append_only
class ItemMove(models.Model):
    """A quantity of one item that left: to whom, under which paper, before whose eyes."""

    class Kind(models.TextChoices):
        RELEASED = "released", _("Given back")
        CONFISCATED = "confiscated", _("Confiscated")
        TRANSFERRED = "transferred", _("Transferred")
        DESTROYED = "destroyed", _("Destroyed")
        HANDLED_EARLY = "handled_early", _("Disposed of early")

    #: Ways out that the leader signs: apart from them a decision or a transfer says so.
    SIGNED = (Kind.RELEASED, Kind.DESTROYED, Kind.HANDLED_EARLY)

    item = models.ForeignKey(MeasureItem, on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField(_("what becomes of it"), max_length=14, choices=Kind.choices)
    quantity = quantity_field(_("quantity"))
    moved_at = models.DateTimeField(_("when"))
    document = models.CharField(_("document"), max_length=100, blank=True)
    receiver = models.CharField(_("received by"), max_length=100, blank=True)
    witness = models.CharField(_("witness"), max_length=100, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    proceeds_fen = models.BigIntegerField(_("proceeds"), null=True, blank=True)
    decision = models.ForeignKey(
        "workflow.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    transfer = models.ForeignKey(
        "workflow.Transfer", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    permit = models.ForeignKey(
        "workflow.ItemPermit", on_delete=models.PROTECT, null=True, blank=True, related_name="moves"
    )
    proof = models.ForeignKey(
        "workflow.EvidenceFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("move of an item")
        verbose_name_plural = _("moves of items")
        ordering = ["moved_at", "pk"]
        constraints = [
            models.CheckConstraint(name="move_quantity_positive", condition=Q(quantity__gt=0)),
            models.CheckConstraint(
                name="confiscated_by_decision",
                condition=~Q(kind="confiscated") | Q(decision__isnull=False),
            ),
            models.CheckConstraint(
                name="transferred_with_transfer",
                condition=~Q(kind="transferred") | Q(transfer__isnull=False),
            ),
            models.CheckConstraint(
                name="destroyed_before_witnesses",
                condition=~Q(kind="destroyed")
                | (Q(proof__isnull=False, second_officer__isnull=False) & ~Q(witness="")),
            ),
            models.CheckConstraint(
                name="move_proceeds_not_negative",
                condition=Q(proceeds_fen=None) | Q(proceeds_fen__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.quantity.normalize():f}"


@append_only
class CustodyStep(models.Model):
    """Goods of a measure, or a thing in evidence, change hands or place (保管交接).

    The first step is the taking: from the party to whoever keeps it.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, related_name="custody"
    )
    evidence = models.ForeignKey(
        "workflow.EvidenceFile", on_delete=models.PROTECT, null=True, related_name="custody"
    )
    from_keeper = models.CharField(_("handed over by"), max_length=100)
    to_keeper = models.CharField(_("taken over by"), max_length=100)
    place = models.CharField(_("where it is kept"), max_length=300)
    at = models.DateTimeField(_("when"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("custody step")
        verbose_name_plural = _("custody steps")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="custody_of_measure_or_evidence",
                condition=Q(measure=None, evidence__isnull=False)
                | Q(measure__isnull=False, evidence=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_keeper} → {self.to_keeper}"
