from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotation", "0039_skip_kind_known")]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="verb",
            field=models.CharField(
                choices=[
                    ("project_created", "project created"),
                    ("member_added", "member added"),
                    ("items_loaded", "items loaded"),
                    ("scores_loaded", "scores loaded"),
                    ("kept", "queries found to be different"),
                    ("merged", "query merged into another"),
                    ("dropped", "query dropped"),
                    ("restored", "query taken back in"),
                    ("skipped", "response skipped"),
                    ("flagged", "response flagged"),
                    ("flag_settled", "flag settled"),
                    ("sent_back", "annotation sent back"),
                    ("revised", "annotation revised"),
                    ("workspace_changed", "workspace changed"),
                    ("lease_lapsed", "lease ran out"),
                    ("adjudicated", "dispute decided"),
                    ("released", "labels released"),
                ],
                max_length=30,
                verbose_name="what",
            ),
        ),
    ]
