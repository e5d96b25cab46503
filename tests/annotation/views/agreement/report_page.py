"""The page of the agreement report, as its tests ask for it."""

from django.test import Client

PAGE = "/projects/study/agreement/"


def get(client: Client, address: str = PAGE, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()
