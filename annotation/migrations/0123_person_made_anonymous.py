from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0122_daily_limit"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="anonymised_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="made anonymous at"),
        ),
    ]
