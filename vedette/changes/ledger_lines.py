"""Sentences on claims, beliefs, the network, signs, and on what to read."""

from collections.abc import Iterator, Sequence

from vedette.case.schema.claims import STRENGTH
from vedette.changes.beliefs import EVEN, BeliefMoved
from vedette.changes.between import Changes
from vedette.changes.network import TieSince
from vedette.changes.reading import NO_ANSWER, OpenQuestion, StaleClaim
from vedette.changes.said import Number, listed, literal
from vedette.changes.signs import SignSince
from vedette.changes.thresholds import BELIEF
from vedette.changes.weight_lines import weight_lines
from vedette.changes.wording import SHOWN, Line, dates_in_words, day_words, first_of, sentence_of
from vedette.plurals import counted, plural


def claims_lines(changes: Changes) -> Iterator[Line]:
    """What happened to claims, and which beliefs moved."""
    claims, beliefs = changes.claims, changes.beliefs
    kinds = [
        counted(number, *words)
        for kind, words in (
            ("new", ("says what none said before", "say what none said before")),
            ("renewed", ("renews a tie", "renew a tie")),
            ("repeated", ("repeats one", "repeat one")),
            ("against", ("denies one", "deny one")),
        )
        if (number := len(claims.of_kind(kind)))
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
    acts = [one for one in claims.claims if one.act and one.polarity == "+"]
    if acts:
        said = "; ".join(
            f"{dates_in_words(one.text)} ({one.title.split(': ')[0]}, {_graded(one.grade)})"
            for one in acts[:SHOWN]
        )
        more = f"; and {len(acts) - SHOWN} more" if len(acts) > SHOWN else ""
        yield Line(literal(f"Acts as claims known since tell them, each with its grade: {said}{more}."))
    if not beliefs:
        yield Line(f"No belief moved by {BELIEF:g} or more.")
        return
    aged = sum(row.by_ageing for row in beliefs)
    begun = sum(row.then is None for row in beliefs)
    moved = counted(len(beliefs), "belief")
    yield Line(
        f"{moved} moved by {BELIEF:g} or more, {aged} of them by time alone; of {begun} no claim counted on "
        f"{day_words(changes.first)}."
    )
    yield from _overturned(beliefs)


def _graded(grade: str) -> str:
    return f"graded {grade}" if grade else "not graded"


def _overturned(beliefs: tuple[BeliefMoved, ...]) -> Iterator[Line]:
    """The beliefs that crossed one half, by direction, with both numbers; ties that ended stand apart."""
    over = [row for row in beliefs if row.overturned]
    ended = [f"{row.text} ({day_words(row.ended)})" for row in beliefs if row.ended is not None]
    going = [row for row in over if row.ended is None]
    risen = [_from_to(row) for row in going if row.now is not None and row.now >= EVEN]
    fallen = [_from_to(row) for row in going if row.now is None or row.now < EVEN]
    for words, said in (
        ("Ended, by claims known since", ended),
        ("Believed no longer, having fallen below one half", fallen),
        ("Believed since, having risen above one half", risen),
    ):
        if said:
            yield Line(literal(f"{words}: {'; '.join(said)}."))


def _from_to(row: BeliefMoved) -> str:
    ends = ["no claim" if end is None else f"{end:.2f}" for end in (row.then, row.now)]
    return f"{row.text} ({ends[0]} to {ends[1]})"


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
        f"{counted(now, 'tie is', 'ties are')} believed at {net.least:g} or more, {then} on {day_words(changes.first)}: "
        f"{len(net.appeared)} appeared, {len(net.gone)} went."
    )
    for word, ties in (("Appeared", net.appeared), ("Went", net.gone)):
        if ties:
            yield Line(literal(_named(word, ties)))
    for row in net.alone:
        has = "has" if row.since else "no longer has"
        kind = row.relation.replace("-", " ")
        yield Line(literal(f"{row.name} {has} {kind} from {row.backer_name} alone, as far as claims say."))
    yield _index_line(changes)
    if not changes.claims.claims and not changes.claims.retracted:
        yield Line("No claim became known between the two days: what happened in them is not in these ties.")


def _named(word: str, ties: Sequence[TieSince]) -> str:
    """The ties that appeared or went, as sentences."""
    shown, more = first_of(ties)
    left = f"; and {more} more" if more else ""
    return f"{word}: {'; '.join(tie.text for tie in shown)}{left}."


def _index_line(changes: Changes) -> Line:
    net = changes.network
    words, numbers = [], {}
    for name, day, index in (("now", changes.last, net.index_now), ("then", changes.first, net.index_then)):
        if index is None:
            words.append(f"there is no index on {day_words(day)}, since no main force has a strength")
        elif index.middle is None or index.low is None or index.high is None:
            words.append(f"the index is withheld on {day_words(day)}, since {literal(index.withheld)}")
        else:
            title = f"Share of armed strength that the state alone commands, {day}"
            ends = (100 * index.low, 100 * index.high)
            numbers[name] = Number(f"arms-{name}", title, 100 * index.middle, "%", "claims", *ends)
            words.append(f"{{{name}:band}} % on {day_words(day)}")
    moved = "it moved" if net.index_told else "no change beyond noise"
    brackets = " (middle, 90 % interval)" if numbers else ""
    said = f"Of all armed strength, the state alone commands{brackets}: {'; '.join(words)}: {moved}."
    return Line(f"{said} {_headcounts(changes)}", numbers)


def _headcounts(changes: Changes) -> str:
    """How many headcounts became known since: without one the index says nothing of what happened since."""
    since = sum(one.relation == STRENGTH for one in changes.claims.claims)
    if not since:
        return "No headcount became known since, so it says nothing of what happened since."
    return f"{counted(since, 'headcount')} became known since."


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
            start = "Past its level, for too short a time yet" if became == "near" and sign.past else words
            yield Line(literal(f"{start}: {sign.name}, alarm {sign.alarm}; {_values(changes, sign)}."))
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
        yield Line(
            literal(f"On course by the levers on record: {now}; on {day_words(changes.first)}: {then}.")
        )
    yield from weight_lines(signs, changes.first)
    if signs.missing:
        yield Line(f"{literal(sentence_of(signs.missing))}.")


def _values(changes: Changes, sign: SignSince) -> str:
    then, now = dates_in_words(sign.then), dates_in_words(sign.now)
    if then == now:
        return f"{now}, the same on {day_words(changes.first)}"
    return f"{now}; as known on {day_words(changes.first)}: {then}"


def reading_lines(changes: Changes) -> Iterator[Line]:
    """What to read next."""
    reading = changes.reading
    if reading.proposals:
        number = sum(count for _, count in reading.proposals)
        files = literal(listed([name for name, _ in reading.proposals]))
        waits = counted(number, "proposal waits", "proposals wait")
        yield Line(f"{waits} for a judgement, from {files}: vedette review {literal(changes.case)}.")
    for stale in reading.stale[:SHOWN]:
        yield Line(literal(_stale_words(stale)))
    for one in reading.silent[:SHOWN]:
        yield Line(
            literal(
                f"Not seen for long: {one.publisher}, {counted(one.sources, 'source')} used, the last of {day_words(one.last)}, "
                f"{one.days:,} days before; its longest gap so far was {one.longest:,} days."
            )
        )
    yield from _question_lines(reading.questions)
    if not (reading.proposals or reading.stale or reading.silent or reading.questions):
        yield Line("Nothing stands out.")


def _stale_words(stale: StaleClaim) -> str:
    return (
        f"Stale: that {stale.text} was last said on {day_words(stale.said)}; without claim {stale.claim} ({stale.title}) the belief "
        f"would fall from {stale.belief:.2f} to {stale.belief - stale.weight:.2f}."
    )


def _question_lines(questions: tuple[OpenQuestion, ...]) -> Iterator[Line]:
    """The questions without an answer in one line, then the others one by one."""
    silent = [one.question for one in questions if one.gap == NO_ANSWER]
    if silent:
        asked = counted(len(silent), "question that the case asks", "questions that the case asks")
        more = f" and {len(silent) - SHOWN} more" if len(silent) > SHOWN else ""
        yield Line(literal(f"No answer to {asked} today was known by then: {' '.join(silent[:SHOWN])}{more}"))
    for one in [one for one in questions if one.gap != NO_ANSWER][:SHOWN]:
        yield Line(literal(f"{one.question} {sentence_of(one.gap)}."))
