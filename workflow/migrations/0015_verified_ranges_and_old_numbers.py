"""Ranges of fines say whether they were read in an official print; the shipped ones were not.

Numbers say whether they were taken over from before the system.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.db import migrations, models

_LAWS = Path(__file__).parents[1] / "data" / "laws.json"
_YUAN = {
    "base_from": "base_from_fen",
    "base_below": "base_below_fen",
    "min": "min_fen",
    "max": "max_fen",
}


def enter_shipped(apps, schema_editor):
    """Articles that shipped without ranges get them, unless the bureau entered its own."""
    article = apps.get_model("workflow", "Article")
    fine_range = apps.get_model("workflow", "FineRange")
    for law in json.loads(_LAWS.read_text(encoding="utf-8")):
        for version in law["versions"]:
            for said in version["articles"]:
                if not said.get("ranges"):
                    continue
                found = article.objects.filter(
                    version__law__name=law["name"], version__label=version["label"],
                    number=said["number"], paragraph=said.get("paragraph", ""), ranges=None,
                ).first()  # fmt: skip
                if found is not None:
                    fine_range.objects.bulk_create(
                        fine_range(article=found, **_columns(one)) for one in said["ranges"]
                    )


def _columns(said):
    columns = {name: said.get(name, "") for name in ("base", "who", "condition")}
    for name, column in _YUAN.items():
        columns[column] = said[name] * 100 if name in said else None
    for name in ("min_times", "max_times"):
        columns[name] = said.get(name)
    return {**columns, "is_verified": False}


def take_out_shipped(apps, schema_editor):
    """What nobody verified came with this migration."""
    apps.get_model("workflow", "FineRange").objects.filter(is_verified=False).delete()


class Migration(migrations.Migration):
    dependencies = [("workflow", "0014_answers_of_parties")]

    operations = [
        migrations.AddField(
            model_name="finerange",
            name="is_verified",
            field=models.BooleanField(
                default=True,
                help_text="Read in the official print; an unverified range warns and refuses nothing.",
                verbose_name="verified",
            ),
        ),
        migrations.AddField(
            model_name="issuednumber",
            name="taken_over",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(enter_shipped, take_out_shipped),
    ]
