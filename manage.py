#!/usr/bin/env python3
"""Entry point of every management command; makes `site/` importable as a source root."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    """Run the command on the command line under the settings of this installation."""
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiequan.settings.dev")
    from django.core.management import execute_from_command_line  # after sys.path is right

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
