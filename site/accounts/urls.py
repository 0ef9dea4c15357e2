"""Addresses under ``/admin/`` that stand before Wagtail's own of the same path."""

from __future__ import annotations

from django.urls import path

from accounts.views.profile import own_account

urlpatterns = [path("account/", own_account, name="accounts_own_account")]
