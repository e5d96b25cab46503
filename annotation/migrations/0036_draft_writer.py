from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0035_draft_version")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="writer",
            field=models.CharField(blank=True, editable=False, max_length=100),
        ),
    ]
