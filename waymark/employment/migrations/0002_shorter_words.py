from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employment", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="inworkcall",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "planned"),
                    ("talked", "talked"),
                    ("not_reached", "not reached"),
                    ("not_wanted", "not wanted"),
                    ("overtaken", "no longer needed"),
                ],
                default="planned",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="transitionplan",
            name="state",
            field=models.CharField(
                choices=[("open", "to be agreed"), ("agreed", "agreed"), ("closed", "closed")],
                default="open",
                max_length=10,
            ),
        ),
    ]
