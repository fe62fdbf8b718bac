"""Who may read the files of a station: the person whose program it is, and nobody else on the same machine.

A till's database holds what customers bought and the hashes of PINs, a service's that of a whole business. So folders
are 0700 and files 0600 on POSIX, whatever the umask says, and those that an earlier version made are tightened when
the program starts. Whoever wants several accounts to work with one folder gives it a group on purpose (``chgrp till
FOLDER && chmod 2770 FOLDER``): where the group is another one than the user's own, or the folder hands its group down
(set-group-ID), what the group may do stays, and only all others are shut out. On Windows the folder of a user is
private already.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

_OTHERS, _GROUP = 0o007, 0o070
_OURS = ("settings.toml", "shop.db", "service.db")
"""What shows that a folder is a station's, and not one that holds other things too."""
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""


def private_folder(folder: Path) -> None:
    """Make a folder that nobody else can enter; one that is a station's already is tightened, with its files.

    A folder that holds other people's files as well (a home, ``/tmp``) stays as it is.

    Raises:
        OSError: it cannot be made.

    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        return
    if os.name == "posix" and _is_ours(folder):
        _tighten(folder)
        for file in folder.iterdir():
            if file.is_file() and not file.is_symlink():
                _tighten(file)


def private_file(file: Path) -> None:
    """See to it that nobody else can read a file that is about to be written: made empty where there is none.

    What cannot be done here is said by whoever writes it.
    """
    if os.name != "posix":
        return
    with suppress(OSError):
        is_shared = _has_purpose(file.parent.stat())
        try:
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o660 if is_shared else 0o600))
        except FileExistsError:
            for found in (file, *(file.with_name(file.name + end) for end in _BESIDE)):
                _tighten(found)


def _is_ours(folder: Path) -> bool:
    with suppress(OSError):
        found = folder.stat()
        is_mine = found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX
        return is_mine and (any((folder / name).exists() for name in _OURS) or not any(folder.iterdir()))
    return False


def _tighten(path: Path) -> None:
    # Whose it is not cannot change it, and what is gone needs nothing.
    with suppress(OSError):
        found = path.stat()
        mode = stat.S_IMODE(found.st_mode)
        is_shared = _has_purpose(found) or _has_purpose(path.parent.stat())
        wanted = mode & ~(_OTHERS if is_shared else _OTHERS | _GROUP)
        if wanted != mode:
            path.chmod(wanted)


def _has_purpose(found: os.stat_result) -> bool:
    """Tell whether somebody gave it a group on purpose."""
    return found.st_gid != os.getegid() or bool(found.st_mode & stat.S_ISGID and stat.S_ISDIR(found.st_mode))
