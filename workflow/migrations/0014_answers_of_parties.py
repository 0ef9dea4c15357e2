"""What a party answered moves from one set of columns of its notice to rows of its own."""

import accounts.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = ("waived", "stated", "hearing")


def rows_from_columns(apps, schema_editor):
    """One row per answer that was kept; when it was recorded is in the journal."""
    Notice = apps.get_model("workflow", "Notice")
    PartyAnswer = apps.get_model("workflow", "PartyAnswer")
    answered = Notice.objects.filter(answer__in=KINDS).order_by("pk")
    PartyAnswer.objects.bulk_create(
        (
            PartyAnswer(
                notice_id=notice.pk, kind=notice.answer, answered_at=notice.answered_at,
                text=notice.answer_text, considered=notice.considered, proof_id=notice.proof_id,
                recorded_at=notice.answered_at,
            )
            for notice in answered.iterator()
        ),
        batch_size=500,
    )


def columns_from_rows(apps, schema_editor):
    """The columns hold one answer: the last one, with the words of all."""
    Notice = apps.get_model("workflow", "Notice")
    PartyAnswer = apps.get_model("workflow", "PartyAnswer")
    kept = {}
    for answer in PartyAnswer.objects.order_by("notice_id", "pk").iterator():
        earlier = kept.get(answer.notice_id, {})
        texts = filter(None, (earlier.get("answer_text"), answer.text))
        views = filter(None, (earlier.get("considered"), answer.considered))
        kept[answer.notice_id] = {
            "answer": answer.kind, "answered_at": answer.answered_at,
            "answer_text": "\n\n".join(texts), "considered": "\n\n".join(views),
            "proof_id": answer.proof_id or earlier.get("proof_id"),
        }
    for pk, values in kept.items():
        Notice.objects.filter(pk=pk).update(**values)


class Migration(migrations.Migration):

    dependencies = [
        ("workflow", "0013_dossiers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PartyAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("waived", "Waived in writing"), ("stated", "Made a statement or defence"), ("hearing", "Asked for a hearing")], max_length=10, verbose_name="answer")),
                ("answered_at", models.DateTimeField(verbose_name="answered at")),
                ("text", models.TextField(blank=True, max_length=8000, verbose_name="what the party said")),
                ("considered", models.TextField(blank=True, max_length=8000, verbose_name="how it was considered")),
                ("recorded_at", models.DateTimeField(default=accounts.clock.now, editable=False)),
                ("notice", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="workflow.notice")),
                ("proof", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow.evidencefile")),
                ("recorded_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "answer of a party",
                "verbose_name_plural": "answers of parties",
                "ordering": ["pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="partyanswer",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("kind", "waived"), _negated=True), ("proof__isnull", False), _connector="OR"), name="waiver_has_proof"),
        ),
        migrations.RunPython(rows_from_columns, columns_from_rows),
        migrations.RemoveConstraint(model_name="notice", name="notice_answer_says_when"),
        migrations.RemoveConstraint(model_name="notice", name="notice_waiver_has_proof"),
        migrations.RemoveField(model_name="notice", name="answer"),
        migrations.RemoveField(model_name="notice", name="answer_text"),
        migrations.RemoveField(model_name="notice", name="answered_at"),
        migrations.RemoveField(model_name="notice", name="considered"),
        migrations.RemoveField(model_name="notice", name="proof"),
    ]
