"""A pool to draw from."""

from annotation.models import Project
from tests.factories import load, make_project, record

SYSTEMS = ("anole", "gill")


def make_pool(*, queries: int = 10, overlap: int = 2, seed: int = 0) -> Project:
    """Two systems' responses to each query; a field has every fifth query, another the rest."""
    project = make_project(overlap=overlap, seed=seed)
    fill_pool(project, range(1, queries + 1))
    return project


def fill_pool(project: Project, numbers: range) -> None:
    records = [
        record(number, model=system, field="art" if number % 5 == 0 else "physics") for number in numbers for system in SYSTEMS
    ]
    load(project, records, pool=True)
