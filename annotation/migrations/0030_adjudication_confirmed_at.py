from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0029_adjudication_adopted"),
    ]

    operations = [
        migrations.AddField(
            model_name="adjudication",
            name="confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="confirmed after scores changed, at"),
        ),
    ]
