from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0074_release_files_stay"),
    ]

    operations = [
        refuse(
            name="retraction_stays",
            table="annotation_retraction",
            events="UPDATE OR DELETE",
            when="1 = 1",
            message="a retraction never changes",
        )
    ]
