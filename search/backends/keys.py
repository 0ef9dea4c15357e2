"""Primary keys as the index stores them, and back."""

from __future__ import annotations

from typing import Any

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model


def stored_key(model: type[Model], pk: Any) -> str:
    """Return the key of a row as text, in the form in which the database compares it."""
    connection = connections[router.db_for_write(model)]
    return str(_key_field(model).get_db_prep_value(pk, connection))


def key_type(model: type[Model], connection: BaseDatabaseWrapper) -> str:
    """Return the SQL type a stored key must be cast to before it is compared with the row's."""
    return str(_key_field(model).rel_db_type(connection))


def _key_field(model: type[Model]) -> Field[Any, Any]:
    field: Any = model._meta.pk
    while field.remote_field:  # a child page's key is its parent's
        field = field.target_field
    return field
