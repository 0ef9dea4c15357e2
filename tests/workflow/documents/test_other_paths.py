"""The forms that the long journey of one file has no use for, made on their pages all the same."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.workflow import measures
from tests.workflow.documents.papers import said
from workflow.models import Document, DocumentForm

ON_THE_CASE = ("F02", "F03", "F16", "F18", "F34", "F47", "F48", "F49", "F51")
ON_GOODS = ("F06", "F26", "F27", "F28")


def typed(form: DocumentForm) -> dict[str, str]:
    """Something of its kind in every field, by the names the page gives them."""
    return {
        f"f{number}": "2022-03-10" if field["kind"] == "date" else f"〔{field['name']}〕"
        for number, field in enumerate(form.fields)
    }


@pytest.mark.parametrize("code", [*ON_THE_CASE, *ON_GOODS])
def test_it_is_filled_in_issued_and_says_what_was_typed(client, world, code):
    if code in ON_GOODS:
        goods = measures.in_force(world)
        case, about = goods.case, {"measure": goods.pk}
    else:
        case = world.enforcing()
        about = {"party": case.parties.get().pk}
    form = DocumentForm.objects.get(code=code)
    client.force_login(world.handler)

    def post(name, *args, **data):
        url = reverse(f"workflow_case:{name}", args=[case.pk, *args])
        return client.post(url, data)

    drafted = post("make_document", code, **typed(form), **about)
    document = Document.objects.get(form=form)
    issued = post("issue_document", document.pk, acted_at="2022-03-01T09:00")

    assert (drafted.status_code, issued.status_code) == (302, 302)
    document.refresh_from_db()
    with document.file.open("rb") as file:
        text = "".join(said(file.read()))
    assert document.status == "issued"
    words = [word for word in typed(form).values() if word.startswith("〔")]
    assert [word for word in words if word not in text] == []
    assert document.number in text if form.series else not document.number
