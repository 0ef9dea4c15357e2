"""The facade: all that plugins, publicity and search import of the core besides its ``plugin``.

What is not named here is not part of the plugins' interface.
"""

from workflow.engine.acts import begin, record_act
from workflow.engine.announce import resend_announcements
from workflow.engine.approvals import (
    pending_for,
    pending_of,
    propose,
    send_back,
    sign,
    void_if_changed,
    withdraw,
)
from workflow.engine.bind import catalogue, machines, transitions_of
from workflow.engine.locking import lock
from workflow.engine.perform import form_for, open_record, perform
from workflow.engine.refusals import TransitionRefused, attempt_of, refusals
from workflow.engine.system import move_by_system
from workflow.forms.step import MomentField, StepForm
from workflow.models import (
    Approval,
    Case,
    CaseParty,
    Category,
    Challenge,
    Decision,
    Handler,
    JournalLine,
    Lead,
    Party,
    Penalty,
    Record,
    Reporter,
    Transfer,
)
from workflow.models.scope import sees
from workflow.numbering import issue_number
from workflow.plugin import (
    Act,
    Attempt,
    Computed,
    Guard,
    Job,
    Panel,
    Refusal,
    Transition,
    guard,
    hookimpl,
)
from workflow.selectors.records import get_case, get_lead, get_transfer
from workflow.selectors.steps import Step, steps_for
from workflow.services.access import share
from workflow.states import added_states

__all__ = [
    "Act", "Approval", "Attempt", "Case", "CaseParty", "Category", "Challenge", "Computed",
    "Decision", "Guard", "Handler", "Job", "JournalLine", "Lead", "MomentField", "Panel", "Party",
    "Penalty", "Record", "Refusal", "Reporter", "Step", "StepForm", "Transfer", "Transition",
    "TransitionRefused", "added_states", "attempt_of", "begin", "catalogue", "form_for", "get_case",
    "get_lead", "get_transfer", "guard", "hookimpl", "issue_number", "lock", "machines",
    "move_by_system", "open_record", "pending_for", "pending_of", "perform", "propose",
    "record_act", "refusals", "resend_announcements", "sees", "send_back", "share", "sign",
    "steps_for", "transitions_of", "void_if_changed", "withdraw",
]  # fmt: skip
