from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0162_search_entry_query_known"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("response", None)), fields=("query",), name="search_entry_of_question_once"
            ),
        ),
    ]
