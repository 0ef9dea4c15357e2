"""Plugins by name: a setting enables them, entry points of installed packages only offer.

Read by the settings, so it imports nothing of Django's but an exception.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points
from importlib.util import find_spec

from django.core.exceptions import ImproperlyConfigured

GROUP = "tiequan.plugins"


def offered() -> dict[str, str]:
    """Name to dotted path of every plugin that an installed package offers."""
    return {point.name: point.value for point in sorted(entry_points(group=GROUP))}


def distributions() -> dict[str, str]:
    """Name to package and version of whoever offers the plugin."""
    points = entry_points(group=GROUP)
    return {p.name: f"{p.dist.name} {p.dist.version}" for p in points if p.dist is not None}


def resolve(names: Iterable[str]) -> list[str]:
    """Dotted paths of the plugins to enable; an offered name stands for its path.

    The single name "none" is no plugin: an empty setting means the default ones.

    Raises ``ImproperlyConfigured`` for a name nobody offers, a path that is no package, and a
    plugin that is named twice.
    """
    names = list(names)
    if names == ["none"]:
        return []
    known = offered()
    found: list[str] = []
    for name in names:
        path = known.get(name, name)
        if not _is_importable(path):
            said = ", ".join(known) or "none"
            raise ImproperlyConfigured(
                f"TIEQUAN_PLUGINS names {name!r}, which is neither an importable package nor "
                f"offered by an installed one (offered: {said}). Correct it or take it out."
            )
        if path in found:
            raise ImproperlyConfigured(f"TIEQUAN_PLUGINS names {path!r} twice: keep one of them.")
        found.append(path)
    return found


def _is_importable(path: str) -> bool:
    try:
        return find_spec(path) is not None
    except (ModuleNotFoundError, ValueError):
        return False
