from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0082_project_template_known"),
    ]

    operations = [
        migrations.CreateModel(
            name="Maintenance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("work", models.CharField(max_length=20, unique=True, verbose_name="work")),
                ("begun_at", models.DateTimeField(verbose_name="begun at")),
            ],
            options={
                "verbose_name": "maintenance",
                "verbose_name_plural": "maintenance",
                "ordering": ["work"],
            },
        ),
    ]
