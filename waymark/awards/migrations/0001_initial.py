import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0004_letters_that_come_back'),
        ('organisations', '0003_no_leaflet_stock'),
        ('programme', '0003_publish_what_is_loaded'),
        ('worklist', '0005_tasks_of_managers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Award',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('return_to_work_credit', 'return-to-work credit'), ('job_preparation_premium', 'job preparation premium'), ('discretion_fund', 'adviser discretion fund'), ('permitted_work', 'permitted work')], max_length=30)),
                ('state', models.CharField(choices=[('proposed', 'waits for a second person'), ('agreed', 'agreed'), ('running', 'running'), ('stopped', 'stopped'), ('ended', 'ended'), ('refused', 'not agreed')], max_length=10)),
                ('advised', models.CharField(blank=True, choices=[('award', 'can be had'), ('later', 'not yet'), ('no', 'cannot be had')], help_text='empty: nothing settled', max_length=10)),
                ('row', models.CharField(blank=True, max_length=20)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('facts', models.JSONField(help_text='the facts it rested on')),
                ('trace', models.JSONField(help_text='the rows that matched, and why the others did not')),
                ('why_other', models.CharField(blank=True, help_text='a code of reasons/other_than_advised.csv', max_length=60)),
                ('why', models.TextField(blank=True, help_text="in the decider's words")),
                ('refused_code', models.CharField(blank=True, help_text='a code of reasons/award_refused.csv', max_length=60)),
                ('decided_at', models.DateTimeField()),
                ('authority', models.CharField(max_length=20)),
                ('authorised_at', models.DateTimeField(blank=True, null=True)),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('until', models.DateField(blank=True, help_text='the last day; empty: no end is set', null=True)),
                ('weeks', models.PositiveSmallIntegerField(default=0)),
                ('most_weeks', models.PositiveSmallIntegerField(default=0, help_text='the limit of the day it was decided; 0: none')),
                ('weekly_pence', models.PositiveIntegerField(default=0, help_text='the rate, frozen')),
                ('amount_pence', models.PositiveIntegerField(default=0, help_text='from the fund, once')),
                ('limit_pence', models.PositiveIntegerField(default=0, help_text='from the fund: the most a customer can have here')),
                ('usual_limit_pence', models.PositiveIntegerField(default=0, help_text='and the usual most; above it, say why')),
                ('above_usual_because', models.CharField(blank=True, max_length=300)),
                ('purpose', models.CharField(blank=True, help_text='a code of fund_purpose.csv or premium_activity.csv', max_length=60)),
                ('purpose_words', models.CharField(blank=True, max_length=300)),
                ('job_ref', models.CharField(blank=True, max_length=12)),
                ('employer', models.CharField(blank=True, max_length=200)),
                ('after_the_fact', models.BooleanField(default=False, help_text='decided after the days it is for had begun')),
                ('ended_on', models.DateField(blank=True, help_text='the last day it held', null=True)),
                ('stopped_code', models.CharField(blank=True, help_text='a code of reasons/award_stopped.csv', max_length=60)),
                ('stopped_words', models.CharField(blank=True, max_length=300)),
                ('overpaid_pence', models.PositiveIntegerField(default=0, help_text='paid for time after its end; only said')),
                ('warned_on', models.DateField(blank=True, null=True)),
                ('authorise_task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='worklist.task')),
                ('authorised_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='customers.claim')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.packversion')),
                ('stopped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['-decided_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['proposed', 'agreed', 'running']), models.Q(('kind', 'discretion_fund'), _negated=True)), fields=('claim', 'kind'), name='one_award_of_a_kind_at_a_time', violation_error_message='One of this kind runs already, or waits for a second person.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(models.Q(('refused_code', ''), _negated=True), models.Q(('why', ''), _negated=True)), _connector='OR'), name='award_refused_says_why', violation_error_message='Say why it is not agreed.'), models.CheckConstraint(condition=models.Q(('state', 'refused'), ('starts_on__isnull', False), _connector='OR'), name='award_has_a_first_day', violation_error_message='Say from which day it holds.'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['agreed', 'running', 'stopped', 'ended']), _negated=True), ('authority', 'none'), models.Q(('authorised_at__isnull', False), ('authorised_by__isnull', False)), _connector='OR'), name='award_was_authorised', violation_error_message='A second person agrees first.'), models.CheckConstraint(condition=models.Q(('authorised_by', None), models.Q(('authorised_by', models.F('decided_by')), _negated=True), _connector='OR'), name='award_authorised_by_another', violation_error_message='Somebody else agrees to it.'), models.CheckConstraint(condition=models.Q(('most_weeks', 0), ('weeks__lte', models.F('most_weeks')), _connector='OR'), name='award_no_longer_than_the_most', violation_error_message='That is more weeks than there can be.'), models.CheckConstraint(condition=models.Q(('state', 'refused'), models.Q(('amount_pence', 0), ('kind__in', ['return_to_work_credit', 'job_preparation_premium']), ('until__isnull', False), ('weekly_pence__gt', 0), models.Q(('weeks__gt', 0), ('state', 'stopped'), _connector='OR')), models.Q(('amount_pence__gt', 0), ('kind', 'discretion_fund'), ('weekly_pence', 0)), models.Q(('amount_pence', 0), ('kind', 'permitted_work'), ('weekly_pence', 0)), _connector='OR'), name='award_is_what_its_kind_is', violation_error_message='A weekly award has a rate and weeks, the fund pays one sum, permitted work none.'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('starts_on')), _connector='OR'), name='award_days_in_order', violation_error_message='It cannot end before it begins.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'stopped'), _negated=True), models.Q(('ended_on__isnull', False), models.Q(('stopped_code', ''), _negated=True)), _connector='OR'), name='award_stopped_on_a_day_with_a_reason', violation_error_message='Say from when it stops, and why.')],
                'indexes': [models.Index(fields=['claim', 'kind'], name='award_of_claim'), models.Index(condition=models.Q(('state', 'running')), fields=['until'], name='award_running'), models.Index(condition=models.Q(('state', 'agreed')), fields=['starts_on'], name='award_to_begin')],
            },
        ),
        migrations.CreateModel(
            name='AwardEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='a code of reasons/award_evidence.csv', max_length=60)),
                ('seen_on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='awards.award')),
                ('seen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['seen_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('award', 'kind', 'seen_on'), name='evidence_seen_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(unique=True)),
                ('made_at', models.DateTimeField()),
                ('lines', models.PositiveIntegerField()),
                ('pence', models.PositiveBigIntegerField()),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['-on'],
            },
        ),
        migrations.CreateModel(
            name='Calculation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('number', models.PositiveSmallIntegerField(help_text='counted for the claim')),
                ('scheme', models.CharField(max_length=30)),
                ('rates_from', models.DateField(help_text='the day from which the rates it used hold')),
                ('rates_hold', models.BooleanField(help_text='no: the latest there are, but not of this day')),
                ('inputs', models.JSONField(help_text='what went in, as it was entered')),
                ('outcome', models.JSONField(help_text='the lines as they were worked out')),
                ('now_pence', models.IntegerField(help_text='left a week now')),
                ('first_year_pence', models.IntegerField(help_text='left a week in the job, with the credit')),
                ('second_year_pence', models.IntegerField(help_text='left a week in the job, without it')),
                ('starts_on', models.DateField(blank=True, help_text='the first day of the job, where one is known', null=True)),
                ('explained', models.BooleanField(default=False, help_text='talked through with the customer')),
                ('customers_words', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calculations', to='customers.claim')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.packversion')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('claim', 'number'), name='calculation_numbered_once')],
            },
        ),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hours', 'other hours'), ('pay', 'other pay'), ('employer', 'another employer'), ('job_ended', 'the job has ended'), ('activity_ended', 'what it was for has ended'), ('other', 'another change')], max_length=20)),
                ('effective_on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('advised', models.CharField(blank=True, choices=[('award', 'can be had'), ('later', 'not yet'), ('no', 'cannot be had')], max_length=10)),
                ('because', models.CharField(blank=True, max_length=300)),
                ('goes_on', models.BooleanField()),
                ('why', models.CharField(blank=True, help_text='where it was decided otherwise than advised', max_length=300)),
                ('noted_at', models.DateTimeField()),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='awards.award')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['noted_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Fund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(help_text='the year in which it begins, on 1 April')),
                ('left_pence', models.BigIntegerField(default=0, editable=False)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='funds', to='organisations.office')),
            ],
            options={
                'ordering': ['-year', 'office__name'],
                'constraints': [models.UniqueConstraint(fields=('office', 'year'), name='one_fund_an_office_and_year'), models.CheckConstraint(condition=models.Q(('left_pence__gte', 0)), name='fund_is_never_overspent', violation_error_message='The fund has not enough left.')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('put_in', 'put in'), ('taken_out', 'taken out again'), ('promised', 'promised to a customer'), ('given_back', 'not needed any more')], max_length=12)),
                ('pence', models.BigIntegerField()),
                ('why', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('award', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='awards.award')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('fund', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='awards.fund')),
            ],
            options={
                'ordering': ['-at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('award', None), ('kind', 'put_in'), ('pence__gt', 0)), models.Q(('award', None), ('kind', 'taken_out'), ('pence__lt', 0)), models.Q(('award__isnull', False), ('kind', 'promised'), ('pence__lt', 0)), models.Q(('award__isnull', False), ('kind', 'given_back'), ('pence__gt', 0)), _connector='OR'), name='entry_has_its_sign_and_award', violation_error_message='What is promised goes out for an award; what is put in is for none.'), models.UniqueConstraint(condition=models.Q(('award__isnull', False)), fields=('award', 'kind'), name='promised_and_given_back_once', violation_error_message='That is in the ledger already.')],
                'indexes': [models.Index(fields=['fund', '-at', '-id'], name='entry_of_fund')],
            },
        ),
        migrations.CreateModel(
            name='Instalment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('covers_from', models.DateField()),
                ('covers_until', models.DateField()),
                ('due_on', models.DateField()),
                ('pence', models.PositiveIntegerField()),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('dropped_at', models.DateTimeField(blank=True, null=True)),
                ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='awards.award')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instalments', to='awards.batch')),
            ],
            options={
                'ordering': ['due_on', 'id'],
                'constraints': [models.UniqueConstraint(fields=('award', 'number'), name='instalment_numbered_once'), models.CheckConstraint(condition=models.Q(('pence__gt', 0)), name='instalment_is_a_sum', violation_error_message='An instalment of nothing is none.'), models.CheckConstraint(condition=models.Q(('covers_until__gte', models.F('covers_from'))), name='instalment_days_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('batch', None), ('paid_at', None)), models.Q(('batch__isnull', False), ('paid_at__isnull', False)), _connector='OR'), name='instalment_paid_in_a_batch', violation_error_message='What is paid is in a file of payments.'), models.CheckConstraint(condition=models.Q(('batch', None), ('dropped_at', None), _connector='OR'), name='instalment_paid_or_dropped', violation_error_message='What has been paid cannot be dropped.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('award'), models.F('award'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('covers_from'), models.F('covers_until'), models.Value('[]'), function='daterange'), '&&')], name='no_week_is_paid_twice', violation_error_message='These days are paid for already.')],
                'indexes': [models.Index(condition=models.Q(('batch', None), ('dropped_at', None)), fields=['due_on', 'id'], name='instalment_to_pay')],
            },
        ),
        migrations.CreateModel(
            name='Known',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fact', models.CharField(help_text='a name of facts.toml', max_length=60)),
                ('value', models.CharField(help_text='as the facts are written: yes, 20, not known', max_length=60)),
                ('job_ref', models.CharField(blank=True, help_text='of the job it was taken from', max_length=12)),
                ('said_at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='award_answers', to='customers.claim')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['-said_at', '-id'],
                'indexes': [models.Index(fields=['claim', 'fact', '-said_at', '-id'], name='known_newest')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('return_to_work_credit', 'return-to-work credit'), ('job_preparation_premium', 'job preparation premium'), ('discretion_fund', 'adviser discretion fund'), ('permitted_work', 'permitted work')], max_length=30)),
                ('answer', models.CharField(choices=[('wants', 'would like it'), ('thinks', 'is thinking about it'), ('declines', 'does not want it'), ('not_mentioned', 'not mentioned')], max_length=20)),
                ('not_mentioned_because', models.CharField(blank=True, help_text='a code of reasons/award_not_mentioned.csv', max_length=60)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='award_offers', to='customers.claim')),
            ],
            options={
                'ordering': ['-made_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('answer', 'not_mentioned'), ('not_mentioned_because', ''), _connector='XOR'), name='not_mentioned_says_why', violation_error_message='Say why it was not mentioned.')],
                'indexes': [models.Index(fields=['claim', 'kind', '-made_at'], name='offer_of_claim')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='no_more_weeks_than_there_are', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE whose bigint; had bigint;', func="\n        IF NEW.weekly_pence > 0 AND NEW.state <> 'refused' THEN\n            SELECT c.customer_id INTO whose FROM customers_claim c WHERE c.id = NEW.claim_id;\n            PERFORM 1 FROM customers_customer WHERE id = whose FOR UPDATE;\n            SELECT coalesce(sum(a.weeks), 0) INTO had\n              FROM awards_award a JOIN customers_claim c ON c.id = a.claim_id\n             WHERE c.customer_id = whose AND a.kind = NEW.kind AND a.state <> 'refused' AND a.ref <> NEW.ref;\n            IF had + NEW.weeks > NEW.most_weeks THEN RAISE EXCEPTION 'That is more weeks than there can be.' USING ERRCODE = 'check_violation', CONSTRAINT = 'no_more_weeks_than_there_are'; END IF;\n        END IF;\n        RETURN NEW;\n    ", hash='c0d28d11e80b2d7b4876e23b49c75c20d1911f29', operation='INSERT OR UPDATE OF "weeks", "state"', pgid='pgtrigger_no_more_weeks_than_there_are_e2dc3', table='awards_award', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='award',
            trigger=pgtrigger.compiler.Trigger(name='award_stays_as_decided', sql=pgtrigger.compiler.UpsertTriggerSql(func='RAISE EXCEPTION \'pgtrigger: Cannot update of "claim_id", "kind", "facts", "trace", "advised", "row", "decided_by_id", "decided_at", "weekly_pence", "amount_pence", "limit_pence", "usual_limit_pence", "most_weeks", "starts_on" rows from % table\', TG_TABLE_NAME;', hash='01d38cd585acc0a8830fdb2c0e26dda552a42ebf', operation='UPDATE OF "claim_id", "kind", "facts", "trace", "advised", "row", "decided_by_id", "decided_at", "weekly_pence", "amount_pence", "limit_pence", "usual_limit_pence", "most_weeks", "starts_on"', pgid='pgtrigger_award_stays_as_decided_a3165', table='awards_award', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='batch',
            trigger=pgtrigger.compiler.Trigger(name='batches_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='38aa3250166093e6742fcaed856f497b17579a4a', operation='UPDATE OR DELETE', pgid='pgtrigger_batches_are_kept_1cbec', table='awards_batch', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calculation',
            trigger=pgtrigger.compiler.Trigger(name='calculations_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d31bd5a21eb80066a0da5bf618fd41ad08b30268', operation='UPDATE OR DELETE', pgid='pgtrigger_calculations_are_kept_d55c4', table='awards_calculation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='change',
            trigger=pgtrigger.compiler.Trigger(name='changes_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='122f4fda1a3a9d79a8952ee222f6701b116abbba', operation='UPDATE OR DELETE', pgid='pgtrigger_changes_are_kept_f33ee', table='awards_change', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fund',
            trigger=pgtrigger.compiler.Trigger(name='left_comes_from_the_ledger', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n        IF pg_trigger_depth() < 2 THEN\n            IF TG_OP = 'INSERT' THEN\n                IF NEW.left_pence <> 0 THEN RAISE EXCEPTION 'A new fund is empty until something is put in.' USING ERRCODE = 'check_violation', CONSTRAINT = 'left_from_ledger'; END IF;\n            ELSE\n                IF NEW.left_pence <> OLD.left_pence THEN RAISE EXCEPTION 'What a fund has left comes from its ledger.' USING ERRCODE = 'check_violation', CONSTRAINT = 'left_from_ledger'; END IF;\n            END IF;\n        END IF;\n        RETURN NEW;\n    ", hash='d533796adae3e2dd1c134b67532251759a7dd8e0', operation='INSERT OR UPDATE', pgid='pgtrigger_left_comes_from_the_ledger_65c53', table='awards_fund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='fund_never_overspent', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE left_now bigint; found record; had bigint;', func="\n        SELECT f.left_pence INTO left_now FROM awards_fund f WHERE f.id = NEW.fund_id FOR UPDATE;\n        IF left_now + NEW.pence < 0 THEN RAISE EXCEPTION 'The fund has not enough left.' USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_is_never_overspent', HINT = 'The manager of the office can put more in.'; END IF;\n        IF NEW.kind = 'promised' THEN\n            SELECT a.kind, a.state, a.amount_pence, a.limit_pence, a.usual_limit_pence, a.above_usual_because,\n                   c.customer_id, c.office_id, f.office_id AS funds_office INTO found\n              FROM awards_award a JOIN customers_claim c ON c.id = a.claim_id, awards_fund f\n             WHERE a.id = NEW.award_id AND f.id = NEW.fund_id;\n            IF found.kind <> 'discretion_fund' OR found.amount_pence <> -NEW.pence THEN RAISE EXCEPTION 'What is promised is the sum of an award from the fund.' USING ERRCODE = 'check_violation', CONSTRAINT = 'promised_is_the_award'; END IF;\n            PERFORM 1 FROM customers_customer WHERE id = found.customer_id FOR UPDATE;\n            SELECT coalesce(-sum(e.pence), 0) INTO had\n              FROM awards_entry e JOIN awards_award a ON a.id = e.award_id\n              JOIN customers_claim c ON c.id = a.claim_id\n             WHERE c.customer_id = found.customer_id;\n            IF had - NEW.pence > found.limit_pence THEN RAISE EXCEPTION 'That is more than one customer can have from the fund.' USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_limit_of_a_customer'; END IF;\n            IF had - NEW.pence > found.usual_limit_pence AND found.above_usual_because = '' THEN RAISE EXCEPTION 'That is more than a customer usually has from the fund, and nothing says why.' USING ERRCODE = 'check_violation', CONSTRAINT = 'fund_above_the_usual_says_why'; END IF;\n        END IF;\n        UPDATE awards_fund SET left_pence = left_pence + NEW.pence WHERE id = NEW.fund_id;\n        RETURN NEW;\n    ", hash='9930bf10e2d53bd1b9584b470edc4987f3ff3e73', operation='INSERT', pgid='pgtrigger_fund_never_overspent_bd61a', table='awards_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='ledger_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='72a0add7f6f67aac20944efe4e7ee7b9b2510be6', operation='UPDATE OR DELETE', pgid='pgtrigger_ledger_is_kept_5bb49', table='awards_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='instalment',
            trigger=pgtrigger.compiler.Trigger(name='paid_stays_paid', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.batch_id IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6eb27226ff254434b9de46a49c64048eae5a43c6', operation='UPDATE OR DELETE', pgid='pgtrigger_paid_stays_paid_8a6db', table='awards_instalment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='known',
            trigger=pgtrigger.compiler.Trigger(name='answers_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='44c698b912f3318a144efa2c5d65f262167f763d', operation='UPDATE OR DELETE', pgid='pgtrigger_answers_are_kept_2c9a0', table='awards_known', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='offer',
            trigger=pgtrigger.compiler.Trigger(name='offers_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9f424c8454e94b3d6cc6c87cf1f4b59ea2d5f6af', operation='UPDATE OR DELETE', pgid='pgtrigger_offers_are_kept_2f6fc', table='awards_offer', when='BEFORE')),
        ),
    ]
