"""Every row of every table as one comparable value: what a refused act must leave as it was."""

from __future__ import annotations

from django.apps import apps


def everything(*, but: tuple[str, ...] = ("sessions.Session",)) -> dict[str, list[tuple]]:
    """Label of each model to its rows, in the order of their keys."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.label not in but
    }
