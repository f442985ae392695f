"""What stands around the names of an answer, on the terminal."""

from collections.abc import Callable, Mapping
from typing import Any

from rich.console import Console

from graph_service.text.messages import Spoken, sentence

Plain = Callable[[str], str]
_LISTED = ("mandates", "workarounds", "plans", "promises", "patterns", "bridges")


def strip_rows(strip: Mapping[str, Any], language: Spoken) -> list[tuple[str, str]]:
    """What the words say: names, impact, clocks, what was tried; only what was said."""
    rows = [(field, strip[field]["name"]) for field in ("customer", "contact", "system") if strip[field]]
    rows.append(("classes", ", ".join(one["name"] for one in strip["classes"])))
    if strip["impact"]:
        rows.append(("impact", f"{strip['impact']['name']} – „{strip['impact']['words']}“"))
    for field in ("deadline", "consequence"):
        if clock := strip[field]:
            parts = (clock["text"], clock["what"], f"„{clock['words']}“" if clock["words"] else "", clock["assumed"])
            rows.append((field, " – ".join(part for part in parts if part)))
    rows += [(field, "; ".join(strip[field])) for field in ("tried", "hypotheses", "contradicted", "importance")]
    rows.append(("denied", ", ".join(one["name"] for one in strip["denied"])))
    for choice in strip["choices"]:
        rows.append(("choice", " / ".join(choice["options"])))
    for one in strip["people"]:
        options = " / ".join(f"{each['name']} ({each['unit'] or '–'})" for each in one["options"])
        rows.append(("people", f"„{one['words']}“: {options or '–'}"))
    rows += [("fault", fault["message"]) for fault in strip["faults"]]
    return [(sentence(f"strip.{field}", language), text) for field, text in rows if text]


def show_doors(expert: Mapping[str, Any], plain: Plain, language: Spoken, out: Console) -> None:
    """The questions beside knowledge that are known, the doors, and what to mind."""
    for question in ("proven", "reachable", "interruption"):
        if expert[question]["known"]:
            name = sentence(f"say.{question}", language)
            out.print(f"   [bold]{name}[/bold]: {plain(expert[question]['statement'])}")
    lines = [expert["placed"], expert["record"], expert["caution"], *expert["yourView"]]
    if expert["howToAsk"]:
        lines.append(sentence("say.how_to_ask", language, text=expert["howToAsk"]))
    lines += [expert["override"]["sentence"]] if expert["override"] else []
    for line in lines:
        if line:
            out.print(f"     {plain(line)}")
    doors = " | ".join(door["sentence"] for door in expert["doors"])
    out.print(f"   [bold]{sentence('say.doors', language)}[/bold]: {plain(doors)}")


def show_today(answer: Mapping[str, Any], plain: Plain, language: Spoken, out: Console) -> None:
    """Who can help before the clock."""
    if not answer["today"]:
        return
    clock = answer["strip"]["deadline"]
    is_today = clock is None or clock["at"][:10] == answer["asOf"][:10]
    title = sentence("say.today" if is_today else "say.before_clock", language, clock=clock and clock["text"])
    out.print(f"[bold]{plain(title)}[/bold]")
    for expert in answer["today"]:
        name, door = expert["person"]["name"], expert["doors"][0]["sentence"]
        reached = expert["reachable"]["statement"]
        out.print(
            f"  {expert['rank']}. [bold cyan]{plain(name)}[/bold cyan]  {plain(reached)}  [dim]{plain(door)}[/dim]"
        )
    out.print(f"\n[bold]{sentence('say.for_good', language)}[/bold]")


def show_around(answer: Mapping[str, Any], plain: Plain, language: Spoken, out: Console) -> None:
    """Parts, mandate, partner, briefing, plan, promises, and the note for whoever is asked."""
    around = answer["around"]
    for part in answer["parts"]:
        names = ", ".join(one["person"]["name"] for one in part["experts"]) or "–"
        kinds = " / ".join(part["classes"])
        title = sentence("say.supposed", language, kinds=kinds or part["text"]) if part["isSupposed"] else kinds
        out.print(f"[bold]{plain(title)}[/bold]  {plain(names)}  [dim]{plain(part['text'])}[/dim]")
    rows = [(name, [one.get("sentence") or _plan(one) for one in around[name]]) for name in _LISTED]
    rows.insert(0, ("deciders", around["deciders"]))
    rows.append(("partner", [around["partner"]["sentence"]] if around["partner"] else []))
    briefing = [*around["briefing"], *([around["address"]["sentence"]] if around["address"] else [])]
    rows.append(("briefing", briefing))
    rows += [(name, around[name]) for name in ("recurrences", "vendors", "notShown")]
    rows.append(("mayKnow", [f"{one['name']} ({one['why']})" for one in around["mayKnow"]]))
    rows += [(name, [around[name]] if around[name] else []) for name in ("onSite", "remote", "dormant")]
    told = [f"{one['person']['name']}: {one['sentence']}" for one in answer["whatIfs"] if _moves(one)]
    rows.append(("whatIfs", told))
    for name, lines in rows:
        for place, line in enumerate(lines):
            label = sentence(f"around.{name}", language) if place == 0 else ""
            out.print(f"  [dim]{label:<22}[/dim] {plain(line)}")
    out.print()
    for line in around["handoverNote"].splitlines() if answer["experts"] else ():
        out.print(f"  {plain(line)}")
    out.print()


def _plan(plan: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, [plan["title"], *plan["steps"], plan["message"], plan["times"]]))


def _moves(found: Mapping[str, Any]) -> bool:
    return bool(found["rank"] != found["rankBefore"])
