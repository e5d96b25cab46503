import os
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from annotation.errors import Refused
from annotation.flow.export import NAMES, Selection, export
from annotation.management.base import ProjectCommand


class Command(ProjectCommand):
    help = "Write ratings, remarks, decisions and responses as they are now into a zip, which is no release."
    only_reads = True

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="a file that is not there yet")
        for name in NAMES:
            parser.add_argument(f"--{name}", action="append", default=[], metavar="VALUE", help="only these; may be repeated")
        parser.add_argument("--names", action="store_true", help="usernames instead of pseudonyms")
        parser.add_argument("--times", action="store_true", help="times to the second instead of days")

    def run(self, **options: Any) -> Any:
        selection = Selection(**{name: options[name] for name in NAMES})
        stream = export(project=self.project(options), selection=selection, names=options["names"], times=options["times"])
        out: Path = options["out"]
        part = out.with_name(f".{out.name}.part")
        try:
            with part.open("wb") as file:
                for data in stream:
                    file.write(data)
            os.link(part, out)  # refuses a file that is there
        except OSError as error:
            raise Refused(f"out: {out}: {error.strerror}") from error
        finally:
            part.unlink(missing_ok=True)
        self.say(f"{out}: {out.stat().st_size:,} bytes; this is not a release")
        return {"out": str(out), "bytes": out.stat().st_size}
