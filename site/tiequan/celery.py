"""The task queue: on Redis with workers and beat, or eager in the process without a broker.

Tasks are sent with `delay_on_commit` (Celery's Django task class), so a rolled-back act tells
nobody. Beat only calls `tick`; what is due stands in the database, so a lost broker loses nothing.
"""

from __future__ import annotations

import os

from celery import Celery, shared_task
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiequan.settings.production")

app = Celery("tiequan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

TICK_SECONDS = 5 * 60.0

app.conf.beat_schedule = {
    "tick": {"task": "tiequan.tick", "schedule": TICK_SECONDS, "options": {"expires": TICK_SECONDS}}
}


@worker_init.connect
def refuse_unsound_database(**_signal: object) -> None:
    """A worker starts under the conditions of a server; Celery swallows all but an exit."""
    from tiequan.soundness import require_soundness  # needs the apps

    try:
        require_soundness()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error


@shared_task(name="tiequan.tick")
def tick() -> None:
    """Do what is due now; the same function as `manage.py tick`, safe to repeat."""
    call_command("tick")
