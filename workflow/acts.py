"""The acts of the core: codenames on units, and the roles that hold them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.plugin import Act

_HANDLER = "handler"
_UNIT_HEAD = "unit_head"
_REVIEWERS = ("case_reviewer", "legal_reviewer")
_LEADERS = ("leader", "head", "acting_head")
_OFFICE = "campaign_office"
_READERS = (_HANDLER, _UNIT_HEAD, *_REVIEWERS, *_LEADERS, _OFFICE)


def _act(codename: str, label: object, *roles: str) -> Act:
    return Act(codename=codename, label=label, roles=roles)  # type: ignore[arg-type]  # lazy label


CORE_ACTS = (
    _act("view_lead", _("See leads"), *_READERS),
    _act("view_case", _("See cases"), *_READERS),
    _act("view_discipline", _("See discipline transfers"), "head", "acting_head"),
    _act("register_lead", _("Register leads"), _HANDLER, _UNIT_HEAD, _OFFICE),
    _act("edit_lead", _("Edit leads"), _HANDLER, _UNIT_HEAD, _OFFICE),
    _act("route_lead", _("Assign leads to units"), _UNIT_HEAD, _OFFICE, *_LEADERS),
    _act("verify_lead", _("Take up leads"), _HANDLER, _UNIT_HEAD),
    _act("propose_lead_outcome", _("Propose what becomes of a lead"), _HANDLER, _UNIT_HEAD),
    _act("assign_handlers", _("Name handlers"), _UNIT_HEAD, *_LEADERS),
    _act("split_case", _("Split cases"), _UNIT_HEAD, *_LEADERS),
    _act("merge_parties", _("Merge parties known twice"), *_LEADERS, _OFFICE),
    _act("reveal_party", _("See personal information of parties"), *_READERS),
    _act("write_remark", _("Write remarks"), *_READERS),
    _act("decide_recusal", _("Decide on recusal"), *_LEADERS),
    _act("investigate_case", _("Investigate cases"), _HANDLER),
    _act("propose_case_act", _("Propose acts on a case"), _HANDLER),
    _act("return_case", _("Return a case to investigation"), _UNIT_HEAD, *_REVIEWERS, *_LEADERS),
    _act("review_case", _("Review cases"), *_REVIEWERS),
    _act("arrange_hearing", _("Arrange hearings"), *_REVIEWERS),
    _act("register_on_the_spot", _("Register decisions on the spot"), _UNIT_HEAD, *_REVIEWERS),
    _act("record_discussion", _("Record joint discussions"), *_REVIEWERS, _OFFICE),
    _act("serve_documents", _("Serve documents"), _HANDLER),
    _act(
        "make_document", _("Make and issue documents"), _HANDLER, _UNIT_HEAD, *_REVIEWERS, _OFFICE
    ),
    _act("void_document", _("Void issued documents"), _HANDLER, _UNIT_HEAD, *_LEADERS),
    _act(
        "view_numbers",
        _("See the register of numbers"),
        _UNIT_HEAD,
        *_REVIEWERS,
        *_LEADERS,
        _OFFICE,
    ),
    _act("manage_templates", _("Manage document templates"), _OFFICE, "legal_reviewer"),
    _act("record_payment", _("Record payments"), _HANDLER),
    _act("record_challenge", _("Record challenges"), _HANDLER, *_REVIEWERS),
    _act("archive_case", _("Archive cases"), _HANDLER),
    _act("propose_transfer", _("Propose transfers"), _HANDLER, _UNIT_HEAD),
    _act("record_transfer", _("Record what becomes of transfers"), _HANDLER),
    _act("restrict_record", _("Restrict records to named people"), _UNIT_HEAD, *_LEADERS, _OFFICE),
    _act("share_record", _("Share records"), _UNIT_HEAD, *_LEADERS, _OFFICE),
    _act("reveal_reporter", _("See who reported"), _HANDLER, _UNIT_HEAD, *_LEADERS),
    _act("add_evidence", _("Add evidence"), _HANDLER),
    _act("take_measures", _("Take measures on goods"), _HANDLER),
    _act("view_access_log", _("See who looked"), _UNIT_HEAD, *_LEADERS, "auditor"),
    _act(
        "export_records", _("Export lists"), _HANDLER, _UNIT_HEAD, *_REVIEWERS, *_LEADERS, _OFFICE
    ),
    _act("import_running", _("Take over files from before the system"), _OFFICE),
    _act("manage_campaigns", _("Manage campaigns"), _OFFICE),
    _act("manage_laws", _("Keep the law library"), "legal_reviewer", _OFFICE),
    _act("correct_record", _("Correct entries"), _HANDLER, _UNIT_HEAD, *_LEADERS),
    _act("manage_limits", _("Pause time limits"), _HANDLER, _UNIT_HEAD, *_LEADERS),
    _act("extend_limit", _("Extend time limits"), *_LEADERS),
    _act("end_limit", _("End time limits by hand"), _UNIT_HEAD, *_LEADERS),
    _act("sign_unit_head", _("Sign as head of unit"), _UNIT_HEAD),
    _act("sign_leader", _("Sign as leader"), *_LEADERS),
    _act("sign_head", _("Sign as head of the bureau"), "head", "acting_head"),
)
