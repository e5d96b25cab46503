from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0060_label_fair_with_error"),
    ]

    operations = [
        migrations.AddField(
            model_name="criterionlabel",
            name="fair",
            field=models.FloatField(blank=True, null=True, verbose_name="fair value"),
        ),
    ]
