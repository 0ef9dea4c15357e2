"""Typical cases on their way to the public."""
