from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0156_earlier_reference"),
    ]

    operations = [
        migrations.AddField(
            model_name="image",
            name="uploaded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="uploaded at"),
        ),
    ]
