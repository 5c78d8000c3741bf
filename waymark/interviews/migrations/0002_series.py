import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_initial"),
        ("interviews", "0001_initial"),
        ("notices", "0001_initial"),
        ("organisations", "0002_decision_makers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programme", "0001_initial"),
        ("worklist", "0003_kinds_of_the_series"),
    ]

    operations = [
        migrations.CreateModel(
            name="Caseload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                ("handover", models.TextField(blank=True)),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caseload",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="caseload",
                        to="customers.claim",
                    ),
                ),
                (
                    "given_by",
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
                "ordering": ["claim", "since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)), fields=("claim",), name="one_adviser_a_claim"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="caseload_days_in_order",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("until", None)), fields=["adviser"], name="caseload_of_adviser"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpToAttend",
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
                            ("childcare", "childcare"),
                            ("travel", "travel costs"),
                            ("interpreter", "interpreter"),
                            ("other", "other help to come"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("asked_on", models.DateField()),
                ("arranged_on", models.DateField(blank=True, null=True)),
                ("arrangement", models.CharField(blank=True, max_length=300)),
                (
                    "arranged_by",
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
                        related_name="help_to_attend",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "ordering": ["asked_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("arranged_on", None)),
                        fields=("interview", "kind"),
                        name="help_to_attend_asked_once",
                        violation_error_message="This help has been asked for already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PreCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "talked with the customer"),
                            ("rang_us", "the customer rang us"),
                            ("unreachable", "could not be reached"),
                            ("left_out", "left out"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, help_text="a code of reasons/no_call.csv", max_length=60),
                ),
                ("understood", models.CharField(blank=True, help_text="yes, no or unsure", max_length=10)),
                (
                    "needs",
                    models.TextField(blank=True, help_text="what the customer needs to be able to come"),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "gentle",
                    models.BooleanField(
                        default=False, help_text="stress can harm: the gentle letter (E:L1226)"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "interview",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pre_call",
                        to="interviews.interview",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result__in", ["unreachable", "left_out"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="no_call_says_why",
                        violation_error_message="Say why there was no call before the letter.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("understood__in", ["", "yes", "no", "unsure"])),
                        name="understood_is_said_plainly",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("concern", models.CharField(help_text="a code of reasons/concern.csv", max_length=60)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("settled", models.BooleanField(default=False)),
                (
                    "pre_call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="interviews.precall",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("pre_call", "concern"), name="concern_once_a_call")
                ],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "privacy",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked yet"),
                            ("open", "open office is fine"),
                            ("private", "private room"),
                            ("either", "no preference"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "mode",
                    models.CharField(blank=True, help_text="office, phone, home or outreach", max_length=10),
                ),
                (
                    "time_of_day",
                    models.CharField(
                        choices=[("any", "any time"), ("morning", "morning"), ("afternoon", "afternoon")],
                        default="any",
                        max_length=10,
                    ),
                ),
                (
                    "not_on",
                    models.CharField(
                        blank=True, help_text="days or hours that are taken, in words", max_length=100
                    ),
                ),
                (
                    "medication",
                    models.CharField(blank=True, help_text="what medicine does to the day", max_length=300),
                ),
                ("companion", models.CharField(blank=True, max_length=100)),
                ("same_adviser", models.BooleanField(default=True)),
                ("other", models.CharField(blank=True, max_length=300)),
                ("asked_on", models.DateField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "avoid",
                    models.ManyToManyField(
                        blank=True,
                        help_text="people not to meet",
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preferences",
                        to="customers.claim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Requirement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[("mandatory", "compulsory"), ("voluntary", "the customer's choice")],
                        max_length=10,
                    ),
                ),
                ("because", models.CharField(help_text="a code of reasons/standing.csv", max_length=60)),
                ("words", models.CharField(blank=True, max_length=300)),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requirements",
                        to="customers.claim",
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
                "ordering": ["claim", "since", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("claim",),
                        name="one_requirement_in_force_a_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="requirement_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Screening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[("in", "likely to be helped"), ("out", "not screened in")], max_length=3
                    ),
                ),
                (
                    "settled",
                    models.CharField(
                        choices=[("in", "likely to be helped"), ("out", "not screened in")],
                        help_text="what the person settled",
                        max_length=3,
                    ),
                ),
                ("why_other", models.TextField(blank=True)),
                ("on", models.DateField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screening",
                        to="customers.claim",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", models.F("settled")),
                            models.Q(("why_other", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="screening_otherwise_says_why",
                        violation_error_message="Settling it other than the tool did needs its reason.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeriesReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "achieved",
                    models.TextField(
                        help_text="what has changed since the first interview, in the customer's words"
                    ),
                ),
                ("still_hard", models.TextField(blank=True)),
                ("follow_up_on", models.DateField(blank=True, null=True)),
                ("no_contact_because", models.TextField(blank=True)),
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
                        related_name="series_reviews",
                        to="customers.claim",
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
            ],
            options={
                "ordering": ["claim", "on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("follow_up_on__isnull", False), ("no_contact_because", "")),
                            models.Q(
                                ("follow_up_on", None), models.Q(("no_contact_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="series_ends_with_a_day_or_a_word",
                        violation_error_message="Agree a day to be in touch, or say why there will be no further contact.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
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
                        choices=[("open", "going on"), ("settled", "settled")], default="open", max_length=10
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("arrived_at", models.DateTimeField(blank=True, null=True)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked yet"),
                            ("able", "able to take part"),
                            ("with_care", "able, with care"),
                            ("unable", "unable today"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked yet"),
                            ("open", "open office is fine"),
                            ("private", "private room"),
                            ("either", "no preference"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "distance_adviser",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ready", "ready now"),
                            ("months", "within six months"),
                            ("year", "six to twelve months"),
                            ("further", "further away"),
                            ("not_seen", "not foreseen"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "distance_customer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ready", "ready now"),
                            ("months", "within six months"),
                            ("year", "six to twelve months"),
                            ("further", "further away"),
                            ("not_seen", "not foreseen"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "hard",
                    models.BooleanField(
                        default=False, help_text="a hard interview: time after it, and a talk (M:L300)"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("held", "held"),
                            ("shortened", "cut short"),
                            ("unable_today", "unable today"),
                            ("stopped", "stopped: distress or danger to health"),
                        ],
                        max_length=12,
                    ),
                ),
                ("outcome_why", models.TextField(blank=True)),
                (
                    "counts",
                    models.BooleanField(
                        blank=True, help_text="whether it counts towards the series", null=True
                    ),
                ),
                ("counts_because", models.CharField(blank=True, max_length=300)),
                (
                    "agreed",
                    models.CharField(
                        blank=True, help_text="does the customer agree: yes, no, unclear", max_length=10
                    ),
                ),
                ("understood", models.CharField(blank=True, help_text="yes, no or unsure", max_length=10)),
                (
                    "next",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("interview", "the next interview, with its time"),
                            ("find_time", "the next interview, a time to be found"),
                            ("rebook", "the same interview again"),
                            ("defer", "put off"),
                            ("waive", "not required"),
                            ("end_series", "the last one: the end of the series"),
                            ("follow_up", "be in touch on a day"),
                            ("voluntary", "another talk, by choice"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "next_about",
                    models.CharField(
                        blank=True, help_text="what the next time will be about", max_length=300
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sittings",
                        to="organisations.post",
                    ),
                ),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sitting",
                        to="interviews.appointment",
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
                "ordering": ["-opened_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next", ""), ("outcome", ""), ("settled_at", None), ("state", "open")),
                            models.Q(
                                ("counts__isnull", False),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("state", "settled"),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("next", ""), _negated=True),
                                models.Q(("counts_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="sitting_ends_with_what_comes_next",
                        violation_error_message="Say how it went, whether it counts, and what comes next.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome__in", ["shortened", "unable_today", "stopped"]), _negated=True
                            ),
                            models.Q(("outcome_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="sitting_cut_short_says_why",
                        violation_error_message="Say why the interview was cut short.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "unable_today"), _negated=True),
                            ("counts", False),
                            _connector="OR",
                        ),
                        name="unable_today_does_not_count",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed__in", ["", "yes", "no", "unclear"]),
                            ("understood__in", ["", "yes", "no", "unsure"]),
                        ),
                        name="sitting_answers_are_plain",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Barrier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(help_text="a code of the pack's barriers", max_length=60)),
                (
                    "explored",
                    models.CharField(
                        choices=[
                            ("yes", "talked about"),
                            ("declined", "customer would rather not"),
                            ("not_yet", "not yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("present", models.BooleanField(default=False)),
                ("main", models.BooleanField(default=False)),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="barriers",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "kind"), name="barrier_once_a_sitting"),
                    models.UniqueConstraint(
                        condition=models.Q(("main", True)),
                        fields=("sitting",),
                        name="one_main_barrier_a_sitting",
                        violation_error_message="Only one can be the main one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("main", False), ("present", True), _connector="OR"),
                        name="main_barrier_is_present",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("words", models.CharField(max_length=300)),
                ("answer_by", models.DateField()),
                ("answer", models.TextField(blank=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="customers.claim",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interest",
                        to="worklist.task",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["answer_by", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on", None)),
                            models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="interest_answered_on_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OptionShown",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("option", models.CharField(help_text="a code of the pack's options", max_length=60)),
                (
                    "depth",
                    models.CharField(
                        choices=[
                            ("shown", "shown"),
                            ("discussed", "talked through"),
                            ("interested", "interested"),
                            ("not_now", "not now"),
                            ("not_shown", "not mentioned"),
                        ],
                        max_length=12,
                    ),
                ),
                ("why_not", models.CharField(blank=True, max_length=300)),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="options",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "option"), name="option_once_a_sitting"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("depth", "not_shown"), _negated=True),
                            models.Q(("why_not", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="option_not_shown_says_why",
                        violation_error_message="Say why this help was not mentioned.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("companion", "companion"),
                            ("carer", "carer or relative"),
                            ("representative", "representative"),
                            ("interpreter", "interpreter"),
                            ("support_worker", "support worker"),
                            ("colleague", "colleague"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "effect",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("helped", "helped"),
                            ("neutral", "made no difference"),
                            ("hindered", "made it hard to talk"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="present",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("sitting", "name"), name="present_once")],
            },
        ),
        migrations.CreateModel(
            name="Summary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("said", models.JSONField(help_text="sentences: what was said")),
                ("agreed", models.JSONField(help_text="sentences: who does what, by when")),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
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
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summaries",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["sitting", "version"],
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "version"), name="one_summary_a_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("words", models.TextField()),
                ("said_at", models.DateTimeField()),
                (
                    "message",
                    models.CharField(
                        blank=True, help_text="the reference of the message it came by", max_length=12
                    ),
                ),
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
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="interviews.summary",
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="TopicCovered",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("topic", models.CharField(help_text="a code of the pack's topics", max_length=60)),
                (
                    "explored",
                    models.CharField(
                        choices=[
                            ("yes", "talked about"),
                            ("declined", "customer would rather not"),
                            ("not_yet", "not yet"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topics",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "topic"), name="topic_once_a_sitting")
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        help_text="such as notes, own_words, health, topic:family", max_length=60
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField()),
                (
                    "based_on",
                    models.PositiveIntegerField(
                        help_text="the revision the writer saw; older than the last: written beside"
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="interviews.sitting",
                    ),
                ),
            ],
            options={
                "ordering": ["sitting", "field", "revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sitting", "field", "revision"), name="one_wording_a_revision"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchedAppointment",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("interviews.appointment",),
        ),
        migrations.CreateModel(
            name="WatchedInterview",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("interviews.interview",),
        ),
        migrations.AddField(
            model_name="appointment",
            name="overbooked",
            field=models.BooleanField(
                default=False, help_text="beyond what the diary holds; limited and shown (E:L2312)"
            ),
        ),
        migrations.AlterField(
            model_name="appointment",
            name="state",
            field=models.CharField(
                choices=[
                    ("held", "kept free"),
                    ("booked", "booked"),
                    ("moved", "moved"),
                    ("cancelled", "cancelled"),
                    ("took_place", "took place"),
                    ("missed", "the customer did not come"),
                    ("lapsed", "not taken"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("overbooked", True), _negated=True),
                    models.Q(("state", "held"), _negated=True),
                    _connector="OR",
                ),
                name="overbooked_is_never_kept_free",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedappointment",
            trigger=pgtrigger.compiler.Trigger(
                name="nobody_missed_who_wrote",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.state = 'missed' AND OLD.state <> 'missed')",
                    func="\n                    IF EXISTS (SELECT 1 FROM inbound_message m JOIN interviews_interview i ON i.claim_id = m.claim_id\n                                WHERE i.id = NEW.interview_id AND m.answered_at IS NULL) THEN\n                        RAISE EXCEPTION 'The customer has told us something that nobody has answered yet.'\n                            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_missed_who_wrote',\n                                  HINT = 'Read the message and answer it first.';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="46580361c11aa71c7884a65dd5b1ef20d75740d9",
                    operation='UPDATE OF "state"',
                    pgid="pgtrigger_nobody_missed_who_wrote_bd9f3",
                    table="interviews_appointment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedinterview",
            trigger=pgtrigger.compiler.Trigger(
                name="compulsory_never_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.mandatory IS DISTINCT FROM NEW.mandatory)",
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update of \"mandatory\" rows from % table', TG_TABLE_NAME;",
                    hash="016ad3a0aa7e62e6895f9b2386a29c4a31d5396d",
                    operation='UPDATE OF "mandatory"',
                    pgid="pgtrigger_compulsory_never_changes_7cbff",
                    table="interviews_interview",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="summary",
            trigger=pgtrigger.compiler.Trigger(
                name="summaries_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="1bd73988fb6af33080887725e49cfe03e80ba050",
                    operation="DELETE",
                    pgid="pgtrigger_summaries_are_kept_8e5d6",
                    table="interviews_summary",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wording",
            trigger=pgtrigger.compiler.Trigger(
                name="wordings_are_kept",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0a5a0607104f00c51c92c04b034073c73b9d632a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_wordings_are_kept_5fc6c",
                    table="interviews_wording",
                    when="BEFORE",
                ),
            ),
        ),
    ]
