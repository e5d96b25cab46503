from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0073_event_verbs_of_releases"),
    ]

    operations = [
        refuse(
            name="release_files_stay",
            table="annotation_releasefiles",
            events="UPDATE OR DELETE",
            when="1 = 1",
            message="what is recorded of the files of a release never changes",
        )
    ]
