"""Why a limit may stand still: the codes of the reasons, their names, what officers write."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASON_LABELS: dict[str, Promise] = {
    "testing": _("Testing, inspection, quarantine or appraisal"),
    "identification": _("Identification by the right holder"),
    "suspension": _("Investigation suspended"),
    "hearing": _("Hearing"),
    "announcement": _("Service by public announcement"),
    "refund": _("Ordered refund of overcharges"),
    "transfer": _("Case is with the police"),
}

WORDS = {
    "检测": "testing", "检验": "testing", "检疫": "testing", "鉴定": "testing",
    "辨认": "identification", "鉴别": "identification", "公告": "announcement",
    "退还": "refund", "退款": "refund", "中止": "suspension", "听证": "hearing",
    "移送": "transfer",
}  # fmt: skip


def reason_label(code: str) -> str:
    """The words for a pause's reason; a reason without a code stands as it was written."""
    return str(REASON_LABELS.get(code, code))


def ground(reason: str) -> str:
    """The code of the reason an officer wrote down; "" for one that names none of them."""
    if reason in REASON_LABELS:
        return reason
    return next((code for word, code in WORDS.items() if word in reason), "")
