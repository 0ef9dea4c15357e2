"""The project's addresses and one more, whose view forgets to ask who is reading."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path

from tiequan.urls import urlpatterns as real
from workflow.models import Case


def leak(request, pk):
    return HttpResponse(Case.objects.get(pk=pk).facts)


urlpatterns = [path("leak/<int:pk>/", leak, name="leak"), *real]
