from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0076_download_stays"),
    ]

    operations = [
        refuse(
            name="release_never_deleted",
            table="annotation_release",
            events="DELETE",
            when="1 = 1",
            message="a release is never deleted: it is retracted",
        )
    ]
