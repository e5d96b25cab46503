import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0028_adjudication_feedback"),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="adopted",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotation.revision",
                verbose_name="annotator's feedback that was adopted",
            ),
        ),
    ]
