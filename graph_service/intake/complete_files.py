"""Files that hold all there is as of a day: what a later one of the same kind no longer has has ended."""

from collections.abc import Iterable, Mapping

from graph_service.errors import FileRefused
from graph_service.intake.taking import Tally
from graph_service.model import NEVER, ImportRun, RowFault, RunState
from graph_service.store import named_queries as nq
from graph_service.store.base import Store
from graph_service.store.named_queries import VanishedRow
from graph_service.store.writer import Writer

_NOT_ENDED, _NAMES_STAY = "full.not_ended", "full.names_stay"
"""Reasons of a run that say how far it may be taken as complete."""
_ALL = 1_000_000


def complete_beside(store: Store, run: ImportRun) -> dict[int, int]:
    """The other runs of complete files like this one's, by day."""
    found = store.state(nq.COMPLETE_RUNS, format=run.format, profile=run.profile)
    return {row.number: row.complete_at for row in found if row.number != run.number}


def end_vanished(store: Store, writer: Writer, tally: Tally, vanish_percent: float) -> None:
    """Ends what this complete file no longer has, and what a later one no longer had of this one.

    Raises FileRefused when more would end than the guard allows.
    """
    run = writer.run
    if run.complete_at is None:
        return
    if tally.tells_people and not tally.lists_people:
        tally.reasons[_NAMES_STAY] += 1
    if of_the_day := list(complete_beside(store, run).values()).count(run.complete_at):
        tally.reasons["full.same_day"] = of_the_day
    if tally.rows["refused"]:  # whom they are about nobody can tell: they are not gone
        tally.reasons[_NOT_ENDED] += 1
    else:
        vanished = _vanished(store, writer, run, tally.reasons)
        standing = store.state(nq.STANDING, before=run.complete_at, run=run.number, **_of(run, tally.reasons))[0].rows
        gone = [row for row in vanished if not row.is_known_later]
        _guard(writer, len(gone), standing, vanish_percent)
        if not standing:
            tally.reasons["full.first"] += 1
        if later_known := len(vanished) - len(gone):
            tally.reasons["full.known_later"] = later_known
        _end(writer, tally, vanished, run)
    for later in _ending_from(store, run, run.complete_at + 1):
        missing = _vanished(store, writer, later, later.reasons)
        before = _day(later) + 1
        standing = store.state(nq.STANDING, before=before, run=run.number, **_of(later, later.reasons))[0].rows
        _guard(writer, len(missing), standing + len(missing), vanish_percent)
        _end(writer, tally, missing, later)


def end_told_again(store: Store, writer: Writer, tally: Tally) -> None:
    """Ends what had ended, was told again by this run, and what a complete file of a later day had not either."""
    if not writer.told_again:
        return
    earliest = min(writer.told_again.values())
    runs = [run for run in store.runs(limit=_ALL) if run.complete_at is not None and run.complete_at > earliest]
    for later in _that_end(runs):
        vanished = _vanished(store, writer, later, later.reasons)
        told = [row for row in vanished if writer.told_again.get(row.subject, NEVER) < _day(later)]
        _end(writer, tally, told, later)


def end_again(store: Store, writer: Writer, tally: Tally, undone: ImportRun) -> None:
    """Ends what had ended by the run that is undone, or was said by it to end, and what others have not either."""
    if undone.complete_at is not None:
        for later in _ending_from(store, undone, undone.complete_at):
            _end(writer, tally, _vanished(store, writer, later, later.reasons), later)
    for cause in _that_end([store.run(number) for number in writer.lost_endings]):
        lost = writer.lost_endings[cause.number]
        vanished = _vanished(store, writer, cause, cause.reasons)
        _end(writer, tally, [row for row in vanished if row.subject in lost], cause)


def _day(run: ImportRun) -> int:
    return NEVER if run.complete_at is None else run.complete_at


def _ending_from(store: Store, run: ImportRun, earliest: int) -> list[ImportRun]:
    """The other complete files like this one's from an instant on."""
    return _that_end([store.run(number) for number, day in complete_beside(store, run).items() if day >= earliest])


def _that_end(runs: Iterable[ImportRun]) -> list[ImportRun]:
    """Those of complete files that stand and whose rows were all read, by day."""
    standing = (run for run in runs if run.state is RunState.COMMITTED and _NOT_ENDED not in run.reasons)
    return sorted(standing, key=lambda run: (_day(run), run.number))


def _of(run: ImportRun, reasons: Mapping[str, int]) -> dict[str, object]:
    """Among which files a complete one is asked about, and whether they list people."""
    return {"format": run.format, "profile": run.profile, "profiles": int(_NAMES_STAY not in reasons)}


def _vanished(store: Store, writer: Writer, lacking: ImportRun, reasons: Mapping[str, int]) -> list[VanishedRow]:
    """What earlier complete files had that this one has not, and what has not ended by then."""
    asked = {"run": lacking.number, "before": lacking.complete_at, "writing": writer.run.number}
    return store.state(nq.VANISHED, **asked, **_of(lacking, reasons))


def _end(writer: Writer, tally: Tally, vanished: list[VanishedRow], lacking: ImportRun) -> None:
    """Ends them as of the day of the file that lacks them, and names where each stood."""
    ended = writer.end([row.subject for row in vanished], _day(lacking), lacking.number)
    tally.remark(tuple(dict.fromkeys(RowFault(row.file, row.line, "", "", "full.ended") for row in ended)))


def _guard(writer: Writer, gone: int, standing: int, vanish_percent: float) -> None:
    if gone * 100 > vanish_percent * standing:
        values = {"gone": gone, "standing": standing, "percent": f"{vanish_percent:g}"}
        raise FileRefused("file.too_much_gone", file=writer.run.file, run=writer.run.number, **values)
