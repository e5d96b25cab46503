from typing import Any

from django.db import migrations

from annotation.words import stored_words

BATCH = 500


def forwards(apps: Any, _schema_editor: Any) -> None:
    query_model, response_model = apps.get_model("annotation", "Query"), apps.get_model("annotation", "Response")
    entry_model = apps.get_model("annotation", "SearchEntry")

    def texts(blocks: Any) -> list[str]:
        return [block["text"] for block in blocks or [] if block["text"]]

    def entries() -> Any:
        for query in query_model.objects.order_by("pk").iterator(BATCH):
            words = stored_words(query.external_id, *texts(query.blocks), *texts(query.correct_answer))
            yield entry_model(query_id=query.pk, words=words)
        for response in response_model.objects.order_by("pk").iterator(BATCH):
            yield entry_model(response_id=response.pk, words=stored_words(*texts(response.blocks)))

    batch = []
    for entry in entries():
        batch.append(entry)
        if len(batch) == BATCH:
            entry_model.objects.bulk_create(batch)
            batch = []
    entry_model.objects.bulk_create(batch)


class Migration(migrations.Migration):
    dependencies = [
        ("annotation", "0138_search_words"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
