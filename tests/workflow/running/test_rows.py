"""What a file may not say, and that a wrong one leaves nothing behind."""

from __future__ import annotations

from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.workflow.running import sheets
from tests.workflow.running.sheets import case_row, csv_file, lead_row, take, wrong, xlsx
from workflow.models import Case, IssuedNumber, JournalLine, Lead, Party
from workflow.services.import_running import import_running
from workflow.services.import_running.columns import columns
from workflow.services.import_running.reading import UnreadableFileError


def nothing_written():
    models = (Case, Lead, Party, IssuedNumber, JournalLine)
    return [model.__name__ for model in models if model.objects.exists()] == []


#: (cells that replace those of a good row, column the error stands at)
WRONG = {
    "control character": ({"cause": "三无\x07玩具"}, "案由"),
    "direction turned": ({"party_name": "某店\u202e铺"}, "当事人"),
    "formula": ({"cause": "=HYPERLINK(1)"}, "案由"),
    "formula of text": ({"cause": "@SUM(1)"}, "案由"),
    "huge cell": ({"cause": "长" * 30_000}, "案由"),
    "no date": ({"filed_on": "去年春天"}, "立案日期"),
    "no such day": ({"filed_on": "2022-02-30"}, "立案日期"),
    "future": ({"filed_on": "2022-03-02"}, "立案日期"),
    "too old": ({"filed_on": "1889-01-01"}, "立案日期"),
    "serial number of a day": ({"filed_on": 44561}, "立案日期"),
    "unknown unit": ({"unit": "大度口所"}, "承办单位"),
    "unknown state": ({"state": "调查取政"}, "办理环节"),
    "state that is not taken over": ({"state": "听证"}, "办理环节"),
    "unknown person": ({"handlers": "吴承办"}, "承办人"),
    "wrong credit code": ({"uscc": "91341721MA2N0ABC4Y"}, "统一社会信用代码"),
    "rounded credit code": ({"uscc": 9.134172100000000e17}, "统一社会信用代码"),
    "wrong ID number": ({"id_number": "340123199001011234"}, "身份证号"),
    "negative money": ({"goods_value": "-1"}, "案值"),
    "no number": ({"goods_value": "NaN"}, "案值"),
    "infinite": ({"goods_value": "Infinity"}, "案值"),
    "third decimal": ({"goods_value": "1.005"}, "案值"),
    "huge money": ({"goods_value": "1e30"}, "案值"),
    "unknown category": ({"category": "没有的类别"}, "涉及类别"),
    "missing date": ({**sheets.CONCLUDED, "concluded_on": None}, "调查终结日期"),
    "too early": ({"decided_on": "2022-01-05"}, "决定日期"),
    "dates out of order": ({**sheets.CONCLUDED, "concluded_on": "2021-12-31"}, "调查终结日期"),
    "paid too much": ({**sheets.CLOSED, "paid": "5000.01"}, "已缴金额"),
    "fine without amount": ({**sheets.NOTICED, "fine": None}, "罚款"),
    "unknown penalty": ({**sheets.NOTICED, "penalties": "罚金、没收非法财物"}, "处罚种类"),
    "notice without its number": ({**sheets.NOTICED, "notice_number": None}, "告知书文号"),
    "wild serial": ({"number": "东市监立〔2022〕999999号"}, "立案号"),
    "number of a future year": ({"number": "东市监立〔2122〕1号"}, "立案号"),
    "pauses overlap": ({"pauses": "检验2022-01-05至2022-01-09；检验2022-01-09至"}, "扣除期间"),
    "pause without reason": ({"pauses": "2022-01-05至2022-01-09"}, "扣除期间"),
    "still suspended": ({"pauses": "中止2022-01-05至"}, "扣除期间"),
    "yes or no": ({"restricted": "可能"}, "限定知悉"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_wrong_cell_is_named_with_row_and_column(known, case):
    cells, column = WRONG[case]

    report = import_running(
        csv_file(case_row(number="东市监立〔2022〕9号"), case_row(cells)), "a.csv",
        actor=known.office, commit=True,
    )  # fmt: skip

    assert {(error.row, error.column) for error in report.errors} == {(3, column)}
    assert nothing_written()


@pytest.mark.parametrize("kind", ["csv", "gbk", "xlsx"])
def test_every_format_reads_the_same(known, kind):
    row = case_row(sheets.CLOSED)
    file = {"csv": csv_file(row), "gbk": csv_file(row, encoding="gbk"), "xlsx": xlsx(row)}[kind]

    report = import_running(file, "a", actor=known.office, commit=True)

    assert wrong(report) == []
    assert Case.objects.get().state == "closed"


def test_all_errors_of_all_rows_are_told_at_once(known):
    report = take(known, case_row(filed_on="x", unit="y"), lead_row(channel="z"))

    assert [(row, column) for row, column, _message in wrong(report)] == [
        (2, "承办单位"), (2, "立案日期"), (3, "线索来源"),
    ]  # fmt: skip


def test_suggestion_names_what_is_near(known):
    ((_row, _column, message),) = wrong(take(known, case_row(unit="大度口所")))

    assert "大渡口所" in message


def test_trial_writes_nothing(known):
    report = take(known, case_row(), commit=False)

    assert (len(report.good), report.written) == (1, 0)
    assert nothing_written()


def test_good_rows_are_kept_when_asked(known):
    rows = case_row(), case_row(number="东市监立〔2022〕8号", filed_on="x")

    report = take(known, *rows, keep_good=True)

    assert (report.written, report.wrong_rows) == (1, 1)
    assert [case.number for case in Case.objects.all()] == ["东市监立〔2022〕7号"]


def test_same_file_twice_imports_nothing_twice(known):
    rows = case_row(sheets.DECIDED), lead_row()
    take(known, *rows)
    before = JournalLine.objects.count()

    again = take(known, *rows)

    assert again.already == [
        (2, "东市监立〔2022〕7号", False), (3, "东市监线〔2022〕3号", False)
    ]  # fmt: skip
    assert (again.errors, again.written, JournalLine.objects.count()) == ([], 0, before)


def test_row_that_says_something_else_now_is_told_and_left(known):
    take(known, case_row())

    again = take(known, case_row(cause="另一案由"))

    assert (again.already, again.written) == ([(2, "东市监立〔2022〕7号", True)], 0)
    assert Case.objects.get().cause == "销售无厂名厂址的产品"


def test_number_twice_in_a_file_is_refused(known):
    report = take(known, case_row(), case_row(number="东市监立[2022]07号", party_name="另一家"))

    assert [(row, column) for row, column, _m in wrong(report)] == [(3, "立案号")]
    assert nothing_written()


def test_number_given_out_here_is_refused(known):
    number = known.investigating().number
    before = JournalLine.objects.count()

    report = take(known, case_row(number=number, filed_on="2022-02-28"))

    assert [(row, column) for row, column, _m in wrong(report)] == [(2, "立案号")]
    assert JournalLine.objects.count() == before


def test_code_of_another_party_is_refused(known):
    rows = [case_row(number=f"东市监立〔2022〕{n}号", party_name=name, uscc="91341721MA2N0ABC4X")
            for n, name in ((1, "甲店"), (2, "乙店"))]  # fmt: skip
    rows[0]["uscc"] = rows[1]["uscc"] = known_code()

    report = take(known, *rows)

    assert [(row, column) for row, column, _m in wrong(report)] == [(3, "统一社会信用代码")]


def known_code():
    from stdnum.cn import uscc

    base = "91341721MA2N0ABC4"
    return next(
        base + char for char in "0123456789ABCDEFGHJKLMNPQRTUWXY" if uscc.is_valid(base + char)
    )


def test_formula_of_a_workbook_is_refused(known):
    report = take(known, case_row(cause="=1+1"))

    assert [(row, column) for row, column, _m in wrong(report)] == [(2, "案由")]


@pytest.mark.parametrize("data", [
    b"", b"PK\x03\x04broken", b"\xff\xfe\x00", "没有,这样的,列\n1,2,3".encode(),
    "办理环节,办理环节,承办单位\n".encode(), "案由\n".encode(), '"办理环节'.encode(),
])  # fmt: skip
def test_file_that_is_no_table_is_refused_whole(known, data):
    with pytest.raises(UnreadableFileError):
        import_running(BytesIO(data), "a", actor=known.office, commit=True)


def test_archive_that_swells_is_refused(known):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (301 * 1024 * 1024))
    file.seek(0)

    with pytest.raises(UnreadableFileError):
        import_running(file, "a.xlsx", actor=known.office)


@pytest.mark.parametrize("person", ["handler", "leader", "system_admin", "auditor"])
def test_only_the_campaign_office_takes_over(known, person):
    with pytest.raises(PermissionDenied):
        import_running(xlsx(case_row()), "a", actor=getattr(known, person), commit=True)


def test_template_explains_itself_and_is_empty(known, tmp_path):
    path = tmp_path / "模板.xlsx"
    call_command("import_running", template=str(path), stdout=StringIO())
    heads, help_row = load_workbook(path).active.iter_rows(values_only=True)

    with path.open("rb") as file:
        report = import_running(file, "模板.xlsx", actor=known.office)

    assert list(heads) == [column.title for column in columns().values()]
    assert help_row[0] == "说明"
    assert (report.rows, report.errors) == (0, [])


def test_command_tries_first_and_writes_when_told(known, tmp_path):
    path = tmp_path / "在办.xlsx"
    path.write_bytes(xlsx(case_row()).read())
    out = StringIO()

    call_command("import_running", str(path), by="office" if known.office else "", stdout=out)
    tried = Case.objects.count()
    call_command("import_running", str(path), by="office", commit=True, stdout=out)

    assert (tried, Case.objects.count()) == (0, 1)
    call_command("verify_journal", stdout=out)


def test_command_ends_with_an_error_when_a_row_is_wrong(known, tmp_path):
    path = tmp_path / "在办.xlsx"
    path.write_bytes(xlsx(case_row(filed_on="x")).read())
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("import_running", str(path), by=known.office.username, commit=True, stdout=out)

    assert "立案日期" in out.getvalue()
    assert nothing_written()


@pytest.mark.parametrize("name", ["nobody", ""])
def test_command_needs_a_person(known, name, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(case_row()).read())

    with pytest.raises(CommandError):
        call_command("import_running", str(path), by=name)


def test_one_row_costs_the_same_however_many_there_are(known):
    counts = []
    for size in (1, 3):
        rows = [case_row(sheets.CONCLUDED, number=f"东市监立〔2022〕{size * 10 + n}号",
                         party_name=f"店{size}{n}") for n in range(size)]  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            take(known, *rows)
        counts.append(len(asked))

    one, three = counts
    assert three - one <= 2 * one
    assert (three - one) / 2 <= 60
