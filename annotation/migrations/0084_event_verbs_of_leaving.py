from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0083_maintenance"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="verb",
            field=models.CharField(
                choices=[
                    ("project_created", "project created"),
                    ("member_added", "member added"),
                    ("role_changed", "role changed"),
                    ("member_ended", "membership ended"),
                    ("given_back", "response given back as a membership ended"),
                    ("tokens_revoked", "tokens revoked"),
                    ("items_loaded", "items loaded"),
                    ("scores_loaded", "scores loaded"),
                    ("kept", "queries found to be different"),
                    ("merged", "query merged into another"),
                    ("dropped", "query dropped"),
                    ("restored", "query taken back in"),
                    ("skipped", "response skipped"),
                    ("flagged", "response flagged"),
                    ("flag_reworded", "note of a flag changed"),
                    ("flag_settled", "flag settled"),
                    ("sent_back", "annotation sent back"),
                    ("revised", "annotation revised"),
                    ("workspace_changed", "workspace changed"),
                    ("lease_lapsed", "lease ran out"),
                    ("rules_changed", "rules for disputes and labels changed"),
                    ("template_changed", "training answers changed"),
                    ("further_asked", "one more annotator asked for"),
                    ("return_withdrawn", "annotation no longer awaited"),
                    ("further_withdrawn", "further annotator no longer awaited"),
                    ("case_claimed", "case claimed"),
                    ("case_scored_blind", "case scored blind"),
                    ("case_skipped", "case skipped"),
                    ("case_handed_over", "case handed over"),
                    ("case_taken_back", "case taken back"),
                    ("case_lapsed", "lease of a case ran out"),
                    ("adjudicated", "dispute decided"),
                    ("unusable", "response marked unusable"),
                    ("reopened", "decision reopened"),
                    ("confirmed", "decision confirmed after scores changed"),
                    ("commented", "comment on a decision"),
                    ("descriptor_drafted", "descriptor drafted"),
                    ("released", "labels released"),
                    ("retracted", "release retracted"),
                    ("downloaded", "release downloaded"),
                    ("job_cancelled", "job cancelled"),
                    ("job_retried", "job tried again"),
                ],
                max_length=30,
                verbose_name="what",
            ),
        ),
    ]
