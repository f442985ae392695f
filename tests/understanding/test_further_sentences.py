"""Rough sentences that came after the rules were written: what a colleague would understand of them."""

import pytest
from test_understood import NOW, of

from graph_service.model import moment


def clock(text: str) -> str:
    """The deadline, by the clock of Berlin in summer."""
    found = of(text).deadline
    return "" if found is None else f"{moment(found.at + 7_200_000):%d.%m. %H:%M}"


def is_down(text: str) -> bool:
    impact = of(text).impact
    return impact is not None and impact.kind == "PRODUCTION_DOWN"


@pytest.mark.parametrize(
    "text",
    [
        "Bei Nova steht seit sechs Uhr früh die Produktion", "Die Produktion bei Nova steht", "Linie 3 steht",
        "Produktion musste angehalten werden", "The line at Nova has been down since 6",
        "production line came to a halt", "die Produktion steht seit gestern", "seit gestern steht die Produktion",
        "Produktion läuft nicht", "seit 6 Uhr steht alles", "in der Fertigung geht nichts mehr",
        "Produktion steht, brauche Plan B bis 15 Uhr", "Nova Produktion steht brauche Plan B bis 15 Uhr",
        "nichts geht mehr in der Fertigung", "seit heute früh 6 Uhr steht das Band",
        "Kunde hat gestern angerufen Produktion steht Plan B bis 15 Uhr",
    ],
)  # fmt: skip
def test_production_stands_whatever_lies_between_the_words(text: str) -> None:
    found = of(text)
    assert is_down(text) and "Fertigung" not in found.labels and not found.parts


@pytest.mark.parametrize(
    "text",
    [
        "In zwei Stunden steht die Linie", "morgen steht die Produktion", "Stillstand droht",
        "Produktion steht kurz vor dem Stillstand", "Produktionsstillstand vermeiden",
        "wir müssen verhindern, dass die Linie steht", "hatte letzte Woche Produktionsstillstand",
        "letzten Monat stand die Produktion still", "line down last week",
        "Der Leiter will wissen, ob die Produktion steht",
        "Is production down?", "steht die Produktion?", "Damit die Produktion nicht steht, brauche ich Plan B",
        "In der Produktion steht auf dem Etikett der falsche Text", "Bestellung für die Produktion steht noch aus",
        "The line item is down by two", "the line is still running, but call-offs are duplicated",
        "Noch zwei Stunden, dann steht die Produktion bei Nova", "Production at Nova will be down by 3 pm",
        "die Produktion würde stehen, hätten sie nicht umgestellt", "Produktion steht nicht",
        "die Produktion steht bald", "Wir müssen verhindern dass bei Nova die Linie steht",
    ],
)  # fmt: skip
def test_what_is_feared_was_or_is_asked_is_no_standstill(text: str) -> None:
    assert not is_down(text)


def test_a_standstill_to_come_is_what_happens_then() -> None:
    found = of("Abruf hängt, in zwei Stunden steht die Linie")
    assert found.consequence is not None and found.consequence.clock is not None
    assert found.consequence.clock.at == NOW + 7_200_000


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Nova: Abruf hängt. Bis fünf. Plan B.", "12.05. 17:00"),
        ("Abruf hängt, bis 3 brauch ich ne Lösung", "12.05. 15:00"),
        ("Abruf hängt, bis eins", "12.05. 13:00"), ("Abruf hängt, bis 14.30", "12.05. 14:30"),
        ("Abruf hängt, morgen früh um 8 ist Audit", "13.05. 08:00"),
        ("heute Nachmittag um drei Abruf klären", "12.05. 15:00"),
        ("brauche es heute Abend um sieben", "12.05. 19:00"), ("brauche es heute Abend halb acht", "12.05. 19:30"),
        ("bis heute Abend 8 Uhr; am 1.12. um 14.30 ist Abnahme", "12.05. 20:00"),
        ("Abruf bis heute Nacht um zwei", "13.05. 02:00"),
        ("Frist war 9 Uhr, jetzt bis 13 Uhr verlängert", "12.05. 13:00"),
        ("Der Fehler kam um 14:00 gestern. Lieferung um 18 Uhr", "12.05. 18:00"),
        ("bis fünf vor zwölf", "12.05. 11:55"), ("um zwanzig nach drei brauche ich Plan B", "12.05. 15:20"),
        ("bis übernächsten Freitag", "22.05. 17:00"), ("need it Friday 6 in the morning", "15.05. 06:00"),
        ("Abruf ist heute wieder nicht raus gegangen", ""), ("ich habe heute telefoniert, Abruf hängt", ""),
        ("Abruf heute zum dritten Mal ausgefallen", ""), ("hab um 8 Uhr angerufen, Abruf hängt", ""),
        ("Abruf hängt, bin nicht vor Montag erreichbar", ""), ("Abruf hängt, ab 14 Uhr bin ich weg", ""),
        ("Herr Weiss ist bis 13 Uhr in Besprechung", ""), ("Positionen 3 bis 5 fehlen", ""),
        ("bis fünf Stück fehlen", ""),
        ("Nova Abruf hängt haben schon neu gestartet brauche dringend was wirklich Gutes 16 Uhr", "12.05. 16:00"),
        ("Abruf geht nicht raus brauchen bis drei eine Notlösung", "12.05. 15:00"), ("abruf bis 3 🙏", "12.05. 15:00"),
        ("Am Freitag stand die Linie, Abruf hängt aber weiter", ""), ("muss heut noch raus", "12.05. 17:00"),
        ("Abruf muss heute noch raus", "12.05. 17:00"), ("brauche heute eine Lösung", "12.05. 17:00"),
    ],
)  # fmt: skip
def test_clocks_are_those_by_which_something_is_needed(text: str, deadline: str) -> None:
    assert clock(text) == deadline


@pytest.mark.parametrize(
    ("text", "kinds", "denied"),
    [
        ("Workflow ist es nicht, der Abruf hängt", ["Abruf"], ["Workflow"]),
        ("Workflow können wir ausschließen, der Abruf hängt", ["Abruf"], ["Workflow"]),
        ("Es hat mit dem Workflow nichts zu tun, der Abruf hängt", ["Abruf"], ["Workflow"]),
        ("Es handelt sich nicht um den Workflow, sondern um den Abruf", ["Abruf"], ["Workflow"]),
        ("Kein Workflow-Fehler. Der Abruf hängt", ["Abruf"], ["Workflow"]),
        ("Am Workflow liegt es nicht, der Abruf hängt", ["Abruf"], ["Workflow"]),
        ("Abruf hängt, Rechnungen stimmen", ["Abruf"], []), ("Abruf hängt, Rechnungen sind in Ordnung", ["Abruf"], []),
        ("Rechnungen stimmen nicht", ["Rechnung"], []), ("Rechnungen stimmen hinten und vorne nicht", ["Rechnung"], []),
        ("KANBAN-Abrufs hängen", ["Abruf"], []), ("Abruf hängt, ohne Workflow-Fehler", ["Abruf"], ["Workflow"]),
    ],
)  # fmt: skip
def test_what_is_denied_or_well_is_no_kind_of_it(text: str, kinds: list[str], denied: list[str]) -> None:
    found = of(text)
    assert list(found.labels) == kinds and [one.value for one in found.denied] == denied and not found.parts


def test_customers_and_systems_that_are_denied_are_not_meant() -> None:
    assert of("Nicht Nova, sondern Adler Pumpen meldet: Abruf hängt").customer.one.name == "Adler Pumpen GmbH"  # type: ignore[union-attr]
    assert of("Plantafel zeigt nichts, vermutlich die Plantafel").system.one.name == "Plantafel"  # type: ignore[union-attr]
    assert of("Abruf geht nicht bei Nova").customer.one.name == "Nova Textil AG"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text",
    ["Abruf hängt, aus der Ferne nicht zu klären", "Abruf hängt, das geht nicht remote", "Abruf hängt, nur vor Ort"],
)
def test_it_is_said_that_it_cannot_be_done_from_afar(text: str) -> None:
    assert of(text).remote == "NO"


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("They already tried a restart", ["a restart"]),
        ("Wir haben schon versucht den Dienst neu zu starten", ["Dienst neu zu starten"]),
        ("Der Kunde hat bereits versucht, die Freigabe von Hand zu setzen", ["die Freigabe von Hand zu setzen"]),
        ("Cache geleert, Dienst neu gestartet, alles erfolglos", ["Cache geleert", "Dienst neu gestartet"]),
        ("Neustart hat nichts gebracht", ["Neustart"]),
        ("neugestartet haben wir schon zwei mal", ["neugestartet"]),
        ("wir haben schon neu gestartet und den Cache geleert", ["neu gestartet und den Cache geleert"]),
        ("We have already restarted the server", ["restarted the server"]),
        ("Restarting the engine made no difference", ["Restarting the engine"]),
        ("Volume fragmentiert, haben schon defragmentiert", ["defragmentiert"]),
    ],
)
def test_steps_tried_are_deeds(text: str, tried: list[str]) -> None:
    assert list(of(text).tried) == tried


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("Prio: 1", "P1"), ("Prio-1", "P1"), ("Priorität: 2", "P2"), ("P-3", "P3"), ("sev-1", "P1"),
        ("höchste Priorität", "P1"),
        ("dritte Priorität", "P3"), ("kein P1, eher P3", "P3"), ("top priority", "P1"), ("Typ P51", ""),
    ],
)  # fmt: skip
def test_priorities_as_they_are_written(text: str, priority: str) -> None:
    assert of(text).priority == priority


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("wer darf 20 Stunden genehmigen", "DECIDE"), ("who is allowed to approve this", "DECIDE"),
        ("wer kann das zusagen", "DECIDE"), ("er fragt ob das Verhalten normal ist", "DIAGNOSE"),
        ("wants to know whether the slow call-off is normal", "DIAGNOSE"),
        ("Was steckt dahinter", "DIAGNOSE"), ("wir brauchen einen Notbehelf", "WORKAROUND"),
    ],
)  # fmt: skip
def test_modes_with_gaps(text: str, mode: str) -> None:
    assert of(text).mode == mode


def test_what_is_supposed_is_no_part_and_who_knows_it_is_over_is_not_contradicted() -> None:
    found = of("Rechnungen fehlen, vermutlich die Mengeneinheit")
    assert not found.parts and [one.kinds for one in found.hypotheses] == [("Material",)]
    assert not of("Nova: Westwind war früher zuständig, Abruf hängt").premises
    assert of("Nova: Westwind ist zuständig, Abruf hängt").premises


@pytest.mark.parametrize(
    "text",
    [
        "Am 4. Tag ist der Auftrag weg", "am 4. Tag verlieren wir den Kunden", "am 4. Tag kündigen die",
        "they will drop us on day four",
    ],
)  # fmt: skip
def test_what_happens_then_has_its_clock(text: str) -> None:
    found = of(f"Nova: Abruf hängt. {text}")
    assert found.consequence is not None and found.consequence.clock is not None and found.deadline is None


def test_an_honorific_that_is_not_theirs_means_somebody_else() -> None:
    found = of("Frau Brandt von Adler Optik ruft an")
    assert found.contact.one is None and [one.words for one in found.titled] == ["Brandt"]
    assert of("Herr Brandt von Adler Optik ruft an").contact.one is not None
    assert of("Herr Kranz von Nova ruft an").contact.one is not None  # nothing tells that it is not theirs
