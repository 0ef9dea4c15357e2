"""Binding a case file: what goes in and where, pages, contents, archive and manifest."""
