"""Each project's rules, with the gaps and the share that it had before they became rules."""

from typing import Any

from django.db import migrations


def copy(apps: Any, _schema_editor: Any) -> None:
    Project, Rules = apps.get_model("annotation", "Project"), apps.get_model("annotation", "Rules")
    Rules.objects.bulk_create(
        Rules(
            project=project,
            pair_gap=project.pair_gap,
            group_range=project.group_range,
            undisputed_share=project.undisputed_share,
        )
        for project in Project.objects.all()
    )


def copy_back(apps: Any, _schema_editor: Any) -> None:
    Project, Rules = apps.get_model("annotation", "Project"), apps.get_model("annotation", "Rules")
    for rules in Rules.objects.all():
        Project.objects.filter(pk=rules.project_id).update(
            pair_gap=rules.pair_gap, group_range=rules.group_range, undisputed_share=rules.undisputed_share
        )
    Rules.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("annotation", "0003_rules")]

    operations = [migrations.RunPython(copy, copy_back)]
