from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [("rubrics", "0001_initial")]

    operations = [
        refuse(
            name="rubric_frozen",
            table="rubrics_rubric",
            events="UPDATE",
            when="OLD.frozen_at IS NOT NULL",
            message="a frozen rubric never changes",
        ),
    ]
