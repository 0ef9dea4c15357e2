from __future__ import annotations

import polib
import pytest

from accounts.management.catalogue import (
    Message,
    compile_stale,
    extract,
    messages_of,
    problems,
    update,
)


@pytest.fixture
def project(tmp_path):
    """A small tree with one module and one template; returns its root."""
    for folder in ("site", "workflow", "publicity", "search", "templates"):
        (tmp_path / folder).mkdir()
    (tmp_path / "workflow" / "a.py").write_text(
        'x = _("Open")\ny = pgettext("verb", "Open")\n'
        'z = ngettext("%(n)s case", "%(n)s cases", n)\nw = _(variable)\nv = _("Op" "en it")\n',
        encoding="utf-8",
    )
    (tmp_path / "templates" / "a.html").write_text(
        '{% load i18n %}\n    <p title="(">{% translate "Close" context "button" %}</p>\n'
        "  {% blocktranslate count n=n trimmed %}\n    one {{ who }}\n  {% plural %}\n"
        "    {{ n }} of {{ who }}\n  {% endblocktranslate %}\n",
        encoding="utf-8",
    )
    return tmp_path


def test_extraction_finds_contexts_and_plurals_in_code(project):
    assert set(messages_of(project / "workflow" / "a.py")) == {
        Message("Open"),
        Message("Open", context="verb"),
        Message("%(n)s case", plural="%(n)s cases"),
        Message("Open it"),
    }


def test_extraction_finds_contexts_and_plurals_in_templates(project):
    assert set(messages_of(project / "templates" / "a.html")) == {
        Message("Close", context="button"),
        Message("one %(who)s", plural="%(n)s of %(who)s"),
    }


def test_update_keeps_translations_and_drops_what_is_gone(project):
    po_path = project / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    update(po_path, extract(project))
    catalogue = polib.pofile(str(po_path))
    catalogue.find("Open it").msgstr = "打开它"
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="没有了"))
    catalogue.save()

    untranslated = update(po_path, extract(project))

    translated = [entry.msgid for entry in polib.pofile(str(po_path)).translated_entries()]
    assert (translated, untranslated) == (["Open it"], 5)


def test_check_names_what_is_missing_gone_or_has_other_blanks(project):
    po_path = project / "django.po"
    update(po_path, extract(project))
    catalogue = polib.pofile(str(po_path))
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: "%(n)s 件"}
        elif entry.msgctxt:
            entry.msgstr = "译文"
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="没有了"))
    catalogue.remove(catalogue.find("Open it"))
    catalogue.save()

    assert problems(po_path, extract(project)) == [
        "no longer used: 'Gone'",
        "not in the catalogue: 'Open it'",
        "placeholders differ: 'one %(who)s' / '%(n)s 件'",
        "without a translation: 'Open'",
    ]


def test_compile_writes_only_what_is_stale(project):
    po_path = project / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    update(po_path, extract(project))

    first = compile_stale(project / "locale")
    second = compile_stale(project / "locale")

    assert (first, second) == ([po_path.with_suffix(".mo")], [])
