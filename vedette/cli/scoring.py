"""The command that says how far forecasts can be trusted."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from vedette import commands
from vedette.cli.options import (
    AsOf,
    ByOption,
    CaseOrPanel,
    Cluster,
    Draws,
    FillZeros,
    Json,
    Months,
    Origin,
    PanelMeasure,
    Quiet,
    Seed,
    StepOption,
    TruthOption,
    one_of,
    only_with,
)
from vedette.cli.text import screen
from vedette.cli.text.file_scores import (
    ActualsFile,
    AgainstFile,
    ForecastFile,
    Rules,
    RulesOption,
    tell_files,
)
from vedette.model import By, Measure, Truth
from vedette.plurals import counted
from vedette.score.summary import reference, score_table, summarise

First = Annotated[str | None, typer.Option("--from", help="First origin, like 2010-01.")]
Last = Annotated[str | None, typer.Option("--to", help="Last origin, like 2018-06.")]
Models = Annotated[
    str | None,
    typer.Option("--models", metavar="NAMES", help="Which, like pool,last; else the pool and the baselines."),
]
Page = Annotated[
    Path | None, typer.Option("--page", metavar="FILE", help="Write the record as one HTML page.")
]


def score(
    case: CaseOrPanel = None,
    forecast: ForecastFile = None,
    actuals: ActualsFile = None,
    against: AgainstFile = None,
    rules: RulesOption = Rules.VEDETTE,
    origin: Origin = None,
    step: StepOption = None,
    fill_zeros: FillZeros = False,
    measure: PanelMeasure = None,
    by: ByOption = By.COUNTRY,
    first: First = None,
    last: Last = None,
    months: Months = None,
    draws: Draws = commands.DRAWS,
    models: Models = None,
    as_of: AsOf = None,
    seed: Seed = commands.SEED,
    truth: TruthOption = Truth.BEST,
    cluster: Cluster = None,
    page: Page = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write every single score to this .csv or .parquet file.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score models on what came after each past origin; or a file of draws on counts that came.

    Example: [bold]vedette score iraq --from 2010-01 --to 2017-12 --by place[/]
    """
    one_of(case=case, forecast=forecast)
    if forecast:
        only_with("CASE", **{"by": by is not By.COUNTRY, "from": first, "to": last, "models": models})
        only_with("CASE", as_of=as_of, cluster=cluster, page=page)
        one_of(actuals=actuals)
        views = rules is Rules.VIEWS
        card = commands.score_files(
            forecast, Path(str(actuals)), against, origin, months, step, fill_zeros, measure, views
        )
        if out:
            commands.write_scores(card, out)
            screen.say(f"Wrote {out}", quiet=quiet or json)
        files = {"forecast": forecast.name, "actuals": Path(str(actuals)).name}
        files |= {"against": against.name} if against else {}
        tell_files(card, files, rules, seed, json=json, quiet=quiet)
        return
    only_with("--forecast", actuals=actuals, against=against, origin=origin, step=step, fill_zeros=fill_zeros)
    names = [name.strip() for name in models.split(",")] if models else []
    with screen.progress(quiet=quiet or json) as report:
        card = commands.score(
            str(case),
            as_of,
            measure or Measure.DEATHS,
            by,
            first,
            last,
            months,
            draws,
            seed,
            report,
            names,
            cluster,
            truth,
        )
    if out:
        commands.write_scores(card, out)
        screen.say(f"Wrote {out}", quiet=quiet)
    if page:
        commands.write_record_page(card, str(case), by, page)
        screen.say(f"Wrote {page}", quiet=quiet)
    terms = card.terms
    if json:
        about = {"case": case, "measure": card.measure, "by": by, "terms": asdict(terms)}
        screen.as_json({**about, **summarise(card, seed)})
    elif not (quiet and (out or page)):
        origins = counted(card.table["origin"].n_unique(), "origin")
        screen.table(score_table(card), f"{card.measure} by {by}, {origins}")
        screen.say(
            f"crps_fair is the S(S-1) form, seed_noise its standard error due to the draws; "
            f"mis at level {terms.mis_level:.2f}; tail above {terms.tail:,.0f}; skill against "
            f"{reference(card)}; {counted(terms.draws, 'draw')}, seed {terms.seed}; lower is better"
        )
