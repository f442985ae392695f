"""What is read from rough sentences: names, negation, impact, mode, steps tried, parts; and what is not."""

import pytest
from workbench import at

from graph_service.model import (
    Customer,
    CustomerContact,
    PartnerFirm,
    ProblemClass,
    Responsibility,
    SourceId,
    System,
    instant,
    moment,
)
from graph_service.store.listed import Listed
from graph_service.surroundings import Surroundings
from graph_service.text.language import language_of
from graph_service.understanding.understood import Given, Understood, understood
from graph_service.understanding.working_days import WorkingDays

NOW = at("2026-05-12T08:00:00")


def thing(name: str) -> SourceId:
    return SourceId("house", name.casefold())


def kind(label: str, *terms: str, above: str = "") -> ProblemClass:
    return ProblemClass(thing(label), label, "", terms, thing(above) if above else None)


AROUND = Surroundings(
    NOW,
    Listed(
        [
            Customer(thing("1"), "Adler Pumpen GmbH"),
            Customer(thing("2"), "Nova Textil AG"),
            Customer(thing("3"), "Adler Optik KG"),
            CustomerContact(thing("c1"), "Dr. Eva Kranz", thing("Nova Textil AG")),
            CustomerContact(thing("c3"), "Jan Brandt", thing("Adler Optik KG"), "Herr"),
            CustomerContact(thing("c2"), "Paul Kranz", thing("Adler Pumpen GmbH")),
            System(thing("s1"), "Plantafel", runs_at=thing("Nova Textil AG")),
            PartnerFirm(thing("p1"), "Westwind Beratung"),
            Responsibility(thing("r1"), thing("Nova Textil AG"), thing("Westwind Beratung"), until_at=at("2025-12-31")),
            kind("Abruf", "Abrufe", "KANBAN-Abruf", above="Fertigung"),
            kind("Workflow", "Workflow-Fehler", above="Fertigung"),
            kind("Rechnung", "Rechnungen", "Fakturierung", above="Abrechnung"),
            kind("Material", "Mengeneinheit", "Materialverfügbarkeit", above="Lager"),
            kind("Fertigung", "Produktion"),
        ]
    ),
)


NOTHING_GIVEN = Given()


def of(text: str, given: Given = NOTHING_GIVEN) -> Understood:
    return understood(text, language_of(text), AROUND, given, WorkingDays("Europe/Berlin", "DE-BY"))


def test_names_are_found_with_slips_and_never_picked_where_several_fit() -> None:
    assert of("Bei Nova geht nichts").customer.one == Customer(thing("2"), "Nova Textil AG")
    assert [one.name for one in of("Adler ruft an").customer.things] == ["Adler Pumpen GmbH", "Adler Optik KG"]
    assert of("Adler Optik ruft an").customer.one is not None
    assert of("adler optk kg").customer.one is None
    found = of("Frau Kranz von Nova Textil meldet: die Plantaffel ist leer")
    assert found.contact.one is not None and found.contact.one.name == "Dr. Eva Kranz"
    assert found.system.one is not None and found.system.told is not None and found.system.told.words == "Plantaffel"
    assert len(of("Kranz ruft an").contact.things) == 2 and of("Kranz ruft an").contact.one is None
    assert not of("Schulze ruft an").contact.things


def test_a_known_contact_tells_the_customer() -> None:
    assert [one.name for one in of("Paul Kranz meldet sich").customer.things] == ["Adler Pumpen GmbH"]


@pytest.mark.parametrize(
    ("text", "meant", "denied"),
    [
        ("Es ist NICHT der Abruf, sondern der Workflow", ["Workflow"], ["Abruf"]),
        ("KANBAN-Abruf geht nicht raus", ["Abruf"], []),
        ("kein Abruf kommt an", ["Abruf"], []),
        ("es ist kein Abruf-Problem, die Rechnungen fehlen", ["Rechnung"], ["Abruf"]),
        ("liegt nicht am Workflow", [], ["Workflow"]),
        ("it is not the Workflow but the Rechnung", ["Rechnung"], ["Workflow"]),
        ("Rechnungs Positionen feheln, MENGENEINHEIT", ["Rechnung", "Material"], []),
        ("Mengeneinheitn falsch", ["Material"], []),
        ("Produktion steht, Workflow-Fehler", ["Workflow"], []),
        ("Die Produktion steht nicht, aber der Workflow hängt. Produktion steht wieder", ["Workflow"], []),
        ("Materialverfügbarkeit in der Produktion", ["Material", "Fertigung"], []),
    ],
)  # fmt: skip
def test_kinds_are_named_or_denied(text: str, meant: list[str], denied: list[str]) -> None:
    found = of(text)
    assert list(found.labels) == meant
    assert [told.value for told in found.denied] == denied
    assert all(told.words.casefold() in text.casefold() for told in (*found.kinds, *found.denied))


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("Produktion steht", "PRODUCTION_DOWN"),
        ("die Produktion steht seit heute früh still", "PRODUCTION_DOWN"),
        ("produktion steht kanban abruf geht nicht raus", "PRODUCTION_DOWN"),
        ("the line is down", "PRODUCTION_DOWN"),
        ("Prodution steht", "PRODUCTION_DOWN"),
        ("die Produktion steht nicht", None),
        ("die Produktion steht noch nicht", None),
        ("kein Produktionsstillstand", None),
        ("wenn das so weitergeht, steht die Produktion", None),
        ("falls die Produktion steht, melden", None),
        ("HILFE!!! DRINGEND!!! SOFORT!!!", None),
        ("Leistung kritisch", "DEGRADED"),
    ],
)  # fmt: skip
def test_impact_is_read_from_what_is_said_never_from_shouting(text: str, impact: str | None) -> None:  # A4, C42
    found = of(text).impact
    assert (found.kind if found else None) == impact
    assert found is None or not found.is_confirmed


def test_impact_is_confirmed_by_name_in_the_call() -> None:
    found = of("Nova: alles langsam", Given(impact="PRODUCTION_DOWN", confirmed_by="S. Sommer")).impact
    assert found is not None and found.is_confirmed and found.kind == "PRODUCTION_DOWN"
    unmeant = of("Nova", Given(confirmed_by="S. Sommer"))
    assert unmeant.impact is None and [fault.code for fault in unmeant.faults] == ["problem.confirmed_nothing"]


def test_a_clock_belongs_to_what_happens_or_to_what_is_asked_for() -> None:
    for text in (
        "Am 2. Tag fliegt der Kunde raus. Brauche Plan B bis heute Nachmittag.",
        "am 2 tag fliegt der kunde raus brauche plan b bis heute nachmittag",
        "Bis heute Nachmittag brauche ich einen Plan B, sonst verlieren wir am zweiten Tag den Kunden: Kunde los",
    ):
        found = of(text)
        assert found.deadline is not None and moment(found.deadline.at).isoformat() == "2026-05-12T14:00:00+00:00"
        assert found.mode == "WORKAROUND"
    found = of("Am 2. Tag fliegt der Kunde raus.")
    assert found.consequence is not None and found.consequence.clock is not None and found.deadline is None
    assert found.consequence.clock.assumed == "counted_from_today"


def test_steps_tried_and_suppositions_keep_their_words() -> None:  # A10, C15
    found = of("ReFS langsam; Defragmentieren schon versucht, unmöglich. Vermutlich liegt es am Treiber.")
    assert list(found.tried) == ["Defragmentieren"] and [one.text for one in found.hypotheses] == ["Treiber"]
    assert list(of("We tried a restart, no change").tried) == ["a restart"]


def test_a_complaint_of_several_domains_falls_into_parts() -> None:  # A26
    text = "In Rechnungen fehlen Positionen, Workflow hängt, Materialverfügbarkeit in der Produktion stimmt nicht."
    parts = of(text).parts
    assert [part.kinds for part in parts] == [("Rechnung",), ("Workflow",), ("Material", "Fertigung")]
    assert parts[2].text == "Materialverfügbarkeit in der Produktion stimmt nicht"
    joined = of("Nova: In der Rechnung fehlen Positionen und der Abruf geht nicht raus.").parts
    assert [(part.text, part.kinds) for part in joined] == [
        ("Nova: In der Rechnung fehlen Positionen", ("Rechnung",)), ("der Abruf geht nicht raus", ("Abruf",)),
    ]  # fmt: skip
    assert not of("Nova: Rechnung und Abruf stimmen nicht.").parts
    assert len(of("Nova meldet falsche Positionen auf Rechnungen und die Mengeneinheiten passen nicht.").parts) == 2
    dictated = of(text.replace(",", "").casefold()).parts
    assert [part.kinds for part in dictated] == [part.kinds for part in parts]
    assert not of("KANBAN-Abruf geht nicht raus, typischer Workflow-Fehler").parts
    assert not of("Warum stimmt die Mengeneinheit nicht mit der Rechnung überein? Neustart half nicht").parts


def test_what_the_lists_deny_is_said() -> None:
    (premise,) = of("Nova: Westwind Beratung ist zuständig und meldet sich nicht").premises
    assert (premise.firm, premise.until_at) == ("Westwind Beratung", at("2025-12-31"))
    assert not of("Nova: nichts geht").premises


def test_the_call_corrects_and_what_cannot_be_is_a_fault_beside_the_rest() -> None:
    found = of("Adler: Abruf hängt", Given(customer="Nova", kinds=("Rechnung",), mode="DECIDE", priority="P2"))
    assert found.customer.one is not None and found.customer.one.name == "Nova Textil AG"
    assert found.labels == ("Rechnung",) and (found.mode, found.priority) == ("DECIDE", "P2")
    for given, code in (
        (Given(deadline=NOW - 1), "deadline_past"), (Given(customer="Niemand"), "unknown_customer"),
        (Given(mode="SOON"), "mode"), (Given(priority="P9"), "priority"), (Given(kinds=("Unfug",)), "unknown_class"),
        (Given(contact="Niemand"), "unknown_contact"), (Given(system="Nichts"), "unknown_system"),
    ):  # fmt: skip
        found = of("Nova: Abruf hängt", given)
        assert [fault.code for fault in found.faults] == [f"problem.{code}"]
        assert found.customer.one is not None and found.labels == ("Abruf",)


def test_whoever_is_named_by_title_and_is_no_contact_stays_unknown() -> None:
    for text in ("Nova: Frau Müller ruft an, Abruf hängt", "Nova, Herr Dr. Paul Meier: Abruf hängt"):
        found = of(text)
        assert found.contact.one is None and [one.value for one in found.titled] == ["honorifics"]
    assert of("Nova, Kollege Weiß sagt: Abruf hängt").contact.one is not None
    assert not of("Nova, Frau Dr. Kranz: Abruf hängt").titled
    assert not of("Die Frau am Empfang, Nova: Abruf hängt").titled


def test_words_of_when_and_how_are_not_searched_for() -> None:
    found = of("Abruf hängt, brauche Plan B bis heute Nachmittag, nicht die Rechnung")
    assert set(found.aside) == {"heute Nachmittag", "Plan B", "Rechnung"}
    assert set(of("Kollegin Weiß Abruf hängt, um 7 Uhr war es zu spät").aside) >= {"Weiß"}


def test_what_is_missing_is_named() -> None:
    assert of("HILFE!!!").missing == ("customer", "system", "symptom")
    assert of("Nova: Abruf hängt").missing == ("system",)
    assert of("P3 bitte in drei Tagen").priority == "P3"
    told = ("Prio 1", "Prio eins", "Priorität drei", "priority two", "Severity 2", "PRIO 4", "Prioritätenliste", "P 51")
    assert [of(f"{one}: Abruf hängt").priority for one in told] == ["P1", "P1", "P3", "P2", "P2", "P4", "", ""]
    assert instant(moment(NOW)) == NOW


@pytest.mark.parametrize(
    ("text", "meant", "denied"),
    [
        ("Kein Workflow-Fehler, sondern Abruf bei Nova", ["Abruf"], ["Workflow"]),
        ("Weder Abruf noch Workflow, sondern die Rechnung ist falsch", ["Rechnung"], ["Abruf", "Workflow"]),
        ("Das ist kein Problem mit der Rechnung, das Material fehlt", ["Material"], ["Rechnung"]),
        ("ohne Abruf geht nichts bei Nova", ["Abruf"], []),
        ("Kein Abruf kommt an", ["Abruf"], []),
        ("Die Produktion läuft, aber der Abruf hängt", ["Abruf"], []),
    ],
)
def test_what_is_denied_and_what_only_sounds_so(text: str, meant: list[str], denied: list[str]) -> None:
    found = of(text)
    assert [one.value for one in found.kinds] == meant and sorted(one.value for one in found.denied) == denied


@pytest.mark.parametrize(
    ("text", "impact"),
    [
        ("jetzt steht die Produktion bei Nova", True), ("Bei Nova stehen die Bänder still", True),
        ("Die Fertigungslinie steht", True), ("the production line has stopped", True), ("alles steht still", True),
        ("Produktion stand gestern still", False), ("our production isn't down but it is slow", False),
        ("wenn das so bleibt, steht die Produktion", False),
    ],
)  # fmt: skip
def test_a_standstill_in_any_order_of_words(text: str, impact: bool) -> None:
    found = of(text).impact
    assert (found is not None and found.kind == "PRODUCTION_DOWN") is impact


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Nova hängt seit gestern Nachmittag", None),
        ("Produktion steht seit heute Morgen, Plan B bis heute Abend", 20),
        ("Heute Morgen ist der Workflow hängen geblieben", None), ("Abruf ging am 11.05. um 22 Uhr nicht raus", None),
        ("jeden Freitag fällt es aus", None), ("letzte Meldung Montag 8 Uhr, brauche Lösung bis morgen", 17),
        ("Plan B bis 14 Uhr, sonst kündigt der Kunde", 14), ("broke at 9 am, fix by 3pm", 15),
        ("brauche bis heute Abend was, sonst fliegen wir raus", 20),
    ],
)  # fmt: skip
def test_what_happened_is_no_deadline(text: str, due: int | None) -> None:
    found = of(text)
    days = WorkingDays("Europe/Berlin", "DE-BY")
    assert (days.local(found.deadline.at).hour if found.deadline else None) == due


def test_a_fix_for_good_by_a_day_asks_for_no_way_around() -> None:
    assert not of("Abruf dauerhaft beheben bis Monatsende").wants_workaround
    assert of("Abruf dauerhaft beheben bis Monatsende, Produktion steht").wants_workaround
    assert of("Abruf hängt, bis Freitag").wants_workaround


def test_a_deadline_that_is_over_is_said() -> None:
    assert of("Lösung bis 11.05. bitte").over == "11.05."
    both = of("Plan B bis 14 Uhr, sonst kündigt der Kunde")
    assert both.consequence is not None and both.consequence.clock == both.deadline


@pytest.mark.parametrize(
    ("text", "tried"),
    [
        ("Neustart versucht, ohne Erfolg. Workflow hängt", "Neustart"),
        ("Defragmentierung habe ich versucht, ohne Erfolg", "Defragmentierung"),
        ("Wir haben den Dienst neu gestartet, brachte nichts", "Dienst neu gestartet"),
        ("Neustart haben wir schon probiert", "Neustart"),
    ],
)
def test_a_step_tried_stands_before_its_outcome(text: str, tried: str) -> None:
    assert of(text).tried == [tried]


def test_two_firms_named_apart_are_asked_back_and_a_contact_tells_which() -> None:
    both = of("Nova und Adler Optik melden: Abruf hängt")
    assert both.customer.one is None and len(both.customer.things) == 2
    told = of("Nova und Adler Optik melden, Dr. Eva Kranz ruft an: Abruf hängt")
    assert told.customer.one is not None and told.customer.one.name == "Nova Textil AG"


def test_a_slip_of_the_pen_is_searched_for_as_it_is_meant() -> None:
    assert of("Mengeneinheitn falsch").slips == {"Mengeneinheitn": "Mengeneinheit"}
    assert not of("Mengeneinheiten falsch").slips and not of("die Produktion stimmt nicht").slips
