"""A canary in every private text of the file: none of them may be heard in public.

The fields are read from the models, so a field added tomorrow is covered without a line here. What
the intake may carry is its own list; a canary in one of those is heard, which proves the ear.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from datetime import timedelta
from itertools import chain, combinations, count, product
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.test import RequestFactory
from django.views.defaults import server_error

from accounts import clock
from publicity.exposures.intake import ALLOWED, originals
from publicity.exposures.models import Exposure
from publicity.pages.models import ExposurePage
from publicity.pages.withdraw import blank
from search import indexing
from tests.casework import reload
from workflow.append_only import lifted
from workflow.models import Party

APPS = ("accounts", "workflow", "exposures")
CARRIED = {source for sources in ALLOWED.values() for source in sources}
TEXTS = (models.CharField, models.TextField, models.JSONField)
#: Codes the engine reads: a canary would break the walk before it could leak.
CODES = {
    "accounts.User.password", "accounts.User.username", "accounts.Unit.path", "accounts.Unit.code",
    "accounts.Unit.kind", "accounts.Posting.role", "accounts.Authority.code",
    "workflow.ListKey.machine",
}  # fmt: skip
#: Law and configuration, the same for every case: the engine reads it, no file writes it.
CONFIGURATION = {
    "workflow.ClockRule", "workflow.WorkDay", "workflow.Threshold", "workflow.NumberPattern",
    "workflow.NumberSequence", "workflow.KnownState", "workflow.ViolationType",
    "workflow.Campaign", "workflow.Category", "workflow.JournalSeal", "workflow.JournalHead",
    "workflow.Law", "workflow.LawVersion", "workflow.Article", "workflow.FineRange",
    "workflow.DocumentForm", "workflow.DocumentTemplate", "workflow.RequiredDocument",
}  # fmt: skip


def private_fields(model):
    """Every text of a model that a person or the file writes, and the public may not read."""
    for field in model._meta.local_concrete_fields:
        name = f"{model._meta.label}.{field.name}"
        if not isinstance(field, TEXTS) or name in CARRIED | CODES:
            continue
        if field.choices or field.primary_key or field.is_relation or field.name == "state":
            continue
        yield field


def models_of_the_file():
    return [
        model
        for label in APPS
        for model in apps.get_app_config(label).get_models()
        if model._meta.label not in CONFIGURATION and any(private_fields(model))
    ]


def plant() -> dict[str, str]:
    """A word of its own into every private text of every row there is; returns word → field.

    Past the models: some rows may only be added to, and what is stored is all that counts.
    """
    planted: dict[str, str] = {}
    number = count(1)
    with lifted(), connection.constraint_checks_disabled():
        for model in models_of_the_file():
            for field in private_fields(model):
                word = f"qz{next(number):05d}xk"
                if set_everywhere(model, field, word):
                    planted[word] = f"{model._meta.label}.{field.name}"
    return planted


def set_everywhere(model, field, word: str) -> bool:
    rows = model._base_manager.all()
    longest = getattr(field, "max_length", None)
    if not rows.exists() or (longest and longest < len(word)):
        return False
    value = {"canary": word} if isinstance(field, models.JSONField) else word
    done = 0
    for pk in list(rows.values_list("pk", flat=True)[:40]):
        unique = isinstance(value, str) and field.unique
        try:
            with transaction.atomic():
                done += model._base_manager.filter(pk=pk).update(
                    **{field.name: f"{word}{pk}"[:longest] if unique else value}
                )
        except IntegrityError:
            continue  # a constraint says the column is empty here: nothing to leak
    return bool(done)


def surfaces(client, number: int, words) -> dict[str, str]:
    """Everything the public can get: pages, headers, feeds, errors, files, the index."""
    indexing.index_changes()  # in a test nothing is committed, so no task was sent
    heard = {}
    paths = [
        "/", "/cases/", "/cases/?sort=released", "/cases/?year=2022", f"/cases/{number}/",
        "/cases/99999/", "/cases/feed/", "/sitemap.xml", "/robots.txt", "/healthz", "/search/",
        "/search/?q=三无", "/about/",
        "/search/?q=三无&category=toys", "/cases/?fine=5w", "/nothing-here/",
        f"/cases/{number}/?elder=1",
    ]  # fmt: skip
    paths += [f"/search/?q={word}" for word in list(words)[:3]]
    for path in paths:
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        said = body.decode("utf-8", "replace")
        if path.startswith("/search/?q=qz"):
            said = said.replace(path.split("=")[1], "")  # the box repeats what was typed
        heard[path] = said + json.dumps(dict(response.headers))
    for file in Path(settings.MEDIA_ROOT).rglob("*"):
        if file.is_file():
            heard[str(file)] = file.name + file.read_bytes().decode("utf-8", "replace")
    with connection.cursor() as cursor:
        for table in index_tables(cursor):
            cursor.execute(f"SELECT * FROM {table}")
            heard[table] = repr(cursor.fetchall())
    return heard


def fabricate() -> set[str]:
    """A row for every model that has none; returns the models for which none could be made.

    Past the models, so that what no walk reaches is there too; it hangs on the first row of
    whatever it refers to. A model added tomorrow gets its row here by itself.
    """
    left = [model for model in models_of_the_file() if not model._base_manager.exists()]
    with lifted(), connection.constraint_checks_disabled():
        for _round in range(4):  # what refers to another made-up row comes after it
            left = [model for model in left if not make_one(model)]
    return {model._meta.label for model in left}


def make_one(model) -> bool:
    """Whether a row could be stored: optional relations left out, then one, two, all of them.

    With every text, then without those that may be empty: some states forbid them.
    """
    relations = [f for f in model._meta.local_concrete_fields if f.is_relation]
    optional = [field for field in relations if field.null and not field.primary_key]
    some = (combinations(optional, many) for many in (0, 1, 2, len(optional)))
    for named, bare in product(chain.from_iterable(some), (False, True)):
        wanted = [field for field in relations if field in named or field not in optional]
        row = model(**dict(columns_of(model, wanted, bare=bare)))
        try:
            with transaction.atomic():
                row.save_base(raw=True, force_insert=True)
            return True
        except IntegrityError:
            continue
    return False


def columns_of(model, relations, *, bare):
    """Two relations to one model are two of its rows: a merge, a hand-over."""
    seen: Counter = Counter()
    for field in relations:
        keys = list(field.related_model._base_manager.order_by("pk").values_list("pk", flat=True))
        yield field.attname, keys[min(seen[field.related_model], len(keys) - 1)] if keys else None
        seen[field.related_model] += 1
    for field in model._meta.local_concrete_fields:
        if field.is_relation or field.primary_key or field.has_default() or field.null:
            continue
        if bare and field.blank:
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


def index_tables(cursor) -> list[str]:
    names = connection.introspection.table_names(cursor)
    return [name for name in names if name.startswith("search_public")]


def leaks(heard: dict[str, str], planted: dict[str, str]) -> dict[str, list[str]]:
    found = {}
    for word, name in planted.items():
        places = [place for place, said in heard.items() if word in said]
        if places:
            found[name] = places
    return found


def test_no_private_word_of_the_file_is_heard_in_public(news, client):
    case = news.enforcing()
    case.lead.reporters.create(kind="real_name", name="甲", phone="1", note="注")
    news.evidence(case)
    first = plant()
    exposure = Exposure.objects.get(pk=news.nominated(case=reload(case)).pk)
    exposure = news.do(exposure, "exposure.draft")
    exposure = news.walk(exposure)
    second = plant()

    heard = surfaces(client, exposure.release_no, first)

    assert len(first) > 60
    assert leaks(heard, {**first, **second}) == {}
    assert ExposurePage.objects.get().live


def test_no_text_of_any_model_comes_out(news, client):
    """Also of the models no walk of a test has a row of: measures, plans, merges, documents."""
    exposure = news.released()
    page = exposure.page
    Party.objects.create(kind="person", name="乙")  # two are needed for a merge
    without_row = fabricate()
    planted = plant()

    heard = surfaces(client, exposure.release_no, planted)
    heard["the door"] = json.dumps(originals(reload(exposure.case)), default=str)
    heard["500"] = server_error(RequestFactory().get("/")).content.decode()
    blank(page, on=clock.today(), kind="mistake")
    notice = client.get(f"/cases/{exposure.release_no}/")
    heard["notice"] = notice.content.decode() + json.dumps(dict(notice.headers))

    assert notice.status_code == 410
    assert without_row == set()
    assert {name.rpartition(".")[0] for name in planted.values()} == {
        model._meta.label for model in models_of_the_file()
    }
    assert leaks(heard, planted) == {}


def test_what_the_intake_may_carry_is_heard(news, client):
    """The ear works: a word in an allowed field is found on the page, in the index, in the feed."""
    case = news.enforcing()
    word = "qz99999xk"
    type(case)._base_manager.filter(pk=case.pk).update(cause=f"销售{word}产品")
    exposure = news.walk(news.do(news.nominated(case=reload(case)), "exposure.draft"))

    heard = surfaces(client, exposure.release_no, [])
    places = {place for place, said in heard.items() if word in said}

    assert {"/", "/cases/", f"/cases/{exposure.release_no}/", "/cases/feed/"} <= places
    assert any(place.startswith("search_public") for place in places)
    assert "/sitemap.xml" not in places


def test_every_model_of_the_file_is_covered():
    """A model that is left out would be a hole: name the ones without any text."""
    covered = {model._meta.label for model in models_of_the_file()}

    assert {"workflow.Lead", "workflow.Reporter", "workflow.Party", "workflow.Case"} <= covered
    assert {"workflow.EvidenceFile", "accounts.User", "exposures.Exposure"} <= covered
