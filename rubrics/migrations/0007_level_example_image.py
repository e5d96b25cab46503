from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rubrics", "0006_example_image"),
    ]

    operations = [
        migrations.AddField(
            model_name="level",
            name="example_image",
            field=models.CharField(blank=True, max_length=64, null=True, verbose_name="image of the example"),
        ),
    ]
