import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from annotation.flow.jobs.daily import clean_daily
from annotation.flow.jobs.queue import end_lost, queue_again
from config.manage import is_migrated, not_migrated


class Command(BaseCommand):
    help = "Carry out queued jobs, until stopped; end jobs whose worker was killed; clean once a day."
    requires_migrations_checks = True

    def check_migrations(self) -> None:
        if not is_migrated():
            raise CommandError(not_migrated())

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks at the queue (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0,
            batch=True,  # run() returns when no job waits, so that lost jobs are looked for in between
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()  # on a signal to stop, the worker finishes its job
        while worker.running:
            try:
                end_lost()
                queue_again()
                worker.run()
                if worker.running:
                    clean_daily()
            except (DatabaseError, InterfaceError) as error:  # the database is restarted, or locked by a long load: try again
                self.stderr.write(f"the database does not answer: {error}")
                connection.close()
            if worker.running:
                time.sleep(options["interval"])
