import errno
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.filebased import FileBasedCache

from config.caching import QuickFileCache

VALUE = {"ratings": list(range(1000))}


def refuse_with(error: Exception) -> Callable[..., Any]:
    def refuse(*_arguments: Any) -> Any:
        raise error

    return refuse


def test_djangos_own_cache_reads_what_it_writes_and_forgets_it_in_time(tmp_path: Path) -> None:
    quick = QuickFileCache(str(tmp_path), {})
    quick.set("value", VALUE, 60)
    quick.set("expired", VALUE, -1)
    plain = FileBasedCache(str(tmp_path), {})
    assert [plain.get("value"), plain.get("expired"), quick.get("value"), quick.get("expired")] == [VALUE, None, VALUE, None]


def test_it_compresses_at_the_fastest_level(tmp_path: Path) -> None:
    QuickFileCache(str(tmp_path), {}).set("value", VALUE)
    [file] = tmp_path.glob("*.djcache")
    content = file.read_bytes()
    compressed = content[content.rindex(b".\x78\x01") + 1 :]  # after the pickled time stands zlib's head of level 1
    assert zlib.compress(zlib.decompress(compressed), 1) == compressed


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EDQUOT])
def test_on_a_full_disk_nothing_is_kept_and_nothing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    quick = QuickFileCache(str(tmp_path), {})
    monkeypatch.setattr(quick, "_write_content", refuse_with(OSError(error, "full")))
    quick.set("value", VALUE)
    assert (quick.get("value"), list(tmp_path.iterdir())) == (None, [])
    monkeypatch.setattr(quick, "_write_content", refuse_with(OSError(errno.EACCES, "no")))
    with pytest.raises(OSError, match="no"):
        quick.set("value", VALUE)
