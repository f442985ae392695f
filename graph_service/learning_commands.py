"""The terminal's commands about being right: `evaluate`, `learn`, `rules list | show | diff | agree`."""

import dataclasses
import itertools
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from graph_service.access import Purpose, everybody_for
from graph_service.access.roles import Act
from graph_service.acting import asker_for, asker_of, noted
from graph_service.errors import AccessRefused, RulesRefused
from graph_service.evaluation_page import page
from graph_service.evaluation_tables import show_changes, show_evaluation, show_rules, withdrawn
from graph_service.model import RowFault, moment
from graph_service.ranking.assessment import Assessment, Task, assess, fitted
from graph_service.ranking.cards import Shown, changes, draft
from graph_service.ranking.evaluation import Archive, archive_of
from graph_service.ranking.learning import Fit
from graph_service.ranking.rankers import KINDS
from graph_service.ranking.rules import (
    RuleSet,
    Signature,
    agree,
    check_name,
    find,
    in_force,
    payload_of,
    propose,
    states,
)
from graph_service.shell import AsJson, Language, StoreUrl, check_writable, plainly, print_json, progress, spoken_in
from graph_service.store.base import LONGEST_STUDY, Store, View
from graph_service.terminal import console, printable
from graph_service.text.messages import Spoken, sentence
from graph_service.wiring import Service, cache_folder, open_service

Name = Annotated[str, typer.Argument(help="Name of a rule set; `start` are the rules that come with the product.")]
Queries = Annotated[
    Path | None, typer.Option("--queries", help="CSV: case_id, opened_at; optional fold, ban, exclude, solver.")
]
Which = Annotated[str, typer.Option("--rules", help="rolling (fitted anew at each fold), start, or a rule set's name.")]
Without = Annotated[list[str] | None, typer.Option("--without", help="Also rank without this kind of evidence.")]
Out = Annotated[Path | None, typer.Option("--output", help="Writes the best 20 per question as JSON lines.")]
Html = Annotated[Path | None, typer.Option("--html", help="Writes a page with figures and plots.")]

_LOOKING = (Purpose.OPERATION, Purpose.AUDIT, Purpose.EVALUATION)

rules = typer.Typer(
    help="Rule sets: list, show, diff, agree.", epilog="Example: expert-graph rules list", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    app.command("evaluate", epilog="Example: expert-graph evaluate --rules start --html figures.html")(evaluate)
    app.command("learn", epilog="Example: expert-graph learn --name house-2026-05")(learn)
    app.add_typer(rules, name="rules")


def _replaying(spoken: Spoken) -> AbstractContextManager[Callable[[int, int], None]]:
    return progress(lambda done, total: sentence("say.replayed", spoken, done=done, total=total))


def evaluate(
    queries: Queries = None,
    rules: Which = "rolling",
    without: Without = None,
    output: Out = None,
    html: Html = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Replay the history: how often was the right person named?"""
    spoken = spoken_in(language)
    kinds = tuple(dict.fromkeys(without or ()))
    _check_kinds(kinds, spoken)
    with plainly(spoken, as_json, broken_off="say.goes_on"):
        check_writable(queries, output, html)
        service = open_service(store)
        asker = asker_for(service, Act.EVALUATE)
        if output is not None and not asker.identity.sees_ids:
            raise AccessRefused("access.no_ids")
        task = Task(cache_folder() / "evaluations", queries, rules, kinds)
        with noted(service, asker, "history:evaluated"), _history(service) as view, _replaying(spoken) as tell:
            found = assess(service.store, view, task, tell)
        if not found.parts.can_keep:
            _note("say.nothing_kept", spoken, folder=task.parts)
        _write(found, output, html, spoken)
        if as_json:
            print_json({**found.figures, "faults": [_fault(fault, spoken) for fault in found.faults]})
        else:
            show_evaluation(found, spoken, console())
        found.parts.clear()
    if found.faults or not found.judged:
        raise typer.Exit(1)


def _check_kinds(kinds: Sequence[str], spoken: Spoken) -> None:
    for kind in kinds:
        if kind not in KINDS:
            told = sentence("evaluate.kind", spoken, kind=printable(kind[:60]), kinds=", ".join(KINDS))
            raise typer.BadParameter(told, param_hint="--without")


def _fault(fault: RowFault, spoken: Spoken) -> dict[str, Any]:
    told = {name: printable(str(value)) for name, value in dataclasses.asdict(fault).items() if name != "line"}
    return {**told, "line": fault.line, "message": sentence(fault.reason, spoken, value=told["value"])}


def _note(code: str, spoken: Spoken, **values: object) -> None:
    """Something beside the result, on standard error."""
    console(error=True).print(printable(sentence(code, spoken, **values)), markup=False)


def _write(found: Assessment, output: Path | None, html: Path | None, spoken: Spoken) -> None:
    if output is not None:
        lines = [orjson.dumps({"case": one.case, "ranked": one.ranked}) + b"\n" for one in found.judged]
        output.write_bytes(b"".join(lines))
    if html is not None:
        html.write_text(page(found.figures, spoken), encoding="utf-8")
    for path in (output, html):
        if path is not None:
            _note("say.written", spoken, file=path.name)


def learn(
    name: Annotated[str | None, typer.Option("--name", help="Name of the draft; default: house and the day.")] = None,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Learn weights, bands and the floor of similarity from the house's own past; writes a draft."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.EVALUATE)
        now = service.now()
        if name is not None:
            check_name(name)
        with noted(service, asker, "rules:learned"), _history(service) as view, _replaying(spoken) as tell:
            fit = fitted(archive_of(view), now, tell)
        drafted = _kept(service.store, fit, now, name)
        _print_rules(drafted, as_json, spoken)
        if not as_json:
            ranker = drafted.ranker
            told = {"name": ranker.name, "version": ranker.version, "cases": drafted.cases}
            console().print(sentence("say.drafted", spoken, **told), markup=False)


def _history(service: Service) -> AbstractContextManager[View]:
    """Those who take part in EVALUATION, now."""
    return service.store.view(everybody_for(Purpose.EVALUATION), as_of=service.now(), longest=LONGEST_STUDY)


def _kept(store: Store, fit: Fit, now: int, name: str | None) -> RuleSet:
    """The draft as it was kept; without a name under the day's, with a number where that has other content."""
    day = f"house-{moment(now):%Y-%m-%d}"
    for number in itertools.count(1):
        drafted = draft(name or (day if number == 1 else f"{day}-{number}"), fit)
        try:
            propose(store, drafted, now)
            break
        except RulesRefused as refused:
            if name is not None or refused.code != "rules.taken":
                raise
    return drafted


def _print_rules(rule_set: RuleSet, as_json: bool, spoken: Spoken) -> None:
    if as_json:
        print(payload_of(rule_set).decode())
    else:
        console().print(printable(rule_set.cards.get(spoken, sentence("card.purpose", spoken))), markup=False)


@rules.command("list", epilog="Example: expert-graph rules list --json")
def list_(as_json: AsJson = False, store: StoreUrl = None, language: Language = None) -> None:
    """List rule sets: drafts, agreed ones, and the one in force."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        with noted(service, asker_of(service, _LOOKING), "rules:listed"):
            found = states(service.store)
        if as_json:
            print_json([dataclasses.asdict(one) for one in found])
        else:
            show_rules(found, spoken, console())


@rules.command(epilog="Example: expert-graph rules show house-2026-05")
def show(name: Name, as_json: AsJson = False, store: StoreUrl = None, language: Language = None) -> None:
    """Show a rule set: weights, figures, what it was learned from and what it is not for."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        with noted(service, asker_of(service, _LOOKING), "rules:read"):
            found = find(service.store, name)
        _print_rules(found, as_json, spoken)


@rules.command(epilog="Example: expert-graph rules diff house-2026-05")
def diff(name: Name, as_json: AsJson = False, store: StoreUrl = None, language: Language = None) -> None:
    """Show for 200 past questions what would change against the rules in force."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.EVALUATE)
        other = find(service.store, name).ranker
        with noted(service, asker, "rules:compared"), _history(service) as view, _replaying(spoken) as tell:
            past, before = archive_of(view), in_force(view)
            found = changes(past, before, other, tell)
        name_them = _naming(past, asker.identity.sees_ids)
        told = {
            "before": before.name,
            "after": other.name,
            "compared": found.count,
            "changed": sum(change.is_in_people for change in found.changes),
            "bands_only": sum(change.is_in_bands_only for change in found.changes),
            "named_before": found.named_before,
            "named_after": found.named_after,
            "changes": [
                {"case": one.case, "before": name_them(one.before), "after": name_them(one.after)}
                for one in found.changes
            ],
        }
        if as_json:
            print_json(told)
        else:
            show_changes(told, spoken, console())


def _naming(past: Archive, sees_ids: bool) -> Callable[[Shown], dict[str, Any]]:
    """How people are told apart: by name where the key allows it, else by numbers of this comparison."""
    numbers: dict[str, str] = {}

    def told(shown: Shown) -> dict[str, Any]:
        if sees_ids:
            people = [past.names[person] for person in shown.people]
        else:
            people = [numbers.setdefault(person, f"P{len(numbers) + 1}") for person in shown.people]
        return {**dataclasses.asdict(shown), "people": people}

    return told


@rules.command("agree", epilog="Example: expert-graph rules agree house-2026-05")
def agree_(
    name: Name,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Agree to a rule set with your key; once an ADMIN and the WORKS_COUNCIL have agreed, it ranks."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.AGREE_TO_RULES)
        with noted(service, asker, "rules:agreed"):
            state = agree(service.store, name, [Signature.of(asker)], service.now())
        if state.withdrawn:
            console(error=True).print(withdrawn(state, spoken), style="red", markup=False)
        if as_json:
            print_json(dataclasses.asdict(state))
        else:
            code = "say.in_force" if state.is_in_force else "say.waiting_for"
            told = sentence(code, spoken, name=state.name, by=", ".join(state.waiting))
            console().print(printable(told), markup=False)
