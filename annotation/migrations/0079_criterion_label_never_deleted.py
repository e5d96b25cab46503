from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0078_label_never_deleted"),
    ]

    operations = [
        refuse(
            name="criterion_label_never_deleted",
            table="annotation_criterionlabel",
            events="DELETE",
            when="1 = 1",
            message="a criterion of a label of a release is never deleted",
        )
    ]
