"""What is told of everybody."""

from collections.abc import Callable
from dataclasses import dataclass

from graph_service.network import change as ch
from graph_service.network.change import Change
from graph_service.network.comparison import Comparison
from graph_service.network.dealing import Verdict
from graph_service.network.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Whole:
    """How many people have a tie in each window (None: too few of them by some kind), contacts, all ties, those between
    groups. Verdicts, `shrink` and `smaller` are of people who are there in both (None: of too few, or beside too few
    others); `gone` and `come` are shares of ties with those who are not."""

    people: tuple[int, int] | None
    contacts: tuple[int, int]
    ties: Change
    cross: Change
    verdict: Verdict | None
    cross_verdict: Verdict | None
    shrink: float | None
    smaller: float | None
    gone: float | None
    come: float | None
    cross_share: tuple[float | None, float | None]
    cross_contacts: tuple[float | None, float | None]
    e_i: tuple[float | None, float | None]
    groups_reached: tuple[float | None, float | None]
    new_a_month: tuple[float | None, float | None]


def whole_of(
    compared: Comparison,
    changes: tuple[Change, Change],
    verdicts: tuple[Verdict | None, Verdict | None],
    new_a_month: tuple[float | None, float | None],
) -> Whole:
    """Everybody's figures; changes and verdicts of the ties between groups, then of all ties."""
    networks, both, group = compared.networks, compared.both, compared.selection.group
    is_told = int(both.sum()) >= compared.fewest and bool(compared.are_apart[-1])
    return Whole(
        people=(int(networks[0].present.sum()), int(networks[1].present.sum()))
        if compared.selection.are_people_of_enough(compared.fewest)
        else None,
        contacts=(int(networks[0].contacts.sum()), int(networks[1].contacts.sum())),
        ties=changes[1],
        cross=changes[0],
        verdict=verdicts[1],
        cross_verdict=verdicts[0],
        shrink=ch.size_shrink(*networks, both) if is_told else None,
        smaller=ch.share_smaller(*networks, both) if is_told else None,
        gone=_gone(compared, 0),
        come=_gone(compared, 1),
        cross_share=_both(compared, lambda network: ch.cross_share(network, group)),
        cross_contacts=_both(compared, lambda network: ch.cross_share(network, group, of_contacts=True)),
        e_i=_both(compared, lambda network: ch.e_i(network, group)),
        groups_reached=_both(compared, lambda network: ch.groups_reached(network, group)),
        new_a_month=new_a_month,
    )


def _gone(compared: Comparison, window: int) -> float | None:
    """Share of the ties that are with people who are in this window only; None where these are too few."""
    every, stayed = compared.networks[window], compared.stayed[window]
    others = int((every.present & ~compared.both).sum())
    return None if others < compared.fewest else 1.0 - len(stayed.pairs) / len(every.pairs)


def _both(compared: Comparison, measure: Callable[[Snapshot], float | None]) -> tuple[float | None, float | None]:
    return measure(compared.networks[0]), measure(compared.networks[1])
