"""Who may read what an installation stores: its owner, and a group only the copies of images that its web server sends.

The settings, which every door loads, call `keep_private` first: from then on the process makes files for its owner alone. What
other modules give the group lies below DATA_DIR, through which the group passes only with ACCEL_PREFIX: docs/configuration.md.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

UMASK = 0o077
FILE = 0o600
SENT_FILE, PASSAGE = 0o640, 0o710  # the group opens files that it has the names of, and lists no folder


def keep_private(data: Path, *, passage: bool) -> None:
    """Make DATA_DIR and close what is in it, which an earlier version left open; `passage` lets the group through to images/.

    Deeper folders are not looked at: only their owner reaches them.
    """
    os.umask(UMASK)
    data.mkdir(parents=True, exist_ok=True)
    for path in own(data):
        close(path, passage=path.is_dir() and path.name == "images")
    close(data, passage=passage)


def own(folder: Path) -> Iterator[Path]:
    """What lies in the folder and belongs to this process; no links."""
    with suppress(OSError):  # the folder cannot be listed: it is not ours
        for path in folder.iterdir():
            with suppress(OSError):  # it went while we looked
                found = path.lstat()
                if found.st_uid == os.geteuid() and not stat.S_ISLNK(found.st_mode):
                    yield path


def close(path: Path, *, passage: bool) -> None:
    """To everybody but its owner, or but for the group's passage."""
    with suppress(OSError):  # it is somebody else's, or cannot be changed
        before = stat.S_IMODE(path.stat().st_mode)
        after = before & stat.S_IRWXU | (stat.S_IXGRP if passage else 0)
        if after != before:
            path.chmod(after)


def make_passage(folder: Path) -> None:
    """Make a folder, and those above it that are not there, through which the group may pass."""
    if not folder.is_dir():
        make_passage(folder.parent)
        folder.mkdir(exist_ok=True)
        folder.chmod(PASSAGE)
