"""Journeys in Debian's Chromium against a running server."""
