"""The project: settings, addresses and processes; configuration and nothing else."""

from tiequan.celery import app as celery_app

__all__ = ["celery_app"]
