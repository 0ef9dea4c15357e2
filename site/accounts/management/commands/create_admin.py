"""Makes an administrator at the console: the only way to the first one."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts import organisation
from accounts.models import Unit, User
from accounts.services import appoint, create_account, set_password

ROLES = {"system": "system_admin", "security": "security_admin", "audit": "auditor"}
PASSWORD_VARIABLE = "TIEQUAN_ADMIN_PASSWORD"  # noqa: S105 -- the name of a variable


class Command(BaseCommand):
    help = (
        "Create a system administrator, security administrator or auditor, posted in the bureau. "
        f"The password is asked for, or read from {PASSWORD_VARIABLE} or from standard input."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", required=True, choices=sorted(ROLES))
        parser.add_argument("--username", required=True)
        parser.add_argument("--name", default="", help="name in documents (default: the username)")
        parser.add_argument(
            "--reset-password",
            action="store_true",
            help="give an administrator of this role a new password instead",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        role = ROLES[options["role"]]
        try:
            if options["reset_password"]:
                self._reset(user, role)
            else:
                self._create(user, role, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _create(self, user: User | None, role: str, options: dict[str, Any]) -> None:
        with transaction.atomic():
            if not Unit.objects.exists():
                organisation.load_organisation()
            root = Unit.get_first_root_node()
            if user is None:
                user = create_account(
                    by=None,
                    username=options["username"],
                    name=options["name"] or options["username"],
                    password=self._password(),
                )
            appoint(by=None, user=user, role=role, unit=root, reason="create_admin")
        self.stdout.write(f"{user.username} is {options['role']} administrator in {root}.")

    def _reset(self, user: User | None, role: str) -> None:
        if user is None or not user.postings.open().filter(role=role).exists():
            raise CommandError("There is no administrator of this role with this username.")
        set_password(user, by=None, password=self._password())
        self.stdout.write(f"{user.username} has a new password.")

    def _password(self) -> str:
        if given := os.environ.get(PASSWORD_VARIABLE):
            return given
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Password: ")
        if first != getpass.getpass("Password (again): "):
            raise CommandError("The two passwords differ.")
        return first
