from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0128_task_draw"),
    ]

    # A trigger, as a check would have SQLite remake the table, which triggers of other tables name.
    operations = [
        refuse(
            name="task_draw_0_to_1",
            table="annotation_task",
            events="INSERT OR UPDATE",
            when="NEW.draw < 0 OR NEW.draw >= 1",
            message="a draw is from 0 to below 1",
        ),
    ]
