"""The terminal's commands about skills: `skills suggest | queue | decide | undo | missing`."""

import dataclasses
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from graph_service.access import scope_of
from graph_service.access.roles import Act
from graph_service.acting import asker_for, noted
from graph_service.identity.linking import Judgement
from graph_service.shell import AsJson, Language, StoreUrl, other_and_verdict, plainly, print_json, spoken_in
from graph_service.skills import Suggestion, concepts_of, decide_skill, undo_skill, unplaced
from graph_service.terminal import console, printable
from graph_service.text.messages import Spoken, sentence
from graph_service.unanswered import LEAST, unanswered
from graph_service.wiring import open_service

skills = typer.Typer(
    help="Names of skills: what they may mean, and what was decided.",
    epilog="Example: expert-graph skills queue",
    no_args_is_help=True,
)
Label = Annotated[str, typer.Argument(help="The claimed name, by its id from `skills queue`.")]
_ALONE = "The listed skill, by its id; or alone: EXTERNAL (a name of the house's own), LATER."
Concept = Annotated[str, typer.Argument(help="The listed skill, by its id; left out: all that was decided.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the terminal."""
    app.add_typer(skills, name="skills")


@skills.command(epilog='Example: expert-graph skills suggest "Schweissen"')
def suggest(
    text: Annotated[str, typer.Argument(help="A name or a sentence.")],
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Suggest listed skills for a name or a sentence, likeliest first."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        with noted(service, asker_for(service, Act.MAP_SKILLS), "skills:suggested"):
            found = concepts_of(service.store).suggested(text[:1000])
        if as_json:
            print_json([dataclasses.asdict(one) for one in found])
            return
        for one in found:
            console().print(printable(f"{_called(one, spoken)} {one.skill}"), markup=False)
        if any(one.is_same_label for one in found):
            console().print(sentence("say.same_label", spoken), markup=False)


def _called(one: Suggestion, spoken: Spoken) -> str:
    """What a listed skill is called, with its group, as many skills bear one name; = before the very same name."""
    above = sentence("say.skill_group", spoken, group=one.group) if one.group else ""
    group = sentence("say.shared_group", spoken) if one.is_group else above
    mark = "=" if one.is_same_label else " "
    return " ".join((mark, one.label_de or one.label_en, *([f"({group})"] if group else ())))


@skills.command(epilog="Example: expert-graph skills queue --json")
def queue(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many names.")] = 50,
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """List claimed names that stand for no listed skill yet, with what they may mean."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.MAP_SKILLS)
        with noted(service, asker, "skills:listed"), service.store.view(scope_of(asker), as_of=service.now()) as view:
            found = unplaced(service.store, view, limit)
        if as_json:
            print_json([dataclasses.asdict(one) for one in found])
            return
        if not found:
            console().print(sentence("say.no_unplaced", spoken))
            return
        widest = max(len(one.skill) for one in found)
        table = Table()
        table.add_column(sentence("say.may_mean", spoken), overflow="fold", min_width=widest)
        for one in found:
            table.add_row(f"[bold]{escape(printable(one.label))}[/bold]\n[dim]{one.skill}[/dim]")
            for meant in one.suggestions:
                label = escape(printable(_called(meant, spoken)))
                table.add_row(f"{label}\n[dim]{meant.skill}[/dim]")
        console().print(table)
        if any(meant.is_same_label for one in found for meant in one.suggestions):
            console().print(sentence("say.same_label", spoken), markup=False)


@skills.command(epilog="Example: expert-graph skills decide LABEL SKILL SAME")
def decide(
    label: Label,
    concept: Annotated[str, typer.Argument(metavar="SKILL|EXTERNAL|LATER", help=_ALONE)],
    verdict: Annotated[str, typer.Argument(metavar="[SAME|NOT_SAME]", help="What the listed skill is to it.")] = "",
    as_json: AsJson = False,
    store: StoreUrl = None,
    language: Language = None,
) -> None:
    """Decide what a claimed name means; questions then find it under all names of that skill."""
    spoken = spoken_in(language)
    skill, told = other_and_verdict(concept, verdict)
    with plainly(spoken, as_json):
        service = open_service(store)
        asker = asker_for(service, Act.MAP_SKILLS)
        now = service.now()
        with (
            noted(service, asker, "skills:decided", verdict=told.value),
            service.store.view(scope_of(asker), as_of=now) as view,
        ):
            decide_skill(service.store, view, Judgement(label, skill, told, asker.identity.subject, now))
        _done(as_json, spoken, "say.skill_decided")


@skills.command(epilog="Example: expert-graph skills undo LABEL SKILL")
def undo(
    label: Label, concept: Concept = "", as_json: AsJson = False, store: StoreUrl = None, language: Language = None
) -> None:
    """Undo what was decided about a name."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        with noted(service, asker_for(service, Act.MAP_SKILLS), "skills:undone"):
            undo_skill(service.store, label, concept)
        _done(as_json, spoken, "say.skill_undone")


@skills.command(epilog="Example: expert-graph skills missing")
def missing(as_json: AsJson = False, store: StoreUrl = None, language: Language = None) -> None:
    """Tell what was asked and nobody could be named for: counts by class, never who asked."""
    spoken = spoken_in(language)
    with plainly(spoken, as_json):
        service = open_service(store)
        with noted(service, asker_for(service, Act.MAP_SKILLS), "skills:missing"):
            found = unanswered(service.store, service.now())
        if as_json:
            print_json(dataclasses.asdict(found))
            return
        out = console()
        code = "say.asked_without" if found.asked else "say.asked_hidden"
        out.print(sentence(code, spoken, asked=found.asked, least=LEAST), markup=False)
        for name, count in found.classes:
            out.print("  " + printable(sentence("say.asked_class", spoken, name=name, count=count)), markup=False)
        if found.in_few:
            out.print("  " + sentence("say.asked_few", spoken, count=found.in_few, least=LEAST), markup=False)
        if not found.classes:
            out.print("  " + sentence("say.asked_nothing", spoken), markup=False)


def _done(as_json: bool, spoken: Spoken, code: str) -> None:
    if as_json:
        print_json({"decided": True})
    else:
        console().print(sentence(code, spoken))
