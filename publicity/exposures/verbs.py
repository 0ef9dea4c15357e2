"""What the journal's verbs of exposures are called, besides the transitions' own labels."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "exposure.nominate": _("Nominated for exposure"),
    "exposure.check": _("Redaction checked again"),
    "exposure.mask": _("Masked by the rules"),
    "exposure.keep_hit": _("A place was kept with a reason"),
    "exposure.write": _("The text was changed"),
    "exposure.add_file": _("A file was added"),
    "exposure.remove_file": _("A file was taken out"),
    "approval.proposed": _("Proposed for signature"),
    "approval.signed": _("Signed"),
    "approval.returned": _("Returned by the signer"),
    "approval.voided": _("The proposal is void"),
    "approval.withdrawn": _("The proposal was taken back"),
}
