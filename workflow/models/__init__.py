"""The core's tables, one noun a file."""

from .approval import Approval, ApprovalStep
from .campaign import Campaign, Category, CategoryUnit, ViolationType
from .case import Case, Handler
from .challenge import Challenge
from .clock import ClockRule, WorkDay, WorkYear
from .deadline import Deadline, DeadlineExtension, DeadlinePause
from .decision import Decision, Payment, Penalty, Service
from .document import Document, DocumentForm, DocumentTemplate, RequiredDocument
from .dossier import Dossier
from .evidence import EvidenceFile
from .execution import CourtApplication, Instalment, PaymentPlan, Refund, Reminder
from .goods import Disposal, ItemPermit
from .journal import JournalHead, JournalLine, JournalSeal
from .known_state import KnownState
from .law import Article, ArticleCitation, FineRange, Law, LawVersion
from .lead import Lead, Reporter
from .list_key import ListKey
from .measure import CustodyStep, ItemMove, Measure, MeasureItem
from .numbering import IssuedNumber, NumberPattern, NumberSequence
from .on_the_spot import OnTheSpot
from .outbox import Announcement, Digest, DigestChoice, UserNotice
from .party import CaseParty, Party, PartyAlias, PartyMerge
from .record import Record
from .review import Discussion, Hearing, Notice, PartyAnswer, Review
from .scope import AccessGrant, ScopedQuerySet
from .threshold import Threshold
from .transfer import Transfer
from .upload import Upload

__all__ = [
    "AccessGrant", "Announcement", "Approval", "ApprovalStep", "Article", "ArticleCitation",
    "Campaign", "Case", "CaseParty", "Category", "CategoryUnit", "Challenge", "ClockRule",
    "CourtApplication", "CustodyStep", "Deadline", "DeadlineExtension", "DeadlinePause",
    "Decision", "Digest", "DigestChoice", "Discussion", "Disposal", "Document", "DocumentForm",
    "DocumentTemplate", "Dossier", "EvidenceFile", "FineRange", "Handler", "Hearing", "Instalment",
    "IssuedNumber", "ItemMove", "ItemPermit", "JournalHead", "JournalLine", "JournalSeal",
    "KnownState", "Law", "LawVersion", "Lead", "ListKey", "Measure", "MeasureItem", "Notice",
    "NumberPattern", "NumberSequence", "OnTheSpot", "Party", "PartyAlias", "PartyAnswer",
    "PartyMerge", "Payment",
    "PaymentPlan", "Penalty", "Record", "Refund", "Reminder", "Reporter", "RequiredDocument",
    "Review", "ScopedQuerySet", "Service", "Threshold", "Transfer", "Upload", "UserNotice",
    "ViolationType", "WorkDay", "WorkYear",
]  # fmt: skip
