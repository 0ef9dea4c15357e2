"""The README's table of settings and the code that reads them name the same variables."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
READ = re.compile(r'(?:text|flag|names|choice|path|number|get)\(\s*"(TIEQUAN_[A-Z_]+)"')


def test_every_setting_is_in_the_readme_and_nothing_else():
    sources = [p for p in (ROOT / "site" / "tiequan").rglob("*.py") if p.name != "test.py"]
    read = {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))}
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `(TIEQUAN_[A-Z_]+)`", readme, re.M)) == read


def test_production_example_sets_known_variables():
    text = (ROOT / "deploy" / "production.env.example").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    named = re.findall(r"^(\w+)=", text, re.M)

    assert named
    assert [name for name in named if f"| `{name}` |" not in readme] == []
