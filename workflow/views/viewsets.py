"""Where the pages of leads, cases and transfers are: /admin/leads/, /admin/cases/, …"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from workflow.models import Case, Lead, Measure, Transfer
from workflow.views.access import ACCESS_PAGES
from workflow.views.approval import ApprovalPage
from workflow.views.case_page import CasePage
from workflow.views.case_print import CasePrint
from workflow.views.challenges import CHALLENGE_PAGES
from workflow.views.check import CheckPage
from workflow.views.deadline_page import DeadlinePage
from workflow.views.disposals import DisposeOfItem
from workflow.views.document_acts import DOCUMENT_PAGES
from workflow.views.documents import (
    RecordDiscussion,
    RecordPayment,
    RecordPerformed,
    RecordService,
)
from workflow.views.dossier import DossierDownload, DossierPage
from workflow.views.evidence import (
    AddEvidence,
    EvidenceCustody,
    EvidenceDownload,
    StartUpload,
    UploadPart,
)
from workflow.views.execution import (
    ApplyToCourt,
    CourtOutcome,
    RecordSurcharge,
    RemindParty,
)
from workflow.views.intake import KnownWhileTyping, LeadAdd
from workflow.views.lead_forms import CaseEdit, LeadEdit, LeadRoute
from workflow.views.lead_page import InformReporter, LeadPage, RevealReporter
from workflow.views.limits import (
    CorrectLine,
    EndLimit,
    EndPause,
    ExtendLimit,
    PauseLimit,
    StartLimit,
)
from workflow.views.lists import CaseIndex, LeadIndex
from workflow.views.measures import (
    HandOverGoods,
    ImposeMeasure,
    ListItems,
    MeasurePage,
    MoveItem,
    RecordTesting,
    TellExtension,
)
from workflow.views.on_the_spot import HandInCash
from workflow.views.parties import (
    AddParty,
    DraftDecision,
    DraftNotice,
    RecordAnswer,
    RestoreParty,
    WithdrawParty,
)
from workflow.views.remarks import AddRemark, SplitParty
from workflow.views.scoped import ScopedViewSet
from workflow.views.step import CaseStep, LeadStep, MeasureStep, TransferStep
from workflow.views.transfer_page import ProposeTransfer, TransferPage

_STEP = "<int:pk>/step/<str:name>/"
#: Pages every record has; papers about a measure are those of its case.
_RECORD = (
    ("approval", "<int:pk>/approvals/<int:approval>/", ApprovalPage),
    ("deadline", "<int:pk>/limits/<int:deadline>/", DeadlinePage),
    ("pause_limit", "<int:pk>/limits/<int:deadline>/pause/", PauseLimit),
    ("end_pause", "<int:pk>/limits/<int:deadline>/pauses/<int:pause>/end/", EndPause),
    ("extend_limit", "<int:pk>/limits/<int:deadline>/extend/", ExtendLimit),
    ("end_limit", "<int:pk>/limits/<int:deadline>/end/", EndLimit),
    ("correct_line", "<int:pk>/lines/<int:line>/correct/", CorrectLine),
)
#: Pages of a lead and of a case.
_FILE = (
    *_RECORD,
    *DOCUMENT_PAGES,
    ("add_evidence", "<int:pk>/evidence/add/", AddEvidence),
    ("upload", "<int:pk>/evidence/upload/", StartUpload),
    ("upload_part", "<int:pk>/evidence/upload/<str:token>/", UploadPart),
    ("evidence", "<int:pk>/evidence/<int:evidence>/", EvidenceDownload),
    ("evidence_custody", "<int:pk>/evidence/<int:evidence>/custody/", EvidenceCustody),
    ("remark", "<int:pk>/remarks/add/", AddRemark),
    ("start_limit", "<int:pk>/limits/start/", StartLimit),
    ("propose_transfer", "<int:pk>/transfers/add/", ProposeTransfer),
)
_CASE_FILE = (
    *_FILE,
    ("add_party", "<int:pk>/parties/add/", AddParty),
    ("split_party", "<int:pk>/parties/<int:party>/split/", SplitParty),
    ("withdraw_party", "<int:pk>/parties/<int:party>/withdraw/", WithdrawParty),
    ("restore_party", "<int:pk>/parties/<int:party>/restore/", RestoreParty),
    ("draft_notice", "<int:pk>/parties/<int:party>/notice/", DraftNotice),
    ("draft_decision", "<int:pk>/parties/<int:party>/decision/", DraftDecision),
    ("record_service", "<int:pk>/parties/<int:party>/service/", RecordService),
    ("record_answer", "<int:pk>/notices/<int:notice>/answer/", RecordAnswer),
    ("record_payment", "<int:pk>/penalties/<int:penalty>/payment/", RecordPayment),
    ("record_performed", "<int:pk>/penalties/<int:penalty>/performed/", RecordPerformed),
    *CHALLENGE_PAGES,
    ("remind", "<int:pk>/decisions/<int:decision>/reminder/", RemindParty),
    ("apply_to_court", "<int:pk>/decisions/<int:decision>/court/", ApplyToCourt),
    ("court_outcome", "<int:pk>/court/<int:application>/outcome/", CourtOutcome),
    ("record_surcharge", "<int:pk>/penalties/<int:penalty>/surcharge/", RecordSurcharge),
    ("hand_in_cash", "<int:pk>/cash/", HandInCash),
    ("record_discussion", "<int:pk>/discussions/add/", RecordDiscussion),
    ("impose_measure", "<int:pk>/measures/add/", ImposeMeasure),
)


class LeadViewSet(ScopedViewSet):
    model = Lead
    name = "workflow_lead"
    url_prefix = "leads"
    icon = "info-circle"
    menu_label = _("Leads")
    menu_name = "leads"
    index_view_class = LeadIndex
    tops = (("add", "new/", LeadAdd), ("known", "new/known/", KnownWhileTyping))
    pages = (
        ("inspect", "<int:pk>/", LeadPage),
        ("edit", "<int:pk>/edit/", LeadEdit),
        ("route", "<int:pk>/route/", LeadRoute),
        *ACCESS_PAGES,
        ("step", _STEP, LeadStep),
        ("reveal", "<int:pk>/reporter/", RevealReporter),
        ("inform", "<int:pk>/reporter/told/", InformReporter),
        *_FILE,
    )


class CaseViewSet(ScopedViewSet):
    model = Case
    name = "workflow_case"
    url_prefix = "cases"
    icon = "folder-open-inverse"
    menu_label = _("Cases")
    menu_name = "cases"
    index_view_class = CaseIndex
    pages = (
        ("inspect", "<int:pk>/", CasePage),
        ("edit", "<int:pk>/edit/", CaseEdit),
        *ACCESS_PAGES,
        ("step", _STEP, CaseStep),
        ("check", "<int:pk>/check/", CheckPage),
        ("print", "<int:pk>/print/", CasePrint),
        ("dossier", "<int:pk>/dossier/", DossierPage),
        ("dossier_file", "<int:pk>/dossier/<int:dossier>/<str:kind>/", DossierDownload),
        *_CASE_FILE,
    )


class TransferViewSet(ScopedViewSet):
    """Transfers are found at their case or lead: no list, no menu item."""

    model = Transfer
    name = "workflow_transfer"
    url_prefix = "transfers"
    icon = "resubmit"
    pages = (
        ("inspect", "<int:pk>/", TransferPage),
        ("step", _STEP, TransferStep),
        *_RECORD,
        *DOCUMENT_PAGES,
    )


class MeasureViewSet(ScopedViewSet):
    """Measures are found at their case: no list, no menu item."""

    model = Measure
    name = "workflow_measure"
    url_prefix = "measures"
    icon = "lock"
    pages = (
        ("inspect", "<int:pk>/", MeasurePage),
        ("step", _STEP, MeasureStep),
        ("items", "<int:pk>/items/", ListItems),
        ("move_item", "<int:pk>/items/<int:item>/<str:kind>/", MoveItem),
        ("dispose_item", "<int:pk>/confiscated/<int:item>/", DisposeOfItem),
        ("hand_over", "<int:pk>/custody/", HandOverGoods),
        ("tell_extension", "<int:pk>/extension/told/", TellExtension),
        ("testing", "<int:pk>/testing/", RecordTesting),
        *_RECORD,
    )
