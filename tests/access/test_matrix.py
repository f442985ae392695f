"""The two tables hold on every path: each role, each field, up to four hops, on both stores."""

import csv
from pathlib import Path

import pytest
from graphql import GraphQLNonNull
from matrix import FILE, GIVEN, REFUSED, WHO, matrix, roots

from graph_service.access import FieldClass, Purpose, Reach, Role
from graph_service.access.record_classes import RECORD_CLASSES
from graph_service.access.roles import ACTS, PER_MINUTE, PURPOSES, READS, Act
from graph_service.api.guards import guards
from graph_service.api.schema import SCHEMA
from graph_service.store import named_queries as nq
from graph_service.store.base import Store

LOOKED_AFTER = (
    "viewer", "auditSummary", "erasures", "erasePerson", "decideMention", "disputes", "decideDispute",
)  # fmt: skip
OF_GROUPS = ("networkChange", "reserveIndex", "knowledgeIslands", "boundary", "reconnect")
"""What an analyst asks; told of groups, without anybody."""
OPEN_ROOTS = {"viewer", "node"}
"""`node` looks at what its id is of; `viewer` tells nobody more than their role."""


def committed() -> dict[str, dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as stream:
        return {row.pop("path"): row for row in csv.DictReader(stream)}


def test_the_committed_matrix_is_what_happens(store: Store, tmp_path: Path) -> None:
    assert matrix(store, tmp_path) == FILE.read_text(encoding="utf-8")


def test_the_matrix_has_values_to_look_at() -> None:
    rows = committed()
    given = [path for path, row in rows.items() if GIVEN in row.values()]
    assert len(given) > 0.75 * len(rows)
    assert set(next(iter(rows.values()))) == {f"{role}:{purpose}" for role, purpose in WHO}


def test_every_root_field_is_guarded_or_named_as_open() -> None:
    guarded = {(kind, field) for kind, field, _, _ in guards(SCHEMA._schema)}
    for operation, name, _ in roots():
        assert (operation.title(), name) in guarded or name in OPEN_ROOTS, name


def test_guarded_fields_can_be_null() -> None:
    for kind, name, field, _ in guards(SCHEMA._schema):
        assert not isinstance(field.type, GraphQLNonNull), f"{kind}.{name}"


@pytest.mark.parametrize("root", ["recommendExperts", "explainRecommendation", "similarCases", "case", "replay"])
def test_only_helpers_get_answers_and_cases(root: str) -> None:
    row = committed()[root]
    for role, purpose in WHO:
        expected = GIVEN if purpose is Purpose.CASE_HELP else REFUSED
        assert row[f"{role}:{purpose}"] == expected, role


def test_hr_gets_nothing_of_cases_on_any_path() -> None:  # C29
    evidence = ("participants", "commenters", "resolution", "reasons", "solved", "knows", "nearest", "chance", "score")
    for path, row in committed().items():
        own_runs = ("importRuns", "node:ImportRun", "importPreview", "importCommit", "importUndo")
        if not path.startswith(own_runs) and any(part in evidence for part in path.replace(":", ".").split(".")):
            assert row["HR:SKILL_UPKEEP"] != GIVEN, path


def test_those_who_only_look_after_get_no_people() -> None:
    for path, row in committed().items():
        for who in ("ANALYST:NETWORK_ANALYSIS", "WORKS_COUNCIL:AUDIT", "DATA_PROTECTION:AUDIT", "ADMIN:EVALUATION"):
            root = path.split(".")[0].split(":")[0]
            assert row[who] != GIVEN or root in (*LOOKED_AFTER, *OF_GROUPS), (who, path)
            assert root not in OF_GROUPS or not {"id", "person", "tie", "names"} & set(path.split(".")), path
        assert row["ADMIN:OPERATION"] != GIVEN or not {"person", "participants"} & set(path.split(".")), path


def test_the_tables_are_complete() -> None:
    assert set(READS) == {(role, purpose) for role in Role for purpose in PURPOSES[role]}
    assert set(PURPOSES) == set(Role) == set(PER_MINUTE)
    assert set(ACTS) == set(Act) and all(ACTS.values())
    assert all(pair in READS for pairs in ACTS.values() for pair in pairs)
    assert all(reach is not Reach.NONE for table in READS.values() for reach in table.values())


def test_every_field_class_and_every_act_is_used() -> None:
    guarded = {guard.shows for *_, guard in guards(SCHEMA._schema)} | {query.shows for query in nq.READS}
    guarded |= set(RECORD_CLASSES.values())
    assert set(FieldClass) <= guarded
    mutations = {
        guard.act for kind, *_, guard in guards(SCHEMA._schema) if kind == "Mutation" and guard.act is not None
    }
    assert {act for act in Act if " " not in act} == mutations
