"""The queries and tasks of a project that has one pair of possible duplicates: see conftest."""

from annotation.models import Query, Task

TEXT = "one two three four five six seven eight nine ten"


def query(number: int) -> Query:
    return Query.objects.get(external_id=f"PBL-{number:04}")


def task(number: int, system: str = "system-a") -> Task:
    return Task.objects.get(response__query=query(number), response__system=system)
