"""Looks at the originals of the images that were loaded before. One that is missing or broken stays unknown: a release looks again."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.files.storage import default_storage
from django.db import migrations

from annotation.imaging.as_seen import why_otherwise
from annotation.imaging.inspect import SUFFIX, BadImage

THREADS, BATCH = 8, 500  # an object store answers several at once


def look(apps: Any, _schema_editor: Any) -> None:
    Image, last = apps.get_model("annotation", "Image"), 0
    with ThreadPoolExecutor(THREADS) as pool:
        while batch := list(Image.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
            for image, reasons in zip(batch, pool.map(reasons_of, batch), strict=True):
                image.shown_otherwise = reasons
            Image.objects.bulk_update(batch, ["shown_otherwise"])
            last = batch[-1].pk


def reasons_of(image: Any) -> str:
    try:
        with default_storage.open(f"originals/{image.sha256[:2]}/{image.sha256}.{SUFFIX[image.format]}") as file:
            return why_otherwise(file.read())
    except (OSError, BadImage):
        return ""


class Migration(migrations.Migration):
    dependencies = [("annotation", "0065_image_shown_otherwise")]

    operations = [migrations.RunPython(look, migrations.RunPython.noop)]
