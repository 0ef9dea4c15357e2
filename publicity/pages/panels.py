"""What an editor may change of the draft: words, not the facts carried over from the decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, Panel


def exposure_panels() -> list[Panel]:
    """Return the editor's panels; what the decision fixed is shown read-only."""
    return [
        FieldPanel("title"),
        MultiFieldPanel(
            [
                FieldPanel("party_display"),
                FieldPanel("violation"),
                FieldPanel("penalty_text"),
                FieldPanel("place"),
                FieldPanel("laws"),
            ],
            heading=_("Key facts"),
        ),
        MultiFieldPanel(
            [
                _fixed("category_name", "unit_name"),
                _fixed("decision_number", "decided_on"),
                _fixed("fine_fen", "confiscated_fen"),
                _fixed("uscc"),
            ],
            heading=_("From the decision"),
        ),
        FieldPanel("facts"),
        FieldPanel("handling"),
        FieldPanel("significance"),
        MultiFieldPanel(
            [FieldPanel("comment"), FieldPanel("comment_office")], heading=_("Expert comment")
        ),
        FieldPanel("how_to_spot"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("index_no")]),
    ]


def _fixed(*names: str) -> Panel:
    return FieldRowPanel([FieldPanel(name, read_only=True) for name in names])
