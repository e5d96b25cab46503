from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0058_label_fair"),
    ]

    operations = [
        migrations.AddField(
            model_name="label",
            name="fair_se",
            field=models.FloatField(blank=True, null=True, verbose_name="standard error of the fair value"),
        ),
    ]
