"""Sentences on claims, beliefs, the network, signs, and on what to read."""

from collections.abc import Iterator

from vedette.changes.between import Changes
from vedette.changes.said import Number, listed, literal
from vedette.changes.wording import SHOWN, Line, sentence_of
from vedette.plurals import counted, plural


def claims_lines(changes: Changes) -> Iterator[Line]:
    """What happened to claims, and which beliefs moved."""
    claims, beliefs = changes.claims, changes.beliefs
    kinds = [
        f"{len(claims.of_kind(kind))} {words}"
        for kind, words in (
            ("new", "say what none said before"),
            ("renewed", "renew a tie"),
            ("repeated", "repeat one"),
            ("against", "deny one"),
        )
        if claims.of_kind(kind)
    ]
    became = plural(len(claims.claims), "claim became", "claims became")
    said = f": {listed(kinds)}" if kinds else ""
    yield Line(f"{len(claims.claims):,} {became} known{said}. {_gone(changes)}")
    if claims.recalled:
        yield Line(
            f"{counted(claims.recalled, 'more is', 'more are')} recalled without a page, and not listed."
        )
    if not claims.claims and not claims.retracted:
        yield Line("The ledger is a sample: no claim in it is not the same as nothing said.")
    moved = [row for row in beliefs if not row.by_ageing]
    aged = len(beliefs) - len(moved)
    over = sum(row.overturned for row in beliefs)
    yield Line(
        f"{counted(len(moved), 'belief')} moved by claims, {aged} by time alone; {over} crossed one half."
        if beliefs
        else "No belief moved by .1 or more."
    )


def _gone(changes: Changes) -> str:
    claims = changes.claims
    parts = [
        counted(len(claims.retracted), "was retracted", "were retracted")
        if claims.retracted
        else "None was retracted",
        counted(len(claims.contested), "tie is", "ties are") + " contested since"
        if claims.contested
        else "no tie is contested that was not",
    ]
    return "; ".join(parts) + "."


def network_lines(changes: Changes) -> Iterator[Line]:
    """The network, the index of arms and dependence."""
    net = changes.network
    then, now = (sum(getattr(kind, day) for kind in net.kinds) for day in ("then", "now"))
    yield Line(
        f"{counted(now, 'tie is', 'ties are')} believed at {net.least:g} or more, {then} on {changes.first}: "
        f"{len(net.appeared)} appeared, {len(net.gone)} went."
    )
    for row in net.alone:
        has = "comes from" if row.since else "no longer comes from"
        yield Line(
            literal(
                f"For {row.name}, {row.relation.replace('-', ' ')} {has} {row.backer_name} alone, as far as claims say."
            )
        )
    yield _index_line(changes)


def _index_line(changes: Changes) -> Line:
    net = changes.network
    if net.index_then is None and net.index_now is None:
        return Line("There is no index of arms: no main force has a strength.")
    words, numbers = [], {}
    for name, day, index in (("then", changes.first, net.index_then), ("now", changes.last, net.index_now)):
        if index is None or index.middle is None or index.low is None or index.high is None:
            words.append(
                f"withheld on {day}, since {index.withheld if index else 'no main force has a strength'}"
            )
        else:
            title = f"Share of armed strength that the state alone commands, in %, {day}"
            numbers[name] = Number(
                title, 100 * index.middle, "%", "claims", 100 * index.low, 100 * index.high
            )
            words.append(f"{{{name}:band}} % on {day}")
    verdict = "it moved" if net.index_told else "that is no change beyond noise"
    return Line(f"The state alone commands of all armed strength: {'; '.join(words)}: {verdict}.", numbers)


def signs_lines(changes: Changes) -> Iterator[Line]:
    """Which alarms fired, were cleared or are near, and what became of scenarios."""
    signs = changes.signs
    for became, words in (
        ("fired", "Fired since"),
        ("cleared", "Cleared since"),
        ("near", "Near its alarm"),
        ("still on", "Still on"),
    ):
        for sign in signs.that(became):
            yield Line(
                literal(
                    f"{words}: {sign.name}, alarm {sign.alarm}; {sign.now}, on {changes.first} {sign.then}."
                )
            )
    if signs.signs and not (signs.that("fired") or signs.that("cleared") or signs.that("near")):
        yield Line(f"No alarm fired, was cleared or is near, of {len(signs.signs)}.")
    if signs.signs:
        yield Line(
            "Signs and levels are those of mechanisms.yaml as it stands; values are those known on each day."
        )
    if signs.on_course_now != signs.on_course_then:
        then, now = (
            listed([*names]) or "none of them" for names in (signs.on_course_then, signs.on_course_now)
        )
        yield Line(literal(f"On course by the levers on record: {now}; on {changes.first}: {then}."))
    for branch in signs.branches:
        then, now = ("no weight" if share is None else f"{share:.0%}" for share in (branch.then, branch.now))
        yield Line(literal(f"{branch.alternative}, {branch.branch}: {now}, on {changes.first} {then}."))
    if signs.missing:
        yield Line(f"{literal(sentence_of(signs.missing))}.")


def reading_lines(changes: Changes) -> Iterator[Line]:
    """What to read next."""
    reading = changes.reading
    if reading.proposals:
        number = sum(count for _, count in reading.proposals)
        yield Line(
            f"{counted(number, 'proposal waits', 'proposals wait')} for a judgement, from "
            f"{literal(listed([name for name, _ in reading.proposals]))}: vedette review {changes.case}."
        )
    for stale in reading.stale[:SHOWN]:
        yield Line(
            literal(
                f"{stale.text}: last said {stale.said}; without one claim of then the belief would fall from "
                f"{stale.belief:.2f} by {stale.weight:.2f} ({stale.claim}, {stale.title})."
            )
        )
    for one in reading.silent[:SHOWN]:
        yield Line(
            literal(
                f"{one.publisher}: {counted(one.sources, 'source')} used, the last of {one.last}, {one.days} days before; "
                f"the longest gap so far was {one.longest}."
            )
        )
    for question in reading.questions[:SHOWN]:
        yield Line(literal(f"{question.question} {sentence_of(question.gap)}."))
    if not (reading.proposals or reading.stale or reading.silent or reading.questions):
        yield Line("Nothing stands out.")
