import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("customers", "0001_initial"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programme", "0001_initial"),
        ("worklist", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Interview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                ("mandatory", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("due", "to be settled"),
                            ("booked", "booked"),
                            ("deferred", "deferred"),
                            ("waived", "waived"),
                            ("held", "held"),
                            ("closed", "closed with the claim"),
                        ],
                        default="due",
                        max_length=10,
                    ),
                ),
                ("due_by", models.DateField(help_text="the day by which it should be held (D:L572)")),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="customers.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["claim", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("claim", "number"), name="interview_number_once_a_claim"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["due", "booked", "deferred"])),
                        fields=("claim",),
                        name="one_interview_at_a_time",
                        violation_error_message="This claim has an interview that is not settled yet.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("first_contact", "at first contact"),
                            ("recontact", "at re-contact"),
                            ("at_interview", "at the interview"),
                            ("before_interview", "before the interview"),
                            ("waiver_review", "at the waiver review"),
                            ("brought_forward", "brought forward"),
                        ],
                        default="first_contact",
                        max_length=20,
                    ),
                ),
                (
                    "direction",
                    models.CharField(choices=[("out", "we rang"), ("in", "the customer rang")], max_length=3),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "going on"),
                            ("on_hold", "on hold"),
                            ("broken_off", "broken off"),
                            ("finished", "finished"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("touched_at", models.DateTimeField(help_text="when the last word was saved")),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("notes", models.TextField(blank=True)),
                (
                    "current",
                    models.CharField(blank=True, help_text="the question the agent jumped to", max_length=60),
                ),
                ("support_explained_at", models.DateTimeField(blank=True, null=True)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="organisations.post",
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
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["-started_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "finished"), _negated=True),
                        fields=("interview",),
                        name="one_open_conversation_an_interview",
                        violation_error_message="There is an unfinished conversation about this interview: resume it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("offered_at", None),
                            ("support_explained_at__lte", models.F("offered_at")),
                            _connector="OR",
                        ),
                        name="support_explained_before_offer",
                        violation_error_message="Explain the support first, then offer the interview.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("first_contact", "at first contact"),
                            ("recontact", "at re-contact"),
                            ("at_interview", "at the interview"),
                            ("before_interview", "before the interview"),
                            ("waiver_review", "at the waiver review"),
                            ("brought_forward", "brought forward"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("book", "book"), ("defer", "defer"), ("waive", "waive")], max_length=10
                    ),
                ),
                (
                    "advice",
                    models.CharField(
                        blank=True,
                        choices=[("book", "book"), ("defer", "defer"), ("waive", "waive")],
                        help_text="empty: not settled",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="a code of reasons/deferral.csv or waiver.csv", max_length=60
                    ),
                ),
                (
                    "because",
                    models.TextField(blank=True, help_text="why, in a sentence the customer may read"),
                ),
                (
                    "otherwise_code",
                    models.CharField(blank=True, help_text="why other than advised, a code", max_length=60),
                ),
                ("otherwise_words", models.TextField(blank=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                (
                    "evidence",
                    models.CharField(blank=True, help_text="a code of reasons/evidence.csv", max_length=60),
                ),
                (
                    "length_reason",
                    models.TextField(blank=True, help_text="why shorter or longer than is usual"),
                ),
                ("facts", models.JSONField(default=dict)),
                ("trace", models.JSONField(default=dict)),
                ("on", models.DateField()),
                ("decided_at", models.DateTimeField()),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("none", "decided alone"),
                            ("check_after", "checked after"),
                            ("authorise_before", "authorised before"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "waiting for authority"),
                            ("in_force", "in force"),
                            ("ended", "ended"),
                            ("reversed", "reversed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="interviews.conversation",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="organisations.post",
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
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice", "book"),
                            models.Q(
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_has_a_reason",
                        violation_error_message="A deferral or a waiver needs its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "defer"), _negated=True),
                            ("until__gt", models.F("on")),
                            _connector="OR",
                        ),
                        name="deferral_ends_after_today",
                        violation_error_message="A deferral ends on a day that is still to come.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", "waive"), _negated=True),
                            ("review_on__gt", models.F("on")),
                            _connector="OR",
                        ),
                        name="waiver_is_looked_at_again",
                        violation_error_message="A waiver has a day on which it is looked at again.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice", models.F("advice")),
                            models.Q(("otherwise_code", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="other_than_advised_says_why",
                        violation_error_message="Deciding other than advised needs a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "first_contact"), _negated=True),
                            ("conversation__isnull", False),
                            _connector="OR",
                        ),
                        name="first_contact_is_a_conversation",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["on", "choice"], include=("decided_by",), name="decision_of_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Deferral",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("in_a_row", models.PositiveSmallIntegerField(default=1)),
                ("starts_on", models.DateField()),
                ("until", models.DateField()),
                ("recontact_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, help_text="a code of reasons/recontact_outcome.csv", max_length=60
                    ),
                ),
                ("changed", models.TextField(blank=True, help_text="what the customer says has changed")),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deferral",
                        to="interviews.decision",
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        blank=True,
                        help_text="the one it follows",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="following",
                        to="interviews.deferral",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deferrals",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["interview", "starts_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("interview",),
                        name="one_open_deferral_an_interview",
                        violation_error_message="This interview is deferred already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recontact_on__gte", models.F("starts_on")),
                            ("recontact_on__lte", models.F("until")),
                            ("until__gt", models.F("starts_on")),
                        ),
                        name="deferral_days_in_order",
                        violation_error_message="A deferral starts, is looked at, and ends, in this order.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("outcome", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("outcome", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="deferral_ends_with_outcome",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("interview"),
                                    models.F("interview"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.Func(models.F("ended_on"), models.F("until"), function="coalesce"),
                                    models.Value("[)"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="deferrals_do_not_overlap",
                        violation_error_message="These deferrals would overlap.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("first_contact", "at first contact"),
                            ("recontact", "at re-contact"),
                            ("at_interview", "at the interview"),
                            ("before_interview", "before the interview"),
                            ("waiver_review", "at the waiver review"),
                            ("brought_forward", "brought forward"),
                        ],
                        max_length=20,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("outcome", models.CharField(help_text="a code of reasons/call_outcome.csv", max_length=40)),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_attempts",
                        to="customers.claim",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="call_attempts",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("kind", models.CharField(help_text="an appointment kind of the pack", max_length=40)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("office", "at the office"),
                            ("phone", "by telephone"),
                            ("home", "at home"),
                            ("outreach", "at another place nearby"),
                        ],
                        max_length=10,
                    ),
                ),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("with_assessor", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "kept free"),
                            ("booked", "booked"),
                            ("moved", "moved"),
                            ("cancelled", "cancelled"),
                            ("took_place", "took place"),
                            ("lapsed", "not taken"),
                        ],
                        max_length=12,
                    ),
                ),
                ("held_until", models.DateTimeField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "caused_by",
                    models.CharField(
                        blank=True,
                        choices=[("customer", "the customer"), ("us", "us"), ("other", "something else")],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="a code of reasons/appointment_cancelled.csv", max_length=60
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "moved_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="interviews.appointment",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.office",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="organisations.room",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "booked")),
                        fields=("interview",),
                        name="one_booked_appointment_an_interview",
                        violation_error_message="This interview has an appointment already: move it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["moved", "cancelled"]), _negated=True),
                            models.Q(
                                models.Q(("caused_by", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="moved_or_cancelled_says_who_and_why",
                        violation_error_message="Say who caused the change, and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "held"), _negated=True),
                            ("held_until__isnull", False),
                            _connector="OR",
                        ),
                        name="kept_free_until_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="appointment_in_order",
                    ),
                ],
                "indexes": [models.Index(fields=["adviser", "starts_at"], name="appointment_of_adviser")],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("words", models.TextField()),
                ("answer", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="interviews.conversation",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="question",
                        to="worklist.task",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="answer_has_who_and_when",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Said",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("item", models.CharField(max_length=60)),
                ("said_at", models.DateTimeField()),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="interviews.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("conversation", "item"), name="said_once")],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("review_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, max_length=60)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waiver",
                        to="interviews.decision",
                    ),
                ),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["interview", "starts_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("interview",),
                        name="one_open_waiver_an_interview",
                        violation_error_message="This interview is waived already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("starts_on"))),
                        name="waiver_review_comes_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingPattern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(help_text="0 Monday to 6 Sunday")),
                ("starts", models.TimeField()),
                ("ends", models.TimeField()),
                ("in_office", models.BooleanField(default=True)),
                ("by_phone", models.BooleanField(default=True)),
                ("at_home", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_patterns",
                        to="organisations.office",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="working_patterns",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["person", "weekday", "starts"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)), name="weekday_is_one_of_seven"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("starts"))),
                        name="hours_in_order",
                        violation_error_message="The hours end after they start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fact", models.CharField(max_length=60)),
                ("value", models.TextField()),
                ("answered_at", models.DateTimeField()),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="interviews.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["answered_at", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "fact"), name="one_answer_a_fact")
                ],
            },
        ),
        migrations.CreateModel(
            name="CustomerView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("appropriate_now", models.TextField(blank=True)),
                ("when", models.TextField(blank=True)),
                ("return_circumstances", models.TextField(blank=True)),
                ("support_wanted", models.TextField(blank=True)),
                (
                    "not_asked_because",
                    models.CharField(blank=True, help_text="a code of reasons/not_asked.csv", max_length=60),
                ),
                ("given_at", models.DateTimeField()),
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="view",
                        to="interviews.conversation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("not_asked_because", ""), _negated=True),
                            models.Q(
                                models.Q(("appropriate_now", ""), _negated=True),
                                models.Q(("when", ""), _negated=True),
                                models.Q(("return_circumstances", ""), _negated=True),
                                models.Q(("support_wanted", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="four_answers_or_why_not",
                        violation_error_message="Write down the customer's four answers, or say why they were not asked.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Check",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "to be looked at"),
                            ("asked_back", "question to the decider"),
                            ("agreed", "agreed"),
                            ("reversed", "reversed"),
                            ("overtaken", "no longer needed"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("question", models.TextField(blank=True)),
                ("answer", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
                ("looked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "looked_at_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_made",
                        to="worklist.task",
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="check_made",
                        to="interviews.decision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["agreed", "reversed"]), _negated=True),
                            models.Q(("looked_at__isnull", False), ("looked_at_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="check_has_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reversed"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reversal_says_why",
                        violation_error_message="Say why the decision is reversed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DiaryEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                ("what", models.CharField(blank=True, max_length=100)),
                ("live", models.BooleanField(default=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="interviews.appointment",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="diary_entries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="diary_entries",
                        to="organisations.room",
                    ),
                ),
            ],
            options={
                "ordering": ["during"],
                "indexes": [
                    models.Index(
                        models.F("person"),
                        models.Func(models.F("during"), function="upper"),
                        condition=models.Q(("live", True)),
                        name="entry_of_person_by_end",
                    ),
                    models.Index(
                        models.F("room"),
                        models.Func(models.F("during"), function="upper"),
                        condition=models.Q(("live", True), ("room__isnull", False)),
                        name="entry_of_room_by_end",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("appointment__isnull", False),
                            models.Q(("what", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="diary_entry_says_what",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("live", True)),
                        expressions=[
                            (
                                models.Func(
                                    models.F("person"),
                                    models.F("person"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("during", "&&"),
                        ],
                        name="nobody_is_in_two_places",
                        violation_error_message="That time has just been taken. Choose another.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("live", True), ("room__isnull", False)),
                        expressions=[
                            (
                                models.Func(
                                    models.F("room"),
                                    models.F("room"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            ("during", "&&"),
                        ],
                        name="no_room_is_used_twice",
                        violation_error_message="That room has just been taken. Choose another time.",
                    ),
                ],
            },
        ),
    ]
