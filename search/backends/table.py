"""The table of an index: what is written to it is read from the database under a lock.

So nothing old overwrites something new, and nothing that may not be in this index gets into it,
whichever way (save, task, rebuild, sweep) asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import NotSupportedError, connections, router, transaction
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import BaseIndex
from modelsearch.utils import get_content_type_pk, get_descendants_content_types_pks

from accounts.clock import now
from search.backends.keys import key_type, stored_key
from search.content import content_of
from search.indexes import Holding

if TYPE_CHECKING:
    from search.backends.base import Backend

BATCH = 100  # rows written under one lock: another writer waits no longer


class Table(BaseIndex):
    """One index of ours, as modelsearch sees it."""

    def __init__(self, backend: Backend, holding: Holding) -> None:
        super().__init__(backend)
        self.holding = holding
        self.entries: Any = holding.entries()
        self.using = router.db_for_write(self.entries)
        if connections[self.using].vendor != backend.vendor:
            raise NotSupportedError(
                f"The {backend.vendor} search backend needs a {backend.vendor} database."
            )

    def get_key(self) -> str:
        return self.holding.name

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        """Index the current state of these rows; those that may not be found leave the index."""
        if self.backend.holds(model):
            self.write(model, [item.pk for item in items])

    def delete_item(self, item: Model) -> None:
        kinds = get_descendants_content_types_pks(type(item))
        self.delete_keys(kinds, [stored_key(type(item), item.pk)])

    def reset(self) -> None:
        self.entries._default_manager.using(self.using).all()._raw_delete(self.using)

    def write(self, model: type[Model], pks: Sequence[Any]) -> None:
        """Read the rows and write their entries, alone among the writers of this index."""
        for start in range(0, len(pks), BATCH):
            self._write(model, pks[start : start + BATCH])

    def _write(self, model: type[Model], pks: Sequence[Any]) -> None:
        kind = get_content_type_pk(model)
        with transaction.atomic(using=self.using):
            with connections[self.using].cursor() as cursor:
                self.backend.dialect.lock(cursor, self.entries._meta.db_table)
            read_at = now()
            rows = list(self.indexable(model).filter(pk__in=pks))
            found = {stored_key(model, row.pk) for row in rows}
            gone = {stored_key(model, pk) for pk in pks} - found
            self.delete_keys([kind], gone)
            self._upsert([self._entry(kind, row, read_at) for row in rows])

    def indexable(self, model: Any) -> QuerySet[Any]:
        """Return the rows of ``model`` that may be in this index, with what is indexed of them."""
        rows: QuerySet[Any] = model.get_indexed_objects()
        return rows.filter(pk__in=self.holding.rows(model).order_by().values("pk"))

    def delete_keys(self, kinds: Sequence[int], keys: Iterable[str]) -> None:
        """Remove entries by content type and stored key."""
        if keys := list(keys):
            entries = self.entries._default_manager.using(self.using)
            entries.filter(content_type_id__in=kinds, object_id__in=keys)._raw_delete(self.using)

    def delete_stale(self) -> int:
        """Remove entries of rows that are gone or may no longer be found; returns how many."""
        removed = 0
        kept = []
        for model in self.backend.models():
            kind = get_content_type_pk(model)
            kept.append(kind)
            entries = self.entries._default_manager.using(self.using).filter(content_type_id=kind)
            cast = key_type(model, connections[self.using])
            keys = entries.annotate(key=RawSQL(f"CAST(object_id AS {cast})", []))  # noqa: S611 -- a type name of Django's
            stale = keys.exclude(key__in=self.indexable(model).order_by().values("pk"))
            pks = list(stale.values_list("pk", flat=True))
            removed += len(pks)
            entries.filter(pk__in=pks)._raw_delete(self.using)
        foreign = self.entries._default_manager.using(self.using).exclude(content_type_id__in=kept)
        removed += foreign.count()
        foreign._raw_delete(self.using)
        return removed

    def _entry(self, kind: int, row: Model, read_at: datetime) -> Any:
        return self.entries(
            content_type_id=kind,
            object_id=stored_key(type(row), row.pk),
            indexed_at=read_at,
            **self.backend.dialect.columns(content_of(row)),
        )

    def _upsert(self, entries: list[Any]) -> None:
        self.entries._default_manager.using(self.using).bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=["title", "body", "autocomplete", "indexed_at"],
        )
