"""Thresholds are dated: a new one by its day, the used one as it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from workflow.models import Threshold
from workflow.models.threshold import threshold
from workflow.services.settings import save_setting


def test_a_used_threshold_keeps_its_amount_and_a_later_one_takes_over(world):
    used = Threshold.objects.get(code="spot_person", effective_from=date(2021, 7, 15))
    used.amount_fen = 30_000
    with pytest.raises(ValidationError):
        save_setting(used, by=world.system_admin, changed=["amount_fen"])
    used.refresh_from_db()
    used.is_verified = False
    save_setting(used, by=world.system_admin, changed=["is_verified"])

    later = Threshold(
        code="spot_person", name="当场处罚", amount_fen=30_000, source="试",
        effective_from=date(2022, 6, 1),
    )  # fmt: skip
    save_setting(later, by=world.system_admin, changed=["amount_fen"])
    later.amount_fen = 40_000
    save_setting(later, by=world.system_admin, changed=["amount_fen"])

    days = (date(2021, 7, 14), date(2022, 5, 31), date(2022, 6, 1))
    assert [threshold("spot_person", day) for day in days] == [5_000, 20_000, 40_000]
