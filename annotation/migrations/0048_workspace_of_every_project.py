from django.db import migrations


def make_workspaces(apps, schema_editor):
    workspaces = apps.get_model("annotation", "Workspace")
    projects = apps.get_model("annotation", "Project").objects.filter(workspace=None)
    workspaces.objects.bulk_create([workspaces(project=project) for project in projects])


class Migration(migrations.Migration):
    dependencies = [("annotation", "0047_error_of_its_project")]

    operations = [
        migrations.RunPython(make_workspaces, migrations.RunPython.noop),
    ]
