"""What Wagtail's editor offers for the page of a case: words only, nothing that publishes."""

from __future__ import annotations

import pytest

from publicity.pages.models import CaseIndexPage, ExposurePage
from publicity.pages.models.exposure import MACHINE_FIELDS
from tests.publicity.pages.factories import make_draft

pytestmark = pytest.mark.django_db
FROM_THE_DECISION = {"decision_number", "decided_on", "fine_fen", "confiscated_fen", "uscc"}


def editor_fields() -> set[str]:
    return set(ExposurePage.get_edit_handler().get_form_class().base_fields)


def test_form_has_no_field_of_the_machine_or_of_publishing():
    fields = editor_fields()

    assert fields & {*MACHINE_FIELDS, "go_live_at", "expire_at"} == set()
    assert fields & FROM_THE_DECISION == set()
    assert {"title", "party_display", "facts", "handling", "significance"} <= fields


def test_editor_shows_what_the_decision_fixed(rf):
    draft = make_draft()
    request = rf.get("/")
    request.user = draft.owner
    handler = ExposurePage.get_edit_handler()
    form = handler.get_form_class()(instance=draft)

    html = handler.get_bound_panel(instance=draft, request=request, form=form).render_html()

    assert draft.decision_number in html


def test_page_of_a_case_is_not_made_by_hand():
    make_draft()
    index_page = CaseIndexPage.objects.get()

    assert ExposurePage.can_create_at(index_page) is False
    assert ExposurePage not in index_page.creatable_subpage_models()
