"""A word of its own in every private text and file of the models; a row where no walk makes one.

Fields, models and plugins are read from the project, so that a new one is covered by itself. All of
it past the models: some rows may only be added to, and what is stored is all that counts.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, combinations, count, product

from django.apps import apps
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, models, transaction

from accounts import clock
from publicity.exposures.intake import ALLOWED
from workflow.append_only import lifted
from workflow.engine.registry import plugin_configs

CARRIED = {source for sources in ALLOWED.values() for source in sources}
TEXTS = (models.CharField, models.TextField, models.JSONField)
#: Codes the engine reads: a canary would break the walk before it could leak.
CODES = {
    "accounts.User.password", "accounts.User.username", "accounts.Unit.path", "accounts.Unit.code",
    "accounts.Unit.kind", "accounts.Posting.role", "accounts.Authority.code",
    "workflow.ListKey.machine",
}  # fmt: skip
#: Law and configuration, the same for every case: the engine reads it, no file writes it. And of
#: the search what is public, made of released pages alone, and the names of tables to read again.
CONFIGURATION = {
    "workflow.ClockRule", "workflow.WorkDay", "workflow.Threshold", "workflow.NumberPattern",
    "workflow.NumberSequence", "workflow.KnownState", "workflow.ViolationType",
    "workflow.Campaign", "workflow.Category", "workflow.JournalSeal", "workflow.JournalHead",
    "workflow.Law", "workflow.LawVersion", "workflow.Article", "workflow.FineRange",
    "workflow.DocumentForm", "workflow.DocumentTemplate", "workflow.RequiredDocument",
    "search.PublicIndexEntry", "search.Change",
}  # fmt: skip
_words = count(1)


def word() -> str:
    """Nobody else's; short enough for a column of eight."""
    return f"qz{next(_words):04d}xk"


def stored_models() -> list[type[models.Model]]:
    """Every model of the people, of casework and of every plugin that is enabled."""
    labels = ["accounts", "workflow", *(config.label for config in plugin_configs())]
    return [model for label in labels for model in apps.get_app_config(label).get_models()]


def name_of(model, field) -> str:
    return f"{model._meta.label}.{field.name}"


def private_fields(model) -> Iterator[models.Field]:
    """Every text of a model that a person or the file writes, and the public may not read."""
    for field in model._meta.local_concrete_fields:
        if not isinstance(field, TEXTS) or name_of(model, field) in CARRIED | CODES:
            continue
        if field.choices or field.primary_key or field.is_relation or field.name == "state":
            continue
        yield field


def models_of_the_file() -> list[type[models.Model]]:
    return [
        model
        for model in stored_models()
        if model._meta.label not in CONFIGURATION and any(private_fields(model))
    ]


def private_texts() -> set[str]:
    """Names of all fields that are to be planted."""
    return {name_of(m, field) for m in models_of_the_file() for field in private_fields(m)}


def private_files() -> dict[str, tuple[type[models.Model], models.FileField]]:
    """Every column of files by its name, those of the configuration too."""
    return {
        name_of(model, field): (model, field)
        for model in stored_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.FileField)
    }


# ---- planting ------------------------------------------------------------------------------------


def plant(*, make: bool = False) -> dict[str, str]:
    """A word into every private text of every row there is; returns word → field.

    With ``make`` a column that every row must keep empty gets a row in which it may be filled.
    """
    planted: dict[str, str] = {}
    with lifted(), connection.constraint_checks_disabled():
        for model in models_of_the_file():
            for field in private_fields(model):
                said = word()
                if set_everywhere(model, field, said) or (
                    make and make_one(model, **{field.name: said})
                ):
                    planted[said] = name_of(model, field)
    return planted


def set_everywhere(model, field, said: str) -> bool:
    rows = model._base_manager.all()
    longest = getattr(field, "max_length", None)
    if longest and longest < len(said):
        return False
    value = {"canary": said} if isinstance(field, models.JSONField) else said
    done = 0
    for pk in list(rows.values_list("pk", flat=True)[:40]):
        unique = isinstance(value, str) and field.unique
        try:
            with transaction.atomic():
                done += model._base_manager.filter(pk=pk).update(
                    **{field.name: f"{said}{pk}"[:longest] if unique else value}
                )
        except IntegrityError:
            continue  # a constraint says the column is empty here: nothing to leak
    return bool(done)


def plant_files() -> dict[str, str]:
    """A word into the name and one into the content of every file; returns word → field."""
    planted: dict[str, str] = {}
    with lifted():
        for name, (model, field) in private_files().items():
            for pk in model._base_manager.values_list("pk", flat=True)[:40]:
                named, said = word(), word()
                kept = field.storage.save(f"{named}.bin", ContentFile(said.encode()))
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{field.name: kept})
                planted |= {named: name, said: name}
    return planted


# ---- rows ----------------------------------------------------------------------------------------


def fabricate() -> set[str]:
    """A row for every model that has none; returns the models for which none could be made.

    What no walk reaches is there too; it hangs on the first row of whatever it refers to.
    """
    wanted = {*models_of_the_file(), *(model for model, _field in private_files().values())}
    left = [model for model in stored_models() if model in wanted]
    left = [model for model in left if not model._base_manager.exists()]
    with lifted(), connection.constraint_checks_disabled():
        for _round in range(4):  # what refers to another made-up row comes after it
            left = [model for model in left if not make_one(model)]
    return {model._meta.label for model in left}


def make_one(model, **fixed) -> bool:
    """Whether a row could be stored: optional relations left out, then one, two, all of them.

    With every text, then without those that may be empty, then with all that may be null: some
    states forbid or demand them. Where something is ``fixed``, in each state by turns.
    """
    relations = [f for f in model._meta.local_concrete_fields if f.is_relation]
    optional = [field for field in relations if field.null and not field.primary_key]
    some = (combinations(optional, many) for many in (0, 1, 2, len(optional)))
    fillings, states = ("texts", "bare", "full"), list(_states(model)) if fixed else [{}]
    for named, filling, state in product(chain.from_iterable(some), fillings, states):
        wanted = [field for field in relations if field in named or field not in optional]
        row = model(**{**dict(columns_of(model, wanted, filling)), **state, **fixed})
        try:
            with transaction.atomic():
                row.save_base(raw=True, force_insert=True)
            return True
        except IntegrityError:
            continue
    return False


def _states(model) -> Iterator[dict[str, str]]:
    yield {}
    for field in model._meta.local_concrete_fields:
        yield from ({field.name: code} for code, _label in field.flatchoices or ())


def columns_of(model, relations, filling: str):
    """Two relations to one model are two of its rows: a merge, a hand-over."""
    seen: Counter = Counter()
    for field in relations:
        keys = list(field.related_model._base_manager.order_by("pk").values_list("pk", flat=True))
        yield field.attname, keys[min(seen[field.related_model], len(keys) - 1)] if keys else None
        seen[field.related_model] += 1
    for field in model._meta.local_concrete_fields:
        if field.is_relation or field.primary_key or field.has_default():
            continue
        if (field.null and filling != "full") or (field.blank and filling == "bare"):
            continue
        yield field.attname, field.flatchoices[0][0] if field.choices else of_its_kind(field)


def of_its_kind(field):
    kinds = (
        (models.DateTimeField, clock.now()), (models.DateField, clock.today()),
        (models.TimeField, clock.now().time()), (models.BooleanField, False),
        (models.DecimalField, 1), (models.IntegerField, 1), (models.DurationField, timedelta(1)),
        (models.JSONField, {}), (models.UUIDField, uuid.uuid4()), (models.BinaryField, b"x"),
    )  # fmt: skip
    found = [value for kind, value in kinds if isinstance(field, kind)]
    return found[0] if found else {"mime_type": "image/png"}.get(field.name, "x")
