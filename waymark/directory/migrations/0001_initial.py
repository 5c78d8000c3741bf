import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0003_no_leaflet_stock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                (
                    "uid",
                    models.UUIDField(
                        default=uuid.uuid4, help_text="its identity in published data", unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("about", models.TextField(blank=True)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("private", "private"),
                            ("voluntary", "voluntary or charitable"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=10,
                    ),
                ),
                ("website", models.URLField(blank=True, max_length=300)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                (
                    "published",
                    models.JSONField(
                        blank=True, default=dict, help_text="what it published beyond our columns, as it came"
                    ),
                ),
                (
                    "office",
                    models.OneToOneField(
                        blank=True,
                        help_text="where its people sign in",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.office",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Location",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("town", models.CharField(blank=True, max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=10)),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                ("travel", models.CharField(blank=True, help_text="how people get there", max_length=300)),
                ("step_free", models.BooleanField(blank=True, null=True)),
                ("published", models.JSONField(blank=True, default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="locations",
                        to="directory.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["town", "name"],
                "indexes": [models.Index(fields=["postcode"], name="location_postcode")],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("about", models.TextField(blank=True, help_text="what happens there, in plain words")),
                (
                    "provision",
                    models.CharField(
                        blank=True,
                        help_text="a code of reasons/provision.csv, such as cmp or workstep",
                        max_length=40,
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        help_text="codes of reasons/need.csv",
                        size=None,
                    ),
                ),
                (
                    "funding",
                    models.CharField(
                        choices=[
                            ("contracted", "contracted"),
                            ("sub_contracted", "sub-contracted"),
                            ("not_contracted", "not contracted"),
                            ("in_house", "our own"),
                        ],
                        default="not_contracted",
                        max_length=15,
                    ),
                ),
                ("funder", models.CharField(blank=True, max_length=200)),
                ("funded_until", models.DateField(blank=True, null=True)),
                (
                    "postcodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=8),
                        blank=True,
                        default=list,
                        help_text="first parts, none: everywhere",
                        size=None,
                    ),
                ),
                ("for_whom", models.CharField(blank=True, max_length=300)),
                ("not_for", models.CharField(blank=True, help_text="exclusions, in words", max_length=300)),
                (
                    "excludes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="codes of reasons/exclusion.csv: who cannot be taken (R:L627-631)",
                        size=None,
                    ),
                ),
                (
                    "benefits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="benefits it takes, none: any",
                        size=None,
                    ),
                ),
                ("least_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("greatest_age", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        help_text="from first steps to ready for a job: a code of reasons/level.csv",
                        max_length=20,
                    ),
                ),
                (
                    "referred_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        help_text="roles that may refer, none: any adviser; self for customers themselves",
                        size=None,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("formal", "referral with papers"),
                            ("informal", "referral by word of mouth"),
                            ("signpost", "customers go there themselves"),
                        ],
                        default="informal",
                        max_length=10,
                    ),
                ),
                (
                    "channels",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("link", "secure link"),
                                ("account", "their own account here"),
                                ("paper", "on paper by post"),
                                ("email", "e-mail"),
                                ("phone", "telephone"),
                                ("in_person", "in person"),
                            ],
                            max_length=10,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "form_name",
                    models.CharField(
                        blank=True, help_text="the form it asks for, such as SL2", max_length=100
                    ),
                ),
                (
                    "documents",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="codes of reasons/document.csv",
                        size=None,
                    ),
                ),
                (
                    "information",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="codes of reasons/information.csv it needs beyond name and contact (R:L645)",
                        size=None,
                    ),
                ),
                (
                    "taking",
                    models.CharField(
                        choices=[
                            ("places", "has places"),
                            ("waiting", "has a waiting list"),
                            ("full", "full"),
                            ("stopped", "takes nobody at present"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="places",
                        max_length=10,
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("wait_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("lasts_weeks", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "cost",
                    models.CharField(
                        choices=[("none", "nothing"), ("ordinary", "ordinary"), ("high", "high")],
                        default="none",
                        max_length=10,
                    ),
                ),
                (
                    "benefit_effect",
                    models.CharField(
                        choices=[
                            ("none", "benefits stay as they are"),
                            ("may", "may change a benefit"),
                            ("changes", "changes a benefit"),
                            ("unknown", "not known"),
                        ],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("benefit_words", models.CharField(blank=True, max_length=300)),
                (
                    "contact_during",
                    models.CharField(
                        choices=[
                            ("as_usual", "keep in touch as usual"),
                            ("monthly", "once a month"),
                            ("often", "more often than once a month"),
                            ("hold_off", "wait until it has ended"),
                            ("last_session", "come to the last session"),
                        ],
                        default="as_usual",
                        max_length=15,
                    ),
                ),
                ("confirmed_on", models.DateField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=300)),
                ("published", models.JSONField(blank=True, default=dict)),
                (
                    "districts",
                    models.ManyToManyField(
                        blank=True,
                        help_text="none: everywhere",
                        related_name="+",
                        to="organisations.district",
                    ),
                ),
                (
                    "locations",
                    models.ManyToManyField(blank=True, related_name="services", to="directory.location"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="directory.organisation",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="who keeps the entry true",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taking", "withdrawn"), ("withdrawn_on__isnull", False)),
                            models.Q(
                                models.Q(("taking", "withdrawn"), _negated=True), ("withdrawn_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="service_withdrawn_on_a_day",
                        violation_error_message="A withdrawn service needs the day; one that goes on has none.",
                    )
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["needs"], name="service_needs"),
                    django.contrib.postgres.indexes.GinIndex(fields=["postcodes"], name="service_postcodes"),
                    models.Index(fields=["owner", "confirmed_on"], name="service_freshness"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.CharField(max_length=12, unique=True)),
                ("uid", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("name", models.CharField(max_length=100)),
                ("job", models.CharField(blank=True, max_length=100)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("telephone", models.CharField(blank=True, max_length=40)),
                ("link_worker", models.BooleanField(default=False)),
                ("since", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("published", models.JSONField(blank=True, default=dict)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="directory.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="directory.service",
                    ),
                ),
            ],
            options={
                "ordering": ["-link_worker", "name"],
            },
        ),
    ]
