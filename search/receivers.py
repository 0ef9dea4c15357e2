"""How a record of a lower layer is followed without knowing that there is a search.

Of a model this layer reads `search_fields` (modelsearch) and `search_depends_on`: the paths, in
Django's lookup notation, of the related rows whose text the model's search fields repeat.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.db.models.constants import LOOKUP_SEP
from django.db.models.signals import post_delete, post_save, pre_delete
from modelsearch.backends import get_search_backend
from modelsearch.index import FilterField

from search import indexing
from search.indexes import HOLDINGS, holding_of

_kept: list[Any] = []  # signals hold receivers weakly


def connect() -> None:
    """Follow every model of the indexes and the rows they depend on. Call once, when ready."""
    for holding in HOLDINGS:
        for model in holding.models():
            post_save.connect(saved, sender=model, dispatch_uid="search")
            post_delete.connect(deleted, sender=model, dispatch_uid="search")
            for path in getattr(model, "search_depends_on", ()):
                _follow_related(model, path)


def saved(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """Note a saved record, unless nothing that is indexed was written."""
    if not raw and _concerns_index(sender, update_fields):
        indexing.follow(instance)


def deleted(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Remove a deleted record at once."""
    indexing.forget(instance)


def _concerns_index(model: type[Model], update_fields: Collection[str] | None) -> bool:
    holding = holding_of(model)
    # What decides whether a page may be found is no search field: every save of one counts.
    if update_fields is None or holding is None or holding.name == "public":
        return True
    declared = model.get_search_fields()  # type: ignore[attr-defined]  # Indexed
    if not getattr(get_search_backend(holding.alias), "keeps_filters", False):
        # The tables of these backends hold text; filters ask the record's own columns.
        declared = [field for field in declared if not isinstance(field, FilterField)]
    return not {field.field_name for field in declared}.isdisjoint(update_fields)


def _follow_related(model: type[Model], path: str) -> None:
    related = _related_model(model, path)
    receiver = partial(_related_changed, model=model, path=path)
    _kept.append(receiver)
    uid = f"search:{model._meta.label}:{path}"
    post_save.connect(receiver, sender=related, dispatch_uid=uid)
    pre_delete.connect(receiver, sender=related, dispatch_uid=uid)


def _related_changed(
    sender: type[Model],
    instance: Model,
    *,
    model: type[Model],
    path: str,
    raw: bool = False,
    **kwargs: Any,
) -> None:
    if not raw:
        owners = model._default_manager.filter(**{path: instance.pk})
        indexing.note(model, owners.order_by().values_list("pk", flat=True).distinct())


def _related_model(model: type[Model], path: str) -> type[Model]:
    """Return the model at the end of ``path``; raises FieldDoesNotExist for a wrong path."""
    for name in path.split(LOOKUP_SEP):
        field: Any = model._meta.get_field(name)
        if not field.related_model:
            raise FieldDoesNotExist(f"{model.__name__}.{name} is no relation")
        model = field.related_model
    return model
