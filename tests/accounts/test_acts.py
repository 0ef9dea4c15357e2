"""The bound catalogue and its permission rows."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext_lazy

from accounts import acts
from accounts.models import Unit, UnitPermission
from tests.accounts.people import make_user, post


@pytest.fixture
def bound():
    yield acts.register_act("trial_once", gettext_lazy("Name"), ["handler"])
    acts._catalogue.pop("trial_once")


def test_same_content_twice_is_one_act(bound):
    with translation.override("zh-hans"):
        again = acts.register_act("trial_once", gettext_lazy("Name"), ["handler"])

    assert again is bound


@pytest.mark.parametrize(
    ("label", "roles"), [("Other", ["handler"]), ("Name", ["leader"]), ("Name", [])]
)
def test_other_content_under_a_taken_codename_is_refused(bound, label, roles):
    with pytest.raises(ImproperlyConfigured):
        acts.register_act("trial_once", label, roles)
    assert acts.acts()["trial_once"] is bound


@pytest.mark.parametrize("codename", ["", "Upper", "with space", "a.b", "x", "9lives", "a" * 101])
def test_codename_must_be_a_plain_word(codename):
    with pytest.raises(ImproperlyConfigured):
        acts.register_act(codename, "Label", ["handler"])
    assert codename not in acts.acts()


def test_unknown_role_is_refused():
    with pytest.raises(ImproperlyConfigured, match="nobody"):
        acts.register_act("trial_role", "Label", ["handler", "nobody"])
    assert "trial_role" not in acts.acts()


def test_catalogue_is_read_only():
    with pytest.raises(TypeError):
        acts.acts()["trial_write"] = None  # type: ignore[index]  # this is the test


def _codenames() -> set[str]:
    content_type = ContentType.objects.get_for_model(Unit)
    return set(
        Permission.objects.filter(content_type=content_type).values_list("codename", flat=True)
    )


@pytest.mark.django_db
def test_migrate_makes_the_rows_say_what_the_catalogue_says(bound):
    Permission.objects.create(
        content_type=ContentType.objects.get_for_model(Unit), codename="gone_plugin", name="Gone"
    )

    call_command("migrate", verbosity=0)

    assert _codenames() == set(acts.acts())


def test_row_of_an_unbound_act_goes_with_what_it_granted(trial_acts, units):
    user = make_user()
    post(user, "handler", units.squad)
    gone = Permission.objects.create(
        content_type=ContentType.objects.get_for_model(Unit), codename="gone_plugin", name="Gone"
    )
    UnitPermission.objects.create(user=user, permission=gone, content_object=units.squad)

    call_command("migrate", verbosity=0)

    held = UnitPermission.objects.filter(user=user).values_list("permission__codename", flat=True)
    given = {codename for codename, act in acts.acts().items() if "handler" in act.roles}
    assert set(held) == given
