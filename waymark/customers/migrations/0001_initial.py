import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Customer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("title", models.CharField(blank=True, max_length=20)),
                ("given_names", models.CharField(max_length=100)),
                ("family_name", models.CharField(max_length=100)),
                ("born_on", models.DateField(blank=True, null=True)),
                ("ni_number", models.CharField(blank=True, max_length=9, null=True, unique=True)),
                ("ni_unknown_because", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("telephone", models.CharField(blank=True, max_length=20)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("language", models.CharField(default="en-gb", max_length=10)),
                ("added_at", models.DateTimeField()),
                (
                    "name_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="see rules.name_keys",
                        size=None,
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.post",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_from",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["family_name", "given_names"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ni_number__isnull", False),
                            models.Q(("ni_unknown_because", ""), _negated=True),
                            ("merged_into__isnull", False),
                            _connector="OR",
                        ),
                        name="ni_number_or_why_not",
                        violation_error_message="Give the NI number, or say why it is not known.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ni_number", None),
                            ("ni_number__regex", "^[A-Z]{2}[0-9]{6}[A-D]$"),
                            _connector="OR",
                        ),
                        name="ni_number_has_its_shape",
                        violation_error_message="An NI number is two letters, six digits and a letter A to D.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family_name", ""), _negated=True),
                            models.Q(("given_names", ""), _negated=True),
                        ),
                        name="customer_has_a_name",
                        violation_error_message="Give a first name and a family name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into", None),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="not_merged_into_itself",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["name_keys"], name="customer_name_keys"),
                    models.Index(
                        django.db.models.functions.text.Lower("family_name"),
                        django.db.models.functions.text.Lower("given_names"),
                        name="customer_name",
                    ),
                    models.Index(fields=["born_on"], name="customer_born"),
                    models.Index(
                        condition=models.Q(("telephone", ""), _negated=True),
                        fields=["telephone"],
                        name="customer_telephone",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("programme", models.SlugField(help_text="which programme pack holds", max_length=60)),
                ("benefit", models.CharField(help_text="a benefit code of the pack", max_length=40)),
                ("group", models.CharField(help_text="a group code of the pack", max_length=40)),
                ("claimed_on", models.DateField()),
                ("period_from", models.DateField()),
                (
                    "period_until",
                    models.DateField(
                        blank=True, help_text="given when the claim is for a closed period", null=True
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("call", "the customer called"),
                            ("form", "a claim form from elsewhere"),
                            ("file", "a file of claims"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("live", "live"), ("ended", "ended")], default="live", max_length=10
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("end_reason", models.CharField(blank=True, max_length=200)),
                (
                    "source_key",
                    models.CharField(
                        blank=True, help_text="the sender's own key", max_length=80, null=True, unique=True
                    ),
                ),
                ("added_at", models.DateTimeField()),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="organisations.office",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["-claimed_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on", None), ("status", "live")),
                            models.Q(("ended_on__isnull", False), ("status", "ended")),
                            _connector="OR",
                        ),
                        name="claim_ends_on_a_day",
                        violation_error_message="A claim that has ended has the day of its end; a live one has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "live"), models.Q(("end_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="claim_end_says_why",
                        violation_error_message="Say why the claim ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("period_until", None),
                            ("period_until__gte", models.F("period_from")),
                            _connector="OR",
                        ),
                        name="claim_period_in_order",
                        violation_error_message="The period claimed for cannot end before it starts.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["office", "status", "-claimed_on"], name="claim_of_office"),
                    models.Index(fields=["customer", "office"], name="claim_reach"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BenefitChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("old_benefit", models.CharField(max_length=40)),
                ("new_benefit", models.CharField(max_length=40)),
                ("on", models.DateField()),
                ("why", models.CharField(max_length=200)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="benefit_changes",
                        to="customers.claim",
                    ),
                ),
            ],
            options={
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="AccessNeeds",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("large_print", models.BooleanField(default=False)),
                ("step_free", models.BooleanField(default=False)),
                ("private_room", models.BooleanField(default=False)),
                ("companion", models.BooleanField(default=False)),
                ("home_visit", models.BooleanField(default=False)),
                ("phone_only", models.BooleanField(default=False)),
                ("cannot_sit_long", models.BooleanField(default=False)),
                (
                    "interpreter",
                    models.CharField(
                        blank=True, help_text="language, or British Sign Language", max_length=60
                    ),
                ),
                ("communication", models.CharField(blank=True, max_length=200)),
                ("other", models.CharField(blank=True, max_length=300)),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_needs",
                        to="customers.customer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
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
                            ("ordinary", "note"),
                            ("restricted", "restricted note"),
                            ("do_not_ask", "do not ask again"),
                        ],
                        default="ordinary",
                        max_length=20,
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="customers.customer",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at"],
                "indexes": [models.Index(fields=["customer", "-written_at"], name="note_of_customer")],
            },
        ),
        migrations.CreateModel(
            name="Representative",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("relationship", models.CharField(max_length=60)),
                ("telephone", models.CharField(blank=True, max_length=20)),
                ("may_speak_for", models.BooleanField(default=False)),
                ("may_be_told", models.BooleanField(default=False)),
                ("from_day", models.DateField()),
                ("until_day", models.DateField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representatives",
                        to="customers.customer",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("may_speak_for", True), ("may_be_told", True), _connector="OR"),
                        name="representative_may_do_something",
                        violation_error_message="Say whether this person may speak for the customer, be told, or both.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("may_ring", models.BooleanField(default=True)),
                ("may_leave_message", models.BooleanField(default=True)),
                ("may_write", models.BooleanField(default=True)),
                ("may_email", models.BooleanField(default=True)),
                ("ring_from", models.TimeField(blank=True, null=True)),
                ("ring_until", models.TimeField(blank=True, null=True)),
                ("warning", models.CharField(blank=True, max_length=200)),
                (
                    "customer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="safe_contact",
                        to="customers.customer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("bereavement", "bereavement"),
                            ("terminal_illness", "terminal illness"),
                            ("customer_died", "the customer has died"),
                            ("other", "another reason"),
                        ],
                        max_length=30,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("set_at", models.DateTimeField()),
                ("look_again_on", models.DateField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="customers.customer",
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
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.post"
                    ),
                ),
            ],
            options={
                "ordering": ["-set_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("customer",),
                        name="one_open_stop_a_customer",
                        violation_error_message="Contact is stopped for this customer already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="stop_lifted_by_someone_at_a_time",
                    ),
                ],
            },
        ),
    ]
