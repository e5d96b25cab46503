"""Where computed values are kept: files below DATA_DIR."""

import errno
import pickle
import zlib
from typing import IO, Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

FASTEST = 1  # of zlib's levels


class QuickFileCache(FileBasedCache):
    """Django's files, compressed less: a report writes a dozen megabytes of arrays, which Django's own level takes five times as
    long to make a third smaller. What reads them is Django's."""

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """On a full disk nothing is kept: what was computed can be shown all the same."""
        try:
            super().set(key, value, timeout, version)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise

    def _write_content(self, file: IO[bytes], timeout: float | None, value: Any) -> None:
        file.write(pickle.dumps(self.get_backend_timeout(timeout), self.pickle_protocol))
        file.write(zlib.compress(pickle.dumps(value, self.pickle_protocol), FASTEST))
