"""App metadata: exposures stand on the same seam as every plugin of casework."""

from __future__ import annotations

from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from workflow.plugin import PluginConfig


class ExposuresConfig(PluginConfig):
    """The editors' machine, the one door to the public pages, and what keeps it shut."""

    name = "publicity.exposures"
    label = "exposures"
    verbose_name = _("Exposures")
    title = _("Public exposure of typical cases")

    def ready(self) -> None:
        from publicity.exposures import checks, overturned  # noqa: F401 -- checks register
        from publicity.exposures.install import install_after_migrate
        from publicity.exposures.policies import register_policies

        overturned.connect()
        register_policies()
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="exposures.install")
