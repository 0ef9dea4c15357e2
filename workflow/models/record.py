"""What every record with a machine has in common."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.clock import now

from . import frozen


class Record(models.Model):
    """A record moved by a machine. Its ``state`` is written by the engine alone.

    ``version`` grows by one with every act; a page sends back the one it was drawn from.
    """

    machine: ClassVar[str]
    #: Fields an approval does not freeze; a change to any other one voids what was proposed.
    unfrozen: ClassVar[frozenset[str]] = frozenset()
    #: What the engine writes with every act.
    BOOKKEEPING: ClassVar[frozenset[str]] = frozenset(
        {
            "state", "version", "state_since", "previous_state", "created_at", "created_by",
            "updated_at",
        }
    )  # fmt: skip

    version = models.PositiveIntegerField(default=0, editable=False)
    state_since = models.DateTimeField(_("in this state since"), default=now, editable=False)
    previous_state = models.CharField(max_length=50, blank=True, editable=False)
    created_at = models.DateTimeField(_("recorded at"), default=now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    updated_at = models.DateTimeField(_("updated"), default=now, editable=False)

    class Meta:
        abstract = True

    def refresh_from_db(
        self,
        using: str | None = None,
        fields: Iterable[str] | None = None,
        from_queryset: models.QuerySet[Any] | None = None,
    ) -> None:
        """Read again without opening the protected state to direct writes.

        django-fsm's own mixin lifts the protection of the class and leaves it lifted when the
        read fails; here only this instance forgets its state, and gets it back on failure.
        """
        fields = list(fields) if fields is not None else None
        held = None
        if fields is None or "state" in fields:
            held = self.__dict__.pop("state", None)
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        except BaseException:
            if held is not None:
                self.__dict__["state"] = held
            raise

    @property
    def journal_case_id(self) -> int | None:
        return None

    @property
    def journal_lead_id(self) -> int | None:
        return None

    @property
    def scope_unit_id(self) -> int:
        """The unit whose permissions decide on this record."""
        return self.unit_id  # type: ignore[attr-defined]  # every concrete record has a unit

    def frozen_content(self) -> dict[str, Any]:
        """What an approval freezes of this record; subclasses add what hangs on it."""
        return frozen.values(self, without=self.BOOKKEEPING | self.unfrozen)

    def fingerprint(self) -> str:
        """sha256 of the frozen content: equal as long as nothing an approval rests on changed."""
        content = json.dumps(self.frozen_content(), cls=DjangoJSONEncoder, sort_keys=True)
        return sha256(content.encode()).hexdigest()
