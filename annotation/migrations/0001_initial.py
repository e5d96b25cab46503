import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import annotation.models.projects


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("rubrics", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("overlap", models.PositiveSmallIntegerField(default=3, verbose_name="annotators per response")),
                ("seed", models.BigIntegerField(default=0, verbose_name="seed")),
                ("block_size", models.PositiveSmallIntegerField(default=50, verbose_name="tasks per block of the order")),
                (
                    "lease_minutes",
                    models.PositiveSmallIntegerField(
                        default=60, verbose_name="minutes until an untouched response goes to someone else"
                    ),
                ),
                (
                    "pair_gap",
                    models.PositiveSmallIntegerField(default=2, verbose_name="gap that is a dispute between two ratings"),
                ),
                (
                    "group_range",
                    models.PositiveSmallIntegerField(
                        default=3, verbose_name="range that is a dispute among three or more ratings"
                    ),
                ),
                ("undisputed_share", models.FloatField(default=0.05, verbose_name="share of undisputed responses in the queue")),
                ("pseudonym_key", models.CharField(default=annotation.models.projects.random_key, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
            ],
            options={
                "verbose_name": "project",
                "verbose_name_plural": "projects",
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("overlap__gte", 1)), name="project_overlap_from_1"),
                    models.CheckConstraint(condition=models.Q(("block_size__gte", 1)), name="project_block_size_from_1"),
                    models.CheckConstraint(condition=models.Q(("lease_minutes__gte", 1)), name="project_lease_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(("group_range__gte", 1), ("pair_gap__gte", 1)), name="project_dispute_from_1"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("undisputed_share__gte", 0), ("undisputed_share__lte", 1)),
                        name="project_undisputed_share_0_to_1",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("annotator", "annotator"), ("adjudicator", "adjudicator"), ("manager", "manager")],
                        max_length=20,
                        verbose_name="role",
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True, verbose_name="added at")),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
                "ordering": ["project", "user"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "user"), name="membership_once"),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["annotator", "adjudicator", "manager"])), name="membership_role_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProjectRubric",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_rubrics",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("category", models.SlugField(max_length=100, verbose_name="category")),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="project_rubrics",
                        to="rubrics.rubric",
                        verbose_name="rubric",
                    ),
                ),
            ],
            options={
                "verbose_name": "rubric of a project",
                "verbose_name_plural": "rubrics of a project",
                "ordering": ["project", "category", "rubric"],
                "constraints": [models.UniqueConstraint(fields=("project", "category", "rubric"), name="project_rubric_once")],
            },
        ),
        migrations.AddField(
            model_name="project",
            name="rubrics",
            field=models.ManyToManyField(
                related_name="projects", through="annotation.ProjectRubric", to="rubrics.rubric", verbose_name="rubrics"
            ),
        ),
        migrations.CreateModel(
            name="Workspace",
            fields=[
                (
                    "project",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="workspace",
                        serialize=False,
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "feedback",
                    models.CharField(
                        choices=[("off", "not asked for"), ("asked", "asked for, may be left empty"), ("required", "required")],
                        default="asked",
                        max_length=10,
                        verbose_name="feedback",
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("off", "not asked for"), ("asked", "asked for, may be left empty"), ("required", "required")],
                        default="off",
                        max_length=10,
                        verbose_name="confidence per criterion",
                    ),
                ),
                ("overall_shown", models.BooleanField(default=False, verbose_name="the overall is shown before it is submitted")),
                (
                    "ladder_after_first_score",
                    models.BooleanField(default=False, verbose_name="reference answers open with the first score"),
                ),
                ("reopening", models.BooleanField(default=True, verbose_name="annotators may revise what they have submitted")),
                (
                    "blur",
                    models.CharField(
                        choices=[("never", "never"), ("marked", "where the material is marked as harmful"), ("always", "always")],
                        default="marked",
                        max_length=10,
                        verbose_name="blurred until asked for",
                    ),
                ),
                (
                    "errors_below",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="an error is required when a score is below"
                    ),
                ),
            ],
            options={
                "verbose_name": "workspace",
                "verbose_name_plural": "workspaces",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("feedback__in", ["off", "asked", "required"])), name="workspace_feedback_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["off", "asked", "required"])), name="workspace_confidence_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("blur__in", ["never", "marked", "always"])), name="workspace_blur_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrorType",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_types",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("key", models.SlugField(allow_unicode=True, max_length=100, verbose_name="key")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("place", models.PositiveSmallIntegerField(verbose_name="place")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="taken off the list at")),
            ],
            options={
                "verbose_name": "type of error",
                "verbose_name_plural": "types of errors",
                "ordering": ["project", "place", "key"],
                "constraints": [models.UniqueConstraint(fields=("project", "key"), name="error_type_once")],
            },
        ),
        migrations.CreateModel(
            name="Query",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="queries",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("external_id", models.CharField(max_length=200, verbose_name="id")),
                ("category", models.SlugField(max_length=100, verbose_name="category")),
                ("field", models.CharField(blank=True, max_length=200, verbose_name="field")),
                ("subfield", models.CharField(blank=True, max_length=200, verbose_name="subfield")),
                ("source", models.CharField(blank=True, max_length=2000, verbose_name="source")),
                ("blocks", models.JSONField(verbose_name="question")),
                ("correct_answer", models.JSONField(blank=True, null=True, verbose_name="correct answer")),
                ("dropped_at", models.DateTimeField(blank=True, null=True, verbose_name="dropped at")),
                (
                    "dropped_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dropped by",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="annotation.query",
                        verbose_name="merged into",
                    ),
                ),
            ],
            options={
                "verbose_name": "query",
                "verbose_name_plural": "queries",
                "ordering": ["project", "external_id"],
                "constraints": [models.UniqueConstraint(fields=("project", "external_id"), name="query_once")],
            },
        ),
        migrations.CreateModel(
            name="ReferenceAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "query",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="references",
                        to="annotation.query",
                        verbose_name="query",
                    ),
                ),
                ("level", models.SmallIntegerField(verbose_name="level")),
            ],
            options={
                "verbose_name": "reference answer",
                "verbose_name_plural": "reference answers",
                "ordering": ["query", "level"],
                "constraints": [models.UniqueConstraint(fields=("query", "level"), name="reference_level_once")],
            },
        ),
        migrations.CreateModel(
            name="ReferenceRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="annotation.referenceanswer",
                        verbose_name="reference answer",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("blocks", models.JSONField(verbose_name="answer")),
                ("profile", models.JSONField(blank=True, null=True, verbose_name="level per criterion")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
            ],
            options={
                "verbose_name": "revision of a reference answer",
                "verbose_name_plural": "revisions of reference answers",
                "ordering": ["answer", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("answer", "number"), name="reference_revision_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="reference_revision_from_1"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "query",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responses",
                        to="annotation.query",
                        verbose_name="query",
                    ),
                ),
                ("system", models.CharField(max_length=200, verbose_name="system")),
                ("sample", models.PositiveIntegerField(default=0, verbose_name="sample")),
                ("blocks", models.JSONField(verbose_name="answer")),
                ("metadata", models.JSONField(blank=True, default=dict, verbose_name="metadata")),
            ],
            options={
                "verbose_name": "response",
                "verbose_name_plural": "responses",
                "ordering": ["query", "system", "sample"],
                "constraints": [models.UniqueConstraint(fields=("query", "system", "sample"), name="response_once")],
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="images",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="sha256")),
                (
                    "key",
                    models.CharField(default=annotation.models.projects.random_key, editable=False, max_length=64, unique=True),
                ),
                ("format", models.CharField(max_length=10, verbose_name="format")),
                ("width", models.PositiveIntegerField(verbose_name="width")),
                ("height", models.PositiveIntegerField(verbose_name="height")),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("difference_hash", models.CharField(blank=True, max_length=16, verbose_name="difference hash")),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "ordering": ["project", "sha256"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "sha256"), name="image_once"),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["JPEG", "PNG", "WEBP", "GIF"])), name="image_format_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("height__gte", 1), ("size__gte", 1), ("width__gte", 1)), name="image_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PossibleDuplicate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="possible_duplicates",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_as_first",
                        to="annotation.query",
                        verbose_name="first query",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs_as_second",
                        to="annotation.query",
                        verbose_name="second query",
                    ),
                ),
                ("reasons", models.JSONField(verbose_name="reasons")),
                ("strength", models.FloatField(verbose_name="strength")),
                ("found_at", models.DateTimeField(verbose_name="found at")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("different", "different"), ("merged", "merged"), ("dropped", "dropped")],
                        default="",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "possible duplicate",
                "verbose_name_plural": "possible duplicates",
                "ordering": ["project", "-strength", "pk"],
                "indexes": [models.Index(fields=["project", "verdict", "-strength"], name="pair_strongest")],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="pair_once"),
                    models.CheckConstraint(condition=models.Q(("first__lt", models.F("second"))), name="pair_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["", "different", "merged", "dropped"])), name="pair_verdict_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("verdict", "")),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pair_decided_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="annotation.response",
                        verbose_name="response",
                    ),
                ),
                (
                    "rubric",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tasks",
                        to="rubrics.rubric",
                        verbose_name="rubric",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("study", "study"), ("anchor", "anchor"), ("gate", "gate"), ("rerate", "re-rate")],
                        default="study",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "ordering": ["project", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("response", "rubric", "kind", "round"), name="task_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["study", "anchor", "gate", "rerate"])), name="task_kind_known"
                    ),
                    models.CheckConstraint(condition=models.Q(("round__gte", 1)), name="task_round_from_1"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("initial", "made in advance"),
                            ("after_dispute", "asked for after a dispute"),
                            ("import", "imported"),
                        ],
                        default="initial",
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("category", models.SlugField(max_length=100, verbose_name="category")),
                ("system", models.CharField(max_length=200, verbose_name="system")),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "annotator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                ("claimed_at", models.DateTimeField(blank=True, null=True, verbose_name="claimed at")),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True, verbose_name="lease expires at")),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="submitted at")),
                ("reopened_at", models.DateTimeField(blank=True, null=True, verbose_name="reopened at")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at")),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ["project", "position"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("annotator", None), ("withdrawn_at", None)),
                        fields=["project", "position"],
                        name="slot_open",
                    ),
                    models.Index(
                        condition=models.Q(("annotator", None), ("reopened_at__isnull", False), ("withdrawn_at", None)),
                        fields=["project", "position"],
                        name="slot_reopened",
                    ),
                    models.Index(
                        condition=models.Q(("annotator__isnull", False), ("submitted_at", None)),
                        fields=["project", "lease_expires_at"],
                        name="slot_lease",
                    ),
                    models.Index(fields=["project", "annotator", "position"], name="slot_place"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "number"), name="slot_once"),
                    models.UniqueConstraint(fields=("project", "position"), name="slot_position_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("annotator__isnull", False)),
                        fields=("task", "annotator"),
                        name="slot_of_a_task_once_per_annotator",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("annotator__isnull", False), ("submitted_at__isnull", True)),
                        fields=("project", "annotator"),
                        name="slot_held_one_per_annotator",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="slot_number_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(("reason__in", ["initial", "after_dispute", "import"])), name="slot_reason_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("annotator", None), ("claimed_at", None), ("lease_expires_at", None), ("submitted_at", None)
                            ),
                            models.Q(
                                ("annotator__isnull", False),
                                ("claimed_at__isnull", False),
                                ("lease_expires_at__isnull", False),
                                ("submitted_at", None),
                            ),
                            models.Q(
                                ("annotator__isnull", False),
                                ("claimed_at__isnull", False),
                                ("lease_expires_at", None),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="slot_open_held_or_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Skip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to="annotation.assignment",
                        verbose_name="assignment",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="position")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("broken_image", "broken image"),
                            ("unclear_query", "unclear query"),
                            ("harmful", "harmful content"),
                            ("conflict", "conflict of interest"),
                            ("other", "other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="reason")),
                ("skipped_at", models.DateTimeField(verbose_name="skipped at")),
            ],
            options={
                "verbose_name": "skip",
                "verbose_name_plural": "skips",
                "ordering": ["project", "skipped_at"],
                "indexes": [models.Index(fields=["project", "annotator", "position"], name="skip_place")],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "annotator"), name="skip_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["broken_image", "unclear_query", "harmful", "conflict", "other"])),
                        name="skip_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lapse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lapses",
                        to="annotation.assignment",
                        verbose_name="assignment",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lapses",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                ("lapsed_at", models.DateTimeField(verbose_name="lapsed at")),
            ],
            options={
                "verbose_name": "lapse",
                "verbose_name_plural": "lapses",
                "ordering": ["lapsed_at"],
                "constraints": [models.UniqueConstraint(fields=("assignment", "annotator"), name="lapse_once")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafts",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                ("content", models.JSONField(verbose_name="content")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("writer", models.CharField(blank=True, editable=False, max_length=100)),
            ],
            options={
                "verbose_name": "draft",
                "verbose_name_plural": "drafts",
                "ordering": ["task", "annotator"],
                "constraints": [models.UniqueConstraint(fields=("task", "annotator"), name="draft_once")],
            },
        ),
        migrations.CreateModel(
            name="Annotation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotations",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                (
                    "assignment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annotation",
                        to="annotation.assignment",
                        verbose_name="assignment",
                    ),
                ),
            ],
            options={
                "verbose_name": "annotation",
                "verbose_name_plural": "annotations",
                "ordering": ["task", "annotator"],
                "constraints": [models.UniqueConstraint(fields=("task", "annotator"), name="annotation_once")],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="annotation.annotation",
                        verbose_name="annotation",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("feedback", models.TextField(blank=True, verbose_name="feedback")),
                ("holistic", models.SmallIntegerField(blank=True, null=True, verbose_name="overall, given directly")),
                ("active_seconds", models.PositiveIntegerField(default=0, verbose_name="active seconds")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("idempotency_key", models.CharField(blank=True, editable=False, max_length=200, null=True)),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["annotation", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("annotation", "number"), name="revision_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("idempotency_key__isnull", False)),
                        fields=("annotation", "idempotency_key"),
                        name="revision_idempotency_key_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_from_1"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scores",
                        to="rubrics.level",
                        verbose_name="level",
                    ),
                ),
                ("not_applicable", models.BooleanField(default=False, verbose_name="not applicable")),
                (
                    "confidence",
                    models.PositiveSmallIntegerField(
                        blank=True, choices=[(1, "unsure"), (2, "fairly sure"), (3, "sure")], null=True, verbose_name="confidence"
                    ),
                ),
            ],
            options={
                "verbose_name": "score",
                "verbose_name_plural": "scores",
                "ordering": ["revision", "criterion__place"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "criterion"), name="score_once"),
                    models.CheckConstraint(
                        condition=models.Q(("level", None), ("not_applicable", False), _connector="OR"),
                        name="score_level_or_not_applicable",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True, choices=[("query", "query"), ("response", "response")], max_length=10, verbose_name="part"
                    ),
                ),
                ("block", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="block")),
                ("text", models.TextField(verbose_name="text")),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["revision", "criterion__place", "part", "block"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("criterion__isnull", False)),
                        fields=("revision", "criterion"),
                        name="note_once_per_criterion",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("block__isnull", False)),
                        fields=("revision", "part", "block"),
                        name="note_once_per_block",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("block", None), ("criterion__isnull", False), ("part", "")),
                            models.Q(
                                ("block__gte", 1),
                                ("block__isnull", False),
                                ("criterion", None),
                                ("part__in", ["query", "response"]),
                            ),
                            _connector="OR",
                        ),
                        name="note_on_criterion_or_block",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErrorMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="error_marks",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                (
                    "error_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="annotation.errortype",
                        verbose_name="type of error",
                    ),
                ),
                ("block", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="block")),
            ],
            options={
                "verbose_name": "error",
                "verbose_name_plural": "errors",
                "ordering": ["revision", "error_type__place", "block"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("block__isnull", False)),
                        fields=("revision", "error_type", "block"),
                        name="error_once_per_block",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("block", None)), fields=("revision", "error_type"), name="error_once_per_response"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("block", None), ("block__gte", 1), _connector="OR"), name="error_block_from_1"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="annotation.revision",
                        verbose_name="revision",
                    ),
                ),
                ("low", models.SmallIntegerField(verbose_name="lowest level")),
                ("high", models.SmallIntegerField(verbose_name="highest level")),
                (
                    "criterion",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="looks",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "look at reference answers",
                "verbose_name_plural": "looks at reference answers",
                "ordering": ["revision", "at", "pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("low__lte", models.F("high"))), name="look_ascends")],
            },
        ),
        migrations.CreateModel(
            name="Adjudication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "adjudicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjudications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="adjudicator",
                    ),
                ),
                ("started_at", models.DateTimeField(verbose_name="started at")),
                ("revealed_at", models.DateTimeField(blank=True, null=True, verbose_name="revealed at")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
            ],
            options={
                "verbose_name": "adjudication",
                "verbose_name_plural": "adjudications",
                "ordering": ["task", "round"],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "round"), name="adjudication_once"),
                    models.CheckConstraint(condition=models.Q(("round__gte", 1)), name="adjudication_round_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(("decided_at", None), ("revealed_at__isnull", False), _connector="OR"),
                        name="adjudication_unseen_before_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "adjudication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="annotation.adjudication",
                        verbose_name="adjudication",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                ("disputed", models.BooleanField(verbose_name="disputed")),
                (
                    "blind_level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rubrics.level",
                        verbose_name="blind level",
                    ),
                ),
                ("blind_na", models.BooleanField(default=False, verbose_name="blind: not applicable")),
                ("blind_given", models.BooleanField(blank=True, null=True, verbose_name="blind: penalty applies")),
                (
                    "level",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rubrics.level",
                        verbose_name="level",
                    ),
                ),
                ("na", models.BooleanField(default=False, verbose_name="not applicable")),
                ("given", models.BooleanField(blank=True, null=True, verbose_name="penalty applies")),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("rubric_gap", "gap in the rubric"),
                            ("item_fault", "fault in the item"),
                            ("slip", "slip"),
                            ("ambiguity", "genuine ambiguity"),
                        ],
                        max_length=20,
                        verbose_name="cause",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ["adjudication", "criterion__place"],
                "constraints": [
                    models.UniqueConstraint(fields=("adjudication", "criterion"), name="decision_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("blind_given", None), ("blind_level", None), ("blind_na", False)),
                            models.Q(("blind_given", None), ("blind_level__isnull", False), ("blind_na", False)),
                            models.Q(("blind_given", None), ("blind_level", None), ("blind_na", True)),
                            models.Q(("blind_given__isnull", False), ("blind_level", None), ("blind_na", False)),
                            _connector="OR",
                        ),
                        name="decision_unseen_one_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", ""), ("given", None), ("level", None), ("na", False)),
                            models.Q(
                                models.Q(
                                    models.Q(("given", None), ("level__isnull", False), ("na", False)),
                                    models.Q(("given", None), ("level", None), ("na", True)),
                                    models.Q(("given__isnull", False), ("level", None), ("na", False)),
                                    _connector="OR",
                                ),
                                models.Q(
                                    models.Q(("blind_given", None), ("blind_level__isnull", False), ("blind_na", False)),
                                    models.Q(("blind_given", None), ("blind_level", None), ("blind_na", True)),
                                    models.Q(("blind_given__isnull", False), ("blind_level", None), ("blind_na", False)),
                                    _connector="OR",
                                ),
                                ("cause__in", ["rubric_gap", "item_fault", "slip", "ambiguity"]),
                            ),
                            _connector="OR",
                        ),
                        name="decision_after_unseen_with_cause",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "annotator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="flags",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="annotator",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("broken_image", "broken image"),
                            ("unclear_query", "unclear query"),
                            ("harmful", "harmful content"),
                            ("conflict", "conflict of interest"),
                            ("other", "other"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("raised_at", models.DateTimeField(verbose_name="raised at")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled at")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="settled by",
                    ),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "ordering": ["project", "raised_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["broken_image", "unclear_query", "harmful", "conflict", "other"])),
                        name="flag_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("settled_by", None)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="flag_settled_by_somebody",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at", None)), fields=("task", "annotator", "kind"), name="flag_open_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SentBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "annotation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_back",
                        to="annotation.annotation",
                        verbose_name="annotation",
                    ),
                ),
                ("note", models.TextField(verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "answer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="annotation.revision",
                        verbose_name="answered by",
                    ),
                ),
            ],
            options={
                "verbose_name": "annotation sent back",
                "verbose_name_plural": "annotations sent back",
                "ordering": ["annotation", "at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", None)), fields=("annotation",), name="sent_back_open_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("note", ""), _negated=True), name="sent_back_with_a_note"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                ("seed", models.BigIntegerField(verbose_name="seed")),
                ("manifest", models.JSONField(verbose_name="manifest")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made at")),
            ],
            options={
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["project", "-version"],
                "constraints": [
                    models.UniqueConstraint(fields=("project", "version"), name="release_once"),
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="release_version_from_1"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="annotation.release",
                        verbose_name="release",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "split",
                    models.CharField(choices=[("train", "train"), ("check", "check")], max_length=10, verbose_name="split"),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[("agreed", "agreed"), ("adjudicated", "adjudicated")], max_length=20, verbose_name="how"
                    ),
                ),
                ("overall", models.FloatField(verbose_name="overall")),
                ("score", models.SmallIntegerField(verbose_name="score")),
            ],
            options={
                "verbose_name": "label",
                "verbose_name_plural": "labels",
                "ordering": ["release", "task"],
                "constraints": [
                    models.UniqueConstraint(fields=("release", "task"), name="label_once"),
                    models.CheckConstraint(condition=models.Q(("split__in", ["train", "check"])), name="label_split_known"),
                    models.CheckConstraint(condition=models.Q(("how__in", ["agreed", "adjudicated"])), name="label_how_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionLabel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "label",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="annotation.label",
                        verbose_name="label",
                    ),
                ),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="labels",
                        to="rubrics.criterion",
                        verbose_name="criterion",
                    ),
                ),
                ("value", models.FloatField(blank=True, null=True, verbose_name="value")),
                ("given", models.BooleanField(blank=True, null=True, verbose_name="penalty applies")),
                (
                    "how",
                    models.CharField(
                        choices=[("agreed", "agreed"), ("adjudicated", "adjudicated")], max_length=20, verbose_name="how"
                    ),
                ),
            ],
            options={
                "verbose_name": "label of a criterion",
                "verbose_name_plural": "labels of criteria",
                "ordering": ["label", "criterion__place"],
                "constraints": [
                    models.UniqueConstraint(fields=("label", "criterion"), name="criterion_label_once"),
                    models.CheckConstraint(
                        condition=models.Q(("value", None), ("given", None), _connector="OR"),
                        name="criterion_label_value_or_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["agreed", "adjudicated"])), name="criterion_label_how_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("load_items", "load queries and responses"),
                            ("load_scores", "load scores"),
                            ("prepare_images", "make the sizes of images"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="made at")),
                ("options", models.JSONField(blank=True, default=dict, verbose_name="options")),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="file")),
                ("upload", models.CharField(blank=True, editable=False, max_length=255)),
                ("attempt", models.PositiveSmallIntegerField(default=1, verbose_name="attempt")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="started at")),
                ("lease_expires_at", models.DateTimeField(blank=True, null=True, verbose_name="lease expires at")),
                ("cancel_asked_at", models.DateTimeField(blank=True, null=True, verbose_name="asked to stop at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended at")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("done", "done"),
                            ("refused", "refused"),
                            ("cancelled", "cancelled"),
                            ("failed", "failed"),
                            ("lost", "its worker was lost"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("phase", models.CharField(blank=True, max_length=20, verbose_name="phase")),
                ("done", models.PositiveBigIntegerField(default=0, verbose_name="done")),
                ("total", models.PositiveBigIntegerField(default=0, verbose_name="in total")),
                ("message", models.TextField(blank=True, verbose_name="message")),
                ("report", models.JSONField(blank=True, null=True, verbose_name="report")),
            ],
            options={
                "verbose_name": "job",
                "verbose_name_plural": "jobs",
                "ordering": ["project", "-pk"],
                "indexes": [
                    models.Index(condition=models.Q(("ended_at", None)), fields=["lease_expires_at"], name="job_under_way")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["load_items", "load_scores", "prepare_images"])), name="job_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("outcome", "")),
                            models.Q(
                                ("ended_at__isnull", False), ("outcome__in", ["done", "refused", "cancelled", "failed", "lost"])
                            ),
                            _connector="OR",
                        ),
                        name="job_outcome_with_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lease_expires_at", None), ("started_at", None)),
                            models.Q(("lease_expires_at__isnull", False), ("started_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="job_lease_with_its_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preferences",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preferences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=10, verbose_name="language")),
                ("keys", models.JSONField(blank=True, default=dict, verbose_name="keys")),
            ],
            options={
                "verbose_name": "preferences",
                "verbose_name_plural": "preferences",
                "ordering": ["user"],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="annotation.project",
                        verbose_name="project",
                    ),
                ),
                (
                    "verb",
                    models.CharField(
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
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="annotation.task",
                        verbose_name="task",
                    ),
                ),
                ("data", models.JSONField(default=dict, verbose_name="details")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["project", "pk"],
            },
        ),
    ]
