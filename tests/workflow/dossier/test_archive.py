"""The archive of a dossier: every file in order under its digest, and what is never in it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from datetime import datetime

import pytest

from tests.casework import reload
from tests.workflow.documents.papers import document_in
from tests.workflow.dossier.binding import archive_of, manifest_of, titles_of
from workflow.models import JournalHead
from workflow.services import side
from workflow.services.access import restrict
from workflow.services.documents import keep_signed_copy, void_document

#: Found now: the tests hide every program from the binding.
SHA256SUM = shutil.which("sha256sum")
NAME, PHONE = "赵举报", "13800001111"

pytestmark = pytest.mark.usefixtures("no_office")


@pytest.fixture
def reported(world):
    reporter = {"kind": "real_name", "name": NAME, "phone": PHONE}
    return world.investigating(reporter=reporter)


def unpacked(dossier, folder):
    archive_of(dossier).extractall(folder)
    return folder


def wrong(folder):
    """The files that are not what the digests say."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("  ", 1) for line in lines]
    return [
        name for digest, name in pairs
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]  # fmt: skip


def test_every_file_but_the_digests_is_among_the_digests(bind, file, tmp_path):
    folder = unpacked(bind(file), tmp_path / "unpacked")

    listed = {
        line.split("  ", 1)[1]
        for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    }
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there - listed == {"SHA256SUMS"}
    assert wrong(folder) == []


def test_altered_byte_is_found(bind, file, tmp_path):
    folder = unpacked(bind(file), tmp_path / "unpacked")
    altered = next((folder / "正卷").iterdir())
    content = bytearray(altered.read_bytes())
    content[0] ^= 1
    altered.write_bytes(content)

    assert wrong(folder) == [f"正卷/{altered.name}"]


def test_sha256sum_accepts_the_digests_and_refuses_an_altered_file(bind, file, tmp_path):
    folder = unpacked(bind(file), tmp_path / "unpacked")

    def check():
        command = [SHA256SUM, "--check", "--strict", "--quiet", "SHA256SUMS"]
        return subprocess.run(command, cwd=folder, capture_output=True).returncode

    before = check()
    (folder / "目录.txt").write_text("")

    assert (before, check()) == (0, 1)


def test_files_lie_in_order_under_names_people_read(bind, file):
    dossier = bind(file)

    archive = archive_of(dossier)
    papers = [name for name in archive.namelist() if name.startswith(("正卷/", "副卷/"))]
    assert papers == ["正卷/001 现场笔录.txt", "正卷/002 货架照片.txt"]
    assert archive.read("正卷/002 货架照片.txt") == b"one"
    assert archive.read("目录.txt").decode().splitlines()[1:3] == [
        "【正卷】", "1\t\t现场笔录\t2022.3.1\t",
    ]  # fmt: skip


def test_manifest_says_who_when_and_where_the_journal_stood(bind, world, file):
    head = JournalHead.objects.get(record_type="workflow.case", record_id=file.pk)

    dossier = bind(file)

    said = manifest_of(dossier)
    assert (said["case"], said["bound_by"]) == (file.number, world.handler.name)
    assert datetime.fromisoformat(said["bound_at"]) == dossier.bound_at
    assert said["journal"] == {"lines": head.seq, "head": head.hash}
    assert (dossier.journal_seq, dossier.journal_hash) == (head.seq, head.hash)
    assert [item["files"] for item in said["items"]] == [
        ["正卷/001 现场笔录.txt"], ["正卷/002 货架照片.txt"],
    ]  # fmt: skip
    assert said["items"][1]["sha256"] == [hashlib.sha256(b"one").hexdigest()]


def test_archive_is_known_by_its_digest_in_row_and_journal(bind, file):
    dossier = bind(file)

    with dossier.archive.open("rb") as stored:
        digest = hashlib.sha256(stored.read()).hexdigest()
    line = file.journal_lines.get(verb="dossier.bound")
    assert dossier.sha256 == digest
    assert line.data == {"dossier": dossier.pk, "items": 2, "sha256": digest}


def test_stored_file_that_was_altered_is_not_bound(bind, file):
    stored = file.evidence.get(title="货架照片")
    with stored.file.storage.open(stored.file.name, "wb") as target:
        target.write(b"0ne")

    dossier = bind(file)

    assert (dossier.status, dossier.sha256) == ("failed", "")
    assert "货架照片" in dossier.fault
    assert not file.journal_lines.filter(verb="dossier.bound").exists()


def test_stored_file_that_is_gone_is_named(bind, file):
    stored = file.evidence.get(title="货架照片")
    stored.file.storage.delete(stored.file.name)

    dossier = bind(file)

    assert dossier.status == "failed"
    assert "货架照片" in dossier.fault


def test_who_reported_is_in_no_part_of_it(bind, add, world, reported):
    add(reported, f"{NAME}的举报信", "信.txt", b"letter")
    add(reported, "聊天记录", "聊天.txt", f"我是{NAME[:1]} {NAME[1:]}".encode("gb18030"))
    add(reported, "价目表", "价目.txt", f"电话 {PHONE}".encode())
    add(reported, "货架照片", "货架.txt", b"shelf")
    add(reported.lead, "举报材料", "材料.txt", b"nothing to read here")
    document_in(reported.lead, world.handler, f"{NAME}来信")

    dossier = bind(reported)

    archive = archive_of(dossier)
    everything = "\n".join(
        [*archive.namelist(), *(archive.read(name).decode(errors="replace")
                                for name in archive.namelist())]
    )  # fmt: skip
    assert NAME not in everything
    assert PHONE not in everything
    assert NAME not in json.dumps(dossier.contents, ensure_ascii=False)
    sealed = [item for item in manifest_of(dossier)["items"] if item["sealed"]]
    assert len(sealed) == 5
    assert all("files" not in item for item in sealed)
    assert "货架照片" in titles_of(dossier)


def test_lead_nobody_reported_goes_in_with_its_files(bind, add, case):
    add(case.lead, "巡查照片", "巡查.txt", b"seen")

    dossier = bind(case)

    assert [(row["volume"], row["section"], row["title"]) for row in dossier.contents] == [
        ("副卷", "案源材料", "巡查照片")
    ]


def test_restricted_lead_s_papers_stay_out_of_an_open_case(bind, add, world, file):
    add(file.lead, "线人照片", "线人.txt", b"seen")
    restrict(file.lead, actor=world.unit_head, people=[world.handler], reason="保密")

    dossier = bind(reload(file))

    assert "线人照片" not in titles_of(dossier)
    assert not dossier.holds_lead


def test_restricted_lead_s_papers_are_bound_into_a_restricted_case(client, bind, add, world, file):
    add(file.lead, "线人照片", "线人.txt", b"seen")
    restrict(file.lead, actor=world.unit_head, people=[world.handler], reason="保密")
    restrict(file, actor=world.unit_head, people=[world.handler, world.leader], reason="保密")

    dossier = bind(reload(file))

    assert "线人照片" in titles_of(dossier)
    url = f"/admin/cases/{file.pk}/dossier/{dossier.pk}/zip/"
    client.force_login(world.handler)
    assert client.get(url).getvalue()[:2] == b"PK"
    client.force_login(world.leader)  # sees the case, not the lead
    assert client.get(f"/admin/cases/{file.pk}/dossier/").status_code == 200
    assert client.get(url).status_code == 404


def test_discipline_transfer_leaves_no_trace(bind, world, file):
    for kind in ("criminal", "discipline"):
        transfer = side.propose_transfer(
            file, actor=world.unit_head, kind=kind, authority=world.police, facts="待查",
            team=[world.unit_head, world.second], whole=False, part="一部分",
        )  # fmt: skip
        document_in(transfer, world.unit_head, f"给{kind}")

    dossier = bind(file)

    held = archive_of(dossier)
    assert sum("通用文书" in name for name in held.namelist()) == 1
    assert len(titles_of(dossier)) == 3


def test_voided_document_is_not_bound(bind, world, file):
    kept = document_in(file, world.handler, "甲")
    gone = document_in(file, world.handler, "乙")
    void_document(gone, actor=world.unit_head, reason="写错")

    dossier = bind(file)

    bound = [digest for item in manifest_of(dossier)["items"] for digest in item["sha256"]]
    assert kept.sha256 in bound
    assert gone.sha256 not in bound


def test_signed_copy_stands_before_the_document_it_is_of(bind, add, world, file):
    document = document_in(file, world.handler, "甲")
    copy = add(file, "签章件", "扫描.txt", b"signed")
    keep_signed_copy(document, actor=world.handler, copy=copy)

    dossier = bind(file)

    files = [item["files"] for item in manifest_of(dossier)["items"]]
    assert files[-1] == ["副卷/003 通用文书（签章件）.txt", "副卷/003 通用文书（原稿）.docx"]
    assert len(files) == 3


def test_better_copy_is_bound_beside_the_first(bind, add, file):
    first = file.evidence.get(title="货架照片")
    add(file, "货架照片（清晰）", "2.txt", b"two", kind="audiovisual", replaces=first)

    assert titles_of(bind(file)) == ["现场笔录", "货架照片（已有更好的副本）", "货架照片（清晰）"]
