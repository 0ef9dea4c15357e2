"""What is typed: something fair into every control, and what no honest browser would send."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import clock
from tests.fuzz.controls import Control, PageForm
from tests.workflow.documents.papers import docx, png

#: Left as it is in every page that shows it; too long to stand in a random token.
MARK = "fz7marked"
SCRIPT = f"<script>{MARK}</script>"
STRANGE = (
    f"{SCRIPT}\"'><img src=x onerror={MARK}>{{{{ 917*911 }}}}{{% if %}}'; DROP TABLE x;--"
    "😀\u202eכ\u200f\u2028𠮷"
)
RAW_BYTES = b"\xe5\x8d\x8a\xed\xa0\xbd\xff\xfe"  # half a surrogate as somebody's encoder sends it
#: Into these a text may go wholly.
TYPED = {"text", "textarea", "search", "email", "url", "tel", "password"}
DATES = {"date": "%Y-%m-%d", "datetime-local": "%Y-%m-%dT%H:%M"}


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def fair(control: Control):
    """What a person in good faith would send; None: the control stays empty."""
    kind = control.kind
    if kind == "file":
        return _fair_file(control)
    if kind in ("checkbox", "selects"):
        return control.values or [c for c in control.choices if c][:2]
    if kind in ("select", "radio"):
        chosen = [v for v in control.values if v] or [c for c in control.choices if c]
        return chosen[:1] or [""]
    if kind == "hidden" or (control.values and control.values[0]):
        return control.values[:1]
    return [_fair_text(control)]


def _fair_text(control: Control) -> str:
    if control.kind in DATES:
        return timezone.localtime(clock.now()).strftime(DATES[control.kind])
    known = {"number": "1", "email": "a@b.cn", "url": "https://example.com/", "tel": "19905660000"}
    return known.get(control.kind, "经查属实"[: control.longest or 99])


def _fair_file(control: Control):
    if "docx" in control.accept:
        return [upload("文书.docx", docx("{{ 案件.案号 }}"))]
    if "json" in control.accept:
        return [upload("年度.json", json.dumps({"year": 2024}).encode())]
    return [upload("照片.png", png())]


def base_of(form: PageForm) -> dict[str, list]:
    """The form filled in good faith."""
    data = {name: fair(control) for name, control in form.controls.items()}
    if form.button:
        data[form.button[0]] = [form.button[1]]
    return data


# ---- never good: refused, and beside the control itself ------------------------------------------


def wrong(control: Control) -> list[list]:
    """Values that cannot be right whatever the form means."""
    if control.kind in ("text", "textarea"):
        too_long = [["长" * (control.longest + 1)]] if control.longest else []
        return [["有\x00无"], ["铃\x07声"], [RAW_BYTES], *too_long]
    if control.kind == "number":
        return [["NaN"], ["inf"], ["-inf"], ["abc"], ["1" * 400], ["1\x00"]]
    if control.kind in DATES:
        too_early = [[_before(control)]] if control.least else []
        return [["0001-01-01"], ["9999-12-31T23:59"], ["2022-02-31"], ["昨天"], ["2022-1\x00"],
                *too_early]  # fmt: skip
    if control.kind in ("select", "selects", "radio") or _several(control):
        return [["no-such"], ["9" * 30], ["-1"], ["98765432"], ["\x00"]]
    if control.kind == "file":
        return [[upload("空.pdf", b"")], [upload("检验报告.exe", b"MZ\x90\x00" + b"\x00" * 200)]]
    return []


def _before(control: Control) -> str:
    """The last day or minute that the control itself says is too early."""
    least = datetime.fromisoformat(control.least)
    step = timedelta(days=1) if control.kind == "date" else timedelta(minutes=1)
    return (least - step).strftime(DATES[control.kind])


def rows(control: Control) -> list[list]:
    """Numbers of rows that no page of a form with rows has."""
    if not control.name.endswith("-TOTAL_FORMS"):
        return []
    return [["-1"], ["9" * 30], ["2000000"], ["x"], [""], ["\x00"]]


def _several(control: Control) -> bool:
    return control.kind == "checkbox" and len(control.choices) > 1


# ---- maybe good: taken or refused, but never a breakdown -----------------------------------------


def odd(control: Control) -> list[list | None]:
    """Values that somebody could mean; None: the control is not sent at all."""
    kind = control.kind
    if kind in TYPED:
        longest = [["长" * control.longest]] if control.longest else []
        raw = [] if kind in ("text", "textarea") else [[RAW_BYTES]]
        return [[STRANGE[: control.longest or None]], ["  "], *raw, *longest, None]
    if kind == "number":
        return [["-1"], ["0"], ["99999999999"], ["９９９"], ["1.005"], ["0.001"], ["1e5"], None]
    if kind in DATES:
        days = [clock.now() + timedelta(days=n) for n in (1, -2000, 20000)]
        return [[day.strftime(DATES[kind])] for day in days] + [["1900-01-01"], None]
    if kind == "file":
        return [None, *([file] for file in hostile_files())]
    if kind == "hidden":
        return [["x"], ["9" * 30], ["-1"], [""], ["\x00"], [STRANGE], None]
    others = [[choice] for choice in control.choices if [choice] != control.values[:1]]
    return [*others[:1], *others[-1:], None]


def hostile_files() -> list[SimpleUploadedFile]:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("word/document.xml", b"0" * 30_000_000)
    return [
        upload("空.pdf", b""),
        upload("报告.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        upload("../../../../etc/passwd.png", png()),
        upload("长" * 300 + ".png", png()),
        upload("照\u202egnp.exe", png()),
        upload("bomb.docx", bomb.getvalue()),
        upload("x.json", b'{"year": 1e999, "a": [[[[[[]]]]]]}'),
        upload("y.json", b"[" * 100_000),
        upload(f"{MARK}<script>.png", png()),
    ]
