"""Who may import whom, where import-linter cannot say it: the facade and its exceptions."""

from __future__ import annotations

import ast

from tests.architecture.source import name, product_files, tree, where

FACADE = {"workflow.api"}
BEFORE_MODELS = {"apps.py", "plugin.py"}  # load before models: may import workflow.plugin as well
USERS = ("workflow/plugins/", "publicity/", "search/")


def imports_of(path):
    """Yield (node, dotted module) for every absolute import, TYPE_CHECKING blocks left out."""
    for node in walk_run_time(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            if node.module == "workflow":  # from workflow import api
                for alias in node.names:
                    yield node, f"workflow.{alias.name}"
            else:
                yield node, node.module


def walk_run_time(node):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        yield child
        yield from walk_run_time(child)


def allowed(path, module):
    if not module.startswith("workflow"):
        return True
    file = name(path)
    own = ".".join(file.split("/")[:3])  # workflow.plugins.<slug>
    if file.startswith("workflow/plugins/") and f"{module}.".startswith(f"{own}."):
        return True
    if "demo" in file and f"{module}.".startswith("workflow.demo."):
        return True  # the exposures' demo goes on where the casework's demo ends
    return module in FACADE or (module == "workflow.plugin" and path.name in BEFORE_MODELS)


def test_plugins_publicity_and_search_know_the_facade_alone():
    found = [
        f"{where(path, node)} {module}"
        for path in product_files()
        if name(path).startswith(USERS)
        for node, module in imports_of(path)
        if not allowed(path, module)
    ]

    assert found == []


def test_core_does_not_know_its_plugins():
    found = [
        f"{where(path, node)} {module}"
        for path in product_files()
        if name(path).startswith("workflow/") and not name(path).startswith("workflow/plugins/")
        for node, module in imports_of(path)
        if module.startswith("workflow.plugins")
    ]

    assert found == []
