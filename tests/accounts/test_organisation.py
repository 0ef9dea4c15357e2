"""The organisation as data, and the console's commands."""

from __future__ import annotations

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from accounts import access
from accounts.models import AccountEvent, Authority, Posting, Unit, User
from accounts.organisation import DONGZHI, find_unit, load_organisation
from tests.accounts.people import PASSWORD, fresh, make_user

pytestmark = pytest.mark.django_db

PLAN = [
    "综合行政执法中队",
    "食品管理局",
    "药品化妆品监督管理科",
    "市场规范科",
    "质量发展科",
    "标准计量监督管理科",
    "投诉举报中心",
    "价格和广告监督管理科",
    "特种设备监察局",
    "知识产权保护与管理科",
    "网络交易监督管理科",
    "企业和信用监督管理科",
]
TOWNS = [
    "尧渡镇",
    "东流镇",
    "大渡口镇",
    "胜利镇",
    "张溪镇",
    "洋湖镇",
    "葛公镇",
    "香隅镇",
    "官港镇",
    "昭潭镇",
    "龙泉镇",
    "泥溪镇",
    "花园乡",
    "木塔乡",
    "青山乡",
]


def write(tmp_path, content) -> object:
    path = tmp_path / "organisation.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_every_unit_of_the_plan_is_there():
    load_organisation()

    assert [find_unit(name).name for name in PLAN] == PLAN
    assert find_unit("县局综合执法中队") == find_unit("综合行政执法中队")
    assert find_unit("领导小组办公室").get_parent() == Unit.get_first_root_node()
    assert find_unit("不存在的科") is None


def test_every_town_has_exactly_one_station():
    load_organisation()

    stations = {town: list(Unit.objects.for_town(town)) for town in TOWNS}

    assert {len(found) for found in stations.values()} == {1}
    assert {found[0].kind for found in stations.values()} == {"station"}
    assert sorted(t for unit in Unit.objects.all() for t in unit.towns) == sorted(TOWNS)


def test_one_root_and_the_authorities_are_no_ancestors():
    load_organisation()

    assert [unit.name for unit in Unit.get_root_nodes()] == ["东至县市场监督管理局"]
    kinds = set(Authority.objects.values_list("kind", flat=True))
    assert kinds == {"market_bureau", "police", "procuratorate", "discipline", "department"}
    ladder = Authority.objects.filter(kind="market_bureau").values_list("level", flat=True)
    assert list(ladder) == ["city", "province", "state"]


def test_no_name_means_two_units():
    load_organisation()
    names = [
        name
        for unit in Unit.objects.all()
        for name in {unit.code, unit.name, unit.short_name, *unit.aliases}
    ]

    assert len(names) == len(set(names))


def test_loading_again_changes_nothing():
    first = load_organisation()
    rows = list(Unit.objects.values()), list(Authority.objects.values())
    events = AccountEvent.objects.count()

    again = load_organisation()

    assert (again.created, again.changed) == (0, 0)
    assert again.unchanged == first.created
    assert (list(Unit.objects.values()), list(Authority.objects.values())) == rows
    assert AccountEvent.objects.count() == events


def test_changed_file_changes_what_it_names_and_keeps_ids(tmp_path):
    load_organisation()
    squad = find_unit("squad")
    content = json.loads(DONGZHI.read_text(encoding="utf-8"))
    content["units"][0]["units"][1]["name"] = "综合行政执法大队"

    loaded = load_organisation(write(tmp_path, content))

    assert (loaded.created, loaded.changed) == (0, 1)
    assert find_unit("综合行政执法大队").pk == squad.pk


UNIT = {"code": "root", "name": "Root", "kind": "bureau"}


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        {"units": [UNIT, {**UNIT, "code": "second"}]},
        {"units": [{**UNIT, "kind": "palace"}]},
        {"units": [{**UNIT, "colour": "red"}]},
        {"units": [{**UNIT, "valid_from": "spring"}]},
        {"units": [{**UNIT, "valid_from": "2021-01-02", "valid_until": "2021-01-01"}]},
        {"units": [UNIT], "authorities": [{"code": "a", "name": "A", "kind": "x", "level": "y"}]},
        {"units": [{**UNIT, "units": [{**UNIT, "units": []}]}]},
    ],
)
def test_broken_file_changes_nothing(tmp_path, content):
    with pytest.raises(ValidationError):
        load_organisation(write(tmp_path, content))
    assert not Unit.objects.exists()

    assert load_organisation(write(tmp_path, {"units": [UNIT]})).created == 1


def test_command_says_what_it_did_and_what_is_wrong(tmp_path):
    out = io.StringIO()
    call_command("load_organisation", str(write(tmp_path, {"units": [UNIT]})), stdout=out)
    assert out.getvalue() == "1 created, 0 changed, 0 unchanged.\n"

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_organisation", str(tmp_path / "absent.json"))


# --- create_admin --------------------------------------------------------------------------------


def create_admin(role, username, **options):
    out = io.StringIO()
    call_command("create_admin", role=role, username=username, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("TIEQUAN_ADMIN_PASSWORD", PASSWORD)


def test_first_administrator_needs_nothing_but_the_console(password):
    create_admin("system", "root", name="王五")

    user = User.objects.get()
    assert (user.name, user.check_password(PASSWORD), user.is_superuser) == ("王五", True, False)
    assert access.has_act(user, "manage_accounts", Unit.get_first_root_node().pk)
    assert not user.must_change_password


@pytest.mark.parametrize(
    ("role", "code"),
    [("system", "system_admin"), ("security", "security_admin"), ("audit", "auditor")],
)
def test_each_role_is_posted_on_the_root(units, password, role, code):
    create_admin(role, "root")

    posting = Posting.objects.get()
    assert (posting.role, posting.unit, posting.appointed_by) == (code, units.bureau, None)


def test_second_administrative_role_for_one_person_is_refused(units, password):
    create_admin("system", "root")

    with pytest.raises(CommandError):
        create_admin("security", "root")
    assert [posting.role for posting in Posting.objects.all()] == ["system_admin"]

    create_admin("security", "second")


def test_existing_person_without_such_a_role_is_posted_and_keeps_the_password(units, monkeypatch):
    user = make_user("wang")
    monkeypatch.setattr("sys.stdin", io.StringIO(""))

    create_admin("audit", "wang")

    assert access.live_roles(fresh(user)) == {"auditor"}
    assert fresh(user).check_password(PASSWORD)


def test_password_comes_from_standard_input(units, monkeypatch):
    monkeypatch.delenv("TIEQUAN_ADMIN_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))

    create_admin("audit", "wang")

    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["", "short", "1234567890"])
def test_weak_password_makes_nobody(units, monkeypatch, weak):
    monkeypatch.delenv("TIEQUAN_ADMIN_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(weak + "\n"))

    with pytest.raises(CommandError):
        create_admin("audit", "wang")
    assert not User.objects.exists()
    assert not Posting.objects.exists()


def test_administrators_password_is_reset_at_the_console(admins, monkeypatch):
    monkeypatch.setenv("TIEQUAN_ADMIN_PASSWORD", "Xiangyu-77-li")

    create_admin("security", "security", reset_password=True)
    with pytest.raises(CommandError):
        create_admin("security", "system", reset_password=True)

    assert fresh(admins.security).check_password("Xiangyu-77-li")
    assert fresh(admins.system).check_password(PASSWORD)


def test_createsuperuser_says_what_to_use_instead():
    with pytest.raises(CommandError, match="create_admin"):
        call_command("createsuperuser", username="root", interactive=False)
    assert not User.objects.exists()
