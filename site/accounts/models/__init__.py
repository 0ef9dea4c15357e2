"""People, the organisation they work in, and what was done to either."""

from accounts.models.authority import Authority
from accounts.models.event import AccountEvent
from accounts.models.permission import UnitPermission
from accounts.models.posting import Posting
from accounts.models.sign_in import SignInCount
from accounts.models.unit import Unit
from accounts.models.user import User

__all__ = ["AccountEvent", "Authority", "Posting", "SignInCount", "Unit", "UnitPermission", "User"]
