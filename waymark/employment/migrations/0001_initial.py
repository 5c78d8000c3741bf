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
        ('notices', '0003_letters_that_come_back'),
        ('organisations', '0003_no_leaflet_stock'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('worklist', '0005_tasks_of_managers'),
    ]

    operations = [
        migrations.CreateModel(
            name='TaskOfATransition',
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
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('ways_shown', models.BooleanField(default=False, help_text='all the ways were put neutrally')),
                ('law_named', models.BooleanField(default=False, help_text='the law on disability at work was named')),
                ('advice', models.TextField(help_text='what was said, so that the next adviser says the same')),
                ('decided', models.CharField(choices=[('tell', 'will tell'), ('tell_later', 'will tell when they have the job'), ('one_person', 'will tell one person only'), ('not_tell', 'will not tell'), ('undecided', 'has not decided')], default='undecided', max_length=12)),
                ('whom', models.CharField(blank=True, help_text='who is to be told, or who was', max_length=200)),
                ('words', models.TextField(blank=True, help_text="the customer's own words")),
                ('otherwise_why', models.CharField(blank=True, max_length=300)),
                ('until', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='customers.claim')),
                ('otherwise', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='employment.disclosure')),
            ],
            options={
                'ordering': ['-on', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('claim',), name='one_advice_on_disclosure_a_claim', violation_error_message='There is advice on disclosure already. Read it; say why, if you say otherwise.'), models.CheckConstraint(condition=models.Q(models.Q(('otherwise', None), ('otherwise_why', '')), models.Q(('otherwise__isnull', False), models.Q(('otherwise_why', ''), _negated=True)), _connector='OR'), name='other_advice_says_why', violation_error_message='Say why the advice is another than before.'), models.CheckConstraint(condition=models.Q(('advice', ''), _negated=True), name='disclosure_has_advice', violation_error_message='Write what was said.')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(choices=[('employed', 'employed'), ('self_employed', 'self-employed'), ('supported', 'supported employment'), ('permitted', 'permitted work while on benefit'), ('voluntary', 'voluntary work'), ('trial', 'work trial or placement')], max_length=15)),
                ('employer', models.CharField(help_text='the business, or what the self-employed do', max_length=200)),
                ('work', models.CharField(blank=True, help_text='what the customer does there', max_length=200)),
                ('lasting', models.BooleanField(blank=True, help_text='no: for a time; empty: not known', null=True)),
                ('hours', models.DecimalField(decimal_places=1, help_text='a week, as a rule', max_digits=4)),
                ('pay_pence', models.PositiveIntegerField(blank=True, help_text='before tax; empty: unpaid or unknown', null=True)),
                ('pay_period', models.CharField(blank=True, choices=[('hour', 'an hour'), ('week', 'a week'), ('fortnight', 'a fortnight'), ('four_weeks', 'four weeks'), ('month', 'a month'), ('year', 'a year')], max_length=12)),
                ('adjustments', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='what the employer does, codes of reasons/adjustment.csv (M:L4667-4670)', size=None)),
                ('state', models.CharField(choices=[('agreed', 'to begin'), ('running', 'going on'), ('ended', 'ended'), ('not_taken', 'not begun after all')], default='agreed', max_length=10)),
                ('starts_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('ended_because', models.CharField(blank=True, help_text='a code of reasons/job_ended.csv', max_length=40)),
                ('ended_words', models.CharField(blank=True, max_length=300)),
                ('next_words', models.CharField(blank=True, help_text='what follows a job that has ended', max_length=300)),
                ('next_on', models.DateField(blank=True, null=True)),
                ('support', models.CharField(blank=True, choices=[('accepted', 'yes, gladly'), ('later', 'perhaps later'), ('declined', 'no, thank you')], help_text='the last answer', max_length=10)),
                ('calls_welcome', models.BooleanField(default=True)),
                ('noted_at', models.DateTimeField()),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='jobs', to='customers.claim')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['-starts_on', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('hours__gt', 0), ('hours__lte', 168)), name='job_has_hours', violation_error_message='Give the hours a week, more than none and no more than a week has.'), models.CheckConstraint(condition=models.Q(models.Q(('pay_pence', None), ('pay_period', '')), models.Q(('pay_pence__isnull', False), models.Q(('pay_period', ''), _negated=True)), _connector='OR'), name='job_pay_has_its_period', violation_error_message='Say what the pay is for: an hour, a week, a month.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', False), ('state', 'ended'), models.Q(('ended_because', ''), _negated=True)), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_on', None)), _connector='OR'), name='job_ends_on_a_day_for_a_reason', violation_error_message='A job that has ended has its last day and the reason; one that goes on has none.'), models.CheckConstraint(condition=models.Q(('ended_on', None), ('ended_on__gte', models.F('starts_on')), _connector='OR'), name='job_days_in_order', violation_error_message='A job cannot end before it began.'), models.CheckConstraint(condition=models.Q(models.Q(('next_on', None), ('next_words', '')), models.Q(('next_on__isnull', False), models.Q(('next_words', ''), _negated=True)), _connector='OR'), name='after_a_job_words_have_a_day', violation_error_message='What follows needs words and a day.'), models.CheckConstraint(condition=models.Q(('employer', ''), _negated=True), name='job_has_an_employer', violation_error_message='Say who the work is for.')],
                'indexes': [models.Index(fields=['claim', '-starts_on'], name='job_of_claim'), models.Index(fields=['state', 'starts_on'], name='job_by_state')],
            },
        ),
        migrations.CreateModel(
            name='InWorkCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('due_on', models.DateField()),
                ('state', models.CharField(choices=[('planned', 'planned'), ('talked', 'talked with the customer'), ('not_reached', 'not reached'), ('not_wanted', 'not wanted'), ('overtaken', 'no longer needed')], default='planned', max_length=12)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('held_at', models.DateTimeField(blank=True, null=True)),
                ('going', models.CharField(blank=True, choices=[('well', 'well'), ('mixed', 'well and badly'), ('badly', 'badly')], max_length=10)),
                ('problems', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, help_text='codes of reasons/in_work_problem.csv (M:L4972-4987)', size=None)),
                ('words', models.TextField(blank=True)),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='in_work_call', to='worklist.task')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='employment.job')),
            ],
            options={
                'ordering': ['job', 'due_on', 'id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'planned')), fields=('job', 'due_on'), name='one_planned_call_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', False), ('state', 'talked'), models.Q(('going', ''), _negated=True)), models.Q(models.Q(('state', 'talked'), _negated=True), ('going', '')), _connector='OR'), name='in_work_call_says_how_it_goes', violation_error_message='Say how the job goes.')],
            },
        ),
        migrations.CreateModel(
            name='JobEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contract', 'contract or letter of offer'), ('payslip', 'pay slip'), ('employer', "word of the employer, with the customer's consent"), ('books', 'books or registration of the self-employed'), ('customer', "the customer's own word"), ('other', 'something else')], max_length=10)),
                ('shows', models.CharField(help_text='what it shows: begun, hours, pay, still there', max_length=200)),
                ('seen_on', models.DateField()),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='employment.job')),
                ('seen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['-seen_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='JobWishes',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('work', models.CharField(blank=True, help_text="the kind of work, in the customer's words", max_length=200)),
                ('least_hours', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('most_hours', models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ('most_travel_minutes', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('times', models.CharField(blank=True, help_text='hours that fit school or treatment', max_length=200)),
                ('avoid', models.CharField(blank=True, help_text='pressure, commission, being alone', max_length=300)),
                ('asked_on', models.DateField()),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='job_wishes', to='customers.claim')),
            ],
            options={
                'verbose_name_plural': 'job wishes',
                'constraints': [models.CheckConstraint(condition=models.Q(('least_hours', None), ('most_hours', None), ('most_hours__gte', models.F('least_hours')), _connector='OR'), name='wished_hours_in_order', violation_error_message='The most hours cannot be fewer than the least.')],
            },
        ),
        migrations.CreateModel(
            name='SupportOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('forms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, help_text='codes of reasons/in_work_support.csv', size=None)),
                ('answer', models.CharField(choices=[('accepted', 'yes, gladly'), ('later', 'perhaps later'), ('declined', 'no, thank you')], max_length=10)),
                ('calls_welcome', models.BooleanField(default=True)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('ask_again_on', models.DateField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='employment.job')),
            ],
            options={
                'ordering': ['on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', 'later'), ('ask_again_on__isnull', False)), models.Q(models.Q(('answer', 'later'), _negated=True), ('ask_again_on', None)), _connector='OR'), name='later_has_a_day', violation_error_message='Perhaps later: say on which day you ask again.')],
            },
        ),
        migrations.CreateModel(
            name='SustainedCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weeks', models.PositiveSmallIntegerField(help_text='the milestone: 13 or 26, by the pack')),
                ('clock_from', models.DateField(help_text='the first day of work that counts')),
                ('reached_on', models.DateField()),
                ('words', models.CharField(blank=True, max_length=300)),
                ('noted_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='employment.job')),
            ],
            options={
                'ordering': ['job', 'weeks'],
                'constraints': [models.UniqueConstraint(fields=('job', 'weeks', 'clock_from'), name='one_check_a_milestone', violation_error_message='This was noted already.')],
            },
        ),
        migrations.CreateModel(
            name='Terms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('hours', models.DecimalField(decimal_places=1, max_digits=4)),
                ('pay_pence', models.PositiveIntegerField(blank=True, null=True)),
                ('pay_period', models.CharField(blank=True, choices=[('hour', 'an hour'), ('week', 'a week'), ('fortnight', 'a fortnight'), ('four_weeks', 'four weeks'), ('month', 'a month'), ('year', 'a year')], max_length=12)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('noted_at', models.DateTimeField()),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='employment.job')),
                ('noted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['job', 'since', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TransitionPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=12, unique=True)),
                ('because', models.CharField(help_text='a code of reasons/entitlement_lost.csv', max_length=40)),
                ('lost_on', models.DateField(help_text='the last day of the benefit, or the day of the decision')),
                ('state', models.CharField(choices=[('open', 'to be agreed with the customer'), ('agreed', 'agreed with the customer'), ('closed', 'closed')], default='open', max_length=10)),
                ('told_on', models.DateField(blank=True, null=True)),
                ('other_benefits', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('appeal', models.CharField(choices=[('thinking', 'the customer is thinking about it'), ('not_possible', 'there is nothing to appeal against'), ('not_wanted', 'the customer does not want to appeal'), ('running', 'an appeal is under way'), ('won', 'won: the benefit is paid again'), ('lost', 'lost'), ('withdrawn', 'withdrawn by the customer')], default='not_possible', max_length=12)),
                ('appeal_by', models.DateField(blank=True, help_text='the last day to appeal', null=True)),
                ('hearing_on', models.DateField(blank=True, null=True)),
                ('contact_on', models.DateField(blank=True, help_text='when we are in touch next', null=True)),
                ('begun_at', models.DateTimeField()),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('closed_why', models.CharField(blank=True, max_length=300)),
                ('begun_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='transitions', to='customers.claim')),
                ('notice', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.notice')),
                ('person', models.ForeignKey(blank=True, help_text='whom the customer rings', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('task', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transition', to='worklist.task')),
                ('told_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.post')),
            ],
            options={
                'ordering': ['-begun_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'closed'), _negated=True), fields=('claim',), name='one_open_transition_a_claim', violation_error_message='There is a plan for this already.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'agreed'), _negated=True), models.Q(('person__isnull', False), ('told_by__isnull', False), ('told_on__isnull', False)), _connector='OR'), name='transition_agreed_with_somebody', violation_error_message='Say who tells the customer, when, and whom they can ring.'), models.CheckConstraint(condition=models.Q(models.Q(('appeal', 'running'), _negated=True), ('state', 'closed'), ('contact_on__isnull', False), _connector='OR'), name='appeal_has_a_day_of_contact', violation_error_message='While an appeal runs there is a day on which we are in touch.'), models.CheckConstraint(condition=models.Q(('appeal_by__isnull', False), models.Q(('appeal', 'thinking'), _negated=True), _connector='OR'), name='thinking_has_a_last_day', violation_error_message='Say until when the customer can appeal.'), models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed'), models.Q(('closed_why', ''), _negated=True)), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on', None)), _connector='OR'), name='transition_closed_for_a_reason', violation_error_message='Say why the plan is closed.')],
            },
        ),
        migrations.CreateModel(
            name='HelpAfter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200)),
                ('goes_on', models.CharField(choices=[('yes', 'goes on'), ('other_way', 'goes on in another way'), ('ends', 'ends'), ('to_find_out', 'to be found out')], max_length=12)),
                ('how', models.CharField(blank=True, help_text='until when, by whom, on what money', max_length=300)),
                ('who_tells', models.CharField(blank=True, max_length=100)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help', to='employment.transitionplan')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='help_after_is_named', violation_error_message='Name the help.'), models.CheckConstraint(condition=models.Q(models.Q(('goes_on__in', ['other_way', 'to_find_out']), _negated=True), models.Q(('how', ''), _negated=True), _connector='OR'), name='help_after_says_how', violation_error_message='Say how it goes on, or who finds out.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taskofatransition',
            trigger=pgtrigger.compiler.Trigger(name='task_of_a_transition_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."closed_at" IS NOT NULL)', constraint='CONSTRAINT', declare='DECLARE left_ref text;', func="\n    SELECT p.ref INTO left_ref FROM employment_transitionplan p\n     WHERE p.task_id = NEW.id AND p.state <> 'closed'\n       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = p.task_id AND t.closed_at IS NULL);\n    IF left_ref IS NOT NULL THEN\n        RAISE EXCEPTION 'Nobody would be in touch any more: transition plan %.', left_ref\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'transition_has_an_open_task',\n                  HINT = 'Open its next contact in the same transaction, or close the plan for a reason.';\n    END IF;\n    RETURN NULL;\n", hash='c147f60d80d70ff7d2eef873495d19c3675bc3be', operation='UPDATE OF "closed_at"', pgid='pgtrigger_task_of_a_transition_stays_732ef', table='worklist_task', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sustainedcheck',
            trigger=pgtrigger.compiler.Trigger(name='checks_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9518ef256c5fef4bc9810b6bdcef601608733f2b', operation='UPDATE OR DELETE', pgid='pgtrigger_checks_are_kept_88ded', table='employment_sustainedcheck', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='terms',
            trigger=pgtrigger.compiler.Trigger(name='terms_are_kept', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa027c19ccc46a85598ef0d0de60d589081fbc99', operation='UPDATE OR DELETE', pgid='pgtrigger_terms_are_kept_8b5d7', table='employment_terms', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='transitionplan',
            trigger=pgtrigger.compiler.Trigger(name='transition_has_an_open_task', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE left_ref text;', func="\n    SELECT p.ref INTO left_ref FROM employment_transitionplan p\n     WHERE p.id = NEW.id AND p.state <> 'closed'\n       AND NOT EXISTS (SELECT 1 FROM worklist_task t WHERE t.id = p.task_id AND t.closed_at IS NULL);\n    IF left_ref IS NOT NULL THEN\n        RAISE EXCEPTION 'Nobody would be in touch any more: transition plan %.', left_ref\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'transition_has_an_open_task',\n                  HINT = 'Open its next contact in the same transaction, or close the plan for a reason.';\n    END IF;\n    RETURN NULL;\n", hash='519f3b2575e263a7366c958bc81b45ccf99b125b', operation='INSERT OR UPDATE', pgid='pgtrigger_transition_has_an_open_task_9dc70', table='employment_transitionplan', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
