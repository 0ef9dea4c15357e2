"""A form that comes too late or from elsewhere: a clear answer, nothing done, the text to copy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from lxml.html import fromstring

from accounts import clock, typed
from accounts.models import Posting
from accounts.services import end_posting
from tests.accounts.people import PASSWORD
from tests.everything import everything
from tests.fuzz.judge import MAY_WRITE
from tests.workflow.views.test_lead_intake import ADD
from workflow.services import leads

LOGIN = "/admin/login/"
TYPED = "写了很久<b>&\n第二行"
DATA = {"reason": TYPED, "merged_into": "", "note": "补记 13800000000", "seen": "1", "confirm": "1"}
SHOWN = [("Why they belong together", TYPED), ("Note", "补记 13800000000")]


@pytest.fixture
def lead(world):
    return world.lead()


@pytest.fixture
def browser(client, world, lead):
    """A handler's browser with tokens as they are; ``form`` is what its open page would send."""
    found = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    found.force_login(world.handler)
    found.address = reverse("workflow_lead:step", args=[lead.pk, "lead.merge"])
    found.form = {**DATA, "csrfmiddlewaretoken": token_of(found.get(found.address))}
    return found


def token_of(response) -> str:
    return str(response.context["csrf_token"])


def shown(response) -> list[tuple[str, str]]:
    """(label, text) of what the answer shows to be copied."""
    page = fromstring(response.content.decode())
    return [
        (page.xpath("string(//label[@for=$id])", id=area.get("id")), area.text or "")
        for area in page.xpath("//section[@aria-labelledby='typed-text']//textarea[@readonly]")
    ]


def names_of(response) -> list[str | None]:
    return [template.name for template in response.templates]


def text_of(response) -> str:
    return " ".join(fromstring(response.content.decode()).text_content().split())


def sent_in_vain(browser, **more):
    """The answer to the form; nothing but the session and its like may have changed."""
    before = everything(but=MAY_WRITE)

    response = browser.post(browser.address, browser.form, **more)

    assert everything(but=MAY_WRITE) == before
    assert "no-store" in response["Cache-Control"]
    return response


def sign_in(browser):
    page = browser.get(LOGIN)
    form = {"username": browser.name, "password": PASSWORD, "csrfmiddlewaretoken": token_of(page)}
    assert browser.post(LOGIN, form).status_code == 302


def test_the_form_itself_is_answered_as_a_step(browser):
    response = sent_in_vain(browser)

    assert response.status_code == 422
    assert "workflow/step.html" in names_of(response)


def test_after_another_sign_in_the_old_page_is_refused_and_its_text_shown(browser, world):
    browser.name = world.handler.username
    browser.logout()
    sign_in(browser)

    response = sent_in_vain(browser, HTTP_REFERER=f"http://testserver{browser.address}")

    assert response.status_code == 403
    assert "Nothing was done The page is too old: after it was opened you signed in again" in (
        text_of(response)
    )
    assert shown(response) == SHOWN
    assert f'href="http://testserver{browser.address}"' in response.content.decode()
    browser.form["csrfmiddlewaretoken"] = token_of(browser.get(browser.address))
    assert sent_in_vain(browser).status_code == 422


def test_what_another_site_sends_is_not_shown(browser):
    response = sent_in_vain(browser, HTTP_ORIGIN="https://elsewhere.example")

    assert response.status_code == 403
    assert "The form was not sent from a page of this system." in text_of(response)
    assert shown(response) == []
    assert "写了很久" not in response.content.decode()


def test_passwords_and_tokens_are_never_shown(browser):
    secret = {"password": "Mi ma 1", "form-0-new_password1": "Mi ma 2", "api_token": "Mi ma 3"}
    browser.form = {**DATA, **secret, "csrfmiddlewaretoken": "Mi ma 4"}

    response = sent_in_vain(browser)

    assert response.status_code == 403
    assert shown(response) == SHOWN
    assert "Mi ma" not in response.content.decode()


def test_after_the_session_ended_the_sign_in_page_shows_the_text(browser, world):
    browser.name = world.handler.username
    browser.cookies.pop("sessionid")

    response = sent_in_vain(browser, HTTP_REFERER=f"http://testserver{browser.address}")

    assert response.status_code == 403
    assert "wagtailadmin/login.html" in names_of(response)
    assert "Nothing was done: you are signed out." in text_of(response)
    assert shown(response) == SHOWN
    page = fromstring(response.content.decode())
    assert page.xpath("//input[@name='next']/@value") == [f"http://testserver{browser.address}"]
    assert page.xpath("//input[@name='username']/@value") == []
    sign_in(browser)


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "javascript:alert(1)", ""])
def test_the_sign_in_leads_back_to_our_own_pages_only(browser, elsewhere):
    browser.cookies.pop("sessionid")

    response = sent_in_vain(browser, HTTP_REFERER=elsewhere)

    page = fromstring(response.content.decode())
    assert page.xpath("//input[@name='next']/@value") == [reverse("wagtailadmin_home")]


def test_without_a_session_and_a_text_the_sign_in_is_asked_for_as_ever(client, lead):
    address = reverse("workflow_lead:edit", args=[lead.pk])

    response = client.post(address, {"title": " ", "channel": "self_found"})

    assert (response.status_code, response.url) == (302, f"{LOGIN}?next={address}")


def test_nothing_is_told_to_who_never_signed_in(client, lead):
    """A record that is there and one that is not are answered alike."""
    answers = [
        client.post(reverse("workflow_lead:step", args=[pk, "lead.merge"]), DATA)
        for pk in (lead.pk, lead.pk + 999)
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert shown(answers[0]) == shown(answers[1]) != []
    assert lead.number not in answers[0].content.decode()
    assert isinstance(answers[0].wsgi_request.user, AnonymousUser)


def test_after_the_posting_ended_the_sign_in_page_shows_the_text(browser, world):
    end_posting(Posting.objects.get(user=world.handler), by=None, reason="调离")

    with clock.at(clock.now() + timedelta(minutes=1)):
        response = sent_in_vain(browser)

    assert response.status_code == 403
    assert "wagtailadmin/login.html" in names_of(response)
    assert "Your posting has ended. Ask the security administrator." in text_of(response)
    assert shown(response) == SHOWN
    assert "_auth_user_id" not in browser.session


def test_when_the_record_left_the_scope_the_page_shows_the_text_and_nothing_of_it(
    browser, world, lead
):
    leads.route_lead(lead, actor=world.office, unit=world.other, reason="属地")

    response = sent_in_vain(browser)

    assert response.status_code == 404
    assert "There is no such page, or it is not open to you." in text_of(response)
    assert "Nothing was changed." in text_of(response)
    assert shown(response) == SHOWN
    assert lead.number not in response.content.decode()
    assert lead.title not in response.content.decode()
    looked = browser.get(browser.address)
    assert (looked.status_code, shown(looked)) == (404, [])


def test_choices_are_left_out_and_dates_kept(client, db):
    form = {"channel": "self_found", "received_at": "2022-03-01T09:00", "title": "三无玩具"}

    response = client.post(ADD, form)

    assert [text for _label, text in shown(response)] == ["2022-03-01T09:00", "三无玩具"]


def test_what_is_shown_has_an_end(rf, monkeypatch):
    monkeypatch.setattr(typed, "LONGEST", 5)
    request = rf.post("/", {"reason": "一二三", "note": "四五六", "content": "七"})

    assert [text for _label, text in typed.typed_in(request)] == ["一二三", "四五"]
