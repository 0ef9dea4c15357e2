"""Every sentence the clocks say: how a limit was counted, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflow.clocks.calendar import WorkCalendar
from workflow.clocks.reasons import ground, reason_label
from workflow.clocks.rule import (
    CALENDAR_DAY,
    HOUR,
    MONTH,
    ROLL_SAFE,
    UNKNOWN_YEAR,
    UNVERIFIED,
    WORKING_DAY,
    YEAR,
    Extension,
    ExtensionStep,
    Pause,
    Phrase,
    Rule,
    Skip,
)

UNIT_LABELS: dict[str, Promise] = {
    WORKING_DAY: _("working days"),
    CALENDAR_DAY: _("calendar days"),
    HOUR: _("hours"),
    MONTH: _("months"),
    YEAR: _("years"),
}


def dateless(rule: Rule) -> Phrase:
    text = _("%(code)s (%(name)s) has no date of its own. %(note)s")
    return Phrase("dateless", text, {"code": rule.code, "name": rule.name, "note": rule.note})


def pause_ends_early(pause: Pause) -> Phrase:
    text = _("The pause from %(start)s ends before it starts, on %(end)s.")
    return Phrase("pause_ends_early", text, {"start": pause.start, "end": pause.end})


def too_long() -> Phrase:
    return Phrase("too_long", _("A pause or an extension of more than ten years is a slip."))


def too_many() -> Phrase:
    return Phrase("too_many", _("One limit has at most a thousand pauses and extensions."))


def extension_empty() -> Phrase:
    return Phrase("extension_empty", _("An extension is a whole number of one or more."))


def out_of_range(day: date) -> Phrase:
    return Phrase("out_of_range", _("%(day)s is not between 1990 and 2100."), {"day": day})


def pause_text(pause: Pause) -> str:
    label = reason_label(pause.reason)
    return gettext("Pause (%(reason)s)") % {"reason": label} if label else gettext("Pause")


def granted_late(given: Extension, limit: date, longer: date) -> Phrase:
    text = _(
        "The extension granted on %(granted)s came after the limit had ended on %(limit)s and does"
        " not heal it; the old date stands. Granted in time it would have been %(longer)s."
    )
    params = {"granted": given.granted_on, "limit": limit, "longer": longer}
    return Phrase("granted_late", text, params)


def granted_between(given: Extension, safe: date, rolled: date, longer: date) -> Phrase:
    text = _(
        "The extension granted on %(granted)s came after the safe date, %(safe)s, and is not"
        " counted. By the other reading, which runs to %(rolled)s, it was in time and the limit"
        " would end on %(longer)s."
    )
    params = {"granted": given.granted_on, "safe": safe, "rolled": rolled, "longer": longer}
    return Phrase("granted_between", text, params)


def granted_early(given: Extension, start: date) -> Phrase:
    text = _("The extension granted on %(granted)s came before the limit began on %(start)s.")
    return Phrase("granted_early", text, {"granted": given.granted_on, "start": start})


def over_ceiling(step: ExtensionStep, given: Extension, room: int, longer: date | None) -> Phrase:
    """Only ``room`` is counted of what was given; ``longer`` is the date with all of it."""
    text = _("%(code)s allows at most %(ceiling)d more; of %(amount)d, %(room)d is counted.")
    params: dict[str, Any] = {"code": step.code, "ceiling": step.ceiling, "amount": given.amount}
    if longer is not None:
        text = _(
            "%(code)s allows at most %(ceiling)d more; of %(amount)d, %(room)d is counted. With all"
            " of it the date would be %(longer)s."
        )
    return Phrase("over_ceiling", text, params | {"room": room, "longer": longer})


def beyond_law(rule: Rule, applied: Sequence[Extension], pauses: Sequence[Pause]) -> list[Phrase]:
    """What was counted as asked although the rule does not provide for it."""
    said = []
    params = {"code": rule.code, "steps": len(rule.steps)}
    if pauses and not rule.stop_reasons:
        text = _("The law names no pause for %(code)s; it was counted because it was entered.")
        said.append(Phrase("pause_without_ground", text, params))
    else:
        grounds = {ground(pause.reason) for pause in pauses} - {"", *rule.stop_reasons}
        text = _("“%(reason)s” does not pause %(code)s by law; it was counted as it was entered.")
        for reason in sorted(grounds):
            label = reason_label(reason)
            said.append(Phrase("pause_without_ground", text, params | {"reason": label}))
    if applied and not rule.steps:
        text = _("The law names no extension for %(code)s; it was counted as it was entered.")
        said.append(Phrase("extension_without_ground", text, params))
    elif len(applied) > len(rule.steps):
        text = _("The law allows %(steps)d extension(s) of %(code)s; more were entered.")
        said.append(Phrase("too_many_extensions", text, params))
    return said


def rule_warnings(rule: Rule, start: date) -> list[Phrase]:
    """What must be known of the rule itself: no version for the day, unverified, a reading."""
    said = []
    params = {"code": rule.code, "from": rule.effective_from, "note": rule.note}
    if not rule.covers(start):
        text = _(
            "No version known for that date; counted by the version of %(code)s in force from"
            " %(from)s, unverified for acts before."
        )
        said.append(Phrase("version_assumed", text, params))
    if rule.confidence == UNVERIFIED:
        text = _("The version of %(code)s in force from %(from)s is unverified. %(note)s")
        said.append(Phrase("unverified", text, params))
    elif rule.note and rule.roll == ROLL_SAFE and rule.amount is not None:
        said.append(Phrase("careful_reading", "%(note)s", params))
    return said


def idle_pauses(pauses: Iterable[Pause], start: date, limit: date) -> list[Phrase]:
    """Pauses, or parts of them, that lie outside the limit and change nothing."""
    said = []
    for pause in pauses:
        params = {"start": pause.start, "limit": limit, "trigger": start}
        if pause.start > limit:
            text = _("The pause from %(start)s begins after the limit ended on %(limit)s.")
            said.append(Phrase("pause_after", text, params))
        elif pause.start < start:
            text = _("The part of the pause from %(start)s before %(trigger)s does not count.")
            said.append(Phrase("pause_before", text, params))
    return said


def two_readings(rule: Rule, safe: date, rolled: date) -> Phrase:
    text = _(
        "The last day, %(safe)s, is a rest day: %(safe)s is the safe date, by the other reading the"
        " limit runs to %(rolled)s."
    )
    return Phrase("two_readings", text, {"safe": safe, "rolled": rolled, "code": rule.code})


def ends_on_rest_day(day: date) -> Phrase:
    text = _("%(day)s is a rest day: act on the working day before it.")
    return Phrase("ends_on_rest_day", text, {"day": day})


def unknown_years(calendar: WorkCalendar, consulted: Iterable[date]) -> list[Phrase]:
    text = _(
        "The holidays of %(year)s are not known: only weekends were taken as rest days. Enter the"
        " year in the work calendar."
    )
    years = calendar.unknown_years(consulted)
    return [Phrase(UNKNOWN_YEAR, text, {"year": str(year)}) for year in years]


def no_time(begin: datetime) -> Phrase:
    text = _("No time of day was given: counted from %(begin)s, the earliest it can be.")
    return Phrase("no_time", text, {"begin": begin})


def left_out(rule: Rule) -> Phrase:
    text = _("%(code)s is not paused or extended; what was entered for it was left out.")
    return Phrase("left_out", text, {"code": rule.code})


def pauses_left_out(rule: Rule) -> Phrase:
    text = _("%(code)s cannot be paused; what was entered for it was left out.")
    return Phrase("pauses_left_out", text, {"code": rule.code})


def _opening(rule: Rule, amount: int) -> Phrase:
    text = _("%(code)s %(name)s: %(amount)d %(unit)s (%(source)s; in force from %(from)s).")
    params = {
        "code": rule.code,
        "name": rule.name,
        "amount": amount,
        "unit": UNIT_LABELS[rule.unit],
        "source": rule.source,
        "from": rule.effective_from,
    }
    return Phrase("rule", text, params)


def forward_steps(rule: Rule, start: date, applied: Sequence[Extension]) -> tuple[Phrase, ...]:
    first = start + timedelta(days=1)
    text = _("The act of %(start)s is not counted; the first day is %(first)s.")
    said = [
        _opening(rule, rule.amount or 0),
        Phrase("start", text, {"start": start, "first": first}),
    ]
    total = rule.amount or 0
    for given in applied:
        total += given.amount
        params = {"more": given.amount, "unit": UNIT_LABELS[rule.unit], "total": total}
        if given.granted_on:
            text = _(
                "Extended on %(granted)s by %(more)d %(unit)s, %(total)d in all from the start."
            )
            params["granted"] = given.granted_on
        else:
            text = _("Extended by %(more)d %(unit)s, %(total)d in all from the start.")
        said.append(Phrase("extended", text, params))
    return tuple(said)


def end_steps(
    skipped: Sequence[Skip],
    nominal: date | None,
    last: date,
    left: int | None,
    running: date | None,
) -> tuple[Phrase, ...]:
    """``nominal`` is the last day before it moved off a rest day; ``skipped`` the days before."""
    said = []
    rolled = nominal is not None and nominal != last
    for kind, text in SKIPPED:
        days = [s.date for s in skipped if s.kind == kind and not (nominal and s.date >= nominal)]
        if days:
            said.append(Phrase(f"skipped_{kind}", text, {"days": len(days)}))
    if rolled:
        text = _(
            "The last day, %(nominal)s, is a rest day; the limit runs to the next working day."
        )
        said.append(Phrase("rolled", text, {"nominal": nominal}))
    if left is not None:
        text = _("A pause has run since %(running)s: no date yet, %(left)d day(s) are left.")
        said.append(Phrase("open", text, {"running": running, "left": left}))
    else:
        said.append(Phrase("due", _("The last day is %(due)s."), {"due": last}))
    return tuple(said)


SKIPPED: tuple[tuple[str, Promise], ...] = (
    ("pause", _("%(days)d day(s) of pauses do not count.")),
    ("holiday", _("%(days)d day(s) of statutory holidays do not count.")),
    ("weekend", _("%(days)d weekend day(s) do not count.")),
    ("override", _("%(days)d rest day(s) of the bureau's calendar do not count.")),
)


def hour_steps(rule: Rule, begin: datetime, hours: int, end: datetime) -> tuple[Phrase, ...]:
    careful = _(
        "Hours run from %(begin)s; a reading that starts at the next full hour gives a later end."
    )
    return (
        _opening(rule, hours),
        Phrase("hours", careful, {"begin": begin}),
        Phrase("due", _("The limit ends at %(due)s."), {"due": end}),
    )


def backward_steps(rule: Rule, event: date, day: date) -> tuple[Phrase, ...]:
    text = _("Counted back from %(event)s, which is not counted itself.")
    return (
        _opening(rule, rule.amount or 0),
        Phrase("start", text, {"event": event}),
        Phrase("due", _("The last lawful day is %(due)s."), {"due": day}),
    )
