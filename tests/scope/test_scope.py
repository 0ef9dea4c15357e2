"""What a person may not see does not exist: every address × everybody × every kind of file."""

from __future__ import annotations

import pytest
from django.test import override_settings

from tests.everything import everything
from tests.scope.addresses import addresses
from tests.scope.personas import READS
from tests.scope.walk import EDITORIAL, Walk, unregistered, urls_of
from tests.scope.words import WORDS
from workflow.models import Case
from workflow.views import routes

#: What a refused request may write: the session, and that somebody knocked.
SESSIONS = ("sessions.Session",)
#: Pages of rows no file of the table has; tried where such rows are made.
NEVER_ASKED = {"plugins:exposures:approval", "workflow_undo_merge"}


@pytest.fixture
def walk(scene, sign_in, db):
    _people, secrets = scene
    return lambda person: Walk(person, sign_in(person), secrets)


def test_every_argument_of_our_addresses_is_registered(scene):
    assert unregistered(addresses()) == []


def test_files_are_what_the_table_is_about(scene):
    _people, secrets = scene

    assert {secret.kind for secret in secrets} == set(WORDS)


def test_every_page_of_a_file_is_asked_for(scene, db):
    _people, secrets = scene
    kinds = {type(secret.record) for secret in secrets}
    ours = [a for a in addresses() if a.is_ours and kinds & set(a.models.values())]
    asked = {a.name for a in ours for secret in secrets for _url in urls_of(a, secret)}

    assert {a.name for a in ours} - asked == NEVER_ASKED


@pytest.mark.parametrize("person", READS)
def test_pages_of_a_record(walk, person):
    walked = walk(person)

    walked.records(addresses())

    assert walked.complaints == []
    readable = {s.word for s in walked.secrets if s.kind in READS[person]}
    assert readable <= walked.read


@pytest.mark.parametrize("person", READS)
def test_lists_searches_and_exports(walk, person):
    walked = walk(person)

    walked.lists(addresses())

    assert walked.complaints == []


@pytest.mark.parametrize("person", EDITORIAL)
def test_stock_pages_of_wagtail(walk, person):
    walked = walk(person)

    walked.stock(addresses())

    assert walked.complaints == []


@pytest.mark.parametrize("person", ["handler", "editor", "sysadmin", "ended", "anonymous"])
def test_acts_on_hidden_records_change_nothing(walk, person):
    walked = walk(person)
    before = everything(but=SESSIONS)

    walked.acts(addresses())

    assert walked.complaints == []
    assert everything(but=SESSIONS) == before


def test_walk_finds_a_view_that_leaks(walk):
    with override_settings(ROOT_URLCONF="tests.scope.leaking"):
        (found,) = unregistered(addresses())
        assert "nobody says what pk of leak (leak/<int:pk>/) are" in found

        routes.register("leak", {"pk": Case})
        try:
            walked = walk("handler")
            walked.records([a for a in addresses() if a.name == "leak"])
        finally:
            routes._routes.pop("leak")

    assert any("handler reads 〖乙贰〗 at GET /leak/" in said for said in walked.complaints)
    assert any("handler gets 200 at GET /leak/" in said for said in walked.complaints)
