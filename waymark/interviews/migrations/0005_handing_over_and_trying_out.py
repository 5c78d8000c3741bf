import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0002_may_text"),
        ("interviews", "0004_reminders"),
        ("organisations", "0003_no_leaflet_stock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("programme", "0003_publish_what_is_loaded"),
    ]

    operations = [
        migrations.CreateModel(
            name="Replay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("on", models.DateField()),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        help_text="decisions of so many days were put to both versions"
                    ),
                ),
                ("claims", models.PositiveIntegerField(default=0, help_text="live claims compared")),
                (
                    "decisions",
                    models.PositiveIntegerField(default=0, help_text="decisions put to both versions"),
                ),
                (
                    "unreadable",
                    models.PositiveIntegerField(
                        default=0, help_text="decisions whose facts one of the versions cannot read"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programme.packversion",
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
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replays",
                        to="programme.packversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("version", models.F("against")), _negated=True),
                        name="replay_compares_two_versions",
                        violation_error_message="A version is compared with another one.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TouchedClaim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "standing_before",
                    models.CharField(
                        choices=[("mandatory", "compulsory"), ("voluntary", "the customer's choice")],
                        max_length=10,
                    ),
                ),
                (
                    "standing_after",
                    models.CharField(
                        choices=[("mandatory", "compulsory"), ("voluntary", "the customer's choice")],
                        max_length=10,
                    ),
                ),
                (
                    "because_before",
                    models.CharField(help_text="a code of reasons/standing.csv", max_length=60),
                ),
                (
                    "because_after",
                    models.CharField(help_text="a code of reasons/standing.csv", max_length=60),
                ),
                ("total_before", models.PositiveSmallIntegerField()),
                ("total_after", models.PositiveSmallIntegerField()),
                (
                    "next_before",
                    models.DateField(
                        blank=True, help_text="when the following interview would be due", null=True
                    ),
                ),
                ("next_after", models.DateField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("settled_how", models.CharField(blank=True, max_length=300)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="customers.claim"
                    ),
                ),
                (
                    "replay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="touched",
                        to="interviews.replay",
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
                "ordering": ["replay", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("replay", "claim"), name="claim_once_a_replay"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None), ("settled_how", "")),
                            models.Q(
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                models.Q(("settled_how", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="touched_claim_settled_by_somebody",
                        violation_error_message="What a change means for a claim is settled by a person.",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("settled_at", None)),
                        fields=["replay"],
                        name="touched_claim_to_settle",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TouchedDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("advice_before", models.CharField(max_length=20)),
                ("advice_after", models.CharField(max_length=20)),
                ("row_before", models.CharField(blank=True, max_length=60)),
                ("row_after", models.CharField(blank=True, max_length=60)),
                ("because_before", models.TextField(blank=True)),
                ("because_after", models.TextField(blank=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="interviews.decision",
                    ),
                ),
                (
                    "replay",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions_touched",
                        to="interviews.replay",
                    ),
                ),
            ],
            options={
                "ordering": ["replay", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("replay", "decision"), name="decision_once_a_replay")
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchedCaseload",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("interviews.caseload",),
        ),
        migrations.CreateModel(
            name="WatchedPerson",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("organisations.person",),
        ),
        migrations.RemoveConstraint(
            model_name="diaryentry",
            name="nobody_is_in_two_places",
        ),
        migrations.AddField(
            model_name="diaryentry",
            name="over",
            field=models.BooleanField(
                default=False,
                help_text="of an over-booked appointment: it may stand beside another (E:L2312)",
            ),
        ),
        migrations.AddConstraint(
            model_name="diaryentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("over", False), ("appointment__isnull", False), _connector="OR"),
                name="only_appointments_are_overbooked",
            ),
        ),
        migrations.AddConstraint(
            model_name="diaryentry",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("live", True), ("over", False)),
                expressions=[
                    (
                        models.Func(
                            models.F("person"), models.F("person"), models.Value("[]"), function="int8range"
                        ),
                        "&&",
                    ),
                    ("during", "&&"),
                ],
                name="nobody_is_in_two_places",
                violation_error_message="That time has just been taken. Choose another.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedcaseload",
            trigger=pgtrigger.compiler.Trigger(
                name="caseload_is_with_somebody_here",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF NEW.until IS NULL AND EXISTS (SELECT 1 FROM organisations_person p\n                                      WHERE p.id = NEW.adviser_id AND p.left_on IS NOT NULL) THEN\n        RAISE EXCEPTION 'A customer is never with somebody who has left.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'caseload_is_with_somebody_here',\n                  HINT = 'Choose an adviser who works here.';\n    END IF;\n    RETURN NEW;\n",
                    hash="1c2e98ae1c56dc1096ffd6c72bd07a7ffcbf3558",
                    operation='INSERT OR UPDATE OF "adviser_id", "until"',
                    pgid="pgtrigger_caseload_is_with_somebody_here_c6067",
                    table="interviews_caseload",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="watchedperson",
            trigger=pgtrigger.compiler.Trigger(
                name="nobody_leaves_customers_behind",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.left_on IS NOT NULL AND OLD.left_on IS NULL)",
                    func="\n    IF EXISTS (SELECT 1 FROM interviews_caseload l JOIN customers_claim c ON c.id = l.claim_id\n                WHERE l.adviser_id = NEW.id AND l.until IS NULL AND c.status = 'live') THEN\n        RAISE EXCEPTION 'Customers are still with this person.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_leaves_customers_behind',\n                  HINT = 'Hand their customers over to colleagues first.';\n    END IF;\n    IF EXISTS (SELECT 1 FROM interviews_appointment a\n                WHERE a.adviser_id = NEW.id AND a.state = 'booked'\n                  AND (a.starts_at AT TIME ZONE 'Europe/London')::date > NEW.left_on)\n       OR EXISTS (SELECT 1 FROM interviews_diaryentry e JOIN interviews_appointment a ON a.id = e.appointment_id\n                   WHERE e.person_id = NEW.id AND e.live AND a.state = 'booked'\n                     AND (lower(e.during) AT TIME ZONE 'Europe/London')::date > NEW.left_on) THEN\n        RAISE EXCEPTION 'Appointments are still booked with this person after their last day.'\n            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_leaves_customers_behind',\n                  HINT = 'Move these appointments to colleagues first.';\n    END IF;\n    RETURN NEW;\n",
                    hash="fb70cbd6bb91c6d57d9903987e6a955ac99b185a",
                    operation='UPDATE OF "left_on"',
                    pgid="pgtrigger_nobody_leaves_customers_behind_a1f92",
                    table="organisations_person",
                    when="BEFORE",
                ),
            ),
        ),
    ]
