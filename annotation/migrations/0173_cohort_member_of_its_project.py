from django.db import migrations

from config.triggers import refuse


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0172_cohort_member"),
    ]

    operations = [
        refuse(
            name="cohort_member_of_its_project",
            table="annotation_cohortmember",
            events="INSERT OR UPDATE",
            when="(SELECT project_id FROM annotation_cohort WHERE id = NEW.cohort_id) <> "
            "(SELECT project_id FROM annotation_participation WHERE id = NEW.participation_id)",
            message="a cohort has people of its project",
        ),
    ]
