"""Builds the shipped ``.docx`` forms from descriptions a lawyer can read (``../sources``).

``docs/forms.md`` says how a description is written. ``manage.py build_forms`` builds them all.
"""

from workflow.documents.builder.source import SourceError
from workflow.documents.builder.word import build

__all__ = ["SourceError", "build"]
