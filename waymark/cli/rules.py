"""Commands about rules: what can be asked, what a programme advises, whether a pack is sound."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import click
from django.conf import settings

from waymark.awards import better_off
from waymark.interviews.advice import FIRST_CONTACT, advise, authority_for
from waymark.notices.catalogue import lint_pack
from waymark.policy import BadFacts, Fact, Problem, explain
from waymark.policy.benchmark import in_words, run, samples_of
from waymark.policy.findings import errors
from waymark.programme.pack import Pack, pack_folders, read_pack
from waymark.programme.queries import Rules

DAY = click.DateTime(["%Y-%m-%d"])
ADVICE, MORE_FACTS, BAD_FACTS = 0, 3, 2


def pack_named(slug: str) -> Pack:
    """The pack of this name from the programmes folder; a usage error that lists them when there is none."""
    for folder in pack_folders(settings.PROGRAMMES):
        if folder.name == slug:
            return read_pack(folder)
    known = ", ".join(folder.name for folder in pack_folders(settings.PROGRAMMES))
    raise click.BadParameter(f"There is no programme “{slug}”. There are: {known}.", param_hint="--programme")


@click.command()
@click.option("--programme", "slug", required=True, help="the pack's name, such as jobcentre-plus-2002")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def facts(slug: str, as_json: bool) -> None:
    """What can be asked in a programme: names, types, choices, questions."""
    book = pack_named(slug).facts
    if as_json:
        click.echo(
            json.dumps(
                {"programme": slug, "facts": [_fact_json(f) for f in book.values()]}, ensure_ascii=False
            )
        )
        return
    for fact in book.values():
        choices = f" ({', '.join(fact.choices)})" if fact.choices else ""
        click.echo(f"{fact.name}  {fact.type}{choices}\n    {fact.question}")


def _fact_json(fact: Fact) -> dict[str, Any]:
    return {
        "name": fact.name,
        "type": str(fact.type),
        "choices": dict(fact.choices),
        "question": fact.question,
        "help": fact.help,
        "sensitivity": fact.sensitivity,
        "minimum": fact.minimum,
        "maximum": fact.maximum,
        "asked_when": fact.asked_when,
        "derived": fact.derived,
        "source": fact.source,
    }


@click.command()
@click.option("--programme", "slug", required=True, help="the pack's name, such as jobcentre-plus-2002")
@click.option("--on", type=DAY, required=True, help="the day of the decision")
@click.option(
    "--facts", "source", type=click.File(encoding="utf-8"), required=True, help="JSON of facts; - reads it"
)
@click.option("--role", default="agent", help="who would decide, for the authority")
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def decide(slug: str, on: Any, source: Any, role: str, as_json: bool) -> None:
    """What the programme advises for these facts. It suggests; a person decides.

    Exit code 0: advice. 3: more facts are needed, and which. 2: facts that cannot be read, and what would be right.
    """
    pack, day = pack_named(slug), on.date()
    try:
        given = json.load(source)
        if not isinstance(given, dict):
            raise ValueError("the facts are one JSON object: name to value")
        values = pack.facts.parse(given)
    except BadFacts as bad:
        _bad([_problem_json(problem) for problem in bad.problems], as_json)
    except ValueError as bad:
        _bad(
            [{"fact": "", "given": None, "message": str(bad), "would_be_right": '{"benefit": "ib"}'}], as_json
        )
    result = advice_json(pack, values, day, role)
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False))
    else:
        _say(result, pack, values, day)
    sys.exit(ADVICE if result["advice"] else MORE_FACTS)


def _problem_json(problem: Problem) -> dict[str, Any]:
    return {
        "fact": problem.fact,
        "given": problem.given,
        "message": problem.message,
        "would_be_right": problem.would_be_right,
    }


def advice_json(pack: Pack, values: dict[str, Any], on: date, role: str) -> dict[str, Any]:
    """The answer of `waymark decide`: advice with its reasons, or what to ask."""
    rules = Rules(pack, on)
    values.setdefault("waiver_allowed", rules.value("waiver.allowed"))
    advice = advise(rules, values, on, FIRST_CONTACT)
    authority = ""
    if advice.settled:
        days = (advice.until - on).days if advice.until else 0
        authority = authority_for(rules, choice=advice.choice, days=days, in_a_row=1, role=role, on=on)
    return {
        "advice": advice.choice if advice.settled else None,
        "reason": advice.reason or None,
        "until": _iso(advice.until),
        "review_on": _iso(advice.review_on),
        "earliest": _iso(advice.earliest),
        "latest": _iso(advice.latest),
        "modes": list(advice.modes),
        "because": advice.because if advice.settled else None,
        "source": advice.source if advice.settled else None,
        "authority": authority or None,
        "leaning": None if advice.settled else advice.because or None,
        "ask": list(advice.probe) if advice.settled else list(advice.to_ask),
        "show": list(advice.show),
        "trace": advice.trace.to_json(),
        "version": {"programme": pack.slug, "digest": pack.digest},
    }


def _say(result: dict[str, Any], pack: Pack, values: dict[str, Any], on: date) -> None:
    """The answer for a person: advice and why, why not the others, or what to ask."""
    if result["advice"]:
        until = f" until {result['until']}" if result["until"] else ""
        click.echo(f"Advice: {result['advice']}{until}. {result['because']} ({result['source']})")
        click.echo(f"Authority: {result['authority']}. A person decides.")
    else:
        click.echo("More facts are needed. Ask, in this order:")
        for name in result["ask"]:
            click.echo(f"  {name}: {pack.facts[name].question}")
    trace = pack.table(FIRST_CONTACT).trace(values, on)
    for sentence in explain(trace, pack.facts).sentences():
        click.echo(f"  {sentence}")


def _bad(problems: list[dict[str, Any]], as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"problems": problems}, ensure_ascii=False, default=str))
    else:
        for problem in problems:
            click.echo(
                f"{problem['fact']}: {problem['message']} {problem['would_be_right']}".strip(), err=True
            )
    sys.exit(BAD_FACTS)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@click.group()
def policy() -> None:
    """Facts and decision tables: checked and measured."""


@policy.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="print one JSON document")
def lint(folders: tuple[Path, ...], as_json: bool) -> None:
    """Check packs, letters and rates included: those in FOLDERS, or all. Exit code 1 when there is an error."""
    folders = folders or tuple(pack_folders(settings.PROGRAMMES))
    packs = [read_pack(folder) for folder in folders]
    findings = [finding for pack in packs for finding in (*pack.lint(), *better_off.lint(pack.files))]
    findings += [f for pack, folder in zip(packs, folders, strict=True) for f in lint_pack(pack, folder)]
    if as_json:
        rows = [
            {
                "path": f.path,
                "line": f.line,
                "severity": str(f.severity),
                "message": f.message,
                "cure": f.cure,
            }
            for f in findings
        ]
        click.echo(json.dumps({"packs": [pack.slug for pack in packs], "findings": rows}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(str(finding))
        click.echo(f"{len(packs)} packs, {len(errors(findings))} errors.")
    sys.exit(1 if errors(findings) else 0)


@policy.command()
@click.option("--programme", "slug", default="jobcentre-plus-2002", help="the pack's name")
@click.option("--table", default=FIRST_CONTACT, help="the table's name")
def benchmark(slug: str, table: str) -> None:
    """How fast a table answers on this machine, in microseconds, by conversations that are made up."""
    pack = pack_named(slug)
    on = pack.valid_from
    # The conversations are walked with a table of their own: some are to be new to the one that is measured.
    samples = samples_of(pack_named(slug).table(table), pack.facts, on)
    click.echo(in_words(run(pack.table(table), samples, on)))
