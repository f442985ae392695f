"""Small doors of the interface: ids, cursors, languages, moments, stores by URL."""

import errno
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from graph_service.api.doors import spoken
from graph_service.api.ids import cursor_key, decode, encode, page_size
from graph_service.errors import InputRefused, ProblemRefused, StoreError, StoreUnavailable, UnknownId
from graph_service.health import findings
from graph_service.model import DAY, instant, moment, month_start, next_month
from graph_service.settings import Settings, default_store
from graph_service.store.base import SCHEMA_VERSION
from graph_service.store.embedded_store import EmbeddedEngine
from graph_service.wiring import Service, demo_store, open_service


@given(kind=st.sampled_from(("Case", "Person")), key=st.text(min_size=1, max_size=40))
def test_ids_survive_the_way_out_and_back(kind: str, key: str) -> None:
    try:
        key.encode()
    except UnicodeEncodeError:
        return
    assert decode(encode(kind, key)) == (kind, key)
    assert decode(encode(kind, key), kind) == (kind, key)


@given(text=st.text(max_size=60))
def test_anything_else_is_an_unknown_id_or_a_bad_cursor(text: str) -> None:
    try:
        kind, key = decode(text)
    except UnknownId as unknown:
        assert unknown.code == "node.unknown"
    else:
        assert key and isinstance(kind, str)
    try:
        cursor_key(text)
    except InputRefused as refused:
        assert refused.code == "page.bad_cursor"


def test_an_id_of_another_kind_is_unknown() -> None:
    with pytest.raises(UnknownId):
        decode(encode("Person", "x"), "Case")


@pytest.mark.parametrize(("first", "fine"), [(1, True), (100, True), (0, False), (101, False), (-5, False)])
def test_pages_have_bounds(first: int, fine: bool) -> None:
    if fine:
        assert page_size(first) == first
    else:
        with pytest.raises(InputRefused):
            page_size(first)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "de"), ("de", "de"), ("en", "en"), ("en-US,en;q=0.9", "en"), ("fr,de;q=0.2,en;q=0.8", "en"),
        ("fr", "de"), ("*;q=x", "de"), (",,,;q=", "de"), ("EN-gb", "en"), ("de;q=0.1, en;q=0.9", "en"),
    ],
)  # fmt: skip
def test_the_first_language_we_speak_is_taken(header: str, language: str) -> None:
    assert spoken(header, "de") == language


def test_months_have_their_first_moments() -> None:
    at = instant(datetime(2024, 2, 29, 23, 59, 59, 999_000, tzinfo=UTC))
    assert moment(month_start(at)) == datetime(2024, 2, 1, tzinfo=UTC)
    assert moment(next_month(month_start(at))) == datetime(2024, 3, 1, tzinfo=UTC)
    assert moment(next_month(month_start(instant(datetime(2024, 12, 5, tzinfo=UTC))))).year == 2025


@given(st.integers(0, 4 * 10**12))
def test_an_instant_lies_in_its_month(at: int) -> None:
    assert month_start(at) <= at < next_month(month_start(at))
    assert month_start(month_start(at)) == month_start(at)


def test_instants_need_a_zone_and_a_calendar() -> None:
    assert instant(datetime(2024, 1, 1, tzinfo=timezone(timedelta(hours=2)))) % DAY == 22 * 3_600_000
    for bad in (datetime(2024, 1, 1), datetime(1969, 12, 31, tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        with pytest.raises(ValueError):
            instant(bad)


def service(tmp_path: Path) -> Service:
    return open_service(f"sqlite:///{tmp_path / 's.db'}", create=True)


def test_a_service_answers_as_of_its_clock(tmp_path: Path) -> None:
    frozen = service(tmp_path).at(instant(datetime(2026, 5, 12, tzinfo=UTC)))
    assert frozen.as_of(None) == frozen.now()
    assert frozen.as_of(datetime(2026, 5, 11)) == frozen.now() - DAY
    for bad, code in ((datetime(2026, 5, 13, tzinfo=UTC), "problem.future"), (datetime(1, 1, 1), "problem.bad_date")):
        with pytest.raises(ProblemRefused) as refused:
            frozen.as_of(bad)
        assert refused.value.code == code


def test_the_demo_has_a_store_of_its_own_for_each_version(monkeypatch: pytest.MonkeyPatch) -> None:
    stores = {default_store(), demo_store(), demo_store(large=True)}
    monkeypatch.setattr("graph_service.wiring.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    stores |= {default_store(), demo_store(), demo_store(large=True)}
    assert len(stores) == 5


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPERT_GRAPH_NEO4J_PASSWORD", "geheim")
    monkeypatch.setenv("EXPERT_GRAPH_SECRET", "auch-geheim")
    shown = repr(Settings())
    assert "geheim" not in shown


def test_a_damaged_store_is_found(tmp_path: Path) -> None:
    opened = service(tmp_path)
    assert findings(opened).faults == []
    opened.store.set_versions({"text_version": "0.0"})
    assert findings(opened).faults == ["text_version"]
    opened.store.close()
    path = tmp_path / "s.db"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) - len(whole) // 2))
    for side in ("s.db-wal", "s.db-shm"):
        (tmp_path / side).unlink(missing_ok=True)
    try:
        assert findings(open_service(f"sqlite:///{path}")).faults
    except StoreUnavailable as damaged:
        assert damaged.code == "store.damaged"


def test_a_full_disk_is_not_called_a_lack_of_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def touch(path: Path, mode: int = 0o666) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "touch", touch)
    with pytest.raises(StoreError) as refused:
        EmbeddedEngine(tmp_path / "s.db", 1.0).prepare(True)
    assert refused.value.code == "store.full"


def test_a_store_removed_while_it_is_open_is_not_made_anew(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path / "s.db", 1.0)
    engine.prepare(True)
    (tmp_path / "s.db").unlink()
    with pytest.raises(StoreUnavailable), engine.reading() as transaction:
        assert transaction is not None
    assert not (tmp_path / "s.db").exists()
