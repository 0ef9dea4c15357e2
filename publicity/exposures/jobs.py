"""What ``tick`` does for exposures: releases that are due, publications that end."""

from __future__ import annotations

import logging
from datetime import datetime

from django.utils import timezone

from publicity.exposures.models import Exposure
from publicity.exposures.states import PUBLIC, ExposureState
from workflow.api import TransitionRefused, move_by_system

logger = logging.getLogger(__name__)
BATCH = 100


def release_due(at: datetime) -> int:
    """Release what is due; one that is refused stays scheduled, is logged, and stops no other."""
    due = Exposure.objects.filter(state=ExposureState.SCHEDULED, scheduled_at__lte=at)
    return _move(due.order_by("scheduled_at", "pk"), "exposure.release_due")


def expire(at: datetime) -> int:
    """Take down what was public for the last day yesterday."""
    over = Exposure.objects.filter(state__in=PUBLIC, expires_on__lt=timezone.localdate(at))
    return _move(over.order_by("expires_on", "pk"), "exposure.expire")


def _move(exposures: object, name: str) -> int:
    moved = 0
    for exposure in exposures[:BATCH]:  # type: ignore[index]  # a queryset
        try:
            move_by_system(exposure, name)
            moved += 1
        except TransitionRefused as error:
            logger.warning("%s of exposure %s was refused: %s", name, exposure.pk, error)
    return moved
