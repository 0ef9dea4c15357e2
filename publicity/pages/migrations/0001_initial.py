import django.db.models.deletion
import publicity.pages.models.released_file
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('basepage', '0003_finalize'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseIndexPage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=200, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'list of cases',
            },
            bases=('basepage.basepage',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.CharField(blank=True, max_length=200, verbose_name='who we are, in one sentence')),
                ('example_searches', models.CharField(blank=True, help_text='Up to three, separated by spaces.', max_length=100, verbose_name='example searches')),
                ('campaign_title', models.CharField(blank=True, max_length=100, verbose_name='current campaign')),
                ('campaign_text', wagtail.fields.RichTextField(blank=True, verbose_name='about the campaign')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('basepage.basepage',),
        ),
        migrations.CreateModel(
            name='SiteInfo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site_name', models.CharField(blank=True, max_length=60, verbose_name='site name')),
                ('bureau_name', models.CharField(blank=True, max_length=60, verbose_name='bureau name')),
                ('organiser', models.CharField(blank=True, max_length=100, verbose_name='organiser')),
                ('address', models.CharField(blank=True, max_length=150, verbose_name='address')),
                ('phone', models.CharField(blank=True, max_length=60, verbose_name='office phone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('complaint_phone', models.CharField(blank=True, default='12315', max_length=30, verbose_name='phone for complaints and reports')),
                ('complaint_url', models.URLField(blank=True, verbose_name='address for complaints and reports')),
                ('site_code', models.CharField(blank=True, max_length=30, verbose_name='government website code')),
                ('icp_number', models.CharField(blank=True, max_length=60, verbose_name='ICP filing number')),
                ('police_number', models.CharField(blank=True, max_length=60, verbose_name='public security filing number')),
                ('police_url', models.URLField(blank=True, verbose_name='address of the public security filing')),
                ('mistake_url', models.URLField(blank=True, verbose_name='address for reporting mistakes of the site')),
            ],
            options={
                'verbose_name': 'site information',
                'verbose_name_plural': 'site information',
            },
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('body', wagtail.fields.RichTextField(blank=True, verbose_name='text')),
            ],
            options={
                'verbose_name': 'plain page',
                'verbose_name_plural': 'plain pages',
            },
            bases=('basepage.basepage',),
        ),
        migrations.CreateModel(
            name='CaseCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'case category',
                'verbose_name_plural': 'case categories',
                'ordering': ['-year', 'order', 'code'],
                'constraints': [models.UniqueConstraint(fields=('year', 'code'), name='pages_category_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='ExposurePage',
            fields=[
                ('basepage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('party_display', models.CharField(max_length=200, verbose_name='party')),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='unified social credit code')),
                ('category_code', models.CharField(blank=True, max_length=40, verbose_name='category code')),
                ('category_name', models.CharField(blank=True, max_length=100, verbose_name='category')),
                ('campaign_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='campaign year')),
                ('unit_name', models.CharField(blank=True, max_length=100, verbose_name='handling unit')),
                ('place', models.CharField(blank=True, max_length=100, verbose_name='place')),
                ('violation', models.CharField(max_length=300, verbose_name='violation')),
                ('violation_type', models.CharField(blank=True, max_length=40, verbose_name='violation type')),
                ('decision_number', models.CharField(blank=True, max_length=80, verbose_name='decision number')),
                ('decided_on', models.DateField(blank=True, null=True, verbose_name='decided on')),
                ('penalty_text', models.TextField(blank=True, verbose_name='penalty')),
                ('fine_fen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='fine in fen')),
                ('confiscated_fen', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='confiscated money in fen')),
                ('laws', wagtail.fields.StreamField([('law', 2)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'law', 'max_length': 100}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'article', 'max_length': 60, 'required': False}), 2: ('wagtail.blocks.StructBlock', [[('law', 0), ('article', 1)]], {})}, verbose_name='laws applied')),
                ('facts', wagtail.fields.RichTextField(verbose_name='facts of the case')),
                ('handling', wagtail.fields.RichTextField(blank=True, verbose_name='how it was handled')),
                ('significance', wagtail.fields.RichTextField(blank=True, verbose_name='why it matters')),
                ('comment', wagtail.fields.RichTextField(blank=True, verbose_name='expert comment')),
                ('comment_office', models.CharField(blank=True, max_length=100, verbose_name='office of the commentator')),
                ('how_to_spot', wagtail.fields.RichTextField(blank=True, verbose_name='how to recognise it')),
                ('source', models.CharField(blank=True, max_length=100, verbose_name='source')),
                ('index_no', models.CharField(blank=True, max_length=60, verbose_name='index number')),
                ('released_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='released at')),
                ('expires_on', models.DateField(blank=True, null=True, verbose_name='public until')),
                ('withdrawn_on', models.DateField(blank=True, editable=False, null=True, verbose_name='withdrawn on')),
                ('withdrawal_kind', models.CharField(blank=True, choices=[('decision_changed', 'the decision was changed'), ('decision_revoked', 'the decision was revoked'), ('decision_unlawful', 'the decision was held unlawful or void'), ('challenged', 'the decision is under reconsideration or litigation'), ('mistake', 'the published content was wrong'), ('privacy', 'protection of personal information'), ('expired', 'the publication period ended'), ('other', 'other reasons')], editable=False, max_length=30, verbose_name='reason of the withdrawal')),
            ],
            options={
                'verbose_name': 'exposed case',
                'verbose_name_plural': 'exposed cases',
                'indexes': [models.Index(fields=['-decided_on', '-basepage_ptr'], name='pages_exposure_decided'), models.Index(fields=['-released_at', '-basepage_ptr'], name='pages_exposure_released'), models.Index(fields=['category_code', '-decided_on'], name='pages_exposure_category'), models.Index(fields=['unit_name', '-decided_on'], name='pages_exposure_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('withdrawal_kind', ''), ('withdrawn_on__isnull', True)), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawal_kind', ''), _negated=True), ('category_code', ''), ('category_name', ''), ('comment', ''), ('comment_office', ''), ('decision_number', ''), ('facts', ''), ('handling', ''), ('how_to_spot', ''), ('index_no', ''), ('party_display', ''), ('penalty_text', ''), ('place', ''), ('significance', ''), ('source', ''), ('unit_name', ''), ('uscc', ''), ('violation', ''), ('violation_type', ''), ('campaign_year__isnull', True), ('confiscated_fen__isnull', True), ('decided_on__isnull', True), ('expires_on__isnull', True), ('fine_fen__isnull', True)), _connector='OR'), name='pages_withdrawn_is_empty', violation_error_message='A withdrawn page keeps nothing of its old text.')],
            },
            bases=('basepage.basepage',),
        ),
        migrations.CreateModel(
            name='ExposureCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('corrected_on', models.DateField(verbose_name='corrected on')),
                ('note', models.CharField(max_length=500, verbose_name='note')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='pages.exposurepage', verbose_name='page')),
            ],
            options={
                'verbose_name': 'correction note',
                'verbose_name_plural': 'correction notes',
                'ordering': ['-corrected_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReleasedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(upload_to=publicity.pages.models.released_file.random_name, verbose_name='file')),
                ('caption', models.CharField(max_length=200, verbose_name='caption')),
                ('mime_type', models.CharField(max_length=100, verbose_name='type')),
                ('size', models.PositiveIntegerField(verbose_name='size')),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('order', models.PositiveSmallIntegerField(default=1, verbose_name='order')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='pages.exposurepage', verbose_name='page')),
            ],
            options={
                'verbose_name': 'released file',
                'verbose_name_plural': 'released files',
                'ordering': ['order', 'pk'],
            },
        ),
    ]
