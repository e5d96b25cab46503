from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rubrics", "0005_level_example"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExampleImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="sha256")),
                ("format", models.CharField(max_length=10, verbose_name="format")),
                ("original", models.BinaryField(verbose_name="file as it came")),
                ("shown", models.BinaryField(verbose_name="copy without metadata")),
                ("uploaded_at", models.DateTimeField(verbose_name="uploaded at")),
            ],
            options={
                "verbose_name": "image of an example",
                "verbose_name_plural": "images of examples",
                "ordering": ["sha256"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(format__in=["JPEG", "PNG", "WEBP", "GIF"]), name="example_image_format_known"
                    ),
                ],
            },
        ),
    ]
