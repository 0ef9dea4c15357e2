"""Spreadsheets of files under way, as an office would fill them in."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from openpyxl import Workbook

from workflow.services.import_running import import_running
from workflow.services.import_running.columns import columns

#: Names of states in the file, and the last column of dates each one has.
CASE = {
    "state": "调查取证", "unit": "大渡口所", "handlers": "handler、second",
    "number": "东市监立〔2022〕7号", "cause": "销售无厂名厂址的产品", "filed_on": "2022-01-04",
    "party_kind": "个体工商户", "party_name": "某某县小星星玩具店",
}  # fmt: skip
LEAD = {
    "state": "登记", "unit": "station", "lead_number": "东市监线〔2022〕3号",
    "channel": "12315平台", "received_on": "2022-02-22", "content": "货架上有三无玩具。\n请核查。",
}  # fmt: skip
CONCLUDED = {"state": "调查终结", "concluded_on": "2022-01-20"}
REVIEWING = {**CONCLUDED, "state": "审核", "submitted_on": "2022-01-21"}
NOTICED = {
    **REVIEWING, "state": "已告知", "opinion_on": "2022-01-25", "noticed_on": "2022-01-26",
    "notice_number": "东市监罚告〔2022〕5号", "notice_served_on": "2022-01-27",
    "service_method": "直接送达", "penalties": "罚款、没收非法财物", "fine": "5000",
    "goods": "玩具枪 30 件",
}  # fmt: skip
DELIBERATING = {**NOTICED, "state": "审批决定", "deliberated_on": "2022-02-10"}
DECIDED = {
    **DELIBERATING, "state": "已决定", "decided_on": "2022-02-15", "decision_kind": "行政处罚",
    "decision_number": "东市监罚〔2022〕4号",
}  # fmt: skip
ENFORCING = {
    **DECIDED, "state": "执行", "decision_served_on": "2022-02-16", "enforced_on": "2022-02-17"
}  # fmt: skip
CLOSED = {
    **ENFORCING, "state": "结案", "paid_on": "2022-02-20", "paid": "5000.00",
    "performed_on": "2022-02-21", "closed_on": "2022-02-25",
    "closure_ground": "处罚决定执行完毕",
}  # fmt: skip
SUSPENDED = {**CONCLUDED, "state": "中止", "suspended_on": "2022-02-01"}
TERMINATED = {**CONCLUDED, "state": "终止", "terminated_on": "2022-02-01"}


def case_row(*parts, **cells):
    row = dict(CASE)
    for part in (*parts, cells):
        row |= part
    return {name: cell for name, cell in row.items() if cell is not None}


def lead_row(**cells):
    return {**LEAD, **cells}


def xlsx(*rows, heads=None):
    book = Workbook()
    sheet = book.active
    named = heads or [name for name in columns() if any(name in row for row in rows)]
    sheet.append([columns()[name].title for name in named])
    for row in rows:
        sheet.append([row.get(name) for name in named])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return file


def csv_file(*rows, encoding="utf-8"):
    named = [name for name in columns() if any(name in row for row in rows)]
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([columns()[name].title for name in named])
    writer.writerows([[row.get(name, "") for name in named] for row in rows])
    return BytesIO(text.getvalue().encode(encoding))


def take(world, *rows, commit=True, **options):
    """Take the rows over as the campaign office would."""
    return import_running(xlsx(*rows), "在办.xlsx", actor=world.office, commit=commit, **options)


def wrong(report):
    """(row, column, message) of every error."""
    return [(error.row, error.column, error.message) for error in report.errors]


#: What the states of the chain are called in these files.
LABELS = {
    "investigating": "调查取证", "concluded": "调查终结", "reviewing": "审核",
    "noticed": "已告知", "deliberating": "审批决定", "decided": "已决定", "enforcing": "执行",
    "closed": "结案",
}  # fmt: skip
