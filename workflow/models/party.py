"""Parties (当事人): the registry shared by leads and cases, and who they are in a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.clock import now
from workflow.identity import address_key, alike_name, normalize_name, phone_key

if TYPE_CHECKING:
    from accounts.models import Unit, User


class PartyQuerySet(models.QuerySet["Party"]):
    """A party is known to a person through the leads and cases that person may open."""

    def standing(self) -> Self:
        """Those that were not merged into another one."""
        return self.filter(merged_into=None)

    def reachable_by(self, user: User) -> Self:
        """Parties of records ``user`` may open. For single parties and choosers."""
        from .case import Case
        from .lead import Lead

        mine = {"party": OuterRef("pk")}
        cases = CaseParty.objects.filter(**mine, case__in=Case.objects.reachable_by(user))
        leads = Lead.objects.reachable_by(user).filter(**mine)
        return self.filter(Exists(cases) | Exists(leads))

    def known_in(self, unit: Unit) -> Self:
        """Parties of the unit's own files that are open to all of it.

        What a code alone may link a file of the unit to: whoever reads that file may read of
        the party already, so the link tells nobody of another unit's or a restricted file.
        """
        from .case import Case
        from .lead import Lead

        cases = Case.objects.filter(unit=unit, restricted=False)
        rows = CaseParty.objects.filter(party=OuterRef("pk"), case__in=cases)
        leads = Lead.objects.filter(party=OuterRef("pk"), unit=unit, restricted=False)
        return self.filter(Exists(rows) | Exists(leads))

    def known_to(self, user: User) -> Self:
        """The same parties for a list: starts from the records of the person, not the parties."""
        from .case import Case
        from .lead import Lead

        seen = Q()
        for cases in (Case.objects.in_units_of(user), Case.objects.granted_to(user)):
            parties = CaseParty.objects.filter(case__in=cases.order_by().values("pk"))
            seen |= Q(pk__in=parties.order_by().values("party"))
        for leads in (Lead.objects.in_units_of(user), Lead.objects.granted_to(user)):
            seen |= Q(pk__in=leads.order_by().filter(party__isnull=False).values("party"))
        return self.filter(seen)


class Party(models.Model):
    """An enterprise, a sole trader or a natural person, known once in a unit.

    Two units that know nothing of each other's files each have a row of their own; who reads both
    has them merged (docs/decisions/0019).

    ``id_number``, ``phone``, ``residence`` and ``born_on`` are personal information: never public,
    masked on every page until somebody says why they are needed. The ``…_key`` columns and the
    two names below ``name`` are for comparing and follow what is written whenever it is saved.
    """

    class Kind(models.TextChoices):
        ENTERPRISE = "enterprise", _("Enterprise")
        SOLE_TRADER = "individual_business", _("Sole trader")
        PERSON = "person", _("Natural person")

    #: Who it is: what somebody signs for when the party is named.
    IDENTITY = ("kind", "name", "uscc", "id_number")
    #: Personal information, in the order in which it is shown.
    PERSONAL = ("id_number", "phone", "residence", "born_on")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    normalized_name = models.CharField(max_length=200, db_index=True, editable=False)
    alike_name = models.CharField(max_length=200, db_index=True, editable=False, blank=True)
    uscc = models.CharField(
        _("unified social credit code"), max_length=18, blank=True, db_index=True
    )
    legal_representative = models.CharField(_("legal representative"), max_length=100, blank=True)
    address = models.CharField(_("registered address"), max_length=300, blank=True)
    address_key = models.CharField(max_length=300, db_index=True, editable=False, blank=True)
    id_number = models.CharField(_("ID number"), max_length=18, blank=True, db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_key = models.CharField(max_length=40, db_index=True, editable=False, blank=True)
    residence = models.CharField(_("residence"), max_length=300, blank=True)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="absorbed"
    )
    created_at = models.DateTimeField(default=now, editable=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whoever writes a party, its keys say the same as its texts."""
        keys = {
            "normalized_name": normalize_name(self.name), "alike_name": alike_name(self.name),
            "address_key": address_key(self.address), "phone_key": phone_key(self.phone),
        }  # fmt: skip
        for name, value in keys.items():
            setattr(self, name, value)
        if (named := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*named, *keys}
        super().save(*args, **kwargs)

    @property
    def is_person(self) -> bool:
        return self.kind == self.Kind.PERSON


class PartyAlias(models.Model):
    """Another name of a party: the one it had before, or the one over its door."""

    class Kind(models.TextChoices):
        FORMER = "former", _("Former name")
        SHOP = "shop", _("Shop name")
        OTHER = "other", _("Other name")

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(_("kind of name"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    normalized_name = models.CharField(max_length=200, db_index=True, editable=False)
    alike_name = models.CharField(max_length=200, db_index=True, editable=False, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    noted_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["party", "normalized_name"], name="party_alias_once")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As of a party: the keys follow the name."""
        self.normalized_name, self.alike_name = normalize_name(self.name), alike_name(self.name)
        super().save(*args, **kwargs)


class PartyMerge(models.Model):
    """Two rows that were one party: what was taken over and what followed, so it can be undone.

    ``before`` and ``after``: the fields of the party kept, by name, that the merge changed.
    ``leads``, ``case_parties``, ``aliases``: keys of the rows that followed or were made.
    """

    kept = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="merged_by")
    reason = models.CharField(_("reason"), max_length=500)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    leads = models.JSONField(default=list)
    case_parties = models.JSONField(default=list)
    aliases = models.JSONField(default=list)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(_("merged at"), default=now, editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, editable=False)
    undo_reason = models.CharField(_("why it was undone"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("merge of parties")
        verbose_name_plural = _("merges of parties")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="merge_of_two_parties", condition=~Q(kept=models.F("absorbed"))
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="party_absorbed_once"
            ),
            models.CheckConstraint(
                name="undone_merge_says_why", condition=Q(undone_at=None) | ~Q(undo_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.kept}"


class CasePartyQuerySet(models.QuerySet["CaseParty"]):
    """The parties of one case or of many."""

    def standing(self) -> Self:
        """Those the case is still about: neither split off nor entered by mistake."""
        return self.filter(split_into=None).exclude(outcome=CaseParty.Outcome.WITHDRAWN)

    def with_police(self) -> Self:
        """The same rows, each told what a part transfer of a suspected crime did with it.

        ``has_open_transfer``: one that is not at its end names it. ``was_sent``: one ever did.
        """
        row = OuterRef("pk")
        return self.annotate(has_open_transfer=Exists(_holding(row)), was_sent=Exists(_sent(row)))

    def not_on_their_way(self) -> Self:
        """Those that no open transfer of a suspected crime names."""
        return self.filter(~Exists(_holding(OuterRef("pk"))))


class CaseParty(models.Model):
    """A party of one case. Notice, answer, hearing, decision and service hang here."""

    class Outcome(models.TextChoices):
        OPEN = "", _("Open")
        PENALTY = "penalty", _("Penalty")
        NO_PENALTY = "no_penalty", _("No penalty")
        TRANSFERRED = "transferred", _("Transferred")
        TERMINATED = "terminated", _("Terminated")
        WITHDRAWN = "withdrawn", _("Entered by mistake")

    case = models.ForeignKey("workflow.Case", on_delete=models.PROTECT, related_name="parties")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="case_parties")
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    violation = models.TextField(_("what this party did"), max_length=4000, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=16, choices=Outcome.choices, blank=True, default=Outcome.OPEN
    )
    split_into = models.ForeignKey(
        "workflow.Case",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="split_from",
    )

    objects = CasePartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party of the case")
        verbose_name_plural = _("parties of the case")
        ordering = ["case", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "party"], name="case_party_once"),
            models.UniqueConstraint(fields=["case", "order"], name="case_party_order_once"),
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def is_with_police(self) -> bool:
        """Filed by the police, or on its way to them and not decided here before (移送规定 11).

        No notice and no decision here meanwhile; a penalty imposed before stands.
        """
        if self.outcome:
            return self.outcome == self.Outcome.TRANSFERRED
        known = self.__dict__.get("has_open_transfer")
        return bool(_holding(self.pk).exists() if known is None else known)

    @property
    def stands(self) -> bool:
        """As ``standing`` of the queryset."""
        return self.split_into_id is None and self.outcome != self.Outcome.WITHDRAWN


def _sent(row: Any) -> models.QuerySet[Any]:
    """Transfers of a suspected crime, of a part, that name the party."""
    from .transfer import Transfer

    return Transfer.objects.filter(kind=Transfer.Kind.CRIMINAL, whole=False, parties=row)


def _holding(row: Any) -> models.QuerySet[Any]:
    """Those that are not at their end."""
    from .transfer import Transfer

    return _sent(row).filter(state__in=Transfer.UNDER_WAY)
