"""The page of dependencies has one line for each direct dependency, and no other."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def test_each_direct_dependency_has_one_line():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = [re.match(r"[\w.-]+", text)[0] for text in direct]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")

    listed = re.findall(r"^\| ([\w.-]+) \|", page, re.M)

    assert sorted(n for n in listed if n != "package") == sorted(names)
