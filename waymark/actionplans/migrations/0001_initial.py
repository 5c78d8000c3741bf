import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('customers', '0004_letters_that_come_back'),
        ('directory', '0002_knowledge_and_publishing'),
        ('interviews', '0005_handing_over_and_trying_out'),
        ('notices', '0003_letters_that_come_back'),
        ('organisations', '0003_no_leaflet_stock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('worklist', '0005_tasks_of_managers'),
    ]

    operations = [
        migrations.CreateModel(
            name='TaskOfAStep',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('worklist.task',),
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sign', models.CharField(help_text='a code of reasons/sign_of_progress.csv', max_length=40)),
                ('seen', models.CharField(choices=[('not_yet', 'not yet'), ('a_little', 'a little'), ('clearly', 'clearly')], max_length=10)),
                ('seen_by', models.CharField(choices=[('adviser', 'the adviser'), ('customer', 'the customer'), ('provider', 'somebody who helps')], default='adviser', max_length=10)),
                ('who', models.CharField(help_text='the name of who saw it', max_length=100)),
                ('words', models.CharField(blank=True, help_text='what was seen', max_length=300)),
                ('on', models.DateField()),
                ('noted_at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='customers.claim')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('who', ''), _negated=True), name='sign_seen_by_somebody', violation_error_message='Say who saw it.')],
                'indexes': [models.Index(fields=['claim', 'sign', 'on'], name='sign_of_claim')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('barriers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, help_text="codes of the pack's barriers", size=None)),
                ('aim', models.TextField(blank=True, help_text='what the customer hopes for, in their own words (E:L2100-2106)')),
                ('review_on', models.DateField(help_text='when customer and adviser look at it again (M:L2049-2051)')),
                ('begun_at', models.DateTimeField()),
                ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='plan', to='customers.claim')),
                ('review_task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_review', to='worklist.task')),
            ],
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('words', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('open', 'open'), ('reached', 'reached'), ('dropped', 'no longer wanted')], default='open', max_length=10)),
                ('set_on', models.DateField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_why', models.CharField(blank=True, max_length=300)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='actionplans.plan')),
            ],
            options={
                'ordering': ['plan', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='goal_has_words', violation_error_message='Write the goal.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('state', 'open')), models.Q(('closed_on__isnull', False), models.Q(('state', 'reached'), models.Q(('closed_why', ''), _negated=True), _connector='OR')), _connector='OR'), name='goal_closed_on_a_day', violation_error_message='Say when the goal was reached, or why it is no longer wanted.')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('words', models.CharField(max_length=300)),
                ('owner', models.CharField(choices=[('customer', 'the customer'), ('adviser', 'an adviser'), ('provider', 'somebody who helps')], max_length=10)),
                ('owner_name', models.CharField(blank=True, help_text='who helps, where the directory does not know them', max_length=100)),
                ('due_on', models.DateField()),
                ('origin', models.CharField(choices=[('interview', 'an interview'), ('wish', 'a wish of the customer'), ('referral', 'a referral'), ('award', 'an award'), ('promise', 'a promise'), ('conference', 'a case conference'), ('job', 'a job'), ('talk', 'a talk between interviews'), ('customer', 'the customer, by themselves')], max_length=12)),
                ('made_of', models.CharField(blank=True, help_text='the reference of the referral, award or task it stands for', max_length=12)),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('dropped', 'dropped')], default='open', max_length=10)),
                ('looked_back_on', models.DateField(blank=True, null=True)),
                ('added_at', models.DateTimeField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_why', models.CharField(blank=True, max_length=300)),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.contact')),
                ('goal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='actionplans.goal')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='actionplans.plan')),
                ('task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='step', to='worklist.task')),
                ('wish', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='step', to='interviews.interest')),
            ],
            options={
                'ordering': ['due_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='step_has_words', violation_error_message='Write what is done in this step.'), models.CheckConstraint(condition=models.Q(models.Q(('contact', None), ('organisation', None), ('owner', 'customer'), ('owner_name', ''), ('person', None)), models.Q(('contact', None), ('organisation', None), ('owner', 'adviser'), ('owner_name', ''), ('person__isnull', False)), models.Q(('owner', 'provider'), ('person', None), models.Q(('contact__isnull', False), ('organisation__isnull', False), models.Q(('owner_name', ''), _negated=True), _connector='OR')), _connector='OR'), name='step_has_its_owner', violation_error_message='Name who does it: the customer, a colleague, or who helps.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('state', 'open')), models.Q(('closed_on__isnull', False), models.Q(('state', 'done'), models.Q(('closed_why', ''), _negated=True), _connector='OR')), _connector='OR'), name='step_dropped_says_why', violation_error_message='Say why the step is dropped.'), models.UniqueConstraint(condition=models.Q(('state', 'open'), models.Q(('made_of', ''), _negated=True)), fields=('made_of',), name='one_open_step_made_of_a_thing', violation_error_message='This stands in the plan already.')],
                'indexes': [models.Index(fields=['plan', 'state', 'due_on'], name='step_of_plan'), models.Index(condition=models.Q(('made_of', ''), _negated=True), fields=['made_of'], name='step_made_of')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('changed', models.TextField(help_text='what is other than before, in sentences for the customer')),
                ('why', models.TextField(blank=True)),
                ('content', models.JSONField(help_text='the whole plan in words, as it was then')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='actionplans.plan')),
            ],
            options={
                'ordering': ['plan', 'number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='one_plan_version_a_number'), models.CheckConstraint(condition=models.Q(('changed', ''), _negated=True), name='version_says_what_changed', violation_error_message='Say what has changed.')],
            },
        ),
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreed', models.BooleanField()),
                ('on', models.DateField()),
                ('how', models.CharField(choices=[('together', 'when we met'), ('phone', 'by telephone'), ('letter', 'in writing'), ('portal', 'on their own page'), ('representative', 'through somebody who speaks for them')], max_length=15)),
                ('who', models.CharField(blank=True, help_text='who spoke for the customer, if somebody did', max_length=100)),
                ('words', models.TextField(blank=True, help_text='what the customer said')),
                ('noted_at', models.DateTimeField()),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('notice', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.notice')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='agreements', to='actionplans.version')),
            ],
            options={
                'ordering': ['version', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed', True)), fields=('version',), name='a_version_is_agreed_once', violation_error_message='This version is agreed already.'), models.CheckConstraint(condition=models.Q(('agreed', True), models.Q(('words', ''), _negated=True), _connector='OR'), name='not_agreed_says_what_is_wrong', violation_error_message='Write what the customer would like otherwise.'), models.CheckConstraint(condition=models.Q(models.Q(('how', 'representative'), _negated=True), models.Q(('who', ''), _negated=True), _connector='OR'), name='agreed_through_somebody_named', violation_error_message='Name who spoke for the customer.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskofastep',
            trigger=pgtrigger.compiler.Trigger(name='task_of_an_open_step_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."closed_at" IS NOT NULL)', constraint='CONSTRAINT', declare='DECLARE lost_words text;', func="\n    SELECT s.words INTO lost_words FROM actionplans_step s\n      JOIN actionplans_plan p ON p.id = s.plan_id\n      JOIN customers_claim c ON c.id = p.claim_id\n     WHERE s.task_id = NEW.id AND s.state = 'open' AND c.status = 'live'\n       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = s.task_id AND t.closed_at IS NULL)\n     LIMIT 1;\n    IF lost_words IS NOT NULL THEN\n        RAISE EXCEPTION 'The step “%” has nobody who looks after it.', lost_words\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'open_step_has_an_open_task',\n                  HINT = 'Close the step with its task, or open another task for it in the same transaction.';\n    END IF;\n    RETURN NULL;\n", hash='1411f726bb0b2e0ad0b66ee427fa2b7cebf5a23f', operation='UPDATE OF "closed_at"', pgid='pgtrigger_task_of_an_open_step_stays_050d4', table='worklist_task', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='observation',
            trigger=pgtrigger.compiler.Trigger(name='observations_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='79dab04851d5405e4d9d621759c68537dba7fcc5', operation='UPDATE OR DELETE', pgid='pgtrigger_observations_are_kept_39897', table='actionplans_observation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='open_step_has_an_open_task', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE lost_words text;', func="\n    SELECT s.words INTO lost_words FROM actionplans_step s\n      JOIN actionplans_plan p ON p.id = s.plan_id\n      JOIN customers_claim c ON c.id = p.claim_id\n     WHERE s.id = NEW.id AND s.state = 'open' AND c.status = 'live'\n       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = s.task_id AND t.closed_at IS NULL)\n     LIMIT 1;\n    IF lost_words IS NOT NULL THEN\n        RAISE EXCEPTION 'The step “%” has nobody who looks after it.', lost_words\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'open_step_has_an_open_task',\n                  HINT = 'Close the step with its task, or open another task for it in the same transaction.';\n    END IF;\n    RETURN NULL;\n", hash='2763a115caa686541bb5352be134a2eeff090ea1', operation='INSERT OR UPDATE', pgid='pgtrigger_open_step_has_an_open_task_0dcc3', table='actionplans_step', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='step',
            trigger=pgtrigger.compiler.Trigger(name='steps_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='7e6e71c794ddbb3e3bda289a41f43f7e8f77b37a', operation='DELETE', pgid='pgtrigger_steps_are_kept_e0750', table='actionplans_step', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='version',
            trigger=pgtrigger.compiler.Trigger(name='versions_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a822b085a107de97276725487638d8bd693bee0', operation='UPDATE OR DELETE', pgid='pgtrigger_versions_are_kept_8f2ae', table='actionplans_version', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='agreement',
            trigger=pgtrigger.compiler.Trigger(name='agreements_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='173007c79178fe716db4a7fb3f5bbfa3ebcc2e02', operation='UPDATE OR DELETE', pgid='pgtrigger_agreements_are_kept_f4bf8', table='actionplans_agreement', when='BEFORE')),
        ),
    ]
