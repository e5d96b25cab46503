"""Stores what others rely on anew: python -m tests.contract"""

import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from tests.data_folder import FOLDER  # a plugin of pytest's, which names the folder of the data
from tests.databases import own_database


def main() -> None:
    import django

    django.setup()
    from django.db import connection

    from tests.contract import demo, snapshot  # late: Django must be set up

    snapshot.STORED.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (snapshot.without_database() | demo.of_the_demo(Path(folder))).items():
            snapshot.store(name, content)
    connection.close()  # before PostgreSQL drops the database


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    with own_database(Path(FOLDER)) as database, patch.dict(os.environ, database):
        main()
