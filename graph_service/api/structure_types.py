"""The GraphQL types of how a network is built."""

import strawberry

from graph_service.api.guards import told


@strawberry.type(
    description="How the network of a window is built; means are over people with a tie, null without ties."
)
class NetworkFigures:
    weak_share: float | None = told("Share of ties without a common neighbour.")
    clustering: float | None = told("Mean local clustering, unweighted; with fewer than two ties it is 0.")
    transitivity: float | None = told("Closed over all pairs of ties that share a person.")
    mean_constraint: float | None = told("Mean of Burt's constraint, over direct contacts.")
    mean_effective_size: float | None = told("Mean of n - 2t/n.")
    modularity: float | None = told("Modularity of the groups; null while pairs of them are hidden.")
    leiden_modularity: float | None = told("Modularity of the communities found (Leiden, best of ten seeds).")
    communities: int = told("How many communities were found.")
    deepest_core: int = told("The largest k for which some people all have k ties among themselves.")
    component_share: float | None = told("Share of the people who are in the largest component.")
    mean_path: float | None = told("Mean steps between two of them; above 2,000 people from 256 of them.")
    bridges: str = told("About how many ties there are without which a component falls apart.")
    articulation_points: str = told("About how many people there are without whom a component falls apart.")
    betweenness_gini: float | None = told("How unevenly betweenness is spread, 0 to 1.")


@strawberry.type(description="How the networks of both windows are built.")
class NetworkStructure:
    before: NetworkFigures = told("In the first window.")
    after: NetworkFigures = told("In the second window.")
    nmi: float | None = told("Normalised mutual information of the communities, over people in both windows.")
    ari: float | None = told("Adjusted Rand index of the communities.")
    half_life_days: int | None = told("Days until half of the ties have ended (Kaplan-Meier, 60 days without contact).")
