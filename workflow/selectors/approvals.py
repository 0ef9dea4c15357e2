"""Approvals of one record."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from workflow.models import Approval, ApprovalStep


def get_approval(record: Any, pk: int) -> Approval:
    """An approval of this record; else ``Http404``."""
    mine = Approval.objects.filter(
        record_type=record._meta.label_lower, record_id=record.pk
    ).select_related("proposer", "unit")
    return get_object_or_404(mine, pk=pk)


def steps_of(approval: Approval) -> list[ApprovalStep]:
    """Its signatures in order, given or waited for."""
    return list(approval.steps.select_related("signer").order_by("order"))
