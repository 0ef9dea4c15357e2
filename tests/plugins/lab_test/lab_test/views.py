"""Its views need no template: what matters here is who may read them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from lab_test.models import Sample
from workflow.api import Case, get_case


def samples(request):
    cases = Case.objects.reachable_by(request.user)
    return HttpResponse("\n".join(s.lab for s in Sample.objects.filter(case__in=cases)))


def sample(request, pk):
    found = get_object_or_404(Sample, pk=pk)
    get_case(request.user, found.case_id)
    if request.method == "POST":
        found.result = request.POST["result"]
        found.save()
    return HttpResponse(f"{found.lab}: {found.result}")


sample.arguments = {"pk": Sample}
