from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0180_participation_with_its_trigger"),
    ]

    operations = [
        migrations.AddField(
            model_name="image",
            name="uploaded_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="uploaded at"),
        ),
    ]
