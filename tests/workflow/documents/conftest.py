"""A form of the bureau with a template of its own: what a document is made of."""

from __future__ import annotations

import pytest

from tests.casework import World
from tests.workflow.documents.papers import docx
from workflow.documents.store import keep_template
from workflow.models import DocumentForm, NumberPattern


@pytest.fixture
def make_form(db):
    """A form and its template; ``lines`` are the template's paragraphs."""

    def make(code="T01", *lines, **fields) -> DocumentForm:
        fields = {"name": "责令改正通知书", "about": "case", "series": "order", **fields}
        form = DocumentForm.objects.create(code=code, origin="bureau", **fields)
        NumberPattern.objects.get_or_create(
            kind="order", defaults={"name": "责令改正", "pattern": "东市监责改〔{year}〕{n}号"}
        )
        text = lines or ("{{ 文书.文号 }} {{ 案件.立案号 }}", "{{ 填写.改正内容 }}")
        keep_template(form, docx(*text), current=True)
        return form

    return make


@pytest.fixture
def form(make_form):
    field = {"name": "改正内容", "kind": "text", "required": True, "help": ""}
    return make_form(fields=[field])


@pytest.fixture
def transactional_world(transactional_db, at_start):
    return World()
