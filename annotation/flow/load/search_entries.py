"""The rows by which new queries and responses are found: a query by id, question and correct answer, a response by its answer.

Whatever else writes blocks of queries or responses writes these rows too.
"""

from collections.abc import Iterable, Iterator

from annotation.models import Blocks, Query, Response, SearchEntry
from annotation.words import stored_words


def search_entries(queries: Iterable[Query], responses: Iterable[Response]) -> Iterator[SearchEntry]:
    for query in queries:
        texts = [*texts_of(query.blocks), *texts_of(query.correct_answer or [])]
        yield SearchEntry(query=query, words=stored_words(query.external_id, *texts))
    for response in responses:
        yield SearchEntry(query_id=response.query_id, response=response, words=stored_words(*texts_of(response.blocks)))


def texts_of(blocks: Blocks) -> Iterator[str]:
    return (block["text"] for block in blocks if block["text"])
