"""What few people did, held against everybody else's figures: each of these once told of a single person or pair."""

import numpy as np
import pytest
from drawn_ties import AFTER, BEFORE, Drawn, division, ties_of

from graph_service.evidence.tie_kinds import PLACES
from graph_service.model import DAY
from graph_service.network.coverage import coverage_of
from graph_service.network.dealing import Verdict
from graph_service.network.lasting import new_a_month
from graph_service.network.protection import Selection
from graph_service.network.thinning import Question, Thinning, thinning

PEOPLE = 60
Row = tuple[int, int, str, int]
ASKED = Question(BEFORE, AFTER, draws=19)


def compared(rows: list[Row], people: int = PEOPLE) -> Thinning:
    ties = ties_of(rows, people)
    return thinning(ties, division([f"S{place % 2}" for place in range(people)], ties.people), ASKED)


@pytest.fixture
def drawn() -> tuple[list[Row], list[Row]]:
    office = Drawn(1, rate=1.0, people=PEOPLE, sites=2)
    return office.window(BEFORE), office.window(AFTER)


def verdicts(found: Thinning) -> list[Verdict]:
    whole = found.whole
    assert whole is not None
    told = [whole.verdict, whole.cross_verdict, *(one.verdict for one in (*found.groups, *found.cells))]
    return [one for one in told if one is not None]


def test_of_a_lone_leaver_no_figure_of_those_who_stay_tells(drawn: tuple[list[Row], list[Row]]) -> None:
    first, second = drawn
    assert not any(one.is_rough for one in verdicts(compared([*first, *second])))
    left = compared([*first, *(row for row in second if 0 not in row[:2])])
    assert left.whole is not None and left.whole.verdict is not None and left.whole.verdict.is_rough
    assert left.whole.cross_verdict is not None and left.whole.cross_verdict.is_rough
    many = compared([*first, *(row for row in second if min(row[:2]) >= 24)])
    assert many.whole is not None and many.whole.verdict is not None and not many.whole.verdict.is_rough


def test_ties_known_to_few_between_the_windows_are_not_told_apart(drawn: tuple[list[Row], list[Row]]) -> None:
    first, second = drawn
    pair = next(row[:2] for row in second if row[:2] not in {one[:2] for one in first})
    met = [(*pair, "MEETING", BEFORE.since // DAY - 90)]
    found = compared([*met, *first, *second])
    assert found.whole is not None and found.whole.ties.reactivated is None and found.whole.ties.new is None
    assert found.whole.ties.added == found.whole.ties.after - found.whole.ties.kept
    usual = compared([*first, *second])
    assert usual.whole is not None and usual.whole.ties.reactivated == 0


def test_new_ties_do_not_tell_of_a_quarter_that_few_met_in(drawn: tuple[list[Row], list[Row]]) -> None:
    _, second = drawn
    rows = [(one, other, "TRAINING", AFTER.since // DAY + place % 80) for place, (one, other, *_) in enumerate(second)]
    began = AFTER.since - 200 * DAY
    pair = (*second[0][:2], "TRAINING", AFTER.since // DAY - 20)
    assert new_a_month(ties_of(rows, PEOPLE), AFTER, began, 10) is not None
    assert new_a_month(ties_of([*rows, pair], PEOPLE), AFTER, began, 10) is None
    assert new_a_month(ties_of([*rows, pair], PEOPLE), AFTER, began, 1) is not None


def test_a_gap_is_not_parted_by_the_days_on_which_a_pair_met(drawn: tuple[list[Row], list[Row]]) -> None:
    first, second = drawn
    day = AFTER.since // DAY
    quiet = [row for row in second if not day + 40 <= row[3] < day + 61]
    pair = [(0, 1, "MEETING", day + 50)] * 9
    gaps = [
        coverage_of(ties_of([*first, *quiet, *more], PEOPLE), (BEFORE, AFTER), ("MEETING",), 10)[0].gaps
        for more in ([], pair)
    ]
    assert gaps[0] == gaps[1] and len(gaps[0]) == 1


def test_a_kind_more_or_less_tells_of_no_single_person(drawn: tuple[list[Row], list[Row]]) -> None:
    _, second = drawn
    known = [row for row in second if 0 not in row[:2]]
    mails = [(row[0], row[1], "MAIL", row[3]) for row in known]

    def is_enough(rows: list[Row]) -> bool:
        ties = ties_of(rows, PEOPLE)
        return Selection(
            ties, ties.kind == PLACES["MEETING"], (AFTER,), np.zeros(PEOPLE, dtype=np.int64), 1
        ).is_of_enough(10)

    assert is_enough([*known, *mails])
    alone = [(0, other, "MAIL", AFTER.since // DAY) for other in range(1, 20)]
    assert not is_enough([*known, *mails, *alone])  # only person 0 is there by mail only
    strangers = {row[:2] for row in known}
    others = [
        (one, other, "MAIL", AFTER.since // DAY)
        for one in range(1, 30)
        for other in range(one + 1, 31)
        if (one, other) not in strangers
    ]
    assert is_enough([*known, *others]) and not is_enough([*known, *others, mails[0]])  # one pair met by both


def ring(kind: str, day: int, *, step: int = 2) -> list[Row]:
    """Everybody meets one of their own site (an even step) or of the other one, a few times."""
    ends = [sorted((one, (one + step) % PEOPLE)) for one in range(PEOPLE)]
    return [(one, other, kind, day + 13 * week) for one, other in ends for week in range(7)]


def cell(found: Thinning) -> bool:
    """Whether the ties between the two sites are shown."""
    return any((one.one, one.other) == (0, 1) for one in found.cells)


@pytest.mark.parametrize("secret", [[], [(0, 7, "CHAT", 40)]])
def test_kinds_that_add_up_do_not_tell_who_met_by_the_last_of_them(secret: list[Row]) -> None:
    rows: list[Row] = [(*row[:3], row[3] + BEFORE.since // DAY) for row in secret]
    for window in (BEFORE, AFTER):
        day = window.since // DAY
        rows += [*ring("MEETING", day), *ring("MAIL", day + 1), *ring("CHAT", day + 2)]
        rows += [*ring("MEETING", day, step=1), *ring("MAIL", day, step=3)]
    ties = ties_of(rows, PEOPLE)
    sites = division([f"S{place % 2}" for place in range(PEOPLE)], ties.people)
    asked = [ASKED, *(Question(BEFORE, AFTER, (kind,), draws=19) for kind in ("MEETING", "MAIL"))]
    shown = [cell(thinning(ties, sites, question)) for question in asked]
    assert shown == ([True, False, False] if secret else [True, True, True])


def test_a_kind_that_one_other_quarter_lacks_does_not_tell_who_met_by_it() -> None:
    first, rows = BEFORE.since // DAY, []
    for day in (first, AFTER.since // DAY):
        rows += [*ring("MEETING", day), *ring("MEETING", day, step=1)]
    rows += [*ring("CALL", first), *ring("CALL", first, step=3), *ring("CHAT", first)]
    sites = [f"S{place % 2}" for place in range(PEOPLE)]
    for more, is_shown in (([], True), ([(0, 7, "CHAT", first + 40)], False)):
        ties = ties_of([*rows, *more], PEOPLE)
        found = thinning(ties, division(sites, ties.people), ASKED)
        assert found.compared == ("MEETING",) and cell(found) is is_shown


def test_where_few_ties_are_lost_it_is_not_told_how_many() -> None:
    rows = [
        row for day in (BEFORE.since, AFTER.since) for step in (1, 2) for row in ring("MEETING", day // DAY, step=step)
    ]
    every = compared(rows)
    assert every.whole is not None and every.whole.ties.kept == every.whole.ties.before
    left = compared([row for row in rows if 0 not in row[:2] or row[3] < AFTER.since // DAY])
    assert left.whole is not None and (left.whole.ties.kept, left.whole.ties.lost) == (None, None)
