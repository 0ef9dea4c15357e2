"""Templates of the bureau: looked at, tried, taken into use; the bad ones refused with a reason."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.workflow.documents.papers import docx, repacked
from workflow import api
from workflow.documents import store
from workflow.documents.checking import check_template
from workflow.models import DocumentForm, DocumentTemplate, JournalLine, RequiredDocument
from workflow.services.templates import add_template, use_template


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("表.docx", content)


def added(world, form, *lines, **more) -> DocumentTemplate:
    return add_template(form, actor=world.office, upload=upload(docx(*lines)), **more)


def test_a_new_version_is_used_only_when_it_is_taken_into_use(world, form):
    version = added(world, form, "{{ 填写.改正内容 }}", note="新版")
    before = form.templates.get(is_current=True).version
    use_template(version, actor=world.jurist)

    assert (before, form.templates.get(is_current=True).version) == (1, 2)
    verbs = JournalLine.objects.filter(record_type="workflow.documenttemplate")
    assert list(verbs.values_list("verb", flat=True)) == ["template.added", "template.used"]


def test_who_has_no_act_changes_nothing(world, form):
    for person in (world.handler, world.leader, world.system_admin):
        with pytest.raises(PermissionDenied):
            add_template(form, actor=person, upload=upload(docx("x")))
        with pytest.raises(PermissionDenied):
            use_template(form.templates.get(), actor=person)


@pytest.mark.parametrize(("content", "place"), [
    (b"no docx", ""),
    (b"x" * 6_000_000, ""),
    (repacked(docx("x"), word__activeX__a=b"x"), "word/activeX/a"),
    (docx("第一行", "此处 {{ 甲.__class__ }}"), "此处"),
    (docx("第一行", "此处 {% if 甲 %}"), "此处"),
    (docx("第一行", "此处 {{ 甲|attr('x') }}"), "此处"),
])  # fmt: skip
def test_a_bad_file_is_refused_with_the_place(world, form, content, place):
    with pytest.raises(api.TransitionRefused) as refused:
        add_template(form, actor=world.office, upload=upload(content))

    [refusal] = refused.value.refusals
    assert (refusal.code, refusal.field) == ("template_unfit", "file")
    assert place in str(refusal.message)
    assert form.templates.count() == 1


def test_the_fields_are_held_against_what_is_known(make_form):
    field = {"name": "改正内容", "kind": "text", "required": True, "help": ""}
    form = make_form(about="party", fields=[field])
    check = check_template(form, docx("{{ 案件.立案号 }}{{ 当事人.名 }}", "{{ 文书.文号 }}"))

    assert check.known == ["案件.立案号", "文书.文号"]
    assert check.unknown == [("当事人.名", "当事人.名称")]
    assert check.unused == ["填写.改正内容"]


def test_the_pages(client, world, form):
    case = world.investigating()
    client.force_login(world.office)
    mine = reverse("workflow_template_form", args=[form.pk])
    listed = client.get(reverse("workflow_templates"))
    bad = client.post(mine, {"file": upload(docx("此处 {{ x() }}")), "note": ""})
    good = client.post(mine, {"file": upload(docx("{{ 案件.立案号 }}", "{{ 无此.项 }}"))})
    version = form.templates.get(version=2)
    shown = client.get(good["Location"], {"number": case.number})
    nobody = client.get(good["Location"], {"number": "无此号"})
    client.post(good["Location"])
    old = client.get(reverse("workflow_template_file", args=[form.templates.get(version=1).pk]))

    assert form.name in listed.content.decode()
    assert (bad.status_code, "此处" in bad.content.decode()) == (422, True)
    assert good["Location"] == reverse("workflow_template", args=[version.pk])
    assert "无此.项" in shown.content.decode()
    assert shown.context["sheet"].blocks[0].text == case.number
    assert nobody.context["not_found"]
    assert form.templates.get(is_current=True) == version
    assert old.status_code == 200
    b"".join(old.streaming_content)


def test_a_file_out_of_scope_cannot_be_tried(client, world, form):
    case = world.investigating()
    type(case)._base_manager.filter(pk=case.pk).update(restricted=True)
    client.force_login(world.jurist)

    page = client.get(
        reverse("workflow_template", args=[form.templates.get().pk]), {"number": case.number}
    )

    assert page.context["not_found"]


def test_the_pages_do_not_exist_for_others(client, world, form):
    urls = [
        reverse("workflow_templates"), reverse("workflow_template_form", args=[form.pk]),
        reverse("workflow_template", args=[form.templates.get().pk]),
        reverse("workflow_template_file", args=[form.templates.get().pk]),
    ]  # fmt: skip
    for person in (world.handler, world.system_admin, world.auditor):
        client.force_login(person)
        assert {client.get(url).status_code for url in urls} == {404}


def test_loading_again_changes_nothing_and_keeps_what_the_bureau_changed(world):
    form = DocumentForm.objects.filter(origin="core").order_by("pk").first()
    assert form is not None
    form.is_active = False
    form.save()
    use_template(added(world, form, "本局自己的模板"), actor=world.office)
    steps = list(RequiredDocument.objects.values("pk", "is_active"))
    RequiredDocument.objects.update(is_active=False)

    store.load_forms()

    form.refresh_from_db()
    assert form.is_active is False
    assert form.templates.get(is_current=True).uploaded_by == world.office
    assert RequiredDocument.objects.count() == len(steps)
    assert not RequiredDocument.objects.filter(is_active=True).exists()


def test_a_plugins_form_is_loaded_beside_the_others(db, tmp_path):
    file = tmp_path / "receipt.docx"
    file.write_bytes(docx("{{ 案件.立案号 }}"))
    declared = {"code": "receipt", "name": "签收单", "about": "case", "template": file,
                "transitions": ["case.close"], "makes": True}  # fmt: skip

    store.load_forms([("lab", [declared])])

    form = DocumentForm.objects.get(code="lab.receipt")
    assert (form.origin, form.templates.get().is_current) == ("lab", True)
    assert RequiredDocument.objects.get(form=form).mode == "made_by"
