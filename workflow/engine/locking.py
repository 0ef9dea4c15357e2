"""A record locked until the transaction ends, in the order in which all of them are locked."""

from __future__ import annotations

from functools import cache
from typing import Any

from accounts.prepared import Prepared


def lock(record: Any) -> Any:
    """The record, fresh, locked until the transaction ends. Raises its ``DoesNotExist``.

    What it may move is locked before it, in the order Lead < Case < Transfer.
    """
    model: Any = type(record)
    for name in getattr(model, "locked_after", ()):
        if (pk := getattr(record, f"{name}_id")) is not None:
            _locking(model._meta.get_field(name).related_model).first(pk)
    found = None if record.pk is None else _locking(model).first(record.pk)
    if found is None:
        raise model.DoesNotExist(f"{model._meta.label} {record.pk} does not exist.")
    return found


@cache
def _locking(model: Any) -> Prepared:
    # Of the model's own: the caller's copy may be stale, and stays as it is. Its unit comes with
    # it: the journal asks for the actor's roles there.
    rows = model._base_manager.select_for_update(of=("self",)).select_related("unit")
    return Prepared(lambda pk: rows.filter(pk=pk), int)
