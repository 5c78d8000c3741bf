import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("inbound", "0001_initial"),
        ("interviews", "0002_series"),
        ("notices", "0001_initial"),
        ("organisations", "0002_decision_makers"),
        ("programme", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("not_attending", "did not attend"),
                            ("not_taking_part", "did not take part"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "asking why"),
                            ("good_cause", "good cause"),
                            ("closed", "closed"),
                            ("referred", "being decided"),
                            ("returned", "sent back"),
                            ("no_sanction", "nothing taken off"),
                            ("sanction", "a reduction"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("opened_at", models.DateTimeField()),
                (
                    "miss_number",
                    models.PositiveSmallIntegerField(help_text="which missed interview of the claim it is"),
                ),
                (
                    "why",
                    models.TextField(
                        blank=True, help_text="what not taking part was, in the adviser's words"
                    ),
                ),
                ("reply_by", models.DateField(help_text="the customer has until then to give a reason")),
                ("attempts_needed", models.PositiveSmallIntegerField()),
                ("ways_needed", models.PositiveSmallIntegerField()),
                (
                    "questions_needed",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        help_text="codes of reasons/safeguard.csv",
                        size=None,
                    ),
                ),
                ("visit_needed", models.BooleanField(default=False)),
                ("visit_because", models.CharField(blank=True, max_length=300)),
                ("reason_words", models.TextField(blank=True)),
                ("reason_given_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cause",
                    models.CharField(blank=True, help_text="a code of reasons/good_cause.csv", max_length=60),
                ),
                ("cause_good", models.BooleanField(blank=True, null=True)),
                ("cause_why", models.TextField(blank=True)),
                ("cause_at", models.DateTimeField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("closed_because", models.CharField(blank=True, max_length=300)),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breach",
                        to="interviews.appointment",
                    ),
                ),
                (
                    "asked_by_notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
                (
                    "cause_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaches",
                        to="interviews.interview",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.packversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause_at", None), ("cause_by", None), ("cause_good", None)),
                            models.Q(
                                ("cause_at__isnull", False),
                                ("cause_by__isnull", False),
                                ("cause_good__isnull", False),
                                models.Q(("cause", ""), _negated=True),
                                models.Q(("cause_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="cause_has_who_when_and_why",
                        violation_error_message="Say which reason it is, whether it is a good one, and why.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["open", "returned", "referred"])),
                        fields=("interview",),
                        name="one_case_under_way_an_interview",
                        violation_error_message="A case about this interview is under way already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "not_taking_part"), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="not_taking_part_says_what_it_was",
                        violation_error_message="Write what happened, in your own words.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "good_cause"), _negated=True),
                            ("cause_good", True),
                            _connector="OR",
                        ),
                        name="good_cause_was_found",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["good_cause", "closed", "no_sanction"]), _negated=True),
                            models.Q(
                                ("closed_on__isnull", False), models.Q(("closed_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="breach_closes_with_a_word",
                        violation_error_message="Say why the case is closed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visit_needed", False),
                            models.Q(("visit_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="visit_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reply_by__gt", models.F("opened_on"))),
                        name="there_is_time_to_reply",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["open", "returned", "referred"])),
                        fields=["state", "reply_by"],
                        name="breach_under_way",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "telephone"),
                            ("text", "text message"),
                            ("email", "e-mail"),
                            ("letter", "letter"),
                            ("visit", "visit"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("reached", models.BooleanField(default=False)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attempts",
                        to="sanctions.breach",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Bundle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("made_at", models.DateTimeField()),
                ("adviser_view", models.TextField()),
                ("paid_now", models.PositiveIntegerField(help_text="pence a week")),
                (
                    "would_be_paid",
                    models.PositiveIntegerField(help_text="pence a week, shown before it is sent (P:L686)"),
                ),
                ("content", models.JSONField(help_text="everything the bundle says, as it was")),
                ("pdf", models.BinaryField()),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bundles",
                        to="sanctions.breach",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        help_text="the notice of the appointment, as sent",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("adviser_view", ""), _negated=True),
                        name="bundle_has_the_advisers_view",
                        violation_error_message="Write your own view: the decision maker does not know the customer.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HomeVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_for", models.DateTimeField()),
                ("done_on", models.DateField(blank=True, null=True)),
                ("met", models.BooleanField(blank=True, null=True)),
                ("found", models.TextField(blank=True)),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="sanctions.breach",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
                (
                    "visitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
            ],
            options={
                "ordering": ["planned_for"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("found", ""), ("met", None)),
                            models.Q(
                                ("done_on__isnull", False),
                                ("met__isnull", False),
                                models.Q(("found", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_done_says_what_was_found",
                        violation_error_message="Write what the visit found.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PuttingRight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "about",
                    models.CharField(
                        help_text="the reference of the decision or the sanction", max_length=12
                    ),
                ),
                ("what", models.CharField(help_text="what was decided, in a sentence", max_length=300)),
                ("was", models.CharField(max_length=300)),
                ("would_be", models.CharField(max_length=300)),
                (
                    "because",
                    models.TextField(help_text="what was wrong: the rule or the fact that was corrected"),
                ),
                (
                    "pence",
                    models.PositiveIntegerField(
                        default=0, help_text="money that was withheld, as far as it is known"
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "words",
                    models.TextField(blank=True, help_text="what was put right, or why nothing was to be"),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="put_right",
                        to="customers.claim",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.notice",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
            ],
            options={
                "ordering": ["drafted_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)),
                        fields=("about",),
                        name="one_draft_a_decision",
                        violation_error_message="A letter about this decision is drafted already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("notice", None), ("settled_at", None), ("settled_by", None), ("words", "")
                            ),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="put_right_by_a_person_with_a_word",
                        violation_error_message="Say what was put right, or why nothing was to be.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("sanction", "a reduction"),
                            ("no_sanction", "nothing is taken off"),
                            ("good_cause", "there was good cause"),
                            ("returned", "returned: something is missing"),
                        ],
                        max_length=12,
                    ),
                ),
                ("because", models.TextField(help_text="why, in words the customer may read")),
                ("missing", models.TextField(blank=True, help_text="what is missing, when it is returned")),
                ("decided_at", models.DateTimeField()),
                (
                    "bundle",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ruling",
                        to="sanctions.bundle",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True),
                        name="ruling_says_why",
                        violation_error_message="Write why, in words the customer may read.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "returned"), _negated=True),
                            models.Q(("missing", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="returned_says_what_is_missing",
                        violation_error_message="Say what is missing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Challenge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("asked_on", models.DateField()),
                ("words", models.TextField()),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "the decision stands"), ("changed", "the decision is changed")],
                        max_length=10,
                    ),
                ),
                ("because", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "ruling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="challenges",
                        to="sanctions.ruling",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("ruling",),
                        name="one_open_challenge_a_ruling",
                        violation_error_message="This decision is being looked at again already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("outcome", "")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_decided_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Safeguard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question", models.CharField(help_text="a code of reasons/safeguard.csv", max_length=60)),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "yes"), ("no", "no"), ("not_known", "not known")], max_length=10
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("asked_of", models.CharField(help_text="whom or what was asked", max_length=100)),
                ("at", models.DateTimeField()),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safeguards",
                        to="sanctions.breach",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("breach", "question"), name="one_answer_a_safeguard")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sanction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("notified", "being told"),
                            ("in_effect", "in effect"),
                            ("lifted", "lifted"),
                            ("set_aside", "set aside"),
                        ],
                        default="notified",
                        max_length=12,
                    ),
                ),
                ("paid_before", models.PositiveIntegerField(help_text="pence a week")),
                ("reduction", models.PositiveIntegerField(help_text="pence a week")),
                ("paid_after", models.PositiveIntegerField(help_text="pence a week")),
                ("floor", models.PositiveIntegerField(help_text="pence a week that are always left")),
                ("starts_on", models.DateField()),
                ("challenge_by", models.DateField()),
                ("in_effect_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lifted_from",
                    models.DateField(blank=True, help_text="full payment again from this day", null=True),
                ),
                (
                    "lifted_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("attended", "the customer came"),
                            ("explained", "the customer has explained"),
                            ("reconsidered", "the decision was changed"),
                            ("not_required", "the interview is no longer compulsory"),
                            ("our_mistake", "we made a mistake"),
                        ],
                        max_length=15,
                    ),
                ),
                ("lifted_words", models.TextField(blank=True)),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "welfare_words",
                    models.TextField(blank=True, help_text="what the call about the change found"),
                ),
                ("welfare_at", models.DateTimeField(blank=True, null=True)),
                (
                    "contact",
                    models.ForeignKey(
                        help_text="the named person to ring",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "in_effect_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="notices.notice"
                    ),
                ),
                (
                    "ruling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sanction",
                        to="sanctions.ruling",
                    ),
                ),
                (
                    "welfare_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paid_after",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("paid_before"), "-", models.F("reduction")
                                ),
                            )
                        ),
                        name="sanction_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paid_after__gte", models.F("floor"))),
                        name="never_below_the_floor",
                        violation_error_message="This would leave the customer with less than is always left.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["lifted", "set_aside"]), _negated=True),
                            models.Q(
                                ("lifted_at__isnull", False),
                                ("lifted_from__isnull", False),
                                models.Q(("lifted_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="lifted_has_day_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "lifted"), _negated=True),
                            ("lifted_by__isnull", False),
                            _connector="OR",
                        ),
                        name="lifted_by_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("welfare_at", None), ("welfare_by", None), ("welfare_words", "")),
                            models.Q(
                                ("welfare_at__isnull", False),
                                ("welfare_by__isnull", False),
                                models.Q(("welfare_words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="welfare_call_says_what_it_found",
                        violation_error_message="Write what the call found.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["in_effect", "lifted"]), _negated=True),
                            models.Q(("in_effect_at__isnull", False), ("in_effect_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="in_effect_by_a_person",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="only_compulsory_interviews",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE found record;",
                    func="\n        SELECT i.mandatory, i.claim_id, a.interview_id AS of_interview, a.starts_at, a.made_at,\n               a.ref AS appointment_ref, a.state INTO found\n          FROM interviews_interview i, interviews_appointment a\n         WHERE i.id = NEW.interview_id AND a.id = NEW.appointment_id;\n        IF NOT found.mandatory THEN RAISE EXCEPTION 'A voluntary interview has no consequences.' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_compulsory'; END IF;\n        IF NOT EXISTS (SELECT 1 FROM interviews_requirement r WHERE r.claim_id = found.claim_id AND r.until IS NULL AND r.standing = 'mandatory') THEN RAISE EXCEPTION 'For this customer interviews are a choice.' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_compulsory'; END IF;\n        IF found.of_interview <> NEW.interview_id THEN RAISE EXCEPTION 'This appointment is of another interview.' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_compulsory'; END IF;\n        IF NEW.kind = 'not_attending' AND found.state <> 'missed' THEN RAISE EXCEPTION 'This appointment was not missed.' USING ERRCODE = 'check_violation', CONSTRAINT = 'only_what_was_missed'; END IF;\n        IF NEW.kind = 'not_attending' AND EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = found.claim_id AND m.about IN ('cannot_come', 'move', 'pause') AND m.received_at < found.starts_at AND m.received_at >= found.made_at AND m.appointment IN ('', found.appointment_ref)) THEN RAISE EXCEPTION 'The customer asked for another time beforehand.' USING ERRCODE = 'check_violation', CONSTRAINT = 'asked_beforehand'; END IF;\n        IF EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = found.claim_id AND m.answered_at IS NULL) THEN RAISE EXCEPTION 'The customer has told us something that nobody has answered yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'case_message'; END IF;\n        RETURN NEW;\n    ",
                    hash="7bc06d2f2f9f93c59a67e17612d5dda155985749",
                    operation='INSERT OR UPDATE OF "interview_id", "appointment_id"',
                    pgid="pgtrigger_only_compulsory_interviews_e20c5",
                    table="sanctions_breach",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="rules_of_a_case_stay",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.attempts_needed > NEW.attempts_needed OR OLD.ways_needed > NEW.ways_needed OR NOT (NEW.questions_needed @> OLD.questions_needed) OR NEW.reply_by < OLD.reply_by)",
                    func='RAISE EXCEPTION \'pgtrigger: Cannot update of "attempts_needed", "ways_needed", "questions_needed", "reply_by" rows from % table\', TG_TABLE_NAME;',
                    hash="51d22ac234a30f6184ed43dc5237832713dbb43a",
                    operation='UPDATE OF "attempts_needed", "ways_needed", "questions_needed", "reply_by"',
                    pgid="pgtrigger_rules_of_a_case_stay_733db",
                    table="sanctions_breach",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="breach",
            trigger=pgtrigger.compiler.Trigger(
                name="a_visit_stays_needed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.visit_needed AND NOT NEW.visit_needed)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update of \"visit_needed\" rows from % table', TG_TABLE_NAME;",
                    hash="f1270bfc972511ea5b9b7e5641dc92d9a5fdf771",
                    operation='UPDATE OF "visit_needed"',
                    pgid="pgtrigger_a_visit_stays_needed_1e976",
                    table="sanctions_breach",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bundle",
            trigger=pgtrigger.compiler.Trigger(
                name="every_gate_is_passed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE found record;",
                    func="\n        \n    SELECT b.*, i.claim_id, i.mandatory, a.starts_at, a.made_at, a.ref AS appointment_ref INTO found\n      FROM sanctions_breach b\n      JOIN interviews_interview i ON i.id = b.interview_id\n      JOIN interviews_appointment a ON a.id = b.appointment_id\n     WHERE b.id = NEW.breach_id;\n\n        IF NOT found.mandatory THEN RAISE EXCEPTION 'A voluntary interview has no consequences.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_compulsory'; END IF;\n        IF NOT EXISTS (SELECT 1 FROM interviews_requirement r WHERE r.claim_id = found.claim_id AND r.until IS NULL AND r.standing = 'mandatory') THEN RAISE EXCEPTION 'For this customer interviews are a choice.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_compulsory'; END IF;\n        IF found.kind = 'not_attending' AND EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = found.claim_id AND m.about IN ('cannot_come', 'move', 'pause') AND m.received_at < found.starts_at AND m.received_at >= found.made_at AND m.appointment IN ('', found.appointment_ref)) THEN RAISE EXCEPTION 'The customer asked for another time beforehand.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_asked_beforehand'; END IF;\n        IF EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = found.claim_id AND m.answered_at IS NULL) THEN RAISE EXCEPTION 'The customer has told us something that nobody has answered yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_message'; END IF;\n        IF EXISTS (SELECT 1 FROM customers_stop s JOIN customers_claim c ON c.customer_id = s.customer_id WHERE c.id = found.claim_id AND s.lifted_at IS NULL) THEN RAISE EXCEPTION 'Contact with this customer is stopped.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_stop'; END IF;\n        IF NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.id = NEW.proof_id AND n.claim_id = found.claim_id AND n.sent_at < found.starts_at) THEN RAISE EXCEPTION 'There is no proof that the customer was told of the appointment beforehand.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_notice'; END IF;\n        IF NOT EXISTS (SELECT 1 FROM notices_notice n WHERE n.id = found.asked_by_notice_id AND (n.sent_at AT TIME ZONE 'Europe/London')::date < found.reply_by) AND NOT EXISTS (SELECT 1 FROM sanctions_attempt t WHERE t.breach_id = NEW.breach_id AND t.reached) THEN RAISE EXCEPTION 'Nobody has asked the customer: no letter went out in time, and nobody was reached.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_asked'; END IF;\n        IF (SELECT count(DISTINCT t.on) FROM sanctions_attempt t WHERE t.breach_id = NEW.breach_id AND (t.notice_id IS NULL OR EXISTS (SELECT 1 FROM notices_notice n WHERE n.id = t.notice_id AND n.sent_at IS NOT NULL))) < found.attempts_needed OR (SELECT count(DISTINCT t.channel) FROM sanctions_attempt t WHERE t.breach_id = NEW.breach_id AND (t.notice_id IS NULL OR EXISTS (SELECT 1 FROM notices_notice n WHERE n.id = t.notice_id AND n.sent_at IS NOT NULL))) < found.ways_needed THEN RAISE EXCEPTION 'Not enough has been tried to reach the customer.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_attempts'; END IF;\n        IF found.cause_good IS NOT FALSE AND (NEW.made_at AT TIME ZONE 'Europe/London')::date <= found.reply_by THEN RAISE EXCEPTION 'The customer still has time to give a reason.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_time'; END IF;\n        IF found.reason_given_at IS NOT NULL AND found.cause_good IS NULL THEN RAISE EXCEPTION 'Nobody has decided about the reason the customer gave.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_reason'; END IF;\n        IF found.cause_good THEN RAISE EXCEPTION 'There was good cause.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_reason'; END IF;\n        IF EXISTS (SELECT 1 FROM unnest(found.questions_needed) q WHERE NOT EXISTS (SELECT 1 FROM sanctions_safeguard s WHERE s.breach_id = NEW.breach_id AND s.question = q)) THEN RAISE EXCEPTION 'The questions about health and vulnerability are not all answered.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_safeguards'; END IF;\n        IF found.visit_needed AND NOT EXISTS (SELECT 1 FROM sanctions_homevisit v WHERE v.breach_id = NEW.breach_id AND v.done_on IS NOT NULL) THEN RAISE EXCEPTION 'A home visit comes first.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_visit'; END IF;\n        RETURN NEW;\n    ",
                    hash="3e359dad59fcf7227fe49fa1dbfaf73e550d9d51",
                    operation="INSERT",
                    pgid="pgtrigger_every_gate_is_passed_27dc4",
                    table="sanctions_bundle",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="bundle",
            trigger=pgtrigger.compiler.Trigger(
                name="bundles_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="00e3d1f1a53b87127ee3d186bed133d3ca93ab7f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_bundles_are_kept_72bf3",
                    table="sanctions_bundle",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="another_person_decides",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE found record;",
                    func="\n        SELECT b.breach_id, i.claim_id, x.state, maker.person_id AS maker, decider.person_id AS decider,\n               opener.person_id AS opener, judge.person_id AS judge,\n               b.id = (SELECT max(y.id) FROM sanctions_bundle y WHERE y.breach_id = x.id) AS newest INTO found\n          FROM sanctions_bundle b\n          JOIN sanctions_breach x ON x.id = b.breach_id\n          JOIN interviews_interview i ON i.id = x.interview_id\n          JOIN organisations_post maker ON maker.id = b.made_by_id\n          JOIN organisations_post opener ON opener.id = x.opened_by_id\n          JOIN organisations_post decider ON decider.id = NEW.decided_by_id\n          LEFT JOIN organisations_post judge ON judge.id = x.cause_by_id\n         WHERE b.id = NEW.bundle_id;\n        IF found.decider IN (found.maker, found.opener) OR found.decider IS NOT DISTINCT FROM found.judge THEN RAISE EXCEPTION 'Who referred the case cannot decide it.' USING ERRCODE = 'check_violation', CONSTRAINT = 'another_person_decides'; END IF;\n        IF found.state <> 'referred' OR NOT found.newest THEN RAISE EXCEPTION 'This case is not with the decision makers.' USING ERRCODE = 'check_violation', CONSTRAINT = 'decided_when_referred'; END IF;\n        IF NEW.outcome = 'sanction' THEN IF NOT EXISTS (SELECT 1 FROM interviews_requirement r WHERE r.claim_id = found.claim_id AND r.until IS NULL AND r.standing = 'mandatory') THEN RAISE EXCEPTION 'For this customer interviews are a choice.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_compulsory'; END IF; IF EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = found.claim_id AND m.answered_at IS NULL) THEN RAISE EXCEPTION 'The customer has told us something that nobody has answered yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_message'; END IF; IF EXISTS (SELECT 1 FROM customers_stop s JOIN customers_claim c ON c.customer_id = s.customer_id WHERE c.id = found.claim_id AND s.lifted_at IS NULL) THEN RAISE EXCEPTION 'Contact with this customer is stopped.' USING ERRCODE = 'check_violation', CONSTRAINT = 'gate_stop'; END IF; END IF;\n        RETURN NEW;\n    ",
                    hash="9f29e72e01869fdd42bdb6a3837ad51a5b03eb33",
                    operation="INSERT",
                    pgid="pgtrigger_another_person_decides_d498f",
                    table="sanctions_ruling",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ruling",
            trigger=pgtrigger.compiler.Trigger(
                name="rulings_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4611aa325084e352b0423922203c2aff2bd73210",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_rulings_are_kept_fe3f2",
                    table="sanctions_ruling",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="challenge",
            trigger=pgtrigger.compiler.Trigger(
                name="another_person_reconsiders",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF NEW.decided_by_id IS NOT NULL THEN IF EXISTS (SELECT 1 FROM sanctions_ruling r JOIN sanctions_bundle b ON b.id = r.bundle_id JOIN sanctions_breach x ON x.id = b.breach_id JOIN organisations_post p ON p.id IN (r.decided_by_id, b.made_by_id, x.opened_by_id) JOIN organisations_post q ON q.id = NEW.decided_by_id WHERE r.id = NEW.ruling_id AND p.person_id = q.person_id) THEN RAISE EXCEPTION 'Who made the decision cannot look at it again.' USING ERRCODE = 'check_violation', CONSTRAINT = 'another_person_reconsiders'; END IF; END IF; RETURN NEW;",
                    hash="c7517216b4410ebdbe0a5ec0a997581f1652c207",
                    operation="UPDATE",
                    pgid="pgtrigger_another_person_reconsiders_a6f79",
                    table="sanctions_challenge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanction",
            trigger=pgtrigger.compiler.Trigger(
                name="a_reduction_was_ruled",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF NOT EXISTS (SELECT 1 FROM sanctions_ruling r WHERE r.id = NEW.ruling_id AND r.outcome = 'sanction') THEN RAISE EXCEPTION 'No reduction was decided.' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_reduction_was_ruled'; END IF;IF EXISTS (SELECT 1 FROM sanctions_ruling r WHERE r.id = NEW.ruling_id AND NEW.starts_on <= (r.decided_at AT TIME ZONE 'Europe/London')::date) THEN RAISE EXCEPTION 'Less is paid only some days after the decision.' USING ERRCODE = 'check_violation', CONSTRAINT = 'less_is_paid_only_later'; END IF; RETURN NEW;",
                    hash="5d30ef6011ee496d41266101706fee5c3ceed5be",
                    operation="INSERT",
                    pgid="pgtrigger_a_reduction_was_ruled_79b64",
                    table="sanctions_sanction",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanction",
            trigger=pgtrigger.compiler.Trigger(
                name="told_before_it_takes_effect",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE sent timestamptz; claim bigint;",
                    func="\n        IF NEW.state = 'in_effect' AND OLD.state <> 'in_effect' THEN\n            SELECT n.sent_at, n.claim_id INTO sent, claim FROM notices_notice n WHERE n.id = NEW.notice_id;\n            IF sent IS NULL OR sent >= NEW.in_effect_at THEN RAISE EXCEPTION 'The customer has not been told yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'told_before_it_takes_effect'; END IF;\n            IF (NEW.in_effect_at AT TIME ZONE 'Europe/London')::date < NEW.starts_on THEN RAISE EXCEPTION 'The day from which less is paid has not come yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'told_before_it_takes_effect'; END IF;\n            IF NOT EXISTS (SELECT 1 FROM interviews_requirement r WHERE r.claim_id = claim AND r.until IS NULL AND r.standing = 'mandatory') THEN RAISE EXCEPTION 'For this customer interviews are a choice.' USING ERRCODE = 'check_violation', CONSTRAINT = 'effect_compulsory'; END IF; IF EXISTS (SELECT 1 FROM inbound_message m WHERE m.claim_id = claim AND m.answered_at IS NULL) THEN RAISE EXCEPTION 'The customer has told us something that nobody has answered yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'effect_message'; END IF; IF EXISTS (SELECT 1 FROM customers_stop s JOIN customers_claim c ON c.customer_id = s.customer_id WHERE c.id = claim AND s.lifted_at IS NULL) THEN RAISE EXCEPTION 'Contact with this customer is stopped.' USING ERRCODE = 'check_violation', CONSTRAINT = 'effect_stop'; END IF;\n            IF EXISTS (SELECT 1 FROM sanctions_challenge c WHERE c.ruling_id = NEW.ruling_id AND c.decided_at IS NULL) THEN RAISE EXCEPTION 'The customer has challenged the decision, and nobody has looked at it again yet.' USING ERRCODE = 'check_violation', CONSTRAINT = 'challenge_first'; END IF;\n        END IF;\n        RETURN NEW;\n    ",
                    hash="31396e28a388fc6d35c42b2e1f52e5fd569f9066",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_told_before_it_takes_effect_ad899",
                    table="sanctions_sanction",
                    when="BEFORE",
                ),
            ),
        ),
    ]
