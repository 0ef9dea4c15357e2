"""Texts of ``docs/`` and the README that are drawn from the code, and checked against it."""
