"""Tabs: what the keys say equals what the records say, after any write; they stop at a thousand."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from accounts.access import forget
from accounts.clock import now, today
from tests.accounts.people import make_unit
from tests.casework import World
from workflow.list_keys import check_list_keys, faults, install, rebuild
from workflow.models import AccessGrant, Case, Handler, Lead, ListKey
from workflow.selectors.tabs import GRANTED, MINE, TABS, count_of, page_of, rows_of_tab

pytestmark = pytest.mark.django_db
MOMENT = now()


def make(model, unit, number, **fields):
    moment = MOMENT - timedelta(minutes=number % 7)  # several of the same moment
    began = {"filed_at": moment} if model is Case else {"received_at": moment, "channel": "other"}
    fields = {"title": "x", "unit": unit, "updated_at": moment, **began, **fields}
    return model(number=f"{model.__name__}{number}", **fields)


class Writes:
    """Any write there can be on handlers, grants and records, by the ORM and past it."""

    def __init__(self, chance, people, units):
        self.chance, self.people, self.units = chance, people, units
        for model in (Case, Lead):
            model.objects.bulk_create(
                make(model, chance.choice(units), number, restricted=chance.random() < 0.2)
                for number in range(8)
            )

    def record(self):
        return self.chance.choice(list(self.chance.choice((Case, Lead)).objects.order_by("pk")))

    def handle(self):
        record, user = self.record(), self.chance.choice(self.people)
        if not record.handlers.filter(user=user, ended_on=None).exists():
            record.handlers.create(user=user, ended_on=self.chance.choice((None, None, today())))

    def grant(self):
        who = self.chance.choice((*self.people, *self.units))
        to = {"user": who} if who in self.people else {"unit": who}
        from_on = today() + timedelta(days=self.chance.choice((-9, -9, 0, 1)))
        until_on = self.chance.choice((None, from_on, from_on + timedelta(days=9)))
        AccessGrant.objects.bulk_create([
            AccessGrant(
                **{(record := self.record()).machine: record}, **to, kind="assist", reason="x",
                from_on=from_on, until_on=until_on,
                ended_at=self.chance.choice((None, None, None, MOMENT)),
            )
        ])  # fmt: skip

    def change(self):
        """One row or all of a user, unit or record; a stale copy saved whole; raw SQL."""
        record, other = self.record(), self.record()
        moment = MOMENT + timedelta(seconds=self.chance.randint(-99, 99))
        self.chance.choice((
            lambda: type(record).objects.filter(pk=record.pk).update(updated_at=moment),
            lambda: type(record).objects.update(restricted=self.chance.random() < 0.2),
            lambda: record.save(),
            lambda: type(record).objects.filter(pk=record.pk).update(
                unit=self.chance.choice(self.units)
            ),
            lambda: record.handlers.filter(ended_on=None).update(ended_on=today()),
            lambda: record.handlers.all()[:1] and record.handlers.last().delete(),
            lambda: record.grants.update(ended_at=self.chance.choice((None, MOMENT))),
            lambda: record.grants.update(**{record.machine: other})
            if type(record) is type(other) else None,
            lambda: self.raw(f"DELETE FROM workflow_accessgrant WHERE {record.machine}_id = %s",
                             record.pk),
            lambda: self.raw(f"UPDATE workflow_{record.machine} SET restricted = %s WHERE id = %s",
                             True, record.pk),
        ))()  # fmt: skip

    def raw(self, sql, *params):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)


def keys():
    fields = [field.name for field in ListKey._meta.fields if field.name != "id"]
    return sorted(ListKey.objects.values_list(*fields), key=str)


@pytest.mark.parametrize(("seed", "stations"), [(1, 0), (2, 14), (3, 0), (4, 14)])
def test_tabs_equal_the_records_after_any_write(world, seed, stations):
    more = [make_unit(f"s{number}", parent=world.bureau, name="所") for number in range(stations)]
    people = [world.handler, world.stranger, world.leader, world.system_admin]
    units = [world.bureau, world.squad, world.station, world.other, *more]
    writes = Writes(Random(seed), people, units)
    seen = 0
    for number in range(90):
        act = writes.chance.choices((writes.handle, writes.grant, writes.change), (3, 4, 2))[0]
        act()
        if number % 10:
            continue
        for user in people:
            forget(user)
            for model in (Case, Lead):
                for tab in TABS:
                    truth = rows_of_tab(model, user, tab)
                    assert count_of(model, user, tab) == truth.count(), (user, model, tab)
                    if tab not in (GRANTED, MINE):
                        continue
                    ordered = list(
                        truth.order_by("-updated_at", "-pk").values_list("pk", flat=True)
                    )
                    found = {
                        newest: page_of(model, user, tab, bottom=0, top=99, newest=newest)
                        for newest in (True, False)
                    }
                    assert found == {True: ordered, False: ordered[::-1]}
                    assert page_of(model, user, tab, bottom=1, top=3) == ordered[1:3]
                    seen += len(ordered)
    assert seen > 40

    kept = keys()
    with connection.cursor() as cursor:
        rebuild(cursor)
    assert kept == keys()
    assert len(kept) > 10


@pytest.mark.parametrize("tab", [GRANTED, MINE])
def test_counting_stops_at_a_thousand_and_one(client, world, tab):
    cases = Case.objects.bulk_create(make(Case, world.station, number) for number in range(1003))
    user = world.handler
    if tab == MINE:
        Handler.objects.bulk_create(Handler(case=case, user=user) for case in cases)
    else:
        AccessGrant.objects.bulk_create(
            AccessGrant(case=case, user=user, kind="assist", reason="x") for case in cases
        )

    assert count_of(Case, user, tab) == 1001

    client.force_login(user)
    response = client.get("/admin/cases/", {"tab": tab, "p": 20})
    newest = Case.objects.order_by("-updated_at", "-pk").values_list("pk", flat=True)
    assert "1000+" in response.content.decode()
    assert [line.record.pk for line in response.context["lines"]] == list(newest[950:1000])


def test_wrong_key_shows_no_record(client, world):
    lead = world.lead()
    AccessGrant.objects.create(lead=lead, user=world.stranger, kind="assist", reason="x")
    client.force_login(world.stranger)
    assert lead.number in client.get("/admin/leads/", {"tab": "granted"}).content.decode()

    AccessGrant.objects.filter(lead=lead).update(until_on=today(), from_on=today())
    with transaction.atomic():
        AccessGrant.objects.filter(lead=lead).update(ended_at=now())
        with connection.cursor() as cursor:  # as if a key had been forgotten
            cursor.execute(
                "INSERT INTO workflow_listkey (kind, machine, source_id, record_id, user_id,"
                " by_grant, unit_id, updated_at)"
                " SELECT 'granted', 'lead', 1, id, %s, 1, unit_id, updated_at"
                " FROM workflow_lead",
                [world.stranger.pk],
            )

    assert lead.number not in client.get("/admin/leads/", {"tab": "granted"}).content.decode()


@pytest.mark.parametrize("table", ["workflow_case", "workflow_accessgrant"])
def test_lost_trigger_is_told_and_put_back_with_all_keys(world, table):
    case = world.investigating()
    assert (faults(), install(), check_list_keys(databases=["default"])) == ([], [], [])
    kept = keys()
    suffix = "_update" if connection.vendor == "sqlite" else ""
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{table}_list_key{suffix}"{on}')
    Case.objects.filter(pk=case.pk).update(updated_at=MOMENT + timedelta(days=1))

    assert [error.id for error in check_list_keys(databases=["default"])] == ["workflow.E011"]
    assert install() == [f"{table}_list_key{suffix}"]
    assert (faults(), install()) == ([], [])
    assert {row[-1] for row in keys() if row[1] == "case"} == {MOMENT + timedelta(days=1)}
    assert len(keys()) == len(kept)


def test_keys_are_written_by_the_database_alone():
    with pytest.raises(TypeError):
        ListKey(kind="granted").save()
    with pytest.raises(TypeError):
        ListKey(pk=1).delete()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_migration_goes_back_and_forth_with_handlers_there(transactional_db, at_start):
    case = World().investigating()
    kept = keys()
    call_command("migrate", "workflow", "0011", verbosity=0)
    Handler.objects.filter(case=case).update(recusal_reason="")  # no trigger writes to no table
    call_command("migrate", "workflow", verbosity=0)

    assert keys() == kept
