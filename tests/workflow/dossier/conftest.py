"""Binding a case as somebody, with LibreOffice or without."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import clock
from workflow.services.dossiers import ask_for_dossier
from workflow.services.evidence import add_evidence


@pytest.fixture
def no_office(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def bind(world, django_capture_on_commit_callbacks):
    """Bind the case; the task runs at once."""

    def bind(case, *, actor=None, retention="永久", **said):
        with django_capture_on_commit_callbacks(execute=True):
            dossier = ask_for_dossier(
                case, actor=actor or world.handler, retention=retention, **said
            )
        dossier.refresh_from_db()
        return dossier

    return bind


@pytest.fixture
def add(world):
    """Add a file of evidence to a case or a lead."""

    def add(record, title="现场照片", name="说明.txt", content=b"text", *, kind="document", **more):
        return add_evidence(
            record, actor=world.handler, upload=SimpleUploadedFile(name, content), kind=kind,
            title=title, collected_at=clock.now(), **more,
        )  # fmt: skip

    return add


@pytest.fixture
def case(world):
    return world.investigating()


@pytest.fixture
def file(case, add):
    """A case with two papers."""
    add(case, "货架照片", "IMG/1.txt", b"one", kind="audiovisual")
    add(case, "现场笔录", "笔录.txt", "经查".encode(), kind="inspection")
    return case
