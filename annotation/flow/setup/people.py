"""The names under which people take part in a project: each person's first one there, which nobody else gets."""

from collections.abc import Iterable

from annotation.models import Participation, Project, User


def take_part(people: Iterable[User], *, project: Project) -> None:
    """Let the people, who are stored, take part. Who came before keeps the name that they had. In a transaction."""
    arriving = list(people)
    Participation.objects.ended().filter(project=project, user__in=arriving).update(ended_at=None, ended_by=None)
    names = Participation.objects.names(project)
    taken = set(names.values())
    new = []
    for user in arriving:
        if user.pk not in names:
            name = free_name(user.username, taken)
            taken.add(name)
            new.append(Participation(project=project, user=user, name=name))
    Participation.objects.bulk_create(new)


def free_name(username: str, taken: set[str]) -> str:
    """Somebody who is called otherwise now came under this username: theirs is not given twice. No username has a space."""
    name, number = username, 2
    while name in taken:
        name, number = f"{username} {number}", number + 1
    return name
