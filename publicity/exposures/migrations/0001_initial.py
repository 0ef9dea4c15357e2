import accounts.clock
import django.db.models.deletion
import django_fsm
import publicity.exposures.models.asset
import publicity.exposures.states
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('pages', '0001_initial'),
        ('workflow', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleaseCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('last', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Exposure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('state_since', models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name='in this state since')),
                ('previous_state', models.CharField(blank=True, editable=False, max_length=50)),
                ('created_at', models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name='recorded at')),
                ('updated_at', models.DateTimeField(default=accounts.clock.now, editable=False, verbose_name='updated')),
                ('state', django_fsm.FSMField(choices=publicity.exposures.states.exposure_states, default='nominated', max_length=50, protected=True, verbose_name='state')),
                ('kind', models.CharField(choices=[('typical', 'Typical case'), ('follow_up', 'Follow-up of a running case')], default='typical', max_length=10, verbose_name='kind of exposure')),
                ('title', models.CharField(max_length=255, verbose_name='working title')),
                ('nomination', models.TextField(max_length=2000, verbose_name='why it is exposed')),
                ('round', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('police_agreement', models.CharField(blank=True, max_length=120, verbose_name='written agreement of the police')),
                ('approved_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('scheduled_at', models.DateTimeField(editable=False, null=True, verbose_name='release at')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='public until')),
                ('release_no', models.PositiveBigIntegerField(editable=False, null=True, unique=True, verbose_name='release number')),
                ('released_at', models.DateTimeField(editable=False, null=True, verbose_name='released at')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn at')),
                ('withdrawal_kind', models.CharField(blank=True, choices=[('decision_changed', 'the decision was changed'), ('decision_revoked', 'the decision was revoked'), ('decision_unlawful', 'the decision was held unlawful or void'), ('challenged', 'the decision is under reconsideration or litigation'), ('mistake', 'the published content was wrong'), ('privacy', 'protection of personal information'), ('expired', 'the publication period ended'), ('other', 'other reasons')], editable=False, max_length=30, verbose_name='ground of the withdrawal')),
                ('withdrawal_reason', models.TextField(blank=True, editable=False, max_length=2000, verbose_name='reason')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exposures', to='workflow.case', verbose_name='case')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by')),
                ('drafter', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='drafted by')),
                ('page', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pages.exposurepage', verbose_name='public page')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exposures', to='accounts.unit', verbose_name='handling unit')),
            ],
            options={
                'verbose_name': 'exposure',
                'verbose_name_plural': 'exposures',
                'ordering': ['-updated_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('drafter', 'Drafter'), ('second', 'Second person'), ('secrecy', 'Secrecy review')], max_length=8, verbose_name='kind of confirmation')),
                ('round', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=accounts.clock.now, verbose_name='confirmed at')),
                ('content_hash', models.CharField(max_length=64)),
                ('rule_version', models.CharField(max_length=20)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('exposure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='exposures.exposure')),
            ],
            options={
                'verbose_name': 'confirmation',
                'verbose_name_plural': 'confirmations',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='ExposureAsset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=200, storage=publicity.exposures.models.asset.private_storage, upload_to=publicity.exposures.models.asset.stored_name, verbose_name='file')),
                ('original_name', models.CharField(max_length=255, verbose_name='name of the file')),
                ('mime_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.BigIntegerField(verbose_name='size')),
                ('sha256', models.CharField(max_length=64)),
                ('caption', models.CharField(max_length=200, verbose_name='caption')),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('public_name', models.CharField(blank=True, editable=False, max_length=100)),
                ('uploaded_at', models.DateTimeField(default=accounts.clock.now, editable=False)),
                ('exposure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assets', to='exposures.exposure')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file of an exposure',
                'verbose_name_plural': 'files of an exposure',
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RedactionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_hash', models.CharField(max_length=64)),
                ('rule_version', models.CharField(max_length=20, verbose_name='version of the rules')),
                ('started_at', models.DateTimeField(default=accounts.clock.now, verbose_name='checked at')),
                ('exposure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='exposures.exposure')),
                ('started_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'redaction check',
                'verbose_name_plural': 'redaction checks',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='RedactionHit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20, verbose_name='kind of data')),
                ('rule', models.CharField(max_length=60, verbose_name='rule')),
                ('severity', models.CharField(max_length=8, verbose_name='weight')),
                ('path', models.CharField(max_length=200, verbose_name='place')),
                ('offset', models.PositiveIntegerField()),
                ('excerpt_hash', models.CharField(max_length=64)),
                ('decision', models.CharField(blank=True, choices=[('', 'Not decided'), ('masked', 'Masked'), ('kept', 'Kept with a reason')], default='', max_length=8, verbose_name='decision')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hits', to='exposures.redactionrun')),
            ],
            options={
                'verbose_name': 'hit of the check',
                'verbose_name_plural': 'hits of the check',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='exposure',
            index=models.Index(fields=['unit', '-updated_at', '-id'], name='exposure_unit_updated'),
        ),
        migrations.AddIndex(
            model_name='exposure',
            index=models.Index(fields=['state', 'scheduled_at'], name='exposure_due'),
        ),
        migrations.AddConstraint(
            model_name='exposure',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['nominated', 'drafting', 'checking', 'approved', 'scheduled', 'released', 'corrected'])), fields=('case',), name='one_open_exposure'),
        ),
        migrations.AddConstraint(
            model_name='exposure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['released', 'corrected']), _negated=True), models.Q(('page__isnull', False), ('released_at__isnull', False)), _connector='OR'), name='released_exposure_has_page_and_date'),
        ),
        migrations.AddConstraint(
            model_name='exposure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'scheduled'), _negated=True), ('scheduled_at__isnull', False), _connector='OR'), name='scheduled_exposure_says_when'),
        ),
        migrations.AddConstraint(
            model_name='exposureasset',
            constraint=models.CheckConstraint(condition=models.Q(('mime_type__in', ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'])), name='exposure_asset_of_a_known_type'),
        ),
        migrations.AddConstraint(
            model_name='redactionhit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decision', 'kept'), _negated=True), models.Q(models.Q(('reason', ''), _negated=True), ('decided_by__isnull', False)), _connector='OR'), name='kept_hit_says_why'),
        ),
        migrations.AddConstraint(
            model_name='redactionhit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('severity', 'block'), _negated=True), models.Q(('decision', 'kept'), _negated=True), _connector='OR'), name='blocked_hit_is_never_kept'),
        ),
    ]
