"""What the generated company lists beside its cases: customers, doors, presence, promises, ratings, workarounds.

Planted: everybody of a crew keeps promises as well as their `care` says; the capable write most workarounds; on the
demo's day one in seven is away, one in ten has a red flag. Ratings follow skill with noise and how strict a rater is.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from graph_service.demo.firm import Colleague

Row = dict[str, str]
BERLIN = ZoneInfo("Europe/Berlin")
TODAY = datetime(2026, 5, 12, 10, tzinfo=BERLIN)
REGIONS = {"Nord": "DE-HH", "Süd": "DE-BY", "West": "DE-NW", "Ost": "DE-SN", "Wien": "AT", "Brünn": "CZ"}
ZONES = {"Wien": "Europe/Vienna", "Brünn": "Europe/Prague"}
FIRMS = ("Adler", "Birke", "Condor", "Distel", "Eibe", "Falke", "Ginster", "Habicht", "Iltis", "Kranich", "Lärche",
         "Marder", "Nelke", "Otter", "Pirol", "Reiher", "Specht", "Taube", "Ulme", "Wiesel")  # fmt: skip
SORTS = (("Pumpen GmbH", "A"), ("Textil AG", "B"), ("Kabel KG", "C"))
PARTNERS = ("Westwind Beratung", "Talstation Systeme", "Lotse Service")
AWAY, FLAGGED, HOME, TRAVELS = 0.14, 0.10, 0.25, 0.06
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "world_units.csv": ("Einheit", "gehört zu", "Art", "Land", "Zeitzone", "Leitung"),
    "world_classes.csv": ("Problemklasse", "Begriffe", "Oberklasse"),
    "world_customers.csv": ("Kunde", "Kundenverantwortlicher", "Stufe", "beliefert", "beliefert durch"),
    "world_customer_contacts.csv": ("Kundenkontakt", "Kunde", "Anrede", "Fachtiefe", "Protokolle"),
    "world_partners.csv": ("Kunde", "Partnerfirma", "zuständig ab", "zuständig bis"),
    "world_mandates.csv": ("Mandat", "Einheit", "Stunden", "verbraucht", "ab Priorität", "erteilt von", "nachts"),
    "world_rules.csv": ("Team", "Türen ab Priorität", "übersteuerbar bei", "vereinbart von", "Fassung"),
    "world_channels.csv": (
        "Person", "Team", "Weg", "Wochentag", "Uhrzeit", "Ort", "übersteuerbar bei", "von", "bis",
    ),
    "world_presence.csv": ("Person", "Anwesenheit", "bis", "Ort"),
    "world_numbers.csv": ("Person", "Kontaktweg", "Nummer oder Adresse"),
    "world_workarounds.csv": ("Notlösung", "Autor", "Problemklasse", "Grenzen", "Stand"),
    "world_promises.csv": (
        "Fall", "Zusage", "zugesagt von", "fällig", "zugesagt an", "zugesagt am", "erfüllt", "Problemklasse",
        "Bestätigung",
    ),
    "world_ratings.csv": ("Bewerter", "Bewertete Person", "Schulnote", "Thema", "Verlässlichkeit", "Datum", "sichtbar"),
    "world_notes.csv": ("Fall", "Kunde", "Problemklasse", "aus der Ferne", "Ursache", "gefunden"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Solved:
    """A solved case: its key, class, solver, reporter, and when it was opened and closed."""

    key: str
    noun: str
    solver: str
    reporter: str
    opened: datetime
    closed: datetime


@dataclass
class HouseLists:
    """Draws the lists of a company; `away` and `flagged` are who is not to be had on the demo's day."""

    crews: Mapping[str, Sequence[Colleague]]
    classes: Mapping[str, Sequence[str]]
    solved: Sequence[Solved]
    seed: int
    away: set[str] = field(default_factory=set)
    flagged: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        draw = self._draw = random.Random(self.seed + 1)
        self._there = [one for crew in self.crews.values() for one in crew if one.is_there(TODAY)]
        self._care = {one.login: draw.betavariate(6, 2) for one in self._there}
        self._skill = {one.login: one.skill for one in self._there}
        self._customers = [f"{firm} {sort}" for sort, _ in SORTS for firm in FIRMS]
        for one in self._there:
            chance = draw.random()
            if chance < AWAY:
                self.away.add(one.login)
            elif chance < AWAY + FLAGGED:
                self.flagged.add(one.login)

    def rows(self) -> dict[str, Iterable[Row]]:
        """File -> its rows."""
        told = (self._units, self._classes, self._listed_customers, self._contacts, self._partners, self._mandates,
                self._rules, self._channels, self._presence, self._numbers, self._workarounds, self._promises,
                self._ratings, self._notes)  # fmt: skip
        return {name: make() for name, make in zip(COLUMNS, told, strict=True)}

    def _units(self) -> Iterator[Row]:
        for site, region in REGIONS.items():
            yield {"Einheit": site, "Art": "Standort", "Land": region, "Zeitzone": ZONES.get(site, "Europe/Berlin")}
        for area, crew in self.crews.items():
            yield {"Einheit": area, "Art": "Team", "Leitung": crew[0].login}

    def _classes(self) -> Iterator[Row]:
        for area, nouns in self.classes.items():
            for noun in nouns:
                yield {"Problemklasse": noun, "Begriffe": noun, "Oberklasse": area}

    def _listed_customers(self) -> Iterator[Row]:
        for place, name in enumerate(self._customers):
            buyer = self._customers[(place + 7) % len(self._customers)] if place % 5 == 0 else ""
            yield {"Kunde": name, "Kundenverantwortlicher": self._draw.choice(self._there).login,
                   "Stufe": SORTS[place // len(FIRMS)][1], "beliefert": buyer,
                   "beliefert durch": "KANBAN" if buyer else ""}  # fmt: skip

    def _contacts(self) -> Iterator[Row]:
        for place, name in enumerate(self._customers):
            yield {"Kundenkontakt": f"Frau Kunze-{place:02}", "Kunde": name,
                   "Anrede": self._draw.choice(["per Sie", "per Du", ""]),
                   "Fachtiefe": self._draw.choice(["Grundlagen", "Experte", ""]),
                   "Protokolle": self._draw.choice(["nach Genehmigung", "geschwärzt", ""])}  # fmt: skip

    def _partners(self) -> Iterator[Row]:
        for place, name in enumerate(self._customers):
            firm = PARTNERS[place % len(PARTNERS)] if place % 4 else ""
            ended = "2025-12-31" if place % 6 == 0 and firm else ""
            yield {"Kunde": name, "Partnerfirma": firm, "zuständig ab": "2021-01-01", "zuständig bis": ended}

    def _mandates(self) -> Iterator[Row]:
        for area, crew in self.crews.items():
            holder, night = self._draw.sample(self._there, 2)
            spent = str(self._draw.randrange(17))
            yield {"Mandat": holder.login, "Einheit": area, "Stunden": "16", "verbraucht": spent, "ab Priorität": "P1",
                   "erteilt von": crew[0].login, "nachts": night.login}  # fmt: skip

    def _rules(self) -> Iterator[Row]:
        for area in self.crews:
            yield {"Team": area, "Türen ab Priorität": "P3", "übersteuerbar bei": "Produktionsstillstand",
                   "vereinbart von": "Support|Entwicklung", "Fassung": "2026-03"}  # fmt: skip

    def _channels(self) -> Iterator[Row]:
        for area, crew in self.crews.items():
            yield {"Team": area, "Weg": "Sprechstunde", "Wochentag": "Mi", "Uhrzeit": "10:00-11:00"}
            there = [one for one in crew if one.login in self._care and one.login not in self.away]
            duty = self._draw.choice(there)
            yield {"Person": duty.login, "Team": area, "Weg": "Dienst", "Wochentag": "Mo-Fr", "Uhrzeit": "08:00-18:00"}
            yield {"Person": duty.login, "Team": area, "Weg": "Rufbereitschaft", "Wochentag": "Mo-So",
                   "Uhrzeit": "18:00-07:00"}  # fmt: skip
        for one in self._there:
            begins = self._draw.choice([7, 8, 9])
            yield {"Person": one.login, "Weg": "Arbeitszeit", "Wochentag": "Mo-Fr",
                   "Uhrzeit": f"{begins:02}:00-{begins + 9}:00"}  # fmt: skip
            if one.login in self.flagged:
                yield {"Person": one.login, "Weg": "Rote Fahne", "übersteuerbar bei": "Produktionsstillstand",
                       "von": TODAY.replace(hour=8).isoformat(), "bis": TODAY.replace(hour=13).isoformat()}  # fmt: skip

    def _presence(self) -> Iterator[Row]:
        for one in self._there:
            if one.login in self.away:
                back = (TODAY + timedelta(days=self._draw.randrange(1, 10))).replace(hour=7)
                yield {"Person": one.login, "Anwesenheit": "abwesend", "bis": back.isoformat()}
                continue
            chance = self._draw.random()
            state = "Homeoffice" if chance < HOME else "unterwegs" if chance < HOME + TRAVELS else "Büro"
            yield {"Person": one.login, "Anwesenheit": state, "bis": TODAY.replace(hour=17).isoformat()}

    def _numbers(self) -> Iterator[Row]:
        for place, one in enumerate(self._there):
            yield {"Person": one.login, "Kontaktweg": "Telefon", "Nummer oder Adresse": f"030 23125 {place:03}"}

    def _workarounds(self) -> Iterator[Row]:
        for one in self._there:
            for noun, skill in sorted(one.skill.items()):
                for number in range(2):
                    if self._draw.random() < skill * 0.5:
                        yield {"Notlösung": f"{noun} von Hand nachziehen, Weg {number + 1}", "Autor": one.login,
                               "Problemklasse": noun, "Grenzen": "höchstens 24 Stunden", "Stand": "läuft"}  # fmt: skip

    def _promises(self) -> Iterator[Row]:
        """One in three of the solved cases of two years was promised; kept as well as somebody's care says."""
        for case in self.solved:
            if case.closed < TODAY - timedelta(days=730) or self._draw.random() > 1 / 3:
                continue
            given = max(case.closed - case.opened, timedelta(hours=1))
            is_kept = self._draw.random() < self._care.get(case.solver, 0.7)
            due = case.opened + given * (1.2 if is_kept else 0.5)
            yield {"Fall": case.key, "Zusage": "Lösung", "zugesagt von": case.solver, "fällig": _minute(due),
                   "zugesagt an": "Kunde", "zugesagt am": _minute(case.opened), "erfüllt": _minute(case.closed),
                   "Problemklasse": case.noun, "Bestätigung": "bestätigt"}  # fmt: skip

    def _ratings(self) -> Iterator[Row]:
        """Whoever reported a case may rate who solved it: by skill, with noise, some strict and some lenient."""
        seen: set[tuple[str, str, str]] = set()
        for case in self.solved:
            key = (case.reporter, case.solver, case.noun)
            is_own = case.reporter == case.solver
            if is_own or key in seen or case.closed < TODAY - timedelta(days=700) or self._draw.random() > 0.15:
                continue
            seen.add(key)
            skill = self._skill.get(case.solver, {}).get(case.noun, 0.3)
            strict = random.Random(case.reporter).uniform(-0.8, 0.8)
            mark = min(6, max(1, round(4.5 - 3 * skill + strict + self._draw.gauss(0, 0.6))))
            yield {"Bewerter": case.reporter, "Bewertete Person": case.solver, "Schulnote": str(mark),
                   "Thema": case.noun, "Verlässlichkeit": str(self._draw.randint(1, 3)), "Datum": _minute(case.closed),
                   "sichtbar": self._draw.choice(["mit Namen", "in Summe", "in Summe", "nur ich"])}  # fmt: skip

    def _notes(self) -> Iterator[Row]:
        for case in self.solved:
            if self._draw.random() < 0.1:
                yield {"Fall": case.key, "Kunde": self._draw.choice(self._customers), "Problemklasse": case.noun,
                       "aus der Ferne": self._draw.choice(["ja", "ja", "ja", "nein"]),
                       "Ursache": f"Stammdaten zu {case.noun}", "gefunden": self._draw.choice(
                           ["im Protokoll", "vor Ort", "in der Messung"])}  # fmt: skip


def _minute(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
