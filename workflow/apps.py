"""The casework app: binds the machines once all models are there."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "workflow"
    label = "workflow"
    verbose_name = _("Casework")

    def ready(self) -> None:
        from accounts.models import AccountEvent
        from workflow import append_only, checks, list_keys, tasks  # noqa: F401 -- they register on import
        from workflow.engine.bind import bind
        from workflow.models import EvidenceFile

        append_only.append_only(EvidenceFile)
        append_only.append_only(AccountEvent)
        bind()
        post_migrate.connect(_after_migrate, sender=self, dispatch_uid="workflow.after_migrate")


def _after_migrate(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """What the tables need besides rows of people: triggers, rules, thresholds, forms.

    Triggers first: a plugin that fails below is named, and the tables are kept all the same.
    """
    from workflow import append_only, list_keys
    from workflow.checks import remember_states
    from workflow.clocks.store import load_rules
    from workflow.documents.store import load_forms
    from workflow.engine.registry import declared
    from workflow.models.threshold import load_thresholds
    from workflow.services.laws import load_shipped_laws

    append_only.install(using)
    list_keys.install(using)
    load_rules(dict(declared("clocks")))
    load_thresholds()
    load_forms(declared("document_templates"))
    load_shipped_laws()
    remember_states()
