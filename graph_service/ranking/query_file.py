"""Past questions from a file: which cases to ask, as of when, and what must not count."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph_service.errors import FileRefused, file_refusals
from graph_service.model import RowFault, instant
from graph_service.ranking.evaluation import Archive, in_parts
from graph_service.ranking.replay import PastQuestion

LARGEST_CELL = 1 << 20
MOST_ROWS = 200_000
REQUIRED = ("case_id", "opened_at")


@dataclass
class Queries:
    """The questions in the order of time, and the rows that cannot be asked."""

    questions: list[PastQuestion] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)


def read_queries(path: Path, past: Archive) -> Queries:
    """Columns case_id and opened_at; optional: fold, ban, exclude, solver (lists with `;`, in a file whose columns are
    parted by `;` in quotes). Raises FileRefused.

    Without `fold` they are ten parts of equal size; without `solver` the right answer is who solved the case by the
    store. A case that is not known, was not known at its moment, or is asked as of the future, is a fault; banned
    people and excluded cases that are not known change nothing.
    """
    cases: dict[str, list[str]] = {}
    for case in past.history.cases:
        cases.setdefault(case.key, []).append(case.case_id)
    found = Queries()
    seen: set[str] = set()
    has_folds = False
    for line, cells in _rows(path):
        try:
            question = _question(cells, cases, past)
            if question.case_id in seen:
                raise _Fault("case_id", cells["case_id"], "query.twice")
            seen.add(question.case_id)
            found.questions.append(question)
            has_folds = has_folds or bool(cells.get("fold", "").strip())
        except _Fault as fault:
            found.faults.append(RowFault(path.name, line, fault.column, fault.value[:200], fault.reason))
    found.questions.sort(key=lambda one: (one.as_of, one.case_id))
    if not has_folds:
        found.questions = in_parts(found.questions)
    return found


class _Fault(Exception):
    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    csv.field_size_limit(LARGEST_CELL)
    name = path.name or str(path)
    line = 1
    try:
        with file_refusals(name), path.open(encoding="utf-8-sig", newline="") as stream:
            head = stream.readline()
            stream.seek(0)
            reader = csv.DictReader(stream, delimiter=";" if ";" in head and "," not in head else ",")
            _check_columns(name, reader.fieldnames or ())
            for number, row in enumerate(reader):
                if number >= MOST_ROWS:
                    raise FileRefused("query.too_many", file=name, most=MOST_ROWS)
                line = reader.line_num
                yield line, {column: value or "" for column, value in row.items() if isinstance(value, str | None)}
    except UnicodeDecodeError:
        raise FileRefused("file.not_utf8", file=name) from None
    except csv.Error:
        raise FileRefused("query.unreadable", file=name, line=line + 1) from None


def _check_columns(name: str, columns: Sequence[str]) -> None:
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        raise FileRefused("query.columns", file=name, columns=", ".join(missing))
    if len(set(columns)) < len(columns):
        raise FileRefused("file.double_column", file=name)


def _question(cells: Mapping[str, str], cases: Mapping[str, list[str]], past: Archive) -> PastQuestion:
    key = cells["case_id"].strip()
    known = cases.get(key, [])
    if len(known) != 1:
        raise _Fault("case_id", key, "query.two_cases" if known else "query.unknown_case")
    as_of = _moment(cells["opened_at"].strip())
    if past.history.cases[past.history.places[known[0]]].opened_at > as_of:
        raise _Fault("opened_at", cells["opened_at"], "query.not_yet_known")
    if as_of > past.view.as_of:
        raise _Fault("opened_at", cells["opened_at"], "problem.future")
    fold = cells.get("fold", "").strip() or "1"
    if not fold.isdecimal() or not 1 <= int(fold) <= 10_000:
        raise _Fault("fold", fold, "query.fold")
    solvers = _people(cells.get("solver", ""), past)
    return PastQuestion(
        case_id=known[0],
        key=key,
        as_of=as_of,
        fold=int(fold),
        solvers=solvers or past.solvers.get(known[0], frozenset()),
        banned=_people(cells.get("ban", ""), past),
        without=frozenset(case for name in _list(cells.get("exclude", "")) for case in cases.get(name, ())),
    )


def _people(cell: str, past: Archive) -> frozenset[str]:
    """Everybody a source calls so; a name nobody has stays as it is, and is nobody."""
    return frozenset(person for name in _list(cell) for person in past.accounts.get(name, (name,)))


def _moment(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
        return instant(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except ValueError:
        raise _Fault("opened_at", text, "value.not_a_time") from None


def _list(cell: str) -> list[str]:
    return [part for part in (piece.strip() for piece in cell.split(";")) if part]
