"""Why this date."""

from __future__ import annotations

from django.urls import reverse

from workflow.models import Deadline


def test_every_limit_of_a_case_explains_itself(client, world):
    case = world.enforcing()
    client.force_login(world.handler)

    for deadline in Deadline.objects.filter(case=case):
        response = client.get(reverse("workflow_case:deadline", args=[case.pk, deadline.pk]))
        assert response.status_code == 200
        assert deadline.rule.name in response.content.decode()


def test_limit_of_another_record_does_not_exist(client, world):
    case, other = world.investigating(), world.investigating(title="另一线索")
    deadline = Deadline.objects.filter(case=other).first()
    client.force_login(world.handler)

    wrong = reverse("workflow_case:deadline", args=[case.pk, deadline.pk])

    assert client.get(wrong).status_code == 404


def test_limit_out_of_scope_does_not_exist(client, world):
    case = world.investigating()
    deadline = Deadline.objects.filter(case=case).first()
    client.force_login(world.stranger)

    address = reverse("workflow_case:deadline", args=[case.pk, deadline.pk])

    assert client.get(address).status_code == 404
