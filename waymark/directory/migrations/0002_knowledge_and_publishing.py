import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('customers', '0001_initial'),
        ('directory', '0001_initial'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('staff', 'staff'), ('content', 'what is offered'), ('capacity', 'places and waits'), ('funding', 'funding'), ('place', 'where it is'), ('route', 'how to get there'), ('other', 'something else')], max_length=15)),
                ('words', models.TextField()),
                ('on', models.DateField(help_text='from when it holds')),
                ('until', models.DateField(blank=True, null=True)),
                ('noted_at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='directory.organisation')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='directory.service')),
            ],
            options={
                'ordering': ['-on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='change_says_something', violation_error_message='Say what has changed.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('on')), _connector='OR'), name='change_ends_after_it_starts', violation_error_message='The last day cannot be before the first.')],
            },
        ),
        migrations.CreateModel(
            name='CustomerView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim_ref', models.CharField(blank=True, help_text='not shown beside the words', max_length=12)),
                ('words', models.TextField(blank=True)),
                ('useful', models.CharField(choices=[('yes', 'useful'), ('partly', 'partly useful'), ('no', 'not useful')], max_length=10)),
                ('said_on', models.DateField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='customer_views', to='directory.service')),
            ],
            options={
                'ordering': ['-said_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Experience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('used', 'sent people there'), ('customer', 'heard from customers'), ('visit', 'visited them'), ('their_visit', 'they visited us or presented'), ('phone', 'rang them'), ('colleague', 'heard from a colleague'), ('manager', 'heard from a manager'), ('guidance', 'written guidance'), ('leaflet', 'their leaflet or website'), ('event', 'a local event or an open day'), ('conference', 'a case conference'), ('professional', 'a health or social care worker'), ('press', 'a newspaper'), ('other', 'something else')], max_length=20)),
                ('words', models.TextField()),
                ('noted_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='experiences', to='directory.organisation')),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='experiences', to='directory.service')),
            ],
            options={
                'ordering': ['-noted_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='experience_says_something', violation_error_message='Write what you know.')],
            },
        ),
        migrations.CreateModel(
            name='Knowing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(choices=[('1', 'I know it and can describe it in detail and answer questions'), ('2', 'I know it and can describe the basics'), ('3', 'I have heard of it but cannot say what it does'), ('4', 'I have not heard of it')], max_length=1)),
                ('often', models.BooleanField(default=False, help_text='speaks of it or sends people there often')),
                ('said_on', models.DateField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='known_by', to='directory.service')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'service'), name='knowing_once_a_person_and_service', violation_error_message='This person has said already how well they know the service.')],
            },
        ),
        migrations.CreateModel(
            name='Liaison',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('visit', 'we visited them'), ('their_visit', 'they visited us'), ('presentation', 'they presented their services'), ('open_day', 'open day'), ('shadowing', 'one worked beside the other for a day'), ('sat_in', 'they sat in on interviews'), ('desk', 'they worked at our office'), ('conference', 'case conference'), ('business', 'business meeting'), ('network', 'local network event'), ('health', 'talk to doctors or nurses')], max_length=20)),
                ('on', models.DateField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('who', models.CharField(blank=True, help_text='who was there', max_length=300)),
                ('words', models.TextField(blank=True)),
                ('noted_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liaisons', to='directory.organisation')),
            ],
            options={
                'ordering': ['-on', '-id'],
                'indexes': [models.Index(fields=['organisation', '-on'], name='liaison_of_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Loose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='the name of its table in the published format', max_length=40)),
                ('uid', models.UUIDField()),
                ('published', models.JSONField()),
            ],
            options={
                'ordering': ['kind', 'id'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'uid'), name='loose_row_once')],
            },
        ),
        migrations.CreateModel(
            name='UnmetNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('need', models.CharField(help_text='a code of reasons/need.csv', max_length=40)),
                ('postcode', models.CharField(blank=True, help_text='the first part, where it is known', max_length=8)),
                ('origin', models.CharField(choices=[('search', 'a search found nothing'), ('no_option', 'there was no other option'), ('wait', 'the wait was too long'), ('travel', 'it was too far away'), ('eligibility', 'nobody takes this customer')], max_length=20)),
                ('words', models.TextField(blank=True)),
                ('noted_on', models.DateField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='customers.claim')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.district')),
            ],
            options={
                'ordering': ['-noted_on', '-id'],
                'indexes': [models.Index(fields=['district', 'need'], name='unmet_need_of_district')],
            },
        ),
        migrations.AddField(
            model_name='contact',
            name='public',
            field=models.BooleanField(default=False, help_text='may stand in open data'),
        ),
        migrations.AddField(
            model_name='service',
            name='added_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='service',
            name='approach',
            field=models.CharField(blank=True, help_text='how they work, what they believe in (R:L351, R:L666)', max_length=300),
        ),
        migrations.AddField(
            model_name='service',
            name='area_words',
            field=models.CharField(blank=True, help_text='the area as the service names it, where postcodes are not known', max_length=300),
        ),
        migrations.AddField(
            model_name='service',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='service',
            name='email',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='service',
            name='employer_links',
            field=models.CharField(blank=True, help_text='employers they work with (R:L476)', max_length=300),
        ),
        migrations.AddField(
            model_name='service',
            name='feedback_points',
            field=models.CharField(blank=True, help_text='when they tell us how it goes (R:L861)', max_length=300),
        ),
        migrations.AddField(
            model_name='service',
            name='fees',
            field=models.CharField(blank=True, help_text='what the customer pays, in words', max_length=300),
        ),
        migrations.AddField(
            model_name='service',
            name='hours',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='service',
            name='how',
            field=models.TextField(blank=True, help_text='how somebody gets a place, in plain words'),
        ),
        migrations.AddField(
            model_name='service',
            name='keys',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), blank=True, default=list, help_text='three-letter pieces of its names, for words with slips', size=None),
        ),
        migrations.AddField(
            model_name='service',
            name='paid_when_referred_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='roles whose referral makes the payment due (R:L585), none: it makes no difference', size=None),
        ),
        migrations.AddField(
            model_name='service',
            name='words',
            field=models.TextField(blank=True, help_text='all that is looked through, see rules.words_of'),
        ),
        migrations.AddField(
            model_name='service',
            name='telephone',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='service',
            name='website',
            field=models.URLField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='published',
            field=models.JSONField(blank=True, default=dict, help_text='what it published, as it came: written back at export'),
        ),
        migrations.AlterField(
            model_name='service',
            name='taking',
            field=models.CharField(choices=[('unknown', 'not known'), ('places', 'has places'), ('waiting', 'has a waiting list'), ('full', 'full'), ('stopped', 'takes nobody at present'), ('withdrawn', 'withdrawn')], default='unknown', max_length=10),
        ),
        migrations.AddField(
            model_name='service',
            name='search',
            field=models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('words', config=models.Value('english')), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='service',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='service_search'),
        ),
        migrations.AddIndex(
            model_name='service',
            index=django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='service_keys'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), models.Q(('withdrawn_why', ''), _negated=True), _connector='OR'), name='service_withdrawn_for_a_reason', violation_error_message='Say why the service is withdrawn.'),
        ),
        migrations.AddConstraint(
            model_name='service',
            constraint=models.CheckConstraint(condition=models.Q(('least_age', None), ('greatest_age', None), ('greatest_age__gte', models.F('least_age')), _connector='OR'), name='service_ages_in_order', violation_error_message='The greatest age cannot be below the least.'),
        ),
    ]
