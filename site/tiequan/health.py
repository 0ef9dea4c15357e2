"""/healthz: which of the four parts answers, for the load balancer and the person on call."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.search.backends import get_search_backend

from publicity.pages.models import ExposurePage
from search.casework import search_queryset
from tiequan.celery import app
from tiequan.soundness import require_soundness
from workflow.models import Case

logger = logging.getLogger(__name__)

QUEUE_TIMEOUT = 2  # seconds; a load balancer asks again soon
PROBE = "健康"


class PartFailed(Exception):
    """A part answered, but wrongly."""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if cursor.fetchone() != (1,):
            raise PartFailed
    require_soundness()


def _cache() -> None:
    key, value = f"healthz-{secrets.token_hex(8)}", secrets.token_hex(8)
    cache.set(key, value, timeout=10)
    found = cache.get(key)
    cache.delete(key)
    if found != value:
        raise PartFailed


def _search() -> None:
    """One question to the index of the public pages and one to that of the files."""
    list(get_search_backend("default").search(PROBE, ExposurePage.objects.released())[:1])
    list(search_queryset(Case.objects.all(), PROBE)[:1])


def _queue() -> None:
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return
    with app.connection_for_write(connect_timeout=QUEUE_TIMEOUT) as broker:
        broker.ensure_connection(max_retries=1, timeout=QUEUE_TIMEOUT)


PARTS: dict[str, Callable[[], None]] = {
    "database": _database,
    "cache": _cache,
    "search": _search,
    "queue": _queue,
}


def answer(name: str, ask: Callable[[], None]) -> str:
    """Return "ok" or what is wrong, without the addresses and names an exception may carry."""
    try:
        ask()
    except PartFailed:
        return "wrong answer"
    except ImproperlyConfigured:
        logger.exception("healthz: %s is not fit to serve", name)
        return "refused by its checks"
    except Exception:  # whatever a driver raises, the person on call must see which part it was
        logger.exception("healthz: %s does not answer", name)
        return "unreachable"
    return "ok"


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part says ok, else 503 with the part that does not."""
    parts = {name: answer(name, ask) for name, ask in PARTS.items()}
    healthy = all(state == "ok" for state in parts.values())
    return JsonResponse(parts, status=200 if healthy else 503)
