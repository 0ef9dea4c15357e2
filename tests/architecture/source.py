"""The project's own Python files, parsed once for the architecture tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("site", "workflow", "publicity", "search")


@cache
def product_files() -> tuple[Path, ...]:
    """Every Python file of the product but migrations."""
    return tuple(path for top in PRODUCT for path in _python(ROOT / top))


@cache
def suite_files() -> tuple[Path, ...]:
    return tuple(_python(ROOT / "tests"))


def _python(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def where(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{name(path)}:{node.lineno}"
