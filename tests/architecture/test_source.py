"""Rules of the house that no tool checks: each failure lists the places."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import (
    PRODUCT,
    ROOT,
    name,
    product_files,
    suite_files,
    tree,
    where,
)

FILE_LINES = 300
FUNCTION_LINES = 40
JUNK_DRAWERS = {"utils", "common", "helpers", "misc"}
LEFT_FOR_LATER = re.compile(r"#.*\b(?:TO" r"DO(?!\(#\d+\))|FIX" r"ME|XX" r"X\b)")
SILENCED = re.compile(
    r"#\s*(?:no" r"qa(?::\s*[\w, ]+?)?|type:\s*ign" r"ore(?:\[[\w, -]+\])?)\s*(.*)$"
)
NOT_RUN = {"skip", "skipif", "xfail", "importorskip", "skipTest", "skipIf", "skipUnless"}


def functions(module: ast.Module):
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(node):
    """The lines of a function without its docstring, which the house asks for."""
    text = node.body[0]
    lines = (node.end_lineno or 0) - node.lineno + 1
    if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
        lines -= (text.end_lineno or 0) - text.lineno + 1
    return lines


def lines_matching(pattern: re.Pattern[str]):
    for path in (*product_files(), *suite_files()):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if match := pattern.search(line):
                yield f"{name(path)}:{number}", match


def test_source_root_site_is_no_package():
    assert not (ROOT / "site" / "__init__.py").exists()


def test_what_is_done_on_commit_has_a_name():
    """Django asks a robust callback that failed for its name, and breaks on a partial."""
    nameless = re.compile(r"on_commit\(\s*(?:functools\.)?part" r"ial\(")
    assert [place for place, _found in lines_matching(nameless)] == []


def test_every_form_sends_text_in_parts():
    """A browser that is told nothing sends nine bytes for each Chinese character."""
    pages = [path for top in ("templates", *PRODUCT) for path in (ROOT / top).rglob("*.html")]
    forms = [
        (name(path), tag)
        for path in pages
        for tag in re.findall(r"<form\b[^\n]*", path.read_text(encoding="utf-8"))
        if re.search("method=.post", tag, re.IGNORECASE)
    ]

    assert len(forms) > 20
    assert [form for form in forms if 'enctype="multipart/form-data"' not in form[1]] == []


def test_every_test_noted_as_slow_exists():
    gone = [
        noted
        for noted in (ROOT / "tests" / "slow.txt").read_text(encoding="utf-8").splitlines()
        for path, _, test in [noted.partition("[")[0].partition("::")]
        if not (ROOT / path).exists() or f"def {test}(" not in (ROOT / path).read_text("utf-8")
    ]
    assert gone == []


def test_file_is_short_enough_to_read():
    long = {
        name(path): lines
        for path in (*product_files(), *suite_files())
        if (lines := path.read_text(encoding="utf-8").count("\n")) > FILE_LINES
    }

    assert long == {}


def test_function_is_short_enough_to_read():
    long = {
        f"{where(path, node)} {node.name}": lines
        for path in (*product_files(), *suite_files())
        for node in functions(tree(path))
        if (lines := body_lines(node)) > FUNCTION_LINES
    }

    assert long == {}


def test_module_is_no_junk_drawer():
    found = [name(path) for path in product_files() if JUNK_DRAWERS & {path.stem, *path.parts}]

    assert found == []


def written_states(path):
    """Yield where a machine's state is written; a deadline's follows the journal, no machine."""
    for node in ast.walk(tree(path)):
        if name(path).startswith("workflow/clocks/") and "deadline" in ast.unparse(node).lower():
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == "state":
                    yield where(path, node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = {keyword.arg for keyword in node.keywords}
            literal = {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
            if (called == "update" and "state" in named) or (
                called == "setattr" and "state" in literal
            ):
                yield where(path, node)


def test_state_is_written_by_the_engine_alone():
    found = [
        place
        for path in product_files()
        if not name(path).startswith("workflow/engine/")
        for place in written_states(path)
    ]

    assert found == []


def test_view_asks_selectors_and_services_not_managers():
    managers = {"objects", "_default_manager", "_base_manager"}
    found = [
        where(path, node)
        for path in product_files()
        if path.stem == "views" or "views" in path.parts
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in managers
    ]

    assert found == []


def test_migrations_are_named_and_linear():
    found = []
    for folder in (path for top in PRODUCT for path in (ROOT / top).rglob("migrations")):
        names = sorted(path.stem for path in folder.glob("[0-9]*.py"))
        found += [f"{name(folder)}/{stem}" for stem in names if "_auto_" in stem]
        numbers = [stem[:4] for stem in names]
        found += [f"{name(folder)}: two of one number"] * (len(numbers) != len(set(numbers)))

    assert found == []


def test_nothing_is_left_for_later_without_a_number():
    assert [place for place, _match in lines_matching(LEFT_FOR_LATER)] == []


def test_silenced_check_says_why():
    assert [place for place, match in lines_matching(SILENCED) if not match[1].strip(" #-")] == []


def test_every_test_runs():
    found = [
        where(path, node)
        for path in suite_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in NOT_RUN
    ]

    assert found == []


@pytest.mark.parametrize("library", ["unittest.mock", "mock", "pytest_mock"])
def test_no_test_replaces_our_own_code(library):
    found = [
        where(path, node)
        for path in suite_files()
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.ImportFrom) and node.module == library)
        or (isinstance(node, ast.Import) and library in {alias.name for alias in node.names})
    ]

    assert found == []
