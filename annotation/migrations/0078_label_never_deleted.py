from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0077_release_never_deleted"),
    ]

    operations = [
        refuse(
            name="label_never_deleted",
            table="annotation_label",
            events="DELETE",
            when="1 = 1",
            message="a label of a release is never deleted",
        )
    ]
