"""Addresses below /admin/plugins/watch/."""

from __future__ import annotations

from django.urls import path

from workflow.plugins.watch.views import MarkView

urlpatterns = [path("<int:pk>/", MarkView.as_view(), name="mark")]
