"""The page about the import names every column as it is."""

from __future__ import annotations

from tests.conftest import ROOT
from workflow.services.import_running.columns import columns


def test_page_lists_every_column_with_its_explanation():
    page = (ROOT / "docs" / "import-running.md").read_text(encoding="utf-8")

    missing = [
        column.title
        for column in columns().values()
        if f"| {column.title} |" not in page or column.help not in page
    ]

    assert missing == []
