from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0064_label_split_test")]

    operations = [
        migrations.AddField(
            model_name="image",
            name="shown_otherwise",
            field=models.CharField(blank=True, max_length=80, verbose_name="shown otherwise"),
        ),
    ]
