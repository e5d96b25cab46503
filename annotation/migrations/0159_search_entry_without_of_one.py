from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0158_search_words_without_their_triggers"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="searchentry",
            name="search_entry_of_one",
        ),
    ]
