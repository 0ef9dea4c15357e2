"""The daily mail about time limits: one a working day and person, none where nothing is near.

Mails are written down first, all of a day in one transaction, and then sent, each outside of any
transaction: nobody's write waits for a mail server. A tick claims a mail before it sends it, so
that no other tick does; a claim whose process died lapses, and the mail is sent again under the
same Message-ID: a server that got it already tells the two apart. None is lost. A mail leaves the
house, so it names numbers of files and kinds of limits, no person and no title; restricted files
are only counted.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.clock import now
from accounts.models import User
from workflow.clocks.lights import Lights, near
from workflow.clocks.remind import recipients, stage_of
from workflow.clocks.sane import day_of, local
from workflow.clocks.store import work_calendar
from workflow.clocks.wording import due_shown
from workflow.models import ClockRule, Deadline, Digest, DigestChoice

logger = logging.getLogger(__name__)
FROM_HOUR = 8
LINES = 50
KEEP_TRYING = timedelta(days=2)
TIMEOUT = 10  # seconds a mail server may take for one answer
CLAIM = timedelta(minutes=10)  # far longer than all answers of one mail together


def digests(moment: datetime) -> int:
    """Write today's mails if they are due, and send those that are owed; how many were sent."""
    write_digests(moment)
    return send_digests(moment)


def write_digests(moment: datetime) -> int:
    """Once a working day from eight o'clock on; quiet when the office is closed."""
    lights = Lights(moment)
    day = lights.day
    if local(moment).hour < FROM_HOUR or not work_calendar().is_working(day):
        return 0
    if Digest.objects.filter(day=day).exists():
        return 0
    unwanted = set(DigestChoice.objects.filter(wanted=False).values_list("user_id", flat=True))
    rows = [
        Digest(
            user=person,
            day=day,
            created_at=moment,
            subject=_subject(limits, lights),
            body=_body(limits, lights),
        )
        for person, limits in _near(lights).items()
        if person.email and person.is_active and person.pk not in unwanted
    ]
    with transaction.atomic():
        Digest.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _near(lights: Lights) -> dict[User, list[Deadline]]:
    """Per person the running limits of the bureau that are near or over, the first due first."""
    rows = Deadline.objects.filter(
        near(lights), state=Deadline.State.RUNNING, obliged=ClockRule.Obliged.BUREAU
    )
    found: dict[User, list[Deadline]] = defaultdict(list)
    for deadline in rows.select_related("rule", "unit", "case", "lead").order_by("due_on", "pk"):
        for person in recipients(deadline, stage_of(deadline, lights)):
            found[person].append(deadline)
    return found


def _subject(limits: list[Deadline], lights: Lights) -> str:
    over = sum(map(lights.is_over, limits))
    params = {"near": len(limits) - over, "over": over}
    return _("Time limits: %(over)d overdue, %(near)d due soon") % params


def _body(limits: list[Deadline], lights: Lights) -> str:
    hidden = 0
    lines: list[str] = []
    for limit in limits:
        record: Any = limit.case or limit.lead
        if record.restricted:
            hidden += 1
        elif len(lines) < LINES and limit.due_on is not None:
            late = _("(overdue)") if lights.is_over(limit) else ""
            lines.append(f"{due_shown(limit)} {limit.rule.name} {record.number} {late}".rstrip())
    if hidden:
        lines.append(_("Restricted files: %(n)d") % {"n": hidden})
    more = len(limits) - hidden - LINES
    if more > 0:
        lines.append(_("… and %(n)d more") % {"n": more})
    where = f"{settings.TIEQUAN_BASE_URL}/admin/deadlines/"
    off = _("You can switch this mail off under “Notices to me”.")
    return "\n".join([*lines, "", where, off])


def send_digests(moment: datetime) -> int:
    """Send what is owed of the last two days; one that fails is tried again by the next tick."""
    owed = Digest.objects.filter(sent_at=None, day__gte=day_of(moment - KEEP_TRYING))
    return sum(_send_one(pk, moment) for pk in list(owed.values_list("pk", flat=True)))


def _send_one(pk: int, moment: datetime) -> int:
    """Claim, send, say so: three steps, and no transaction is open while the server answers."""
    digest = _claim(pk)
    if digest is None:
        return 0
    mine = Digest.objects.filter(pk=pk, claimed_at=digest.claimed_at)
    try:
        EmailMessage(
            digest.subject, digest.body, to=[digest.user.email],
            headers={"Message-ID": f"<digest-{digest.day}-{digest.user_id}@tiequan>"},
            connection=get_connection(timeout=TIMEOUT),
        ).send()  # fmt: skip
    except OSError as error:  # the mail server's: it is told, kept, and tried again
        logger.warning("digest %s was not sent: %s", pk, error)
        mine.update(claimed_at=None, error=str(error)[:500])
        return 0
    Digest.objects.filter(pk=pk).update(sent_at=moment, claimed_at=None, error="")
    return 1


@transaction.atomic
def _claim(pk: int) -> Digest | None:
    """The mail, for this tick alone; None when it was sent or another tick is sending it."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=now() - CLAIM)
    rows = Digest.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    digest = rows.filter(free, pk=pk, sent_at=None).first()
    if digest is not None:
        digest.attempts += 1
        digest.claimed_at = now()
        digest.save(update_fields=["attempts", "claimed_at"])
    return digest


def choose_digest(user: User, *, wanted: bool) -> None:
    """Whether the person gets the daily mail from now on."""
    DigestChoice.objects.update_or_create(user=user, defaults={"wanted": wanted})


def wants_digest(user: User) -> bool:
    return not DigestChoice.objects.filter(user=user, wanted=False).exists()
