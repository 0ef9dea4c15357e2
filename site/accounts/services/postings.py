"""Postings: the security administrator begins and ends them, never their own."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import access, acts, clock
from accounts.grants import recompute_grants
from accounts.models import Posting, Unit, User
from accounts.models.event import EventVerb
from accounts.roles import ACTING_HEAD, ADMINISTRATIVE, ROLES
from accounts.services.events import record, require


def appoint(
    *,
    by: User | None,
    user: User,
    role: str,
    unit: Unit,
    from_on: date | None = None,
    until_on: date | None = None,
    reason: str,
) -> Posting:
    """The person holds the role in the unit from ``from_on`` (today) to ``until_on`` inclusive.

    Refused (``ValidationError`` by field): a role nobody knows, a closed account, a unit that
    does not exist on the first day, dates out of order, a first day in the past (the console may),
    an administrative role away from the root, or in one person at once with any other role.
    ``PermissionDenied`` without the right, and for oneself.
    """
    require(by, acts.MANAGE_POSTINGS.codename)
    if by is not None and by.pk == user.pk:
        raise PermissionDenied(_("Nobody appoints themselves."))
    posting = Posting(
        user=user,
        role=role,
        unit=unit,
        from_on=from_on or clock.today(),
        until_on=until_on,
        reason=reason.strip(),
        appointed_by=by,
        appointed_at=clock.now(),
    )
    with transaction.atomic():
        # Two appointments of one person are judged one after the other.
        posting.user = User.objects.select_for_update().get(pk=user.pk)
        _check(posting, backdated=by is None)
        posting.save()
        record(
            EventVerb.POSTING_BEGUN,
            by=by,
            subject=posting.user,
            reason=posting.reason,
            data=_values(posting),
        )
        recompute_grants(posting.user)
    access.forget(user)
    return posting


def end_posting(posting: Posting, *, by: User | None, reason: str) -> Posting:
    """The posting stands no longer from this moment. Refused for one's own, and a second time."""
    require(by, acts.MANAGE_POSTINGS.codename)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    with transaction.atomic():
        locked = Posting.objects.select_for_update().get(pk=posting.pk)
        if by is not None and locked.user_id == by.pk:
            raise PermissionDenied(_("Nobody ends their own posting."))
        if locked.is_over:
            raise ValidationError(_("This posting has already ended."))
        locked.ended_at, locked.ended_by, locked.end_reason = clock.now(), by, reason.strip()
        locked.save(update_fields=["ended_at", "ended_by", "end_reason"])
        person = locked.user
        record(
            EventVerb.POSTING_ENDED,
            by=by,
            subject=person,
            reason=locked.end_reason,
            data=_values(locked),
        )
        recompute_grants(person)
    access.forget(posting.user)
    return locked


def not_beside(posting: Posting) -> Posting | None:
    """A posting that shares a day with this one though one of the two is administrative."""
    others = Posting.objects.filter(user=posting.user)
    if posting.role not in ADMINISTRATIVE:
        others = others.filter(role__in=ADMINISTRATIVE)
    for other in others.exclude(pk=posting.pk).select_related("unit"):
        if spans_overlap(span(posting), span(other)):
            return other
    return None


Span = tuple[date, date]


def span(posting: Posting) -> Span | None:
    """First and last day of the posting; None when it ended before its first day.

    The day on which a posting is ended counts as free: what follows begins after the moment.
    """
    last = posting.until_on or date.max
    if posting.ended_at is not None:
        last = min(last, _day_before(posting.ended_at))
    return (posting.from_on, last) if posting.from_on <= last else None


def spans_overlap(one: Span | None, other: Span | None) -> bool:
    """Whether the two spans share a day."""
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _day_before(moment: datetime) -> date:
    return date.fromordinal(timezone.localdate(moment).toordinal() - 1)


def _check(posting: Posting, *, backdated: bool) -> None:
    errors: dict[str, str] = {}
    if not posting.reason:
        errors["reason"] = _("Say why.")
    if posting.role not in ROLES:
        errors["role"] = _("There is no such role.")
    if not posting.user.is_active:
        errors["user"] = _("This account is closed. Reopen it first.")
    errors.update(_wrong_days(posting, backdated=backdated))
    if posting.role in ADMINISTRATIVE and not posting.unit.is_root():
        errors["unit"] = _("Administrative roles are held in the bureau itself.")
    if not errors and (other := not_beside(posting)):
        errors["role"] = _("%(person)s already is %(role)s. End that posting first.") % {
            "person": posting.user,
            "role": other.get_role(),
        }
    if errors:
        raise ValidationError(errors)


def _wrong_days(posting: Posting, *, backdated: bool) -> dict[str, str]:
    errors: dict[str, str] = {}
    if posting.from_on < clock.today() and not backdated:
        errors["from_on"] = _("A posting cannot begin in the past.")
    if not posting.unit.is_valid_on(posting.from_on):
        errors["unit"] = _("This unit does not exist on the first day of the posting.")
    if posting.until_on is not None and posting.until_on < posting.from_on:
        errors["until_on"] = _("The last day lies before the first day.")
    if posting.until_on is None and posting.role == ACTING_HEAD.code:
        errors["until_on"] = _("Somebody acts as head for a stated time: give the last day.")
    return errors


def _values(posting: Posting) -> dict[str, object]:
    return {
        "posting": posting.pk,
        "role": posting.role,
        "unit": posting.unit.code,
        "from_on": posting.from_on,
        "until_on": posting.until_on,
    }
