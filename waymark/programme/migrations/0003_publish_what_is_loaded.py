"""Packs that were loaded before there were proposals hold on: each counts as installed on the day it was loaded."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def publish(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    version = apps.get_model("programme", "PackVersion")
    publication = apps.get_model("programme", "Publication")
    publication.objects.bulk_create(
        publication(
            version_id=each.pk,
            slug=each.slug,
            installed=True,
            proposed_at=each.loaded_at,
            published_at=each.loaded_at,
        )
        for each in version.objects.defer("files")
    )


class Migration(migrations.Migration):
    dependencies = [("programme", "0002_publication")]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop)]
