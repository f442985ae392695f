"""Writes `matrix.csv`: what each role gets on each path of the schema. `python tests/access/matrix.py` writes it anew.

Paths are all ways of at most four hops from every root field, in a company in which every field has a value.
"""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    get_named_type,
)
from pydantic import SecretStr

sys.path[:0] = [str(Path(__file__).parents[1] / "stores")]
from askers import context, demo_asker  # noqa: E402
from workbench import COLUMNS, account_id, case, case_id, demo_lines, demo_person, embedded_store, person_id, write_csv  # noqa: E402

from graph_service import demo  # noqa: E402
from graph_service.access import EVERYTHING, Asker, Purpose, Role  # noqa: E402
from graph_service.access.roles import HELPERS, PARTICIPATION, PURPOSES  # noqa: E402
from graph_service.api.execution import run_now  # noqa: E402
from graph_service.api.ids import decode, encode  # noqa: E402
from graph_service.api.schema import SCHEMA  # noqa: E402
from graph_service.casework.trusting import rating_name, ratings_about  # noqa: E402
from graph_service.choices import take_part  # noqa: E402
from graph_service.erasure import erase_person  # noqa: E402
from graph_service.intake.acts import account_of, say  # noqa: E402
from graph_service.intake.files import PackedFile  # noqa: E402
from graph_service.intake.profiles import import_profile  # noqa: E402
from graph_service.intake.runs import Options, import_file  # noqa: E402
from graph_service.intake.uploads import Upload  # noqa: E402
from graph_service.model import Reservation, SourceId, act_id  # noqa: E402
from graph_service.settings import Settings  # noqa: E402
from graph_service.store import named_queries as nq  # noqa: E402
from graph_service.store.base import Store  # noqa: E402
from graph_service.wiring import Service, service_of  # noqa: E402

FILE = Path(__file__).with_name("matrix.csv")
HOPS = 4
MOST_WORDS = 600
WHOLE = ("Santino: ReFS fragmentiert, Produktion steht, KANBAN-Abruf hängt, Defragmentieren schon versucht. "
         "Am 2. Tag fliegt der Kunde raus. Plan B bis heute Nachmittag")  # fmt: skip
PARTS = (
    "In Rechnungen fehlen Positionen, Materialverfügbarkeit in der Produktion stimmt nicht, "
    "Brenner schreibt: „Wir bitten Sie, helfen Sie“"
)
TODAY = "KANBAN-Abruf, Workflow-Fehler, Plan B bis heute Nachmittag"
"""Questions with something to say in most fields."""
GIVEN, REFUSED, NOTHING = "+", "-", ""
TEAM = ("weiss", "sahin", "xaver")
GONE = ("gonzo.one", "gonzo.two")
SECRET = "of the matrix"
_QUARTERS = ('{first: "2025-10", last: "2025-12"}', '{first: "2026-01", last: "2026-03"}')
WHO = [(role, purpose) for role in Role for purpose in PURPOSES[role]]


class World:
    """The demo company, some refused rows, and an id for everything that a root field asks for."""

    def __init__(self, service: Service, folder: Path) -> None:
        self.service = service
        self.folder = folder
        demo.fill(service)
        units = [{"person": who, "name": who.title(), "kind": "EMPLOYEE", "unit": "Fertigung"} for who in TEAM]
        self._take(write_csv(folder / "units.csv", ("person", "name", "kind", "unit"), units), Role.DATA_STEWARD)
        self.decisions: dict[Role, str] = {}
        for role in HELPERS:
            self.decision(self.who(role))
        shown = case("K-7", "2026-04-01", "KANBAN-Abruf hängt", closed_at="2026-04-02", solver="xaver", product="F")
        late = [shown, case("K-9", "2026-05-01", "KANBAN-Abruf hängt schon wieder", reporter="sommer")]
        gone = [case(f"K-{who}", "2026-04-03", f"Abruf: {who} fragen", reporter=who) for who in GONE]
        path = write_csv(folder / "late.csv", COLUMNS, [*late, *gone, case("K-8", "gestern", "x")])
        listed = [{"Skill-Nr.": "S-1", "Bezeichnung": "KANBAN-Steuerung", "Bezeichnung (englisch)": "kanban control"}]
        self._take(write_csv(folder / "skills.csv", list(listed[0]), listed), Role.HR)
        tickets = [{"Ticket#": "T-1", "Erstellt": "2026-04-01 10:00", "Betreff": "Abruf", "Status": "offen",
                    "Besitzer": "asahin2", "Vorname": "", "Nachname": "Sahin"}]  # fmt: skip
        self._take(write_csv(folder / "tickets.csv", list(tickets[0]), tickets), Role.DATA_STEWARD)
        self.runs = {role: self._take(path, role) for role in (Role.HR, Role.DATA_STEWARD)}
        self._network()
        take_part(service.store, person_id("xaver"), [], service.now())
        weiss = account_of(service.store, demo_person("weiss"))
        reserved = Reservation(act_id("RESERVATION", "weiss"), weiss, "Polar Aggregate AG")
        say(service.store, service.clocks, "setReservation", "test", [reserved])
        self.erased = erase_person(service.store, person_id(GONE[0]), SECRET, service.now())
        with service.store.view(EVERYTHING, as_of=service.now()) as view:
            self.claim = view.ask(nq.CLAIMS_OF, people=[demo_person("weiss")])[0]

    def _network(self) -> None:
        """Two units large enough to be told of, with contacts over two quarters; two of them know a customer's
        contact."""
        people = [(f"{unit[0].lower()}{number:02}", unit) for unit in ("Nord", "Süd") for number in range(12)]
        rows = [{"person": one, "name": one.upper(), "unit": unit, "site": unit} for one, unit in people]
        self._take(write_csv(self.folder / "units2.csv", list(rows[0]), rows), Role.DATA_STEWARD)
        months = ("2024-06", "2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03")
        pairs = [(f"n{number:02}", f"s{other % 12:02}") for number in range(12) for other in (number, number + 1)]
        contacts = [
            (*pair, f"{month}-{day:02}T09:00")
            for month in months
            for day in (3, 10, 17, 24)
            for pair in (pairs if month < "2026" else [*pairs[:1], pairs[2], *pairs[4:]])
        ]
        for name in [row["person"] for row in csv.DictReader(demo_lines("demo_people.csv"))]:
            keep = [one for one in PARTICIPATION if one is not Purpose.NETWORK_ANALYSIS]  # of few there are no figures
            take_part(self.service.store, demo_person(name), keep, self.service.now())
        cases = [
            case(f"N-{n}", f"2025-11-{n + 1:02}", "Platine", closed_at=f"2025-11-{n + 2:02}", reporter=f"s{n:02}",
                 solver=f"n{n:02}", product="Platine")
            for n in range(12)
        ]  # fmt: skip
        self._take(write_csv(self.folder / "platines.csv", COLUMNS, cases), Role.DATA_STEWARD)
        contacts.append(("n00", "kunde@firma.example", "2026-05-05T09:00"))
        told = [{"von": one, "an": other, "wann": at, "Art": "CALL"} for one, other, at in contacts]
        self._take(write_csv(self.folder / "contacts.csv", list(told[0]), told), Role.DATA_STEWARD)
        known = [{"Kundenkontakt": "Karla Kunde", "Kunde": "Firma", "E-Mail": "kunde@firma.example"}]
        self._take(write_csv(self.folder / "known.csv", list(known[0]), known), Role.DATA_STEWARD)

    def _take(self, path: Path, role: Role) -> str:
        options = Options(
            profile=import_profile("demo", in_demo=True), actor=self.who(role).identity.subject, secret=SECRET
        )
        run = import_file(self.service.store, self.service.clocks, PackedFile(path), options).run
        return encode("ImportRun", str(run.number))

    def who(self, role: Role, purpose: Any = None) -> Asker:
        """An asker who is a person of the company."""
        found = demo_asker(role, "weiss", f"zqasker:{role}")
        return Asker(found.identity, role, purpose or PURPOSES[role][0])

    def arguments(self, field: str, who: Asker) -> list[dict[str, str]]:
        """GraphQL literals for the arguments of a root field; several where a field has several faces."""
        person, second = encode("Person", demo_person("weiss")), encode("Person", demo_person("sahin"))
        problem = f'{{text: "{TODAY}"}}'
        open_case, shown = encode("Case", case_id("K-9")), encode("Case", case_id("KAN-311"))
        run = self.runs.get(who.role, self.runs[Role.HR])
        decision = encode("Recommendation", self.decision(who))
        claim = encode("Claim", f"{self.claim.person}|{self.claim.skill}|{self.claim.claimed_by}")
        every = "[CASE_HELP, SKILL_UPKEEP, NETWORK_ANALYSIS, EVALUATION]"
        chosen = f'recommendation: "{decision}", person: "{person}"'
        undone = self.extra_run(who) if field == "importUndo" else ""  # two imports each
        rating = self.rating() if field.endswith("Dispute") or field == "disputeRating" else ""
        return {
            "person": [{"id": person}],
            "case": [{"id": open_case}, {"id": shown}],
            "node": [{"id": person}, {"id": open_case}, {"id": shown}, {"id": run}],
            "recommendExperts": [
                {"problem": '{text: "KAN-311"}'},
                {"problem": problem},
                {"problem": f'{{text: "{WHOLE}"}}'},
                {"problem": f'{{text: "{PARTS}"}}'},
                {"problem": '{text: "Frau Müller: Leitstand OPC"}', "given": '{customer: "Nix"}'},
            ],
            "whatIf": [
                {"problem": f'{{text: "{text}"}}', "gone": f'["{second}"]'} for text in (TODAY, WHOLE, PARTS, "OPC")
            ],
            "explainRecommendation": [{"problem": problem, "person": person}, {"problem": problem, "person": second}],
            "similarCases": [{"problem": problem}],
            "replay": [{"id": decision}],
            "chooseExpert": [{"input": f'{{{chosen}, reason: "{why}"}}'} for why in ("x", "")],
            "setRedFlag": [
                {"input": f'{{until: "{one}"}}'} for one in ("2026-05-12T12:00:00Z", "2020-01-01T00:00:00Z")
            ],
            "setPresence": [
                {"input": f'{{state: OFFICE, until: "{one}-12T15:00:00Z"}}'} for one in ("2026-05", "2020-05")
            ],
            "setDoor": [{"input": f'{{kind: FOCUS, hours: "{one}"}}'} for one in ("10:00-11:00", "25:00-26:00")],
            "rateTrust": [
                {"input": f'{{person: "{second}", subject: "{one}", competence: 4}}'}
                for one in ("KANBAN-Abruf", "Unfug")
            ],
            "noteExpert": [
                {"input": f'{{person: "{one}", note: "gut bei Abrufen"}}'}
                for one in (second, encode("Person", "nobody"))
            ],
            "recordConversation": [{"input": f'{{contact: "{one}"}}'} for one in ("Marco Santino", "Niemand")],
            "recordLogApproval": [
                {"input": f'{{contact: "{one}", approvedBy: "x", until: "2026-06-30T00:00:00Z"}}'}
                for one in ("Marco Santino", "Niemand")
            ],
            "confirmAddress": [
                {"input": f'{{contact: "{one}", address: SIE}}'} for one in ("Dr. Ulrich Maßmann", "Niemand")
            ],
            "setReservation": [{"input": f'{{customer: "{one}"}}'} for one in ("Polar Aggregate AG", "Niemand")],
            "recordReferral": [
                {"input": f'{{by: "{person}", to: "{one}", problem: "Abruf"}}'}
                for one in (second, encode("Person", "nobody"))
            ],
            "overrideRedFlag": [
                {
                    "input": f'{{person: "{person}", problem: "KANBAN-Abruf", impact: "{one}", confirmedBy: "x", '
                    f'reason: "y"}}'
                }
                for one in ("PRODUCTION_DOWN", "DEGRADED")
            ],
            "disputeRating": [
                {"input": f'{{rating: "{one}", statement: "so war es nicht"}}'}
                for one in (rating, encode("Rating", "none"))
            ],
            "decideDispute": [
                {"input": f'{{rating: "{one}", decision: KEPT}}'} for one in (rating, encode("Rating", "none"))
            ],
            "grantMandate": [
                {"input": f'{{holder: "{second}", unit: "Fertigung", hours: {one}}}'} for one in ("4.0", "-1.0")
            ],
            "erasePerson": [{"input": f'{{source: "house", key: "{who}"}}'} for who in (GONE[1], "nobody")],
            "decideMention": [
                {"input": f'{{erasure: "{encode("Erasure", self.erased.id)}", caseId: "{one}", mask: ["gonzo"]}}'}
                for one in (encode("Case", self.erased.mentions[0]), open_case)
            ],
            "importPreview": [{"input": f'{{uploadId: "{self.upload(who)}"}}'}, {"input": '{uploadId: "x"}'}],
            "importCommit": [{"input": f'{{uploadId: "{self.upload(who)}"}}'}, {"input": '{uploadId: "x"}'}],
            "importProgress": [{"uploadId": self.upload(who)}],
            "people": [{"name": "Weiß"}],
            "rejectedRows": [{"run": decode(run)[1]}],
            "importUndo": [{"input": f"{{run: {undone}}}"}, {"input": "{run: 99999}"}],
            "path": [{"to": second}],
            "whoKnows": [{"contact": "Karla"}],
            "networkChange": [{"before": _QUARTERS[0], "after": _QUARTERS[1]}],
            "reserveIndex": [{"window": _QUARTERS[1]}],
            "knowledgeIslands": [{"window": '{first: "2025-01", last: "2025-12"}'}],
            "boundary": [{"groups": '{one: "Nord", other: "Süd"}', "event": _QUARTERS[1]}],
            "skillSuggestions": [{"text": "KANBAN-Steuerung"}],
            "decideSkill": [
                {"input": f'{{label: "{self.claim.skill}", skill: "{one}", verdict: SAME}}'}
                for one in (SourceId("house", "S-1").id_of("skill"), "nothing")
            ],
            "decideIdentity": [
                {"input": f'{{account: "{one}", verdict: LATER}}'} for one in (account_id("weiss"), "nobody")
            ],
            "hideSkill": [{"input": f'{{claim: "{one}"}}'} for one in (claim, encode("Claim", "x"))],
            "setVisibility": [
                {"input": f'{{purposes: {every}, claim: "{claim}"}}'},
                {"input": f"{{purposes: {every}}}"},
                {"input": "{purposes: [AUDIT]}"},
            ],
        }.get(field, [{}])

    def rating(self) -> str:
        """A rating about the asker."""
        found = ratings_about(self.service.store, demo_person("weiss"), self.service.now())
        secret = self.service.settings.secret.get_secret_value()
        return encode("Rating", rating_name(secret, found[0].source_id.key))

    def upload(self, who: Asker) -> str:
        """A file that this asker has sent: somebody the company knows, and one row that does not fit."""
        rows = [{"person": "weiss", "name": "Jürgen Wei?", "IBAN": ""}, {"person": "", "name": "", "IBAN": "x"}]
        path = write_csv(self.folder / f"sent-{who.role}.csv", list(rows[0]), rows)
        own_id = f"upload-{who.role}"
        sent = Upload(own_id, path, "sent.csv", who.identity.subject, 2**53)
        self.service.uploads._kept[own_id] = sent
        return own_id

    def extra_run(self, who: Asker) -> str:
        """The number of a run of this asker's that can be undone, with something that was changed later."""
        if who.role not in self.runs:
            return "1"
        numbers = []
        for name in ("Ines Alt", "Ines Neu"):
            rows = [{"person": "extra", "name": name}]
            path = write_csv(self.folder / f"extra-{name[5:]}.csv", list(rows[0]), rows)
            numbers.append(decode(self._take(path, who.role))[1])
        return numbers[0]

    def decision(self, who: Asker) -> str:
        """An answer that was given to this asker, where the role gets answers."""
        if who.role not in self.decisions:
            asked = f'{{ recommendExperts(problem: {{text: "{TODAY}"}}) {{ id experts {{ person {{ id }} }} }} }}'
            data = run_now(asked, {}, context(self.service, who=who)).data
            answer = (data or {}).get("recommendExperts")
            self.decisions[who.role] = decode(answer["id"])[1] if answer else "none"
            if answer:
                choose = (
                    f'mutation {{ chooseExpert(input: {{recommendation: "{answer["id"]}", reason: "x", person: '
                    f'"{answer["experts"][0]["person"]["id"]}"}}) {{ __typename }} }}'
                )
                run_now(choose, {}, context(self.service, who=who))
        return self.decisions[who.role]


def selection(kind: Any, hops: int) -> str:
    """All fields of a type down to so many hops; leaves always."""
    kind = get_named_type(kind)
    if isinstance(kind, GraphQLUnionType):
        return " ".join(f"... on {one.name} {{ {selection(one, hops)} }}" for one in kind.types)
    if not isinstance(kind, GraphQLObjectType):
        return ""
    parts = ["__typename"]
    for name, field in kind.fields.items():
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            if hops > 1:
                parts.append(f"{name} {{ {selection(inner, hops - 1)} }}")
        else:
            parts.append(name)
    return " ".join(parts)


def faces(kind: Any) -> list[str]:
    """The selections that together read all of a type: one per member of an interface."""
    named = get_named_type(kind)
    if isinstance(named, GraphQLInterfaceType):
        return [f"__typename ... on {one.name} {{ {selection(one, HOPS)} }}" for one in possible(named)]
    if not isinstance(named, GraphQLObjectType):
        return [selection(named, HOPS)]
    whole = selection(named, HOPS)
    if whole.count(" ") < MOST_WORDS:
        return [whole]
    found = [""]  # as one document it would be refused as too large
    for part in (_part(named, name) for name in named.fields):
        if found[-1] and found[-1].count(" ") + part.count(" ") > MOST_WORDS:
            found.append("")
        found[-1] += f" {part}"
    return found


def _part(kind: GraphQLObjectType, name: str) -> str:
    """One field of a type, with all below it."""
    below = selection(kind.fields[name].type, HOPS - 1)
    return f"{name} {{ {below} }}" if below else name


def possible(kind: GraphQLInterfaceType) -> list[GraphQLObjectType]:
    return sorted(SCHEMA._schema.get_possible_types(kind), key=lambda one: one.name)


def paths(kind: Any, hops: int, before: str) -> Iterator[str]:
    """Every path of a type, in the order of names; a member of a union or interface stands as `field:Type`."""
    kind = get_named_type(kind)
    if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType):
        for one in sorted(SCHEMA._schema.get_possible_types(kind), key=lambda one: one.name):
            yield from paths(one, hops, f"{before}:{one.name}")
        return
    if not isinstance(kind, GraphQLObjectType):
        return
    for name, field in sorted(kind.fields.items()):
        inner = get_named_type(field.type)
        if isinstance(inner, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType):
            if hops > 1:
                yield f"{before}.{name}"
                yield from paths(inner, hops - 1, f"{before}.{name}")
        else:
            yield f"{before}.{name}"


def roots() -> Iterator[tuple[str, str, Any]]:
    """(operation, field, type) of every root field."""
    for operation in ("query", "mutation", "subscription"):
        kind = getattr(SCHEMA._schema, f"{operation}_type")
        for name, field in sorted(kind.fields.items()) if kind else ():
            yield operation, name, field


def _literal(value: str) -> str:
    return value if value[0] in "{[" or value.isdecimal() else repr(value).replace("'", '"')


def outcome(world: World, who: Asker, operation: str, name: str, field: Any) -> dict[str, str]:
    """Path -> what the asker gets there, over all faces of a root field."""
    found: dict[str, str] = {}
    for arguments in world.arguments(name, who):
        given = ", ".join(f"{key}: {_literal(value)}" for key, value in arguments.items())
        for chosen in faces(field.type):
            document = f"{operation} {{ {name}{f'({given})' if given else ''} {{ {chosen} }} }}"
            result = run_now(document, {}, context(world.service, who=who))
            assert all("path" in error for error in result.errors), (name, result.errors)
            denied = [
                ".".join(part for part in error["path"] if not isinstance(part, int))
                for error in result.errors
                if error["extensions"]["code"].startswith("access.")
            ]
            _collect((result.data or {}).get(name), field.type, name, found, denied)
    return found


def _collect(value: Any, kind: Any, at: str, found: dict[str, str], denied: list[str]) -> None:
    plain = ".".join(part.split(":")[0] for part in at.split("."))
    if value is None:
        if plain in denied:
            found[at] = REFUSED if found.get(at) != GIVEN else GIVEN
        return
    if isinstance(value, list):
        for one in value:
            _collect(one, kind, at, found, denied)
        if not value and plain in denied:
            found[at] = REFUSED
        return
    named = get_named_type(kind)
    if isinstance(named, GraphQLScalarType) or not isinstance(value, dict):
        found[at] = GIVEN
        return
    if isinstance(named, GraphQLUnionType | GraphQLInterfaceType):
        named = SCHEMA._schema.type_map[value["__typename"]]
        found[at] = GIVEN
        at = f"{at}:{value['__typename']}"
    found[at] = GIVEN
    for name, field in named.fields.items():  # type: ignore[union-attr]
        if name in value:
            _collect(value[name], field.type, f"{at}.{name}", found, denied)


def rows(world: World) -> list[list[str]]:
    """The matrix: a row per path, a column per role and purpose."""
    every = [(name, [name, *paths(field.type, HOPS, name)]) for _, name, field in roots()]
    columns: dict[Any, dict[str, str]] = {}
    for role, purpose in WHO:
        who = world.who(role, purpose)
        columns[role, purpose] = {}
        for operation, name, field in roots():
            columns[role, purpose] |= outcome(world, who, operation, name, field)
    head = ["path", *(f"{role}:{purpose}" for role, purpose in WHO)]
    return [head, *([path, *(columns[who].get(path, NOTHING) for who in WHO)] for _, some in every for path in some)]


def matrix(store: Store, folder: Path) -> str:
    """The matrix as CSV."""
    service = demo.at_its_clock(
        service_of(store, Settings(secret=SecretStr(SECRET), knowledge_islands="Vereinbarung", analysis_by="unit"))
    )
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows(World(service, folder)))
    return text.getvalue()


if __name__ == "__main__":
    with TemporaryDirectory() as made:
        FILE.write_text(matrix(embedded_store(Path(made) / "m.db"), Path(made)), encoding="utf-8")
