import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0035_case_comments"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentback",
            name="adjudication",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sent_back",
                to="annotation.adjudication",
                verbose_name="adjudication",
            ),
        ),
    ]
