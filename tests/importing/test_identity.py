"""Who is who: never a wrong link by itself, the right person in the queue, decisions as data that can be undone."""

import csv
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from identity_world import Company, company
from workbench import Bench, account_id, case, person_id, write_csv

from graph_service.errors import FileRefused, InputRefused
from graph_service.identity.deciding import decide_identity, decisions_file, read_decisions, undo_decision
from graph_service.identity.linking import IdentityVerdict, Judgement, Known, Links
from graph_service.identity.names import contradicts, is_same_name
from graph_service.identity.review import Reason, review
from graph_service.identity.settling import judgements_of, links_of, waiting
from graph_service.store import named_queries as nq


@pytest.mark.parametrize(("one", "other"), [
    ("Jürgen Weiß", "Weiss, Juergen"), ("Yıldız, Çağla", "Cagla Yildiz"), ("Nowak, Łukasz", "Lukasz Nowak"),
    ("Dr. Nils Åkerström", "Akerstrom, Nils"), ("Groß, Anna-Lena", "Anna-Lena Gross"),
    ("von der Heide, Ursula", "Ursula Heide"),
    ("Nair, Priya (extern)", "Priya Nair"), ('"Müller, Jörg"', "Joerg Mueller"), ("Prof. Dr. Heike Voß", "Heike Voss"),
])  # fmt: skip
def test_spellings_of_one_name(one: str, other: str) -> None:  # C20
    assert is_same_name(one, other) and not contradicts(one, other)


@pytest.mark.parametrize(("one", "other"), [
    ("Jörg Müller", "Jürgen Müller"), ("Sabine Meyer", "Sabine Meier"), ("Ines Groß", "Inge Groß"),
    ("Ignat Petrow", "Ivan Petrow"),
])  # fmt: skip
def test_names_of_two(one: str, other: str) -> None:
    assert not is_same_name(one, other) and contradicts(one, other)


def test_initials_and_lost_letters_contradict_nothing_they_fit() -> None:
    assert not contradicts("Dr. N. Åkerström", "Nils Åkerström") and contradicts("K. Åkerström", "Nils Åkerström")
    assert not contradicts("?ahin, Aylin", "Aylin Şahin") and not contradicts("", "Aylin Şahin")


def measured(found: Company) -> tuple[int, float, float]:
    """Wrong automatic links; share of people's further accounts that were linked; of the rest, share of lines of the
    queue whose right person is among the first five."""
    links = Links(found.known, [])
    persons = links.run()
    members = defaultdict(set)
    for account, person in persons.items():
        members[person].add(found.behind[account])
    wrong = sum(len(people) - 1 for people in members.values())
    further = [one for one in found.known if one.source != "personnel"]
    linked = [one for one in further if persons[one.account] == persons[f"p{found.behind[one.account]}"]]
    lines = list(review(links, []))
    right = [line for line in lines if f"p{found.behind[line.account]}" in {one.account for one in line.candidates}]
    return wrong, len(linked) / len(further), len(right) / len(lines)


@pytest.mark.parametrize(("homonyms", "recall", "in_queue"), [(0.08, 0.65, 0.9), (0.58, 0.5, 0.8)])
def test_three_thousand_people(homonyms: float, recall: float, in_queue: float) -> None:
    wrong, linked, found = measured(company(3_000, homonyms))
    assert wrong == 0 and linked >= recall and found >= in_queue


def test_the_order_of_accounts_plays_no_part() -> None:
    found = company(300, 0.3)
    assert Links(found.known, []).run() == Links(found.known[::-1], []).run()


def known(account: str, source: str, key: str = "k", **more: tuple[str, ...]) -> Known:
    return Known(account, account, account, source, key, **more)


def same(*accounts: Known, judgements: list[Judgement] | None = None) -> bool:
    return len(set(Links(accounts, judgements or []).run().values())) == 1


def test_two_numbers_or_two_mails_of_one_domain_are_never_linked_by_themselves() -> None:
    one = known("a", "x", numbers=("1",), logins=("weiss",), names=("Jürgen Weiß",))
    other = known("b", "y", numbers=("2",), logins=("weiss",), names=("Jürgen Weiß",))
    assert not same(one, other)
    assert same(one, other, judgements=[Judgement("a", "b", IdentityVerdict.SAME)])
    mails = [
        known("a", "x", emails=("j@w.example",), logins=("weiss",)),
        known("b", "y", emails=("k@w.example",), logins=("weiss",)),
    ]
    assert not same(*mails)


def test_a_function_mailbox_links_nobody() -> None:
    people = [
        known(n, "zendesk", emails=("service@w.example",), names=(name,))
        for n, name in (("a", "Anna Groß"), ("b", "Bernd Voß"))
    ]
    assert not same(*people)


def test_a_login_links_only_names_that_may_be_one() -> None:
    one, other = (
        known("a", "x", logins=("jm",), names=("Jörg Müller",)),
        known("b", "y", logins=("jm",), names=("Jürgen Müller",)),
    )
    assert not same(one, other)
    assert same(one, known("b", "y", logins=("jm",), names=("J. Mueller",)))


def test_what_was_decided_apart_stays_apart() -> None:
    one, other = known("a", "x", numbers=("1",)), known("b", "y", numbers=("1",))
    assert same(one, other)
    assert not same(one, other, judgements=[Judgement("a", "b", IdentityVerdict.NOT_SAME)])


def gold(shared: Path) -> list[dict[str, str]]:
    with (shared / "samples" / "identities_gold.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


SAMPLES = (
    "hr/personal_qualifikationen_cp1252.csv", "hr/qualifikationsmatrix.xlsx", "otrs/znuny_ticketsuche.csv",
    "mail/service_2024-03.mbox", "ics/exchange_service.ics", "linkedin/Connections.csv",
)  # fmt: skip


def test_the_samples_people_are_found_again_and_nobody_is_merged_wrongly(bench: Bench, shared: Path) -> None:
    for name in SAMPLES:
        bench.take(shared / "samples" / name)
    bench.take(shared / "trust" / "umfrage_vertrauen.csv")
    links = links_of(bench.store)
    persons = links.run()
    queue = {line.account: line for line in review(links, [])}
    expected = _expected(shared)
    merged = defaultdict(set)
    for account, person in expected.items():
        if account in persons:
            merged[persons[account]].add(person)
    assert all(len(people) == 1 for people in merged.values()), "two people became one"
    home = {
        person: persons[account]
        for account, person in expected.items()
        if links.known.get(account) and _is_home(links.known[account])
    }
    for account, person in expected.items():
        if account not in persons or persons[account] == home[person]:
            continue
        assert account in queue, (links.known[account], person)
        assert queue[account].candidates[0].person == home[person], links.known[account]


def _is_home(one: Known) -> bool:
    return one.source == "personnel" or (one.source == "login" and one.key == "ext-pnair")


def _expected(shared: Path) -> dict[str, str]:
    """Account -> person, for every spelling of the gold list and every place it stands in."""
    found: dict[str, str] = {}
    for row in gold(shared):
        person = row["person"]
        if row["hr_pers_nr"]:
            found[account_id(row["hr_pers_nr"], "personnel")] = person
        found[account_id(row["login"], "login")] = person
        found[account_id(row["login"], "otrs")] = person
        for mail in filter(None, (row["email"].casefold(),)):
            found[account_id(mail, "mail")] = person
    found[account_id("jmueller@beispielwerk.example", "mail")] = "P01"
    found[account_id("priya nair (extern)", "skill-matrix names")] = "P15"
    found[account_id("nair, priya (extern)", "skill-matrix names")] = "P15"
    for key, person in (("example-jm", "P01"), ("example-pn", "P15"), ("example-cy", "P04")):
        found[account_id(key, "linkedin")] = person
    return found


HEADER = ("Personalnr", "Nachname", "Vorname", "Abteilung", "Kürzel", "E-Mail")


def people(bench: Bench, *rows: tuple[str, ...], name: str = "people.csv") -> None:
    bench.take(write_csv(bench.folder / name, HEADER, [dict(zip(HEADER, row, strict=True)) for row in rows]))


def tickets(bench: Bench, owner: str, first: str, last: str) -> None:
    row = {
        "Ticket#": f"T-{owner}", "Erstellt": "2026-03-01 10:00", "Geschlossen": "2026-03-02 10:00",
        "Betreff": "KANBAN-Abruf", "Status": "erfolgreich geschlossen", "Besitzer": owner, "Vorname": first,
        "Nachname": last,
    }  # fmt: skip
    bench.take(write_csv(bench.folder / "tickets.csv", list(row), [row]))


def solvers(bench: Bench) -> set[str]:
    return {event.person for event in bench.rows(nq.SOLVED_EVENTS, since=0, until=bench.now)}


def test_a_persons_accounts_are_one_in_every_answer_whatever_came_first(
    bench: Bench, make_embedded: Callable[..., object]
) -> None:
    tickets(bench, "jweiss", "Jürgen", "Weiß")
    before = solvers(bench)
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", "jw@w.example"))
    person = min(person_id("00042", "personnel"), person_id("jweiss", "otrs"))
    assert before == {person_id("jweiss", "otrs")} and solvers(bench) == {person}
    found = bench.rows(nq.NAMES, people=[person])
    assert {(row.source, row.key) for row in found} == {("personnel", "00042"), ("otrs", "jweiss")}


def test_undoing_the_list_of_people_takes_the_link_back(bench: Bench) -> None:
    tickets(bench, "jweiss", "Jürgen", "Weiß")
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", ""))
    bench.undo(bench.store.runs()[0].number)
    assert solvers(bench) == {person_id("jweiss", "otrs")}
    assert {one.person for one in links_of(bench.store).known.values()} == {person_id("jweiss", "otrs")}


def test_a_decision_joins_is_exported_undone_and_replayed(bench: Bench) -> None:
    tickets(bench, "jogi", "Jürgen", "Weiss")
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", ""))
    one, other = account_id("jogi", "otrs"), account_id("00042", "personnel")
    links = links_of(bench.store)
    links.run()
    line = next(review(links, []))
    assert (line.account, line.candidates[0].account) == (one, other)
    assert decide_identity(bench.store, [Judgement(one, other, IdentityVerdict.SAME, "hr")], bench.now) == 1
    person = min(person_id("00042", "personnel"), person_id("jogi", "otrs"))
    assert solvers(bench) == {person}
    exported = decisions_file(bench.store)
    assert undo_decision(bench.store, other, one, bench.now) == 1
    assert solvers(bench) == {person_id("jogi", "otrs")}
    again = read_decisions(exported.encode(), "decisions.csv", "hr")
    assert decide_identity(bench.store, again, bench.now) == 1 and solvers(bench) == {person}
    assert [(judged.verdict, judged.decided_by) for judged in judgements_of(bench.store)] == [
        (IdentityVerdict.SAME, "hr")
    ]


def test_a_table_of_aliases_links_other_addresses_of_one_domain(bench: Bench) -> None:
    people(bench, ("00042", "Weiß", "Jürgen", "A", "jweiss", "juergen.weiss@w.example"),
           ("00043", "Groß", "Ines", "B", "", "ines.gross@w.example"))  # fmt: skip
    contact = {"von": "jw@w.example", "an": "ines.gross@w.example", "wann": "2026-03-02 10:00", "Art": "MAIL"}
    bench.take(write_csv(bench.folder / "mails.csv", list(contact), [contact]))

    home, alias = whose(bench, "00042", "personnel"), whose(bench, "jw@w.example", "mail")
    assert alias != home  # two addresses of one domain: not by itself
    decided(bench, "mail,jw@w.example,mail,juergen.weiss@w.example,SAME")
    assert whose(bench, "jw@w.example", "mail") == whose(bench, "00042", "personnel")
    assert whose(bench, "jw@w.example", "mail") != whose(bench, "00043", "personnel")


def whose(bench: Bench, key: str, source: str) -> str:
    return links_of(bench.store).known[account_id(key, source)].person


def decided(bench: Bench, *rows: str) -> None:
    table = "\n".join(["source,key,other_source,other_key,verdict", *rows])
    decide_identity(bench.store, read_decisions(table.encode(), "keys.csv", "hr"), bench.now, ahead=True)


def mail(bench: Bench, sender: str) -> None:
    contact = {"von": sender, "an": "someone@else.example", "wann": "2026-03-02 10:00", "Art": "MAIL"}
    bench.take(write_csv(bench.folder / f"{sender}.csv", list(contact), [contact]))


def test_an_alias_of_an_address_that_several_have_links_nobody(bench: Bench) -> None:
    hotline = "hotline@w.example"
    people(bench, ("00042", "Weiß", "Jürgen", "A", "", hotline), ("00043", "Groß", "Ines", "B", "", hotline))
    mail(bench, "service@w.example")
    decided(bench, f"mail,service@w.example,mail,{hotline},SAME")
    assert whose(bench, "service@w.example", "mail") not in (
        whose(bench, "00042", "personnel"), whose(bench, "00043", "personnel")
    )  # fmt: skip


def test_decisions_about_a_login_or_an_address_hold_and_are_exported(bench: Bench) -> None:
    people(bench, ("00042", "Weiß", "Jürgen", "A", "jweiss", "juergen.weiss@w.example"))
    mail(bench, "jw@w.example")
    decided(bench, "mail,JW@w.example,login,JWeiss,SAME")
    assert whose(bench, "jw@w.example", "mail") == whose(bench, "00042", "personnel")
    assert "login,jweiss" in decisions_file(bench.store)
    decided(bench, "mail,jw@w.example,login,jweiss,NOT_SAME")
    assert whose(bench, "jw@w.example", "mail") != whose(bench, "00042", "personnel")


def test_what_a_list_without_names_says_replaces_no_profile(bench: Bench) -> None:
    people(bench, ("00042", "Weiß", "Jürgen", "A", "jweiss", "jw@w.example"), ("00043", "Groß", "Ines", "B", "", ""))
    rows = [{"Personalnr": "00042", "Abteilung": "Lager"}, {"Personalnr": "00043", "Abteilung": "Lager"}]
    bench.take(write_csv(bench.folder / "units.csv", list(rows[0]), rows))
    one = links_of(bench.store).known[account_id("00042", "personnel")]
    assert (one.names, one.emails, one.logins) == (("Jürgen Weiß",), ("jw@w.example",), ("jweiss",))
    assert one.units == ("A", "Lager")
    assert bench.rows(nq.NAMES, people=[one.person])[0].name == "Jürgen Weiß"  # a name, before a number


def test_who_came_back_had_not_left(bench: Bench) -> None:
    tickets(bench, "jogi", "Jürgen", "Weiss")
    header = (*HEADER, "Austritt")
    who = [("00042", "Weiß", "Jürgen", "A", "", "", "31.12.2020"), ("00099", "Weiß", "Jürgen", "A", "", "", "")]
    bench.take(write_csv(bench.folder / "p.csv", header, [dict(zip(header, row, strict=True)) for row in who]))

    def against() -> set[str]:
        return {reason.code for one in waiting(bench.store, 1)[0].candidates for reason in one.speaks_against}

    assert against() == {"who.left_before"}
    decided(bench, "personnel,00042,personnel,00099,SAME")
    assert against() == set()


def test_cases_speak_for_and_against(bench: Bench) -> None:
    shown = {"Ticket#": "", "Erstellt": "2026-03-01 10:00", "Geschlossen": "2026-03-02 10:00", "Betreff": "Abruf",
             "Status": "erfolgreich geschlossen", "Besitzer": "jogi", "Verantwortlicher": "jweiss",
             "Vorname": "Jürgen", "Nachname": "Weiss"}  # fmt: skip
    rows = [{**shown, "Ticket#": f"T-{n}"} for n in range(4)] + [{**shown, "Ticket#": "T-9", "Verantwortlicher": ""}]
    bench.take(write_csv(bench.folder / "tickets.csv", list(shown), rows))
    header = (*HEADER, "Austritt")
    who = [("00042", "Weiß", "Jürgen", "A", "jweiss", "", ""), ("00043", "Weiß", "Jürgen", "B", "", "", "31.12.2025")]
    bench.take(write_csv(bench.folder / "p.csv", header, [dict(zip(header, row, strict=True)) for row in who]))
    line = next(line for line in waiting(bench.store, 9) if line.account == account_id("jogi", "otrs"))
    colleague, leaver = line.candidates
    assert Reason("who.joint_cases", "4") in colleague.speaks_for and not colleague.speaks_against
    assert Reason("who.left_before", "2025-12-31") in leaver.speaks_against


def test_what_was_put_off_comes_last(bench: Bench) -> None:
    tickets(bench, "jogi", "Jürgen", "Weiss")
    tickets(bench, "zora", "Zora", "Gross")
    people(bench, ("00042", "Weiß", "Jürgen", "A", "", ""), ("00043", "Groß", "Zora", "B", "", ""))
    order = [line.account for line in review(links_of(bench.store), [])]
    assert set(order) == {account_id("jogi", "otrs"), account_id("zora", "otrs")}
    decide_identity(bench.store, [Judgement(order[0], "", IdentityVerdict.LATER, "hr")], bench.now)
    assert [line.account for line in review(links_of(bench.store), judgements_of(bench.store))] == order[::-1]


@pytest.mark.parametrize("verdict", [IdentityVerdict.NOT_SAME, IdentityVerdict.EXTERNAL])
def test_what_was_decided_is_never_asked_again(bench: Bench, verdict: IdentityVerdict) -> None:
    tickets(bench, "jogi", "Jürgen", "Weiss")
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", ""))
    other = account_id("00042", "personnel") if verdict is IdentityVerdict.NOT_SAME else ""
    decide_identity(bench.store, [Judgement(account_id("jogi", "otrs"), other, verdict)], bench.now)
    links = links_of(bench.store)
    links.run()
    assert list(review(links, judgements_of(bench.store))) == []


def test_decisions_about_nobody_are_refused(bench: Bench) -> None:
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", ""))
    own = account_id("00042", "personnel")
    for one, other in ((own, own), (own, "nobody"), ("nobody", own)):
        with pytest.raises(InputRefused):
            decide_identity(bench.store, [Judgement(one, other, IdentityVerdict.SAME)], bench.now)
    with pytest.raises(InputRefused):
        undo_decision(bench.store, own, "nobody", bench.now)
    for content in (b"\xff\xfe\xff", b"a,b\n1,2\n", b"source,key,other_source,other_key,verdict\na,b,c,d,VIELLEICHT\n"):
        with pytest.raises(FileRefused):
            read_decisions(content, "x.csv", "hr")


def test_what_somebody_chose_goes_with_their_accounts(bench: Bench) -> None:
    from graph_service.choices import take_part

    tickets(bench, "jweiss", "Jürgen", "Weiß")
    take_part(bench.store, person_id("jweiss", "otrs"), [], bench.now)
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", ""))
    person = min(person_id("00042", "personnel"), person_id("jweiss", "otrs"))
    assert {row.name for row in bench.store.state(nq.PURPOSES_OF, person=person)} == set()
    bench.undo(bench.store.runs()[0].number)
    assert {row.name for row in bench.store.state(nq.PURPOSES_OF, person=person_id("jweiss", "otrs"))} == set()


def test_people_who_return_leave_or_are_renamed_keep_their_number(bench: Bench) -> None:
    people(bench, ("00042", "Weiß", "Jürgen", "Fertigung", "jweiss", "jw@w.example"))
    people(bench, ("00042", "Weiß-Groß", "Jürgen", "Lager", "jwgross", "jwg@w.example"), name="renamed.csv")
    found = bench.rows(nq.NAMES, people=[person_id("00042", "personnel")])
    assert [(row.name, row.unit) for row in found] == [("Jürgen Weiß-Groß", "Lager")]
    people(bench, ("77001", "Weiß-Groß", "Jürgen", "Lager", "jwg2", ""), name="back.csv")
    assert len({one.person for one in links_of(bench.store).known.values()}) == 2


def test_people_in_the_houses_cases_are_those_of_the_lists(bench: Bench) -> None:
    solvers = ("00042", "weiss", "j.weiss@x.example")
    bench.cases(
        *(
            case(f"K-{n}", "2026-02-01", "KANBAN hängt", closed_at="2026-02-02", solver=who)
            for n, who in enumerate(solvers)
        )
    )
    path = bench.folder / "people.csv"
    path.write_text("Personalnr;Login;E-Mail;Name\n00042;weiss;j.weiss@x.example;Jürgen Weiß\n", encoding="utf-8")
    bench.take(path)
    found = {row.person for row in bench.rows(nq.SOLVED_EVENTS, since=0, until=bench.now)}
    names = bench.rows(nq.NAMES, people=sorted(found))
    assert len(found) == 1 and {row.name for row in names if row.source == "personnel"} == {"Jürgen Weiß"}


def test_two_people_are_made_one_by_no_third(bench: Bench) -> None:
    for name, text in (
        ("people.csv", "Personalnr;Name\n00001;Jörg Müller\n00002;Jörg Müller\n"),
        ("skills.csv", "Name;Skill;Stufe\nJörg Müller;Löten;4\n"),
    ):
        (bench.folder / name).write_text(text, encoding="utf-8")
        bench.take(bench.folder / name)
    one, other = account_id("00001", "personnel"), account_id("00002", "personnel")
    third = account_id("jörg müller", "skill-list names")
    first, second = (Judgement(account, third, IdentityVerdict.SAME) for account in (one, other))
    decide_identity(bench.store, [Judgement(one, other, IdentityVerdict.NOT_SAME)], bench.now)
    decide_identity(bench.store, [first], bench.now)
    with pytest.raises(InputRefused) as refused:
        decide_identity(bench.store, [second], bench.now)
    assert refused.value.code == "identity.contradiction"
    undo_decision(bench.store, one, third, bench.now)
    assert decide_identity(bench.store, [second], bench.now)
    with pytest.raises(InputRefused):
        decide_identity(bench.store, [second, first], bench.now)
