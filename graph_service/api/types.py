"""The GraphQL types: plain attributes, filled by `api/answers.py`.

Descriptions stand in the SDL, so each field gets its own by `told`, and a guard where not everybody may read it.
"""

from datetime import datetime

import strawberry

from graph_service.access.roles import FieldClass
from graph_service.api.around_types import Around, Door, Override, Strip
from graph_service.api.enums import (
    Band,
    CaseRole,
    ClaimedBy,
    Nearness,
    Outcome,
    PersonKind,
    Purpose,
    RunKind,
    RunState,
    Verdict,
)
from graph_service.api.guards import DIRECT, INSIDE, OWN, Guard, told


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = told("Global id, opaque.")


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = told("Whether more follow.")
    has_previous_page: bool = told("Whether some came before.")
    start_cursor: str | None = told("Cursor of the first entry.")
    end_cursor: str | None = told("Cursor of the last entry; give it as `after` for the next page.")


@strawberry.type(description="What a source calls a person.")
class Account:
    source: str = told("The source, e.g. jira.")
    key: str = told("The person's key there.")


@strawberry.type(description="Somebody's word that a person has a skill: a hint, never evidence.")
class SkillClaim:
    id: strawberry.ID = told("Names the claim for `setVisibility` and `hideSkill`.")
    skill: str = told("The skill's name.")
    level: float = told("0..1.")
    original: str = told("The level as it was written.")
    claimed_by: ClaimedBy = told("Whose word it is.")
    known_at: datetime = told("Since when it is known.")
    is_dated: bool = told("Whether the source says since when; else it is known since it was imported.")


@strawberry.type(description="A person, a group or whoever a source means by a name.")
class Person(Node):
    name: str = told("Display name, or the source's key when no name is known.")
    kind: PersonKind = told("What sort of people this is.")
    unit: str = told("The unit they belong to; empty when no source says.")
    accounts: list[Account] = told("What the sources call this person.")
    skill_claims: list[SkillClaim] | None = told("Declared skills.", Guard(FieldClass.CLAIMS, DIRECT))


@strawberry.type(description="Enough of a person to name them.")
class NamedPerson:
    id: strawberry.ID = told("Global id of the Person.")
    name: str = told("Display name.")
    key: str = told("What the first source calls this person.")
    kind: PersonKind = told("What sort of people this is; a GROUP is no single person.")
    by_name_alone: bool = told("Whether nothing but a name is known, so that it is not settled who that is.")


@strawberry.type(description="Enough of a case to cite it.")
class CitedCase:
    id: strawberry.ID = told("Global id of the Case.")
    key: str = told("The source's case number.")
    title: str = told("The title.")
    opened_at: datetime = told("When it was opened.")


@strawberry.type(description="How a case was closed.")
class Resolution:
    outcome: Outcome = told("How it ended.")
    wording: str = told("The source's own word for it.")
    resolved_at: datetime = told("When it was closed.")


@strawberry.type(description="A person in a role of a case.")
class Participant:
    person: NamedPerson = told("Who.")
    role: CaseRole = told("In which role.")
    known_at: datetime = told("Since when this is known.")


@strawberry.type(description="A person who commented on a case; what was said is not kept.")
class Commenter:
    person: NamedPerson = told("Who.")
    first_at: datetime = told("The first comment.")
    comments: int = told("How many comments are known.")


@strawberry.type(description="One case points at another.")
class CaseLink:
    kind: str = told("The source's word for the link.")
    key: str = told("The other case's number.")
    id: strawberry.ID = told("Global id of the other Case, whether it is known here or not.")


@strawberry.type(description="A file and line that says what is known.")
class Origin:
    run: int = told("Number of the import run.")
    file: str = told("File name.")
    line: int = told("Physical line, counted from 1.")


OF_CASE = Guard(FieldClass.EVIDENCE, INSIDE, of_case=True)


@strawberry.type(description="A case: the memory of help.")
class Case(Node):
    source: str = told("Where it comes from.")
    key: str = told("The source's case number.")
    title: str = told("The title.")
    text: str = told("The description.")
    environment: str = told("The environment as the reporter described it.")
    product: str = told("The product or project.")
    components: list[str] = told("Components.")
    labels: list[str] = told("Labels.")
    versions: list[str] = told("Affected versions.")
    opened_at: datetime = told("When it was opened.")
    language: str = told("de, en, or empty when unsure.")
    resolution: Resolution | None = told("How it was closed, when it is.", OF_CASE)
    participants: list[Participant] | None = told("Who was what in it.", OF_CASE)
    commenters: list[Commenter] | None = told("Who commented.", OF_CASE)
    cause: str | None = told("What it came from, as the house noted it; empty: not noted.", OF_CASE)
    found: str | None = told("How that was found; empty: not noted.", OF_CASE)
    links: list[CaseLink] = told("Cases it points at.")
    origins: list[Origin] = told("Where this is known from.")
    is_told: strawberry.Private[bool] = False


@strawberry.type(description="A case with how much it is like the question.")
class SimilarCaseEdge:
    cursor: str = told("Cursor of this entry.")
    similarity: float = told("BM25 of the case over BM25 of the question against itself.")
    node: Case = told("The case.")


@strawberry.type(description="Similar cases, most similar first.")
class SimilarCaseConnection:
    edges: list[SimilarCaseEdge] = told("The page.")
    page_info: PageInfo = told("Where the page stands.")


@strawberry.type(description="Sums of a run: rows read = written + unchanged + refused + skipped.")
class RunCounts:
    read: int = told("Rows read.")
    written: int = told("Rows that brought something new or changed.")
    unchanged: int = told("Rows that said what was known.")
    refused: int = told("Rows that do not fit.")
    skipped: int = told("Rows left out on purpose.")
    facts_added: int = told("Facts that hold since this run.")
    facts_withdrawn: int = told("Facts that no longer hold since this run.")


@strawberry.type(description="A row that was refused.")
class RowFault:
    file: str = told("File name.")
    line: int = told("Physical line, counted from 1.")
    column: str = told("Column; empty when the whole row is meant.")
    value: str = told("At most 200 characters of the value.")
    code: str = told("Stable code of the reason.")
    reason: str = told("The reason and its remedy.")


@strawberry.type(description="How often something was left out or refused, and why.")
class ReasonCount:
    code: str = told("Stable code.")
    reason: str = told("The reason.")
    count: int = told("How often.")


@strawberry.type(description="An import or its undo.")
class ImportRun(Node):
    number: int = told("Orders all that was ever written.")
    kind: RunKind = told("Import, undo, or what somebody said themselves.")
    state: RunState = told("Where it stands.")
    format: str = told("The format that was read.")
    file: str = told("File name.")
    started_at: datetime = told("Start.")
    ended_at: datetime | None = told("End, when it has ended.")
    undoes: int | None = told("Number of the run it undoes.")
    counts: RunCounts = told("Its sums.")
    reasons: list[ReasonCount] = told("Why rows or parts were left out.")
    profile: str = told("The import profile by whose agreement its people take part; empty: nobody does.")
    faults: list[RowFault] | None = told("The first hundred refused rows.", Guard(FieldClass.FAULTS, OWN))


@strawberry.type(description="A run in a list.")
class ImportRunEdge:
    cursor: str = told("Cursor of this entry.")
    node: ImportRun = told("The run.")


@strawberry.type(description="Runs, newest first.")
class ImportRunConnection:
    edges: list[ImportRunEdge] = told("The page.")
    page_info: PageInfo = told("Where the page stands.")


@strawberry.type(description="Which rules made an answer.")
class Rule:
    name: str = told("Name of the rule set.")
    version: str = told("Its version.")


@strawberry.type(description="What was understood of the problem.")
class Understood:
    language: str = told("de, en, or empty when unsure (then words are read as both).")
    terms: list[str] = told("Terms searched for, rarest first.")
    components: list[str] = told("Components named in the text, or of the case.")
    products: list[str] = told("Products named in the text, or of the case.")
    skills: list[str] = told("Skills and classes named in the text.")
    case_id: strawberry.ID | None = told("The case the problem was given as.")
    passed_on: str | None = told("Said when cases of the product are mostly solved elsewhere.")
    solved_by: list[NamedPerson] = told("Who has solved that very case; it is no evidence for itself.")


@strawberry.type(description="A sentence with the numbers and facts behind it.")
class Reason:
    kind: str = told("Kind of evidence.")
    sentence: str = told("The sentence.")
    contribution: float = told("What it adds to the score.")
    count: int = told("How many facts it counts.")
    of: int | None = told("Out of how many, within the same window.")
    since: datetime | None = told(
        "Start of the window it counts, null: all that is known; its end is the answer's moment."
    )
    newest: datetime | None = told("The newest fact.")
    cases: list[CitedCase] = told("The cases behind it, at most five.")


@strawberry.type(description="One of the four questions: an answer with reasons, or no statement.")
class Statement:
    statement: str = told("The answer in words.")
    lead: str = told("What is read first of it.")
    rest: list[str] = told("What belongs to that.")
    known: bool = told("False: nothing is known, which is not a no.")
    reasons: list[Reason] = told("Why, strongest first.")


@strawberry.type(description="How the asker stands to somebody.")
class Relation:
    nearness: Nearness = told("Known, through somebody, or not.")
    is_living: bool | None = told("Whether that tie is living; null: there is none.")
    through: NamedPerson | None = told("Who could introduce them; null: nobody has to, or nobody can.")
    sentence: str = told("The same in words.")


@strawberry.type(description="A person named for a problem. It proposes, people decide.")
class Expert:
    person: NamedPerson = told("Who.")
    unit: str = told("Their unit; empty: not known.")
    rank: int = told("Place from 1; those who stand level share the first one's.")
    score: float = told("Sum of the contributions; comparable only within one answer.")
    equal_to_above: bool = told("Stands level with the one above: same band, hardly any distance.")
    band: Band | None = told("How likely the match is; null until it is calibrated on the house's own past, or below.")
    chance: float | None = told("The chance behind the band: to be among those who solve such a case, 0..1.")
    match: str = told("The band in words.")
    placed: str | None = told("Why they stand here, where it is not by score alone: others were asked much, or new.")
    knows: Statement = told("Kann's: has solved this before.")
    proven: Statement = told("Taugt: promises on this.")
    reachable: Statement = told("Erreichbar jetzt: where, until when, by which door.")
    interruption: Statement = told("Preis der Störung: whether now is a good moment.")
    solved: list[CitedCase] = told("Cases they solved that tell most about this, the most telling first.")
    record: str | None = told("How many of the cases of this kind they had a part in they solved, within a year.")
    your_view: list[str] = told("The asker's own view and notes, and those handed to them.")
    doors: list[Door] = told("How to reach them, the first door to be tried first.")
    how_to_ask: str | None = told("How they say they are asked best; null: they do not say.")
    override: Override | None = told("What an override of their red flag needs; null: no flag stands.")
    before_clock: bool | None = told("Whether they can be reached before the clock runs out; null: no clock.")
    caution: str | None = told("Why they should not meet this contact alone; null: nothing speaks against it.")
    relation: Relation | None = told(
        "How the asker stands to them; null: the asker is nobody here, or they are the asker, or an earlier month is "
        "asked about."
    )


@strawberry.type(
    description="What would change without a fact: asked again, with the rules and word weights as learned."
)
class WhatIf:
    case: CitedCase | None = told("The case left out; null: something that is no case, as the sentence says.")
    person: NamedPerson = told("Whose place is told.")
    is_today: bool = told("Whether in the list of who can help before the clock.")
    rank_before: int = told("The place with it.")
    rank: int | None = told("The place without it; null when not among those with a solved case.")
    sentence: str = told("In words.")


@strawberry.type(description="A near case of an answer.")
class NearCase:
    similarity: float = told("BM25 of the case over BM25 of the question against itself.")
    case: CitedCase = told("The case.")
    shared: list[str] = told("Words of the question that it has; told where nobody is proven.")
    lacking: list[str] = told("Words of the question that it lacks; told where nobody is proven.")


@strawberry.type(
    description="A part of a problem with a domain of its own, or what somebody only supposes, and its own candidates."
)
class Part:
    text: str = told("Its words.")
    classes: list[str] = told("Its kinds of problems.")
    is_supposed: bool = told("Whether somebody only supposes it.")
    experts: list[Expert] = told("Who has solved something like it; empty when nobody is proven.")


@strawberry.type(description="The answer to: who is worth something here, and why?")
class Recommendation:
    id: strawberry.ID = told("Names this answer for `chooseExpert` and `replay`.")
    purpose: Purpose = told("What it was asked for.")
    verdict: Verdict = told("What the answer is able to say.")
    sentence: str = told("The verdict in words.")
    as_of: datetime = told("The moment the answer is about; nothing later has any effect.")
    zone: str = told("The time zone (IANA) of the clocks that its sentences name.")
    rule: Rule = told("The rules that ordered it.")
    understood: Understood = told("What was understood.")
    strip: Strip = told("What the words say: names, impact, clocks, what was tried.")
    today: list[Expert] = told("Who can help before the clock, best first; empty where no workaround is wanted.")
    experts: list[Expert] = told("Those who have solved something like it, best first; empty when nobody is proven.")
    parts: list[Part] = told(
        "The parts of a problem of several domains, then what is only supposed, in the order of the text."
    )
    around: Around = told("Mandate, partner, briefing, plan, promises, patterns and the note around the names.")
    only_declared: list[Expert] = told("Those with nothing but a declared skill.")
    nearest: list[NearCase] = told("The most similar cases, solved or not.")
    teams: list[str] = told("Teams in which something like it was solved by people who are not shown: ask there.")
    what_if: WhatIf | None = told("What the first name hangs on.")
    what_ifs: list[WhatIf] = told(
        "What those named first hang on beside their cases: flag, mandate, presence, promise, "
        "workaround, the asker's own view."
    )


@strawberry.type(description="What a kind of evidence contributes to the difference between two people.")
class Difference:
    kind: str = told("Kind of evidence.")
    name: str = told("Its name for people.")
    contribution: float = told("What it adds to this person's score.")
    above: float = told("What it adds to the score of the one above.")


@strawberry.type(description="Why a person stands where they stand, also below the names shown.")
class Explanation:
    expert: Expert = told("The person.")
    above: NamedPerson | None = told("The person one place above.")
    score_above: float | None = told("That person's score.")
    differences: list[Difference] = told("Kinds that differ, largest first; they add up to the gap of the scores.")
    what_if: WhatIf | None = told("What this person's place hangs on.")


@strawberry.input(one_of=True, description="The problem: in words, or as a case. Exactly one of them.")
class ProblemInput:
    text: strawberry.Maybe[str] = told("The problem in your own words, or a bare case number.")
    case_id: strawberry.Maybe[strawberry.ID] = strawberry.field(
        description="Global id of a Case; it is no evidence for itself."
    )


@strawberry.input(description="What is given beside the words, or corrects what was understood of them.")
class GivenInput:
    customer: str = strawberry.field(default="", description="The customer by name.")
    contact: str = strawberry.field(default="", description="The customer's contact by name.")
    system: str = strawberry.field(default="", description="The system by name.")
    classes: list[str] | None = strawberry.field(default=None, description="The kinds of problems by name.")
    mode: str = strawberry.field(default="", description="FIX_NOW, WORKAROUND, DIAGNOSE or DECIDE.")
    deadline: datetime | None = strawberry.field(default=None, description="By when something is needed.")
    priority: str = strawberry.field(default="", description="P1 to P5.")
    impact: str = strawberry.field(default="", description="PRODUCTION_DOWN or DEGRADED.")
    confirmed_by: str = strawberry.field(default="", description="Who confirms the impact, by name.")
    override_reason: str = strawberry.field(default="", description="Why a red flag is to be overridden.")
    without_logs: bool = strawberry.field(default=False, description="It can be worked on without the logs.")
