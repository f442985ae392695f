"""Every sample gives what its description says a right importer finds, by recognition alone where it says no more."""

import gzip
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from reading_files import told

from graph_service.model import (
    Attendance,
    Case,
    CaseRole,
    ClaimedBy,
    Comment,
    Contact,
    Customer,
    Membership,
    Mode,
    Occupation,
    OrgUnit,
    Outcome,
    Participation,
    PartnerFirm,
    Profile,
    Resolution,
    Responsibility,
    Skill,
    SkillClaim,
    SourceId,
    Stay,
    TrustRating,
    instant,
    moment,
)


@pytest.fixture
def samples(shared: Path) -> Path:
    return shared / "samples"


def day(at: int | None) -> str:
    return "" if at is None else moment(at).date().isoformat()


def test_the_personnel_list(samples: Path) -> None:
    found = told(samples / "hr" / "personal_qualifikationen_cp1252.csv")
    assert found.formats == ["people"]
    mapping = found.plan.mappings[0]
    assert (mapping.encoding, mapping.delimiter) == ("cp1252", ";")
    assert found.plan.refused == ("IBAN", "Geburtsdatum", "Tagessatz €")
    assert [(fault.line, fault.reason) for fault in found.faults] == [(25, "row.narrow"), (26, "row.wide")]
    assert found.skipped == {"row.empty": 1}
    people = found.facts(Profile)
    assert len({profile.account for profile in people}) == 16
    by_number = {profile.number: profile for profile in people if profile.number}
    assert by_number["000042"].name == "Jörg Müller" and by_number["001007"].unit == "Service"
    left = {profile.account.key: profile.left_at for profile in people if not profile.name}["002022"]
    assert left is not None and day(left) == "2023-12-31"
    assert by_number["002028"].email == ""
    assert [profile.name for profile in people if profile.name and not profile.number] == ["Priya Nair"]
    claims = {(claim.account.key, claim.skill): claim.level for claim in found.facts(SkillClaim)}
    assert claims["000042", "Hydraulik"] == 0.8 and claims["002020", "Schweißen WIG"] == 1.0


def test_the_matrix(samples: Path) -> None:
    found = told(samples / "hr" / "qualifikationsmatrix.xlsx")
    assert found.formats == ["skill-matrix", "skill-list"]
    matrix = found.plan.parts[0].mapping
    assert matrix.header_line == 6
    assert [column.header for column in matrix.columns if column.field == "skill"] == [
        "Hydraulik", "Pneumatik", "Schweißen WIG", "SPS S7", "Messtechnik", "Staplerschein",
    ]  # fmt: skip
    assert {notice.code for notice in found.plan.notices} == {
        "notice.hidden_rows", "notice.part_hidden", "notice.formulas_empty",  # the sums were never computed
    }  # fmt: skip
    assert found.skipped == {"row.total": 1} and found.left_out == {"claim.planned": 1} and not found.faults
    wide = [
        claim
        for claim in found.facts(SkillClaim)
        if claim.assessed_at is not None and day(claim.assessed_at) == "2024-11-03"
    ]
    people = {claim.account for claim in wide}
    assert len(people) == 7 and SourceId("personnel", "000042") in people and SourceId("personnel", "002023") in people
    between = next(claim for claim in wide if claim.original == "3-4")
    assert between.level == 3.5 / 4
    certificates = [claim for claim in wide if claim.claimed_by is ClaimedBy.CERTIFICATE]
    ended = [
        claim
        for claim in certificates
        if claim.valid_until is not None and claim.valid_until < (claim.assessed_at or 0)
    ]
    assert len(certificates) == 3 and len(ended) == 2
    network = [claim for claim in found.facts(SkillClaim) if claim.skill == "Netzwerk"]
    assert sorted(day(claim.assessed_at) for claim in network) == ["2021-01-15", "2024-09-12"]
    assert {claim.original for claim in found.facts(SkillClaim)} >= {"Experte", "Fortgeschritten", "5"}


def test_leave_balances_bring_no_balances(samples: Path) -> None:
    found = told(samples / "hr" / "urlaubsverwaltung_Resturlaub_2022_de.csv")
    assert "Resturlaubstage" in found.plan.refused
    assert [profile.number for profile in found.facts(Profile)] == ["42", ""]


def test_customers_and_partners(samples: Path) -> None:
    found = told(samples / "hr" / "kunden_partner.csv")
    assert found.formats == ["partners"]
    assert len({customer.source_id for customer in found.facts(Customer)}) == 3
    assert len({firm.source_id for firm in found.facts(PartnerFirm)}) == 2
    assert sum(one.partner is None for one in found.facts(Responsibility)) == 1
    assert found.remarks == {"value.other_spelling": 1, "value.two_partners": 1, "value.no_partner": 1}


def test_workday(samples: Path) -> None:
    folder = samples / "workday"
    workers = told(folder / "workday_worker_history_data.csv")
    assert len(workers.rows) == 7
    assert any("salary" in column for column in workers.plan.refused)
    assert any("base_pay" in column for column in workers.plan.refused)
    assert len(told(folder / "workday_person_name_data.csv").facts(Profile)) == 5
    assert len(told(folder / "workday_person_contact_email_address_data.csv").facts(Profile)) == 5
    assert len(told(folder / "workday_organization_data.csv").facts(OrgUnit)) == 5
    assert len(told(folder / "workday_position_data.csv").facts(Stay)) == 5
    assert len(told(folder / "workday_worker_position_history_data.csv").facts(Stay)) == 7
    assert len(told(folder / "workday_organization_role_worker_data.csv").facts(Membership)) == 5


def test_linkedin(samples: Path) -> None:
    folder = samples / "linkedin"
    connections = told(folder / "Connections.csv")
    assert connections.plan.mappings[0].header_line == 4
    assert [profile.name for profile in connections.facts(Profile)] == ["Jörg Müller", "Priya Nair", "Çağla Yıldız"]
    positions = told(folder / "Positions.csv", settings={"person": "cyildiz"})
    assert [day(stay.from_at) for stay in positions.facts(Stay)] == ["2018-03-01", "2016-01-01"]
    skills = told(folder / "Skills.csv")
    assert [question.reason for question in skills.plan.questions] == ["ask.setting"]
    owned = told(folder / "Skills.csv", settings={"person": "cyildiz"})
    assert {claim.account for claim in owned.facts(SkillClaim)} == {SourceId("login", "cyildiz")}
    assert len(owned.rows) == 4


def test_both_incident_dialects_are_the_same_incidents(samples: Path) -> None:
    found = [told(samples / "servicenow" / f"incident_event_log{name}.csv") for name in ("", "_excel")]
    for one in found:
        assert len(one.rows) == 32 and one.skipped == {"row.earlier_state": 169} and not one.faults
    for kind in (Case, Resolution, Participation):
        assert set(found[0].facts(kind)) == set(found[1].facts(kind))
    resolvers = {part.account for part in found[0].facts(Participation) if part.role is CaseRole.RESOLVER}
    assert len(resolvers) == 19


def test_zendesk(samples: Path) -> None:
    folder = samples / "zendesk"
    tickets = told(folder / "ticket_data.csv")
    assert len(tickets.facts(Case)) == 10
    assert Counter(one.outcome for one in tickets.facts(Resolution))[Outcome.WITHDRAWN] >= 1
    users = {profile.account for profile in told(folder / "user_data.csv").facts(Profile)}
    assert len(users) == 10
    holders = [part.account for part in tickets.facts(Participation) if part.role is not CaseRole.REPORTER]
    reporters = [part.account for part in tickets.facts(Participation) if part.role is CaseRole.REPORTER]
    assert len(holders) == 9 and sum(who not in users for who in holders) == 8
    assert sum(who not in users for who in reporters) == 9
    assert len(told(folder / "organization_data.csv").facts(Customer)) == 10
    assert len(told(folder / "group_data.csv").facts(OrgUnit)) == 8
    assert len(told(folder / "ticket_comment_data.csv").facts(Comment)) == 20
    changes = told(folder / "ticket_field_history_data.csv")
    assert len(changes.rows) + sum(changes.skipped.values()) == 38


def test_otrs(samples: Path) -> None:
    found = told(samples / "otrs" / "znuny_ticketsuche.csv")
    assert (
        found.formats == ["otrs"]
        and found.skipped == {"case.bounce": 1}
        and found.left_out == {"case.nobody_assigned": 1}
    )
    outcomes = {one.case.key: one.outcome for one in found.facts(Resolution)}
    assert outcomes == {
        "2024030410000015": Outcome.SOLVED, "2024031110000031": Outcome.DUPLICATE, "2024040210000048": Outcome.FAILED,
    }  # fmt: skip
    solved = [part for part in found.facts(Participation) if part.case.key == "2024030410000015"]
    assert {(part.account.key, part.role) for part in solved} == {
        ("agross", CaseRole.RESOLVER),
        ("jmueller", CaseRole.ASSIGNEE),
    }
    assert not any("root" in part.account.key for part in found.facts(Participation))
    assert any(case.title == "Presse verliert Druck zweite Zeile im Betreff" for case in found.facts(Case))


def test_github(samples: Path) -> None:
    pages = [told(samples / "github" / f"issues_page{number}.json") for number in range(1, 6)]
    cases = [case.source_id for page in pages for case in page.facts(Case)]
    assert len(cases) == len(set(cases)) == 13
    parts = [part for page in pages for part in page.facts(Participation)]
    assert {part.role for part in parts} == {CaseRole.REPORTER} and len({part.account for part in parts}) == 1


def test_jira_cloud(samples: Path) -> None:
    found = told(samples / "jira" / "jira_cloud_export.csv")
    assert len(found.facts(Case)) == 127 and len(found.facts(Comment)) == 17 and len(found.facts(Resolution)) == 22
    held = {part.case for part in found.facts(Participation) if part.role in (CaseRole.ASSIGNEE, CaseRole.RESOLVER)}
    assert 127 - len(held) == 50
    assert {profile.name for profile in found.facts(Profile)} >= {"Anna-Lena Groß", "Jörg Müller", "Tom Weber"}


def test_a_directory(samples: Path) -> None:
    found = told(samples / "ldif" / "planetexpress.ldif")
    assert found.formats == ["directory"] and found.skipped == {"entry.no_person": 2}
    assert len(found.facts(Profile)) == 7 and len(found.facts(OrgUnit)) == 1
    assert {"userpassword", "jpegphoto"} <= set(found.plan.refused)
    amy = next(profile for profile in found.facts(Profile) if profile.login == "amy")
    assert (amy.email, amy.unit) == ("amy@planetexpress.com", "Intern")


def test_a_mailbox(samples: Path) -> None:
    found = told(samples / "mail" / "service_2024-03.mbox")
    assert len(found.rows) == 2 and found.skipped == {"mail.copy": 1}
    assert [fault.reason for fault in found.faults] == ["value.not_a_time"]
    first = [one for one in found.facts(Attendance) if one.contact.key == "<1@beispielwerk.example>"]
    assert {one.account.key for one in first} == {
        "anna-lena.gross@beispielwerk.example", "joerg.mueller@beispielwerk.example", "leitstand@molkerei.example",
    }  # fmt: skip
    assert {one.weight for one in first} == {0.5} and {one.kind for one in first} == {Contact.MAIL}
    names = {(profile.name, profile.email) for profile in found.facts(Profile)}
    assert ("Anna-Lena Groß", "anna-lena.gross@beispielwerk.example") in names
    assert ("Bernd Krüger", "bernd.krueger@beispielwerk.example") in names


def test_badges_that_stood_face_to_face(shared: Path) -> None:
    path = shared / "contacts" / "workplace_InVS15_tij.dat.gz"
    assert [one.column for one in told(path).plan.questions] == ["begins"]  # the file knows seconds only
    found = told(path, settings={"begins": "2015-06-01"})
    lines = {
        (int(t), frozenset(pair))
        for t, *pair in map(str.split, gzip.decompress(path.read_bytes()).decode().splitlines())
    }
    begun = {(t, pair) for t, pair in lines if (t - 20, pair) not in lines}
    people = {one.account.key for one in found.facts(Attendance)}
    assert (len(lines), len(people), len({pair for _, pair in lines})) == (78_249, 217, 4_274)
    assert not found.faults and len(found.rows) == len(begun) == len(found.facts(Attendance)) / 2
    first = min(found.facts(Attendance), key=lambda one: one.at)
    assert first.at == instant(datetime(2015, 5, 31, 22, tzinfo=UTC)) + (min(lines)[0] - 20) * 1000
    assert (first.kind, first.mode) == (Contact.MEETING, Mode.ON_SITE)


def test_people_of_whom_only_an_id_is_known(shared: Path) -> None:
    badges = told(shared / "contacts" / "workplace_InVS15_metadata.txt")
    assert badges.formats == ["badge-people"] and not badges.faults
    worn = {one.account: one.unit for one in badges.facts(Profile)}
    assert len(worn) == 232 and len(set(worn.values())) == 12
    contacts = told(shared / "contacts" / "workplace_InVS15_tij.dat.gz", settings={"begins": "2015-06-01"})
    met = {one.account for one in contacts.facts(Attendance)}
    assert len(worn.keys() - met) == 15 and met < worn.keys()

    writers = told(shared / "contacts" / "enron_people.csv")
    assert writers.formats == ["unnamed-people"] and not writers.faults
    units = {one.account: one.unit for one in writers.facts(Profile)}
    assert len(units) == 184 and sum(bool(unit) for unit in units.values()) == 46
    wrote = {one.account for one in told(shared / "contacts" / "enron_emails.csv.xz").facts(Attendance)}
    assert wrote <= units.keys()


def test_an_exchange_calendar(samples: Path) -> None:
    found = told(samples / "ics" / "exchange_service.ics")
    assert found.skipped == {"meeting.cancelled": 1, "meeting.private": 1}
    times = sorted({(moment(one.at).isoformat(), one.kind) for one in found.facts(Attendance)})
    assert [kind for _, kind in times].count(Contact.MEETING) == 5 and [kind for _, kind in times].count(
        Contact.VISIT
    ) == 1
    assert ("2024-03-12T13:00:00+00:00", Contact.MEETING) in times  # the moved occurrence, 14:00 in Berlin
    assert ("2024-06-12T08:00:00+00:00", Contact.VISIT) in times  # 10:00 in Berlin, not UTC
    assert found.remarks == {"value.unknown_zone": 1}
    people = {one.account.key for one in found.facts(Attendance)}
    assert not any(key.startswith(("bernd", "raum")) for key in people)
    assert sum(key.endswith("@beispielwerk.example") for key in people) <= 4
    moved = [one for one in found.facts(Attendance) if moment(one.at).day == 12 and moment(one.at).month == 3]
    assert {one.mode for one in moved} == {Mode.REMOTE}


@pytest.mark.parametrize("name", [
    "alarm_google_future", "america_new_york", "issue_348_exception_parsing_value", "timezoned", "x_location",
    "issue_156_RDATE_with_PERIOD_TZID_khal_2", "issue_165_missing_event", "multiple_calendar_components",
])  # fmt: skip
def test_other_calendars_do_not_break_the_reader(samples: Path, name: str) -> None:
    found = told(samples / "ics" / f"{name}.ics")
    assert (found.formats == ["calendar"] and found.rows + found.faults) or sum(found.skipped.values())


def test_an_event_without_a_beginning_is_a_fault(samples: Path) -> None:
    assert [fault.column for fault in told(samples / "ics" / "event_with_rsvp.ics").faults] == ["DTSTART"]


def test_viva_pairs_ask_which_number_is_the_month(samples: Path) -> None:
    found = told(samples / "viva" / "p2p_data.csv")
    assert len(found.rows) == 2_014 and len({one.contact for one in found.facts(Attendance)}) == 2_014
    assert [(one.column, one.reason) for one in found.plan.questions] == [("MetricDate", "ask.reading")]


def test_trust_in_school_marks(shared: Path) -> None:
    found = told(shared / "trust" / "umfrage_vertrauen.csv")
    assert [fault.reason for fault in found.faults] == ["value.off_scale"] and found.skipped == {"rating.oneself": 1}
    marks = {(one.rater.key, one.ratee.key, one.original): one.competence for one in found.facts(TrustRating)}
    assert marks["jmueller", "agross", "1"] == 1.0
    assert 0.9 < (marks["agross", "jmueller", "1-"] or 0) < 1.0
    assert marks["jmueller", "tweiss", "4,5"] == pytest.approx(0.3)
    assert len({one.source_id for one in found.facts(TrustRating)}) == 7  # the same pair twice is one rating, later


def test_ratings_without_a_declared_scale_are_asked_about(shared: Path) -> None:
    path = shared / "trust" / "vandebunt_ratings.csv"
    assert [one.column for one in told(path).plan.questions] == ["scale"]
    found = told(path, settings={"scale": "5-1"})
    assert len(found.rows) == 3_062 and not found.faults
    assert {one.competence for one in found.facts(TrustRating) if one.original == "1"} == {1.0}


@pytest.mark.parametrize(("name", "skills"), [
    ("esco_skills_de_en.csv", 2_367), ("esco_de/digitalSkillsCollection_de.csv", 1_284),
    ("esco_de/greenSkillsCollection_de.csv", 629), ("esco_de/languageSkillsCollection_de.csv", 359),
    ("esco_de/transversalSkillsCollection_de.csv", 95), ("esco_de/researchSkillsCollection_de.csv", 40),
    ("esco_de/digCompSkillsCollection_de.csv", 25), ("esco_de/skillGroups_de.csv", 640),
])  # fmt: skip
def test_esco_in_german(shared: Path, name: str, skills: int) -> None:
    found = told(shared / "skills" / name)
    assert len(found.facts(Skill)) == skills and not found.faults
    assert all(skill.label_de or skill.label_en for skill in found.facts(Skill))


def test_esco_labels(shared: Path) -> None:
    found = told(shared / "skills" / "esco_skills_de_en.csv").facts(Skill)
    assert sum(not skill.label_en for skill in found) == 5
    assert any(len(skill.alternatives) > 1 for skill in found)
    labels = Counter(skill.label_de for skill in found)
    assert [count for count in labels.values() if count > 1] == [2]


def test_esco_occupations_are_many_physical_lines(shared: Path) -> None:
    assert len(told(shared / "skills" / "esco_de" / "occupations_de.csv").facts(Occupation)) == 3_043


def test_the_english_archive_is_read_in_its_parts(shared: Path) -> None:
    found = told(shared / "skills" / "esco_en_v1.1.1_classification.zip")
    assert len({skill.source_id for skill in found.facts(Skill)}) >= 13_896
    occupations = {one.source_id for one in found.facts(Occupation)}
    assert len(occupations) >= 3_007
    assert not any(skill.label_de for skill in found.facts(Skill))
    said = {one.subject: one.facts for row in found.rows for one in row.statements}
    assert all(said[one.subject] == one.facts for row in found.rows for one in row.statements)  # none contradicts


def test_mails_over_four_years(shared: Path) -> None:
    found = told(shared / "contacts" / "enron_emails.csv.xz")
    assert found.formats == ["interactions"] and found.skipped == {"contact.oneself": 3_704}
    assert len(found.rows) == 38_131 - 3_704


def test_what_belongs_to_what_in_esco(shared: Path) -> None:
    folder = shared / "skills"
    told_of = {
        name: told(folder / name)
        for name in (
            "esco_broader_skill_v1.1.1.csv.xz", "esco_occupation_skill_v1.1.1.csv.xz",
            "esco_de/skillSkillRelations_de.csv", "esco_de/broaderRelationsOccPillar_de.csv",
            "esco_de/skillsHierarchy_de.csv",
        )
    }  # fmt: skip
    assert {one.formats[0] for one in told_of.values()} == {"esco-relations"}
    assert not any(one.faults for one in told_of.values())
    broader, needs, related, jobs, levels = told_of.values()
    assert len(broader.facts(Skill)) == 20_656 and not broader.skipped
    assert needs.skipped == {"skill.relation": 22_472} and related.skipped == {"skill.relation": 5_818}
    assert jobs.skipped == {"skill.other_concept": 3_648}
    assert len(levels.facts(Skill)) + levels.skipped["skill.no_broader"] == 640
    above = {one.source_id.key: one.broader for one in levels.facts(Skill)}
    assert all(above.values()) and levels.skipped["skill.no_broader"] < 10
