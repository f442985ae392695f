"""The query texts that say the same for every fact table, in both dialects: `python tests/house/reference.py`.

A table says only what its rows are called, what makes one unique beside its run, and how it lies in the graph.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from graph_service.store import named_queries as nq

OPEN = "9007199254740991"


@dataclass(frozen=True)
class Lying:
    """How a fact lies in the graph: a node with a relation to what it is about, or a relation between two nodes."""

    kind: str
    start: tuple[str, str]
    end: tuple[str, str]
    by: tuple[str, ...] = ("statement",)
    label: str = ""

    def form(self) -> str:
        """`(:Account)-[:IDENTIFIES]->(:Person)`."""
        return f"(:{self.label or self.start[0]})-[:{self.kind}]->(:{self.end[0]})"


PERSON, CASE = ("Person", "person"), ("SupportCase", "case_id")
LYING = {
    "account": Lying("IDENTIFIES", PERSON, PERSON, ("id",), "Account"),
    "profile": Lying("NAMES", PERSON, PERSON, label="Profile"),
    "case_record": Lying("DESCRIBES", ("SupportCase", "id"), ("SupportCase", "id"), label="CaseRecord"),
    "resolution": Lying("ENDS", CASE, CASE, label="Resolution"),
    "participation": Lying("WORKED_ON", PERSON, CASE, ("statement", "account", "role")),
    "comment": Lying("COMMENTED_ON", PERSON, CASE, ("statement", "account", "at")),
    "case_link": Lying("LINKED_TO", CASE, ("SupportCase", "other_id"), ("statement", "other_id", "kind")),
    "skill_claim": Lying("CLAIMS", PERSON, ("Skill", "skill")),
    "skill_record": Lying("DEFINES", ("Skill", "skill"), ("Skill", "skill"), label="SkillRecord"),
    "attendance": Lying("ATTENDED", PERSON, ("Contact", "contact"), ("statement", "account")),
    "record": Lying("DETAILS", ("Thing", "id"), ("Thing", "id"), label="Record"),
    "concern": Lying("CONCERNED_BY", PERSON, ("Thing", "id"), ("statement", "account", "role")),
}
PERSONAL = ("account", "profile", "participation", "comment", "skill_claim", "attendance", "concern")
"""Tables whose rows are about a person."""
STATES = ("skill_claim", "record", "concern")
"""Tables that tell what is so until something else is; the others tell what happened, which is corrected."""

PARTED = ("profile", *STATES)
"""Tables whose facts end and come back, with several parts of their time: who left has not been here meanwhile."""


def unique(table: str) -> tuple[str, ...]:
    """What makes a row of the table one of its own."""
    return (*LYING[table].by, "run_in", *(("known_at",) if table in PARTED else ()))


def found_by(table: str) -> str:
    """What finds a statement's rows by an index; for accounts their id, which is the same."""
    return "id" if table == "account" else "statement"


def fields(table: str) -> tuple[str, ...]:
    """The table's own fields."""
    return tuple(name for name in nq.ADD_FACTS[table].parameters if name not in nq.FACT)


def head(mark: str, question: str, asked: str, parameters: str) -> str:
    """The first lines of a text."""
    return f"{mark} {question}\n{mark} Asked by: {asked}.\n{mark} Parameters: {parameters}.\n"


def both(
    name: str,
    told: tuple[str, str, str],
    sql: Callable[[str], str],
    cypher: Callable[[str], str],
    tables: Iterable[str] = tuple(nq.ADD_FACTS),
) -> dict[str, str]:
    """A text in both dialects, a statement for each table."""
    return {
        f"embedded/{name}.sql": head("--", *told) + ";\n\n".join(sql(table) for table in tables) + "\n",
        f"neo4j/{name}.cypher": head("//", *told) + ";\n\n".join(cypher(table) for table in tables) + "\n",
    }


def pattern(table: str, more: str = "") -> str:
    """How to match a table's facts in the graph by properties."""
    lying = LYING[table]
    return f"(f:{lying.label} {{{more}}})" if lying.label else f"()-[f:{lying.kind} {{{more}}}]->()"


def add_texts() -> dict[str, str]:
    """One text per table that adds its facts."""
    texts = {}
    for table, write in nq.ADD_FACTS.items():
        names = write.parameters
        told = (
            f"Adds {table.replace('_', ' ')} facts; one that this run has closed is opened again.",
            "the Writer",
            f"{', '.join(names)} of each row",
        )
        texts[f"embedded/{write.name}.sql"] = (
            head("--", *told)
            + f"INSERT INTO {table} ({', '.join(names)})\nVALUES ({', '.join(f':{name}' for name in names)})\n"
            + f"{again(table)}\n"
        )
        texts[f"neo4j/{write.name}.cypher"] = head("//", *told) + added_cypher(table)
    return texts


def added_cypher(table: str) -> str:
    """Merges the nodes and the fact of each row."""
    lying = LYING[table]
    keys = ", ".join(f"{name}: row.{name}" for name in unique(table))
    if lying.label:
        lines = [
            f"MERGE (e:{lying.end[0]} {{id: row.{lying.end[1]}}})",
            f"MERGE (f:{lying.label} {{{keys}}})",
            "SET f = row",
            f"MERGE (f)-[:{lying.kind}]->(e)",
        ]
    else:
        lines = [
            f"MERGE (a:{lying.start[0]} {{id: row.{lying.start[1]}}})",
            f"MERGE (b:{lying.end[0]} {{id: row.{lying.end[1]}}})",
            f"MERGE (a)-[f:{lying.kind} {{{keys}}}]->(b)",
            "SET f = row",
        ]
    return "\n".join(["UNWIND $rows AS row", *lines, "RETURN count(*) AS touched\n"])


def closed_sql(table: str) -> str:
    key = found_by(table)
    return (
        f"UPDATE {table} SET run_out = :run\n"
        f"WHERE {key} IN (SELECT value FROM json_each(:statements)) AND run_out = {OPEN} AND dated <= :dated"
    )


def closed_cypher(table: str) -> str:
    return (
        f"UNWIND $statements AS statement\nMATCH {pattern(table, 'statement: statement')}\n"
        f"WHERE f.run_out = {OPEN} AND f.dated <= $dated\nSET f.run_out = $run\nRETURN count(*) AS touched"
    )


def own_end(table: str) -> str:
    """When a fact ends by itself."""
    return "f.valid_until" if "valid_until" in nq.ADD_FACTS[table].parameters else OPEN


def reopened_sql(table: str, *, parts: bool = False) -> str:
    """Copies a statement's facts into this run: their newest state, or where their time has parts the first, which is
    as it was told."""
    lying, key = LYING[table], found_by(table)
    kept = (*fields(table), "statement", "dated", "ended_at", "known_at")
    end = own_end(table)
    ended_at = ":ended_at" if end == OPEN else f"MIN({end}, :ended_at)"
    told_at = "MAX(f.known_at, :begins)" if table in PARTED else "f.known_at"
    changed = {"known_at": f"CASE f.dated WHEN 1 THEN {told_at} ELSE :known_at END", "ended_at": ended_at}
    values = ", ".join(changed.get(name, f"f.{name}") for name in kept)
    same = " ".join(f"AND x.{name} = f.{name}" for name in lying.by if name not in ("statement", "id"))
    order = "x.run_in, x.known_at" if table in PARTED else "x.run_in DESC"
    copied = f"SELECT x.rowid FROM {table} x WHERE x.{key} = f.{key}{' ' + same if same else ''} ORDER BY {order}"
    whole = "" if table in STATES or not parts else " AND :whole = 1"
    return (
        f"INSERT INTO {table} ({', '.join((*kept, 'run_in', 'run_out'))})\n"
        f"SELECT {values}, :run, {OPEN}\nFROM {table} f\n"
        f"WHERE f.{key} = :statement AND f.dated <= :dated{whole}\n"
        f"  AND f.rowid = ({copied} LIMIT 1)\n{again(table)}"
    )


def again(table: str) -> str:
    """What happens to a fact that this run has already told."""
    keys = unique(table)
    changed = ", ".join(f"{name} = excluded.{name}" for name in ("run_out", "known_at", "ended_at") if name not in keys)
    return f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}"


def reopened_cypher(table: str, *, parts: bool = False) -> str:
    """The same in the graph."""
    lying = LYING[table]
    extra = [name for name in lying.by if name not in ("statement", "id")]
    held = "".join(f", f.{name} AS {name}" for name in extra)
    names = "".join(f", {name}" for name in extra)
    end, cut = own_end(table), "row.ended_at"
    ended_at = cut if end == OPEN else f"CASE WHEN {end} < {cut} THEN {end} ELSE {cut} END"
    own = "id: f.id" if lying.by == ("id",) else "statement: row.statement"
    keys = f"{own}{''.join(f', {name}: {name}' for name in extra)}, run_in: row.run"
    order, told_at = "f.run_in DESC", "f.known_at"
    if table in PARTED:
        keys, order = f"{keys}, known_at: known_at", "f.run_in, f.known_at"
        told_at = "CASE WHEN f.known_at < row.begins THEN row.begins ELSE f.known_at END"
    if lying.label:
        match = f"MATCH (f:{lying.label} {{statement: row.statement}})-[:{lying.kind}]->(e:{lying.end[0]})\n"
        ends, made = "e", (f"MERGE (n:{lying.label} {{{keys}}})\n", f"MERGE (n)-[:{lying.kind}]->(e)\n")
    else:
        match = f"MATCH (a)-[f:{lying.kind} {{statement: row.statement}}]->(b)\n"
        ends, made = "a, b", (f"MERGE (a)-[n:{lying.kind} {{{keys}}}]->(b)\n", "")
    whole = " AND row.whole = 1" if parts and table not in STATES else ""
    return (
        f"UNWIND $rows AS row\n{match}WHERE f.dated <= row.dated{whole}\nWITH row, {ends}{held}, f\nORDER BY {order}\n"
        f"WITH row, {ends}{names}, head(collect(f)) AS f\n"
        f"WITH row, {ends}{names}, f, CASE f.dated WHEN 1 THEN {told_at} ELSE row.known_at END AS known_at\n{made[0]}"
        f"SET n = f{{.*, known_at: known_at, ended_at: {ended_at}, run_in: row.run, run_out: {OPEN}}}\n"
        f"{made[1]}RETURN count(*) AS touched"
    )


def taken_added_sql(table: str) -> str:
    return f"DELETE FROM {table}\nWHERE rowid IN (SELECT rowid FROM {table} WHERE run_in = :run LIMIT :limit)"


def taken_added_cypher(table: str) -> str:
    gone = "DETACH DELETE f" if LYING[table].label else "DELETE f"
    return f"MATCH {pattern(table, 'run_in: $run')}\nWITH f\nLIMIT $limit\n{gone}\nRETURN count(*) AS touched"


def taken_closed_sql(table: str) -> str:
    return (
        f"UPDATE {table} SET run_out = {OPEN}\n"
        f"WHERE rowid IN (SELECT rowid FROM {table} WHERE run_out = :run AND run_out < {OPEN} LIMIT :limit)"
    )


def taken_closed_cypher(table: str) -> str:
    lying = LYING[table]
    found = f"(f:{lying.label})" if lying.label else f"()-[f:{lying.kind}]->()"
    closed = f"MATCH {found}\nWHERE f.run_out = $run\nWITH f\nLIMIT $limit\n"
    return f"{closed}SET f.run_out = {OPEN}\nRETURN count(*) AS touched"


def moved_sql(table: str) -> str:
    account = "id" if table == "account" else "account"
    return f"UPDATE {table} SET person = :person WHERE {account} = :account AND person = :was"


def moved_cypher(table: str) -> str:
    lying = LYING[table]
    if lying.label:
        account = "id" if table == "account" else "account"
        return (
            f"UNWIND $rows AS row\nMATCH (f:{lying.label} {{{account}: row.account}})-[r:{lying.kind}]->(p:Person)\n"
            "WHERE p.id <> row.person\nMERGE (q:Person {id: row.person})\nDELETE r\n"
            f"MERGE (f)-[:{lying.kind}]->(q)\nSET f.person = row.person\nRETURN count(*) AS touched"
        )
    return (
        f"UNWIND $rows AS row\nMATCH (p:Person {{id: row.was}})-[f:{lying.kind}]->(b)\n"
        "WHERE f.account = row.account AND row.was <> row.person\nWITH row, f, b, properties(f) AS told\nDELETE f\n"
        "MERGE (q:Person {id: row.person})\n"
        f"CREATE (q)-[n:{lying.kind}]->(b)\nSET n = told, n.person = row.person\nRETURN count(*) AS touched"
    )


def assertions_too(texts: dict[str, str], sql: str, cypher: str) -> dict[str, str]:
    """The texts with a statement about assertions before those about facts."""
    done = {}
    for path, text in texts.items():
        lines = text.split("\n")
        first = sql if path.endswith(".sql") else cypher
        done[path] = "\n".join([*lines[:3], first + ";\n", *lines[3:]])
    return done


CLOSES = "Closes the open facts of statements that no longer hold (dated = 1), or only their undated facts (dated = 0)."

REOPENS = "Opens the facts of statements again until a moment, undated ones from one"


def fact_texts() -> dict[str, str]:
    """Path below `queries/` -> text, for all texts that are made from the tables."""
    writer = "the Writer"
    again_of = "statement, known_at, begins, ended_at, run, dated of each row"
    limited = (writer, "run, limit")
    part = "again until nothing is left."
    moved = (
        "Gives the facts of accounts to the person they now identify.",
        "settling who is who",
        "account, was, person of each row",
    )
    return {
        **add_texts(),
        **both(
            "close_statements",
            (CLOSES,
             writer, "statements, run, dated"),
            closed_sql, closed_cypher,
        ),
        **both(
            "reopen_statements",
            (f"{REOPENS}.", writer, again_of),
            reopened_sql, reopened_cypher,
        ),
        **both(
            "reopen_states",
            (f"{REOPENS}: only states, and the last word before an ending.",
             writer, f"{again_of}; whole = 1 for such a word"),
            partial(reopened_sql, parts=True), partial(reopened_cypher, parts=True), PARTED,
        ),
        **assertions_too(
            both("take_back_added", (f"Takes back a part of what an unfinished run added; {part}", *limited),
                 taken_added_sql, taken_added_cypher),
            "DELETE FROM assertion\nWHERE rowid IN (SELECT rowid FROM assertion WHERE run_in = :run LIMIT :limit)",
            "MATCH (f:Assertion {run_in: $run})\nWITH f\nLIMIT $limit\nDETACH DELETE f\nRETURN count(*) AS touched",
        ),
        **assertions_too(
            both("take_back_closed", (f"Opens a part of what an unfinished run closed again; {part}", *limited),
                 taken_closed_sql, taken_closed_cypher),
            f"UPDATE assertion SET run_out = {OPEN}\n"
            f"WHERE rowid IN (SELECT rowid FROM assertion WHERE run_out = :run AND run_out < {OPEN} LIMIT :limit)",
            f"MATCH (f:Assertion)\nWHERE f.run_out = $run\nWITH f\nLIMIT $limit\nSET f.run_out = {OPEN}\n"
            "RETURN count(*) AS touched",
        ),
        "embedded/move_accounts.sql": head("--", *moved) + ";\n\n".join(map(moved_sql, PERSONAL)) + "\n",
        "neo4j/move_accounts.cypher": head("//", *moved) + ";\n\n".join(map(moved_cypher, PERSONAL)) + "\n",
    }  # fmt: skip
