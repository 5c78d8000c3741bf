"""A pack that comes as a ZIP file: read in memory, within limits, and nothing of it is written to disk."""

import io
import tomllib
import zipfile
from pathlib import PurePosixPath

from waymark.kernel.refusal import Refused
from waymark.programme.pack import SUFFIXES, Pack
from waymark.programme.queries import holding_now, pack_of

MOST_FILES = 500
MOST_BYTES = 5_000_000  # unpacked
MAIN = "programme.toml"


def pack_from_zip(data: bytes) -> Pack:
    """The pack in a ZIP file, with what it does not hold itself taken from the pack it extends.

    The files may lie in one folder. Raises Refused with what is wrong and what would be right.
    """
    files = _files(data)
    if MAIN not in files:
        raise Refused(
            "no_programme",
            "There is no programme.toml in this file.",
            "Pack the whole folder of the programme, with programme.toml in it.",
        )
    try:
        about = tomllib.loads(files[MAIN])
    except tomllib.TOMLDecodeError as wrong:
        raise Refused(
            "not_readable", f"programme.toml cannot be read: {wrong}.", "Mend that line."
        ) from wrong
    slug, base = about.get("slug"), about.get("extends")
    if not slug:
        raise Refused("no_slug", "programme.toml does not say which programme it is.", "Give its slug.")
    if base:
        held = holding_now(base)
        if held is None:
            raise Refused("no_base", f"It extends “{base}”, which is not loaded.", "Load that one first.")
        files = {**pack_of(held.pk).files, **files}
    return Pack(files, folder=f"programmes/{slug}")


def _files(data: bytes) -> dict[str, str]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as wrong:
        raise Refused("no_zip", "This is not a ZIP file.", "Choose the packed folder.") from wrong
    with archive:
        entries = [
            entry
            for entry in archive.infolist()
            if not entry.is_dir() and PurePosixPath(entry.filename).suffix in SUFFIXES
        ]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise Refused(
                "too_large", "This file holds more than a programme does.", "Pack that folder only."
            )
        mains = [PurePosixPath(entry.filename) for entry in entries if entry.filename.endswith(MAIN)]
        root = min((path.parent for path in mains), key=lambda path: len(path.parts), default=PurePosixPath())
        found = {}
        for entry in entries:
            path = PurePosixPath(entry.filename)
            if root != PurePosixPath() and root not in path.parents:
                continue
            found[path.relative_to(root).as_posix()] = _text(archive, entry)
        return found


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    with archive.open(entry) as opened:
        body = opened.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise Refused("too_large", "This file holds more than a programme does.", "Pack that folder only.")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Refused(
            "not_text", f"{entry.filename} is not written in UTF-8.", "Save it as UTF-8."
        ) from wrong
