"""A person with an account; what they may do is said by postings only."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock


class UserManager(DjangoUserManager["User"]):
    """Django's manager without the way to an all-powerful account."""

    def create_superuser(self, *args: Any, **kwargs: Any) -> User:
        """Always refused: nobody is a superuser here."""
        raise ImproperlyConfigured(
            "There are no superusers: use manage.py create_admin --role system|security|audit."
        )


class User(AbstractUser):
    """A member of staff. ``name`` is the name in documents, ``username`` the one to sign in."""

    # Chinese names are one field, ``name``; Wagtail's menu shows what it finds as first name.
    first_name = property(lambda user: user.name)
    last_name = None  # type: ignore[assignment]  # no column
    name = models.CharField(_("full name"), max_length=60)
    qualification_no = models.CharField(
        _("enforcement certificate number"), max_length=40, blank=True
    )
    qualified_until = models.DateField(_("certificate valid until"), null=True, blank=True)
    has_legal_qualification = models.BooleanField(
        _("has passed the national legal examination"), default=False
    )
    # Set when somebody else chose the password: the next sign-in leads to the form that changes it.
    must_change_password = models.BooleanField(_("must change the password"), default=False)

    objects: ClassVar[UserManager] = UserManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        default_permissions = ()
        ordering = ["username"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_superuser=False), name="accounts_nobody_is_superuser"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name or self.username

    def is_qualified_on(self, day: date | None = None) -> bool:
        """Whether the person held an enforcement certificate (执法资格) on the day (today)."""
        day = day or clock.today()
        return bool(self.qualification_no) and (
            self.qualified_until is None or self.qualified_until >= day
        )
