"""`manage.py life_cycles`: write the generated docs, or say which of them are stale."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from workflow.documentation.hooks import plugins_page
from workflow.documentation.life_cycles import life_cycle_page, picture

START, END = "<!-- life-cycle: written by manage.py life_cycles -->", "<!-- /life-cycle -->"


class Command(BaseCommand):
    help = "Write docs/life-cycle.md, docs/plugins.md and the README's picture from the code."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail when one of them is stale")
        parser.add_argument("--root", type=Path, default=Path(settings.BASE_DIR))

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("zh-hans"):
            wanted = _wanted(options["root"])
        stale = {path: text for path, text in wanted.items() if _read(path) != text}
        names = ", ".join(path.name for path in stale)
        if options["check"] and stale:
            raise CommandError(f"Stale: {names}. Run `manage.py life_cycles` and commit.")
        for path, text in stale.items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"Written: {names}." if stale else "The generated docs are up to date.")


def _wanted(root: Path) -> dict[Path, str]:
    docs = {
        root / "docs" / "life-cycle.md": life_cycle_page(),
        root / "docs" / "plugins.md": plugins_page(),
    }
    readme = root / "README.md"
    before, start, rest = _read(readme).partition(START)
    if start:
        after = rest.partition(END)[2]
        docs[readme] = f"{before}{START}\n{picture()}\n{END}{after}"
    return docs


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
