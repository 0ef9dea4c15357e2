"""Where a lead or case stands in the lists of people: kept by the database alone."""

from __future__ import annotations

from typing import Any, NoReturn, Self

from django.db import models
from django.db.models import Q

from accounts.clock import today


class ListKeyQuerySet(models.QuerySet["ListKey"]):
    def live(self) -> Self:
        """Keys that stand today: a grant's dates decide, a handler has none."""
        return self.filter(
            Q(until_on=None) | Q(until_on__gte=today()), Q(from_on=None) | Q(from_on__lte=today())
        )


class ListKey(models.Model):
    """One handler or one grant that has not ended, with what its record's lists are sorted by.

    Triggers (``workflow.list_keys``) write a row for every handler and grant and carry the record's
    unit, restriction and last change over, so that a list is walked in the order of an index and
    stops. It decides an order and a number, never access: a page asks the records themselves.
    """

    class Kind(models.TextChoices):
        HANDLED = "handled"
        GRANTED = "granted"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    machine = models.CharField(max_length=8)
    source_id = models.BigIntegerField()
    record_id = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    to_unit_id = models.BigIntegerField(null=True)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    # 1: a grant on the record has not ended; always, for the key of a grant. A number, because
    # SQLite finds no truth value in an index.
    by_grant = models.PositiveSmallIntegerField()
    # The unit whose people read it by their posting; none of a restricted record.
    unit_id = models.BigIntegerField(null=True)
    updated_at = models.DateTimeField()

    objects = ListKeyQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="list_key_once"),
        ]
        indexes = [
            models.Index(fields=["machine", "record_id"], name="list_key_record"),
            models.Index(
                fields=["user_id", "machine", "kind", "unit_id", "-updated_at", "-record_id"],
                name="list_key_in_unit",
            ),
            # With all that the rows of a person are chosen by: the table itself is not read.
            models.Index(
                fields=["user_id", "machine", "kind", "by_grant", "-updated_at", "-record_id",
                        "unit_id", "from_on", "until_on"],
                name="list_key_newest",
            ),
            models.Index(
                fields=["to_unit_id", "machine", "-updated_at", "-record_id", "unit_id", "from_on",
                        "until_on"],
                name="list_key_to_unit",
                condition=Q(to_unit_id__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.machine} {self.record_id}"

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Keys of lists are written by the database.")

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("Keys of lists are written by the database.")
