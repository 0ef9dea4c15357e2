"""A code no longer joins what two units enter apart; a party may be a mistake, or found by place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflow", "0010_challenge_levels")]

    operations = [
        migrations.RemoveConstraint(model_name="party", name="party_uscc_once"),
        migrations.AlterField(
            model_name="caseparty",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Open"),
                    ("penalty", "Penalty"),
                    ("no_penalty", "No penalty"),
                    ("transferred", "Transferred"),
                    ("terminated", "Terminated"),
                    ("withdrawn", "Entered by mistake"),
                ],
                default="",
                max_length=16,
                verbose_name="outcome",
            ),
        ),
        migrations.AlterField(
            model_name="lead",
            name="party_match",
            field=models.CharField(
                blank=True,
                choices=[
                    ("code", "same credit code"),
                    ("id_number", "same ID number"),
                    ("name_place", "same name and address"),
                    ("phone", "same phone"),
                    ("name", "same name"),
                    ("alike", "similar name"),
                    ("alias", "known under this name too"),
                    ("address", "same address"),
                    ("chosen", "chosen by hand"),
                    ("new", "entered anew"),
                ],
                max_length=12,
                verbose_name="how the party was recognised",
            ),
        ),
        migrations.AlterField(
            model_name="party",
            name="uscc",
            field=models.CharField(
                blank=True,
                db_index=True,
                max_length=18,
                verbose_name="unified social credit code",
            ),
        ),
    ]
