from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0075_retraction_stays"),
    ]

    operations = [
        refuse(
            name="download_stays",
            table="annotation_download",
            events="UPDATE OR DELETE",
            when="1 = 1",
            message="the record of a download never changes",
        )
    ]
