"""The second opinion: what a sampled model says beside the pool, and how far it can be believed."""

from collections.abc import Sequence

from vedette.brief.blocks import Block, Shown
from vedette.brief.figures import Cell, Column, Figure, Link, Mark, Table, from_assumption
from vedette.brief.inputs.findings import Findings
from vedette.brief.inputs.second_opinion import SecondOpinion
from vedette.brief.prose import Note, Paragraph, text
from vedette.model import Forecast
from vedette.periods import label
from vedette.plurals import counted
from vedette.rounding import estimate, interval

_AUTHOR, _PRIORS = "the authors of vedette", "vedette/model/bayes/priors.py"
_DOES = {
    "level-bayes": "reads from monthly deaths how violent the country is now",
    "endemic-bayes": "lets past deaths bring new ones, by assumption always somewhat fewer in the long run, beside "
    "a steady stream",
}


def opinion(findings: Findings, months: Sequence[int]) -> tuple[Block, ...]:
    """Blocks about the second opinion, its table at these months ahead; none if none was asked."""
    second = findings.second
    if second is None:
        return ()
    chain = (*findings.forecast_chain[: -len(findings.outlook.chain)], *_own_chain(second))
    return (
        _lead(second, chain),
        _table(findings, second, months),
        _belief(second, chain),
    )


def _own_chain(second: SecondOpinion) -> tuple[Link, ...]:
    priors = from_assumption(f"what {second.model} holds likely beforehand", _AUTHOR, _PRIORS)
    return (second.link, priors)


def _lead(second: SecondOpinion, chain: tuple[Link, ...]) -> Paragraph:
    def fact(key: str, title: str, unit: str, value: str | int) -> Figure:
        return Figure(f"second-{key}", title, Mark.ESTIMATED, chain, unit, value=value)

    return text(
        f"A second opinion on the country comes from {{model}}, which {_DOES[second.model]}. Nothing in it was learned "
        "from other countries or past scores: all that is unknown is sampled, given the last {learned} months of "
        "this country, each at its middle estimate. It does not enter the forecast; where it and the pool differ, the choice of model matters.",
        model=fact("model", "Model of the second opinion", "model", second.model),
        learned=fact("learned", "Months the second opinion learned from", "months", second.learned),
    )


def _table(findings: Findings, second: SecondOpinion, months: Sequence[int]) -> Block:
    ours, theirs, name = findings.outlook.country, second.forecast, second.model
    rows: list[dict[str, Cell]] = [
        {"month": label(ours.periods[ahead - 1], ours.step), "ahead": str(ahead)}
        | _said("pool", ours, ahead)
        | _said("second", theirs, ahead)
        for ahead in months
    ]
    columns = (
        Column("month", "month"),
        Column("ahead", "months ahead"),
        Column("pool_median", "pool: median"),
        Column("pool_interval", "pool: 90 % interval"),
        Column("second_median", f"{name}: median"),
        Column("second_interval", f"{name}: 90 % interval"),
    )
    figure = Figure(
        "second-opinion",
        f"Deaths in the country by the pool and by {name}",
        Mark.ESTIMATED,
        (*findings.forecast_chain, *_own_chain(second)),
        "deaths a month",
        table=Table.of(rows, columns),
    )
    first, last = rows[0], rows[-1]
    return Shown(
        figure,
        f"Middle forecast of deaths: {first['pool_median']} in a month's time by the pool, {first['second_median']} by {name}; "
        f"{last['pool_median']} and {last['second_median']} in {counted(months[-1], 'month')}",
    )


def _said(who: str, forecast: Forecast, ahead: int) -> dict[str, Cell]:
    low, median, high = forecast.quantiles([0.05, 0.5, 0.95])[:, ahead - 1, 0]
    return {f"{who}_median": estimate(median), f"{who}_interval": interval(low, high)}


def _belief(second: SecondOpinion, chain: tuple[Link, ...]) -> Block:
    """What the diagnosis says: every finding, or that there is none."""
    if second.diagnosis.sound:
        return _sound(second, chain)
    doubts = " ".join(sentence[0].upper() + sentence[1:] for sentence in second.diagnosis.warnings)
    figure = Figure("second-doubts", "Doubts of the sampler", Mark.ESTIMATED, chain, "", doubts)
    return Note(f"Where the sampler of {second.model} cannot be trusted", Paragraph((figure,)))


def _sound(second: SecondOpinion, chain: tuple[Link, ...]) -> Paragraph:
    diagnosis = second.diagnosis
    figures = {"chains": Figure("second-chains", "Chains", Mark.ESTIMATED, chain, "chains", diagnosis.chains)}
    words = "The sampler gives no cause for doubt: {chains} chains agree"
    if diagnosis.worst_rhat is not None:
        name, rhat = diagnosis.worst_rhat
        figures["rhat"] = Figure(
            "second-rhat", f"Worst R-hat, {name}", Mark.ESTIMATED, chain, "", rhat, digits=3
        )
        words += " (R-hat at most {rhat})"
    if diagnosis.least_ess is not None:
        name, ess = diagnosis.least_ess
        figures["ess"] = Figure(
            "second-ess", f"Least effective sample size, {name}", Mark.ESTIMATED, chain, "draws", ess
        )
        words += ", every number rests on at least {ess} independent draws"
    return text(words + ", and no draw diverged.", **figures)
