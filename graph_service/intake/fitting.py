"""Which given mapping reads which part of a file, and how it is fitted to what lies there this time."""

from collections.abc import Sequence
from dataclasses import replace

from graph_service.errors import FileRefused
from graph_service.intake.annex import forbidden, proposed_within_annex
from graph_service.intake.files import BREAKS, PackedFile, format_named, importers
from graph_service.model import FROM_TITLE, OF_THE_FILE, Column, Mapping, Notice, Proposal, run_of_refused


def refused_by(parts: Sequence[PackedFile]) -> tuple[int, frozenset[str]]:
    """The run whose refused rows this file holds (0 for other files), and its other headers. Which format they have may
    be past telling: a corrected row or two are few."""
    for importer in importers().values() if len(parts) == 1 else ():
        try:
            columns = importer.propose(parts[0]).mapping.columns
        except (FileRefused, *BREAKS):
            continue
        if columns:
            return run_of_refused(columns[-1].header) or 0, frozenset(column.header for column in columns[:-1])
    return 0, frozenset()


def assigned(parts: Sequence[PackedFile], mappings: Sequence[Mapping], file: str) -> dict[str, Mapping]:
    """The mapping of each part: by its name, the only one for the only part, else the one whose columns stand there.

    Raises FileRefused when no part is read by any.
    """
    by_name = {mapping.part: mapping for mapping in mappings}
    found = {one.part: by_name[one.part] for one in parts if one.part in by_name}
    parts = [one for one in parts if one.part not in found]
    rest = [mapping for mapping in mappings if mapping.part not in found]
    if len(parts) == len(rest) == 1 and not found:
        return {parts[0].part: rest[0]}
    for mapping in rest:
        one = next((one for one in parts if one.part not in found and _fits(one, mapping)), None)
        if one is not None:
            found[one.part] = mapping
    if mappings and not found:
        told = {name: ", ".join(one.part or "–" for one in some) for name, some in (("parts", rest), ("there", parts))}
        raise FileRefused("mapping.no_part", file=file, **told)
    return found


def _fits(file: PackedFile, mapping: Mapping) -> bool:
    if not any(column.field for column in mapping.columns):
        return False
    try:
        return _names_all(mapping, format_named(mapping.format).propose(file).mapping)
    except (FileRefused, *BREAKS):
        return False


def _names_all(given: Mapping, there: Mapping) -> bool:
    """Whether every column that means something stands there."""
    return {column.header for column in given.columns if column.field} <= {column.header for column in there.columns}


def fitted(file: PackedFile, given: Mapping) -> tuple[PackedFile, Mapping, Proposal]:
    """The file as its table lies, the mapping as it reads this file, and what the format would propose.

    The header stands where the mapping says or, when its columns are not there, where they are found. Raises
    FileRefused where a mapping puts the header below one that names columns which never may enter.
    """
    importer = format_named(given.format)
    file.head()
    if not given.read:
        return file, given, Proposal(given)
    proposal = importer.propose(file)
    there = proposal.mapping
    lies = replace(there, encoding=_encoding(file, given, there))
    own = replace(lies, header_line=given.header_line, delimiter=given.delimiter or there.delimiter)
    if given.columns and own != lies and (_fits(file.lying_as(own), given) or not _names_all(given, there)):
        lies = own
    if lies != there:
        if lies.header_line > there.header_line:
            _check_above(there, file.name)
        file = file.lying_as(lies)
        proposal = importer.propose(file)
    columns, now = given.columns, proposed_within_annex(proposal.mapping)
    if columns and now.columns:
        columns = _in_order(columns, now.columns)
    layout = {"part": file.part, "encoding": now.encoding, "delimiter": now.delimiter, "header_line": now.header_line}
    mapping = replace(given, columns=columns, settings=_settings(given, now), **layout)  # type: ignore[arg-type]
    return file, importer.completed(file, mapping), proposal


def _encoding(file: PackedFile, given: Mapping, there: Mapping) -> str:
    """The given code page, as code pages can only be guessed; not where the file is Unicode or is not written so."""
    if not given.encoding or not there.encoding or there.encoding.startswith("utf"):
        return there.encoding
    try:
        file.head().decode(given.encoding)
    except UnicodeError:
        return there.encoding
    return given.encoding


def _settings(given: Mapping, now: Mapping) -> tuple[tuple[str, str], ...]:
    """The settings, those of a title line as this file's says; rows that were refused have no title and keep it."""
    corrected = any(run_of_refused(column.header) is not None for column in now.columns[-1:])
    told = {name: value for name, value in now.settings if value.startswith(FROM_TITLE)}
    return tuple(
        (name, told.get(name, value if corrected else "?") if value.startswith(FROM_TITLE) else value)
        for name, value in given.settings
    )


def _check_above(recognised: Mapping, file: str) -> None:
    never = next((column.header for column in recognised.columns if forbidden(column.header)), "")
    if never:
        raise FileRefused("mapping.forbidden", file=file, column=never)


def _in_order(given: Sequence[Column], there: Sequence[Column]) -> tuple[Column, ...]:
    """One column for each of the file's, in the file's order, as the mapping says; columns it does not know mean
    nothing, and what it names besides stands last. One of which the file before told nothing (`sure` is 0), because it
    was empty, is read as this file tells."""
    waiting = list(given)
    placed = []
    for column in there:
        found = next((one for one in waiting if one.header == column.header), None)
        if found is not None:
            waiting.remove(found)
        placed.append(column if found and not found.sure else found or Column(column.header))
    return (*placed, *(column for column in waiting if run_of_refused(column.header) is None))


def kept(mappings: Sequence[Mapping]) -> tuple[Mapping, ...]:
    """The mappings of an earlier file as they read another one: what held for that file alone is looked for again."""
    return tuple(
        replace(
            one,
            settings=tuple(
                (name, f"{FROM_TITLE} {value.removeprefix(FROM_TITLE).strip()}" if name in OF_THE_FILE else value)
                for name, value in one.settings
            ),
        )
        for one in mappings
    )


def misfits(given: Mapping, there: Mapping) -> list[Notice]:
    """What a given mapping says of columns that are not there, and which columns it does not know."""
    if not given.columns or not given.read:
        return []
    headers = [column.header for column in there.columns]
    named = [column.header for column in given.columns]
    missing = [column.header for column in given.columns if column.field and column.header not in headers]
    new = [header for header in headers if header and header not in named and run_of_refused(header) is None]
    told = [("notice.columns_missing", missing), ("notice.columns_new", new)]
    return [Notice(code, (("columns", ", ".join(columns)),)) for code, columns in told if columns]
