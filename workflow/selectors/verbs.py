"""What the acts are called that are no transition."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Reading, not acting: shown in a list of their own to those who may see who looked.
ACCESS_VERBS = ("access.viewed", "evidence.viewed", "document.viewed")

VERB_LABELS: dict[str, str | Promise] = {
    "lead.register": _("Lead registered"),
    "lead.edited": _("Lead changed"),
    "lead.routed": _("Lead handed to another unit"),
    "case.open": _("Case opened"),
    "case.edited": _("Case content changed"),
    "case.discussed": _("Joint discussion recorded"),
    "party.added": _("Party added"),
    "notice.drafted": _("Notice drafted"),
    "notice.served": _("Notice served"),
    "notice.answered": _("Answer of the party recorded"),
    "decision.drafted": _("Decision drafted"),
    "decision.served": _("Decision served"),
    "decision.overturned": _("Decision overturned"),
    "document.served": _("Document served"),
    "document.drafted": _("Document drafted"),
    "document.discarded": _("Draft of a document discarded"),
    "document.issued": _("Document issued"),
    "document.made": _("Document made by the step"),
    "document.voided": _("Document voided"),
    "document.signed": _("Signed copy of a document kept"),
    "template.added": _("Version of a template added"),
    "template.used": _("Version of a template taken into use"),
    "form.switched": _("Form taken into or out of use"),
    "document.viewed": _("Opened a document"),
    "penalty.paid": _("Penalty paid in full"),
    "penalty.part_paid": _("Part of a penalty paid"),
    "penalty.performed": _("Penalty carried out"),
    "case.ready_to_close": _("Everything carried out"),
    "challenge.filed": _("Challenge recorded"),
    "challenge.settled": _("Outcome of a challenge recorded"),
    "transfer.propose": _("Transfer proposed"),
    "approval.proposed": _("Proposed for signature"),
    "approval.signed": _("Signed"),
    "approval.returned": _("Returned to the proposer"),
    "approval.withdrawn": _("Proposal withdrawn"),
    "approval.voided": _("Proposal void"),
    "access.restricted": _("Restricted to named people"),
    "access.opened": _("Restriction lifted"),
    "access.granted": _("Shared"),
    "access.ended": _("Sharing ended"),
    "access.viewed": _("Opened the record"),
    "evidence.viewed": _("Opened a file"),
    "evidence.added": _("Evidence added"),
    "handlers.assigned": _("Handlers named"),
    "handler.recused": _("Handler recused"),
    "journal.corrected": _("Entry corrected"),
    "reporter.revealed": _("Looked at who reported"),
    "reporter.informed": _("Reporter informed"),
    "clock.pause": _("Limit paused"),
    "clock.resume": _("Limit resumed"),
    "clock.extend": _("Limit extended"),
    "clock.end": _("Limit ended"),
}
