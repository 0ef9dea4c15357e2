"""Keeping the indexes up with the records: noted in the transaction, indexed after it.

A change is a row added by the transaction that made it, so nothing is lost with a broker or a
process; a task indexes what was noted, in batches, and may run twice or never. What may no longer
be found leaves the index in the transaction itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, F, Model, OuterRef, Q, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.index import Indexed
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from search.backends.keys import stored_key
from search.backends.table import Table
from search.indexes import HOLDINGS, Holding, holding_of
from search.models import Change, Sweep

BATCH = 200
# When a row was last written, where its model says so.
_CHANGED_FIELDS = ("updated_at", "last_published_at")


def note(model: type[Model], pks: Iterable[Any]) -> None:
    """Note that these rows are to be indexed, and have it done once the transaction commits."""
    kind = get_content_type_pk(model)
    changes = [Change(content_type_id=kind, object_id=stored_key(model, pk)) for pk in pks]
    if changes:
        from search import tasks  # the task calls back into this module

        Change.objects.bulk_create(changes)
        transaction.on_commit(lambda: tasks.index_changes.delay(), robust=True)


def forget(record: Model) -> None:
    """Remove a record from its index at once, within the running transaction."""
    holding = holding_of(type(record))
    if holding is not None:
        table_of(holding).delete_item(record)


def follow(record: Model) -> None:
    """Take notice of a saved record: noted when it may be found, forgotten at once when not."""
    model = type(record)
    holding = holding_of(model)
    if holding is None:
        return
    if holding.rows(model).filter(pk=record.pk).exists():
        note(model, [record.pk])
    else:
        forget(record)


def index_changes() -> int:
    """Index what is noted, oldest first, until nothing is left; returns how many notes were done.

    Safe to run twice, at the same time too: each write reads the rows again, alone.
    """
    done = 0
    while changes := list(Change.objects.values_list("pk", "content_type_id", "object_id")[:BATCH]):
        by_kind: dict[int, set[str]] = defaultdict(set)
        for _pk, kind, key in changes:
            by_kind[kind].add(key)
        for kind, keys in by_kind.items():
            _index(ContentType.objects.get_for_id(kind).model_class(), sorted(keys))
        Change.objects.filter(pk__in=[pk for pk, _kind, _key in changes]).delete()
        done += len(changes)
    return done


def sweep() -> dict[str, int]:
    """Index what was noted, missed or changed behind our back; remove what should be gone.

    Returns how many rows were indexed and removed per index. For the night, and after a restore.
    """
    counts = {"noted": index_changes()}
    for holding in HOLDINGS:
        table = table_of(holding)
        indexed = 0
        for model in holding.models():
            for pks in _behind(table, model):
                table.write(model, pks)
                indexed += len(pks)
        counts[f"{holding.name}_indexed"] = indexed
        counts[f"{holding.name}_removed"] = table.delete_stale()
    return counts


def index_changes_due(now: datetime) -> int:
    """Index what is noted; for ``tick``."""
    return index_changes()


def sweep_once_a_day(now: datetime) -> int:
    """Sweep at the first tick of a day; returns how many rows were indexed or removed."""
    day = timezone.localdate(now)
    if Sweep.objects.filter(day=day).exists():
        return 0
    mended = sum(sweep().values())
    # Two ticks at once both sweep, which does no harm; one of them leaves the mark.
    Sweep.objects.get_or_create(day=day, defaults={"mended": mended})
    return mended


def table_of(holding: Holding) -> Table:
    """Return the table of an index, as its backend writes it."""
    table: Table = get_search_backend(holding.alias).table()
    return table


def _index(model: type[Model] | None, keys: Sequence[str]) -> None:
    holding = holding_of(model) if model is not None else None
    if model is None or holding is None:
        return  # a model of a plugin that was taken out
    table = table_of(holding)
    rows = model._default_manager.filter(pk__in=keys)
    by_model: dict[type[Model], list[Any]] = defaultdict(list)
    if model.get_indexed_instance is Indexed.get_indexed_instance:  # type: ignore[attr-defined]  # Indexed
        by_model[model] = list(rows.values_list("pk", flat=True))
    else:  # a page noted as its base is indexed as what it is
        for row in rows:
            indexed = row.get_indexed_instance()  # type: ignore[attr-defined]  # Indexed
            by_model[type(indexed)].append(indexed.pk)
    found = {stored_key(model, pk) for pks in by_model.values() for pk in pks}
    table.delete_keys(get_descendants_content_types_pks(model), set(keys) - found)
    for indexed_model, pks in by_model.items():
        table.write(indexed_model, pks)


def _behind(table: Table, model: type[Model]) -> Iterator[list[Any]]:
    """Yield, in batches, the keys of rows without an entry or written after their entry."""
    entries = table.entries._default_manager.filter(
        content_type_id=get_content_type_pk(model),
        object_id=Cast(OuterRef("pk"), CharField()),
    )
    rows = (
        table.indexable(model)
        .order_by("pk")
        .annotate(entry_at=Subquery(entries.values("indexed_at")[:1]))
    )
    behind = Q(entry_at=None)
    names = {field.name for field in model._meta.get_fields()}
    for name in _CHANGED_FIELDS:
        if name in names:
            behind |= Q(**{f"{name}__gt": F("entry_at")})
    keys = list(rows.filter(behind).values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]
