"""Lists the law gives: what goes with a transfer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: 移送规定 art. 6, by the code a transfer keeps.
TRANSFER_MATERIALS = (
    ("transfer_letter", _("Letter of transfer")),
    ("report", _("Investigation report")),
    ("goods_list", _("List of the goods")),
    ("test_report", _("Test reports or appraisals")),
    ("other", _("Other materials")),
)
