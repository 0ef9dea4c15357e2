"""guardian's object permissions on units, with a real foreign key to the unit."""

from __future__ import annotations

from django.db import models
from guardian.models import UserObjectPermissionBase

from accounts.models.unit import Unit


class UnitPermission(UserObjectPermissionBase):
    """User may do the act in the unit; derived from postings, never written by hand.

    guardian finds this direct-foreign-key model for ``Unit`` by itself, so its shortcuts and
    ``has_perm`` read the same rows.
    """

    content_object = models.ForeignKey(Unit, on_delete=models.CASCADE, db_column="unit_id")

    class Meta(UserObjectPermissionBase.Meta):
        default_permissions = ()
