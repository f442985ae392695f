"""Thinning against chance, on drawn networks: silence where nothing thinned, the right groups where something did."""

import numpy as np
import pytest
from drawn_ties import AFTER, BEFORE, NOW, QUESTION, Drawn, division, ties_of

from graph_service.evidence.tie_kinds import KIND_NAMES
from graph_service.model import DAY
from graph_service.network.bursts import bursts_of, few_blocks
from graph_service.network.coverage import coverage_of
from graph_service.network.protection import Selection, cells_of
from graph_service.network.thinning import Question, Thinning, thinning
from graph_service.network.windows import Window, quarter

SEEDS = range(40)


def compared(seed: int, rate: float = 0.3, **later: object) -> Thinning:
    return thinning(*Drawn(seed, rate).ties(**later), QUESTION)


def alarms(rate: float, **later: object) -> int:
    return sum(compared(seed, rate, **later).is_thinned for seed in SEEDS)


@pytest.mark.parametrize("ratio", [1.0, 0.9, 0.7])
def test_nothing_thinned_is_said_to_be_nothing(ratio: float) -> None:
    assert alarms(0.3, ratio=ratio) <= 0.05 * len(SEEDS)


@pytest.mark.parametrize("later", [{"turnover": 0.4}, {"turnover": 0.6, "ratio": 0.7}])
def test_ties_that_end_and_begin_are_no_thinning(later: dict[str, float]) -> None:
    assert alarms(0.1, **later) <= 0.05 * len(SEEDS)


def test_cut_ties_between_sites_are_found_in_the_right_groups() -> None:
    right = 0
    for seed in SEEDS:
        found = compared(seed, ratio=0.9, cut=0.25)
        assert found.whole is not None and found.whole.cross_verdict is not None
        assert found.whole.cross_verdict.is_thinned
        right += all(group.verdict is not None and group.verdict.is_thinned for group in found.groups)
        inside = [cell for cell in found.cells if cell.one == cell.other]
        assert not any(cell.verdict is not None and cell.verdict.is_thinned for cell in inside)
    assert right >= 0.9 * len(SEEDS)


def test_a_single_site_that_loses_its_ties_is_named_first() -> None:
    right = 0
    for seed in SEEDS:
        found = compared(seed, ratio=0.9, cut=0.5, only=2)
        effects = [group.verdict.effect for group in found.groups if group.verdict is not None]
        first = found.groups[int(np.argmin(effects))]
        right += first.names == ("S2",) and first.verdict is not None and first.verdict.is_thinned
        cells = {(cell.one, cell.other): cell.verdict for cell in found.cells}
        assert not any(verdict.is_thinned for ends, verdict in cells.items() if verdict is not None and 2 not in ends)
    assert right >= 0.9 * len(SEEDS)


def test_a_week_without_a_source_is_a_gap_and_no_thinning() -> None:
    for seed in SEEDS[:10]:
        found = compared(seed, without=range(5, 6))
        assert not found.is_thinned
        first = AFTER.since + 35 * DAY
        assert found.compared == ("MEETING",) and found.coverage[0].gaps == (Window(first, first + 7 * DAY),)


def test_a_source_that_dies_early_or_starts_late_is_no_thinning() -> None:
    for seed in SEEDS[:10]:
        assert not compared(seed, without=range(8, 20)).is_thinned
        drawn = Drawn(seed)
        late = [(*row[:2], "CHAT", row[3]) for row in drawn.window(AFTER, ratio=3.0)]
        early = [row for row in drawn.window(BEFORE) if row[3] >= BEFORE.since // DAY + 45]
        ties = ties_of([*early, *drawn.window(AFTER), *late], drawn.people)
        found = thinning(ties, division([f"S{one}" for one in drawn.site], ties.people), QUESTION)
        assert not found.is_thinned
        assert "CHAT" not in found.compared


def test_a_meeting_of_many_in_one_week_is_no_thinning_afterwards() -> None:
    for seed in SEEDS[:10]:
        drawn = Drawn(seed)
        guests = drawn.rng.choice(drawn.people, 60, replace=False)
        day = BEFORE.since // DAY + 37
        party = [(int(one), int(other), "MEETING", day) for one in guests for other in guests if one < other]
        ties = ties_of([*drawn.window(BEFORE), *party, *drawn.window(AFTER)], drawn.people)
        assert not thinning(ties, division([f"S{one}" for one in drawn.site], ties.people), QUESTION).is_thinned


def test_the_variance_of_ties_that_come_together() -> None:
    contacts = np.full(4, 25.0)
    ties = np.array([[10, 40], [10, 0], [10, 0], [10, 0]], dtype=np.float64)
    found = bursts_of(ties, contacts)
    # r = 30, -10, -10, -10: 4/3 (900 + 300) = 1600, of which independent ties explain 40
    assert (found.variance.tolist(), found.blocks) == ([0.0, 1560.0], 4)
    assert bursts_of(ties, ties[:, 1] + 1e-12).variance.tolist()[1] == pytest.approx(0.0, abs=1e-6)  # so many contacts
    assert few_blocks(3.5, 1000) == pytest.approx(1.0, abs=0.02) and few_blocks(3.5, 5) > 4.0


def test_what_the_sources_tell_is_said_per_window() -> None:
    drawn = Drawn(1)
    chat = [(*row[:2], "CHAT", row[3]) for row in drawn.window(AFTER)]
    ties = ties_of([*drawn.window(BEFORE), *drawn.window(AFTER), *chat], drawn.people)
    told = {one.kind: one for one in coverage_of(ties, (BEFORE, AFTER), KIND_NAMES, 10)}
    assert (told["MEETING"].before, told["MEETING"].after, told["MEETING"].is_common) == (1.0, 1.0, True)
    assert (told["CHAT"].before, told["CHAT"].after, told["CHAT"].is_common) == (0.0, 1.0, False)


def test_a_seldom_kind_has_no_gaps_because_it_is_seldom() -> None:
    pairs, days = ((0, 1), (1, 2)), [BEFORE.since // DAY - 40, BEFORE.since // DAY + 3, AFTER.since // DAY + 50]
    visits = [(*pair, "VISIT", day) for pair in pairs for day in (*days, AFTER.until // DAY + 50)]
    (told,) = coverage_of(ties_of(visits, 3), (BEFORE, AFTER), KIND_NAMES, 3)
    assert (told.gaps, told.is_common) == ((), True)


def test_a_list_by_month_has_no_gaps_but_where_months_are_missing() -> None:
    drawn, begin = Drawn(3), BEFORE.since // DAY
    monthly = [(*row[:3], begin + (row[3] - begin) // 30 * 30) for row in drawn.window(BEFORE)]
    monthly += [(*row[:3], begin + (row[3] - begin) // 30 * 30) for row in drawn.window(AFTER)]
    told = [
        coverage_of(ties_of(rows, drawn.people), (BEFORE, AFTER), KIND_NAMES, 10)[0]
        for rows in (monthly, [row for row in monthly if row[3] < AFTER.since // DAY + 30])
    ]
    assert (told[0].gaps, told[0].is_common) == ((), True)
    assert told[1].gaps and told[1].after < 1.0


def test_what_is_said_of_a_kind_is_of_enough_people() -> None:
    drawn = Drawn(2)
    early = [(*row[:2], "VISIT", row[3]) for row in drawn.window(BEFORE)]
    pair = [(0, 1, "VISIT", AFTER.since // DAY + day) for day in range(40)]
    first, later = (
        coverage_of(ties_of(rows, drawn.people), (BEFORE, AFTER), KIND_NAMES, 10) for rows in (early, [*early, *pair])
    )
    assert first == later  # the two who go on visiting are not told of
    assert (later[0].after, later[0].is_common) == (0.0, False)


def test_nothing_is_said_of_two_who_stay() -> None:
    one, other = Drawn(2, people=60, sites=2), Drawn(3, people=60, sites=2)
    early = [row for row in one.window(BEFORE) if max(row[:2]) < 31]
    late = [(row[0] + 29, row[1] + 29, *row[2:]) for row in other.window(AFTER) if max(row[:2]) < 31]
    ties = ties_of([*early, *late], 60)
    found = thinning(ties, division([f"S{n % 2}" for n in range(60)], ties.people), Question(BEFORE, AFTER, draws=19))
    verdicts = [one.verdict for one in (*found.groups, *found.cells)]
    if found.whole is not None:
        verdicts += [found.whole.verdict, found.whole.cross_verdict]
    assert sum(one.ties.before for one in found.cells) > 20 and verdicts == [None] * len(verdicts)


def test_what_a_quarter_tells_does_not_depend_on_the_other() -> None:
    drawn = Drawn(5, rate=0.05, people=70, sites=5)
    windows = [quarter((f"{year}-10", f"{year}-12"), NOW) for year in (2021, 2022, 2023, 2024)]
    ties = ties_of([row for span in windows for row in drawn.window(span)], 70)
    groups = division([f"S{n % 5}" for n in range(70)], ties.people)
    group, chosen = groups.places(ties.people), np.ones(len(ties), dtype=bool)
    alone = [cells_of(Selection(ties, chosen, (span,), group, 5), 10) for span in windows]
    for one, first in zip(windows, alone, strict=True):
        for other, second in zip(windows, alone, strict=True):
            both = cells_of(Selection(ties, chosen, (one, other), group, 5), 10)
            hidden = {*first.codes[~first.shown].tolist(), *second.codes[~second.shown].tolist()}
            assert set(both.codes[~both.shown].tolist()) == hidden
            assert (both.sums == (first.sums & second.sums)).all()
    assert any((~one.shown).any() for one in alone)


def test_the_same_question_has_the_same_answer() -> None:
    ties, groups = Drawn(3, people=60, sites=2).ties(cut=0.4)
    asked = Question(BEFORE, AFTER, draws=99)
    assert thinning(ties, groups, asked) == thinning(ties, groups, asked)


def test_expected_is_what_fewer_contacts_leave() -> None:
    found = compared(4, rate=0.05, ratio=0.5).whole
    assert found is not None and found.verdict is not None
    assert found.ties.after < 0.8 * found.ties.before
    assert found.verdict.expected == pytest.approx(found.ties.after / found.ties.before, rel=0.1)


def test_a_kind_of_few_people_is_not_told_of() -> None:
    drawn = Drawn(2)
    rows = [(0, 1, "TRAINING", BEFORE.since // DAY + 1), (0, 1, "TRAINING", AFTER.since // DAY + 1)]
    ties = ties_of([*drawn.window(BEFORE), *drawn.window(AFTER), *rows], drawn.people)
    assert [one.kind for one in coverage_of(ties, (BEFORE, AFTER), KIND_NAMES, 10)] == ["MEETING"]
    groups = division([f"S{one}" for one in drawn.site], ties.people)
    alone = thinning(ties, groups, Question(BEFORE, AFTER, ("TRAINING",), draws=9))
    assert (alone.compared, alone.is_thinned, list(alone.cells)) == ((), False, [])
