"""The writes administrators make; each checks its right, and leaves an ``AccountEvent``.

``by`` is the signed-in person; ``None`` stands for the machine's console (commands, the demo).
"""

from accounts.services.accounts import (
    change_account,
    create_account,
    deactivate_account,
    reactivate_account,
    set_password,
)
from accounts.services.postings import appoint, end_posting

__all__ = [
    "appoint",
    "change_account",
    "create_account",
    "deactivate_account",
    "end_posting",
    "reactivate_account",
    "set_password",
]
