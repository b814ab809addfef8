"""The network of ties between actors on a day, and measures computed from it.

`network_at` returns the ties of a day; `backing`, `dependence`, `substitution`, `alignment`, `balance`,
`hybrids`, `HostedSites` and `missions` are the tables and measures shown in the brief; `monopoly` is the
state's share of armed strength.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vedette.network.alignment_scores import alignment, positions
    from vedette.network.armed_forces import ArmedForce, Monopoly
    from vedette.network.arms_by_year import by_year
    from vedette.network.arms_monopoly import drivers, monopoly
    from vedette.network.backers import backing, faded_support, flows, support
    from vedette.network.bodies import bodies_of
    from vedette.network.dependencies import dependence, without_claims
    from vedette.network.graph import Network, believed, faded, least_of, network_at
    from vedette.network.hybrid_forces import hybrids
    from vedette.network.mission_leads import missions
    from vedette.network.reports import reported, shared_reports
    from vedette.network.sites import HostedSites
    from vedette.network.standing import STATUSES, UNKNOWN, Standing
    from vedette.network.structural_balance import Balance, balance
    from vedette.network.support_through import inherited_support
    from vedette.network.turning import substitution

__all__ = [
    "STATUSES",
    "UNKNOWN",
    "ArmedForce",
    "Balance",
    "HostedSites",
    "Monopoly",
    "Network",
    "Standing",
    "alignment",
    "backing",
    "balance",
    "believed",
    "bodies_of",
    "by_year",
    "dependence",
    "drivers",
    "faded",
    "faded_support",
    "flows",
    "hybrids",
    "inherited_support",
    "least_of",
    "missions",
    "monopoly",
    "network_at",
    "positions",
    "reported",
    "shared_reports",
    "substitution",
    "support",
    "without_claims",
]

if not TYPE_CHECKING:

    def __getattr__(name):
        match name:
            case "alignment" | "positions":
                from vedette.network import alignment_scores as home
            case "ArmedForce" | "Monopoly":
                from vedette.network import armed_forces as home
            case "by_year":
                from vedette.network import arms_by_year as home
            case "drivers" | "monopoly":
                from vedette.network import arms_monopoly as home
            case "backing" | "faded_support" | "flows" | "support":
                from vedette.network import backers as home
            case "bodies_of":
                from vedette.network import bodies as home
            case "dependence" | "without_claims":
                from vedette.network import dependencies as home
            case "Network" | "believed" | "faded" | "least_of" | "network_at":
                from vedette.network import graph as home
            case "hybrids":
                from vedette.network import hybrid_forces as home
            case "inherited_support":
                from vedette.network import support_through as home
            case "missions":
                from vedette.network import mission_leads as home
            case "reported" | "shared_reports":
                from vedette.network import reports as home
            case "HostedSites":
                from vedette.network import sites as home
            case "substitution":
                from vedette.network import turning as home
            case "STATUSES" | "UNKNOWN" | "Standing":
                from vedette.network import standing as home
            case "Balance" | "balance":
                from vedette.network import structural_balance as home
            case _:
                raise AttributeError(f"vedette.network has no {name}")
        return getattr(home, name)
