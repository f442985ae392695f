"""Words to terms: what survives, what is folded together, what is kept apart."""

import re

import pytest
from hypothesis import example, given, strategies as st

from graph_service.text.compounds import compound_parts
from graph_service.text.language import language_of
from graph_service.text.messages import BAR, LANGUAGES, catalogue, command_after, day_of, in_parts, sentence
from graph_service.text.terms import composed, escape, labels_in, readable, terms_of


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Größeneinheiten", "Groesseneinheiten"),
        ("MENGENEINHEIT", "Mengeneinheiten"),
        ("Straße", "Strasse"),
        ("Müller", "Mueller"),
        ("Rechnungen", "Rechnung"),
    ],
)
def test_spellings_of_one_word_share_their_terms(left: str, right: str) -> None:
    assert set(terms_of(left, "de")) & set(terms_of(right, "de"))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("mengeneinheiten", ("menge", "einheit")),
        ("rechnungspositionen", ("rechnung", "position")),
        ("lagerplatz", ("lagerplatz",)),
        ("produktionsstillstand", ("produktion", "stillstand")),
        ("fahrrad", ()),
    ],
)
def test_known_compounds_are_split(word: str, parts: tuple[str, ...]) -> None:
    assert compound_parts(word) == (parts if len(parts) > 1 else ())


@pytest.mark.parametrize(
    "token", ["kanban-abruf", "ORA-00942", "4.2.1", "Ti.UI.createTabGroup", "NullPointerException"]
)
def test_identifiers_are_kept_whole(token: str) -> None:
    terms = terms_of(f"Fehler in {token} heute", "en")
    assert escape(token.casefold()) in terms
    assert readable(escape(token.casefold())) == token.casefold()


def test_identifiers_are_kept_in_parts_too() -> None:
    assert {"null", "pointer", escape("except")} <= set(terms_of("NullPointerException", "en"))
    assert {"kanban", "abruf"} <= set(terms_of("KANBAN-Abruf", "de"))


@example("²¹ ٣٤ １２")
@given(st.text(max_size=300))
def test_terms_are_plain_and_bounded(text: str) -> None:
    for language in ("de", "en", ""):
        for term in terms_of(text, language):  # type: ignore[arg-type]
            assert re.fullmatch(r"[a-z0-9]{1,64}", term)


@given(st.text("abxäß-./_09", min_size=1, max_size=20), st.text("abxäß-./_09", min_size=1, max_size=20))
def test_different_words_have_different_terms_unless_umlauts_are_spelt_out(left: str, right: str) -> None:
    def plain(word: str) -> str:
        return word.replace("ä", "ae").replace("ß", "ss")

    assert (escape(left) == escape(right)) == (plain(left) == plain(right)) or len(escape(left)) == 64


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Produktion steht und der Abruf geht nicht raus", "de"),
        ("The app crashes when the window is closed", "en"),
        ("", ""),
        ("4711 !!!", ""),
    ],
)
def test_language_is_told_or_left_open(text: str, language: str) -> None:
    assert language_of(text) == language


def test_labels_are_found_as_whole_words_in_any_case() -> None:
    labels = ["KANBAN", "Titanium SDK & CLI", "Titan", "Müller"]
    assert labels_in("der kanban-abruf im titanium sdk & cli bei MUELLER", labels) == [
        "KANBAN", "Titanium SDK & CLI", "Müller",
    ]  # fmt: skip


def test_both_catalogues_have_the_same_codes_and_placeholders() -> None:
    german, english = (catalogue(language) for language in LANGUAGES)
    assert set(german) == set(english)
    for code in german:
        holes = [set(re.findall(r"{(\w+)}", text[code])) for text in (german, english)]
        assert holes[0] == holes[1], code
        assert german[code].count(BAR) == english[code].count(BAR), code


def test_a_sentence_is_read_in_its_parts() -> None:
    told = {"kind": "KANBAN", "count": 4, "of": 5, "hours": 28, "since": "a", "until": "b"}
    assert sentence("said.record", "de", **told) == "KANBAN: 4 von 5 solchen Fällen gelöst, Median 28 h (a–b)"
    assert in_parts("said.record", "de", **told) == ["KANBAN", "4 von 5 solchen Fällen gelöst", "Median 28 h (a–b)"]
    assert in_parts("time.good", "de") == [sentence("time.good", "de")]
    assert in_parts("said.record", "en", **told | {"kind": "a|b"})[0] == "a|b"  # bars of the house's words stay
    assert command_after("file.full_future", "en") == " It stands behind --full."
    assert command_after("time.good", "en") == ""


def test_every_code_the_package_raises_has_a_sentence() -> None:
    from pathlib import Path

    import graph_service
    import importers

    raised = re.compile(r'"((?:file|row|value|store|run|problem|node|page|request|serve|comment)\.[a-z_]+)"')
    for package in (graph_service, importers):
        for path in Path(str(package.__file__)).parent.rglob("*.py"):
            for code in raised.findall(path.read_text(encoding="utf-8")):
                assert code in catalogue("de") or code == "request.invalid", f"{path.name}: {code}"


def test_sentences_know_one_and_many() -> None:
    assert sentence("verdict.PROVEN", "de", count=1).startswith("Eine Person")
    assert sentence("verdict.PROVEN", "en", count=3).startswith("3 people")
    assert day_of(1_763_078_400_000, "de") == "14.11.2025"
    assert day_of(1_763_078_400_000, "en") == "14 Nov 2025"


def test_long_runs_of_combining_marks_cost_nothing() -> None:
    import time

    started = time.process_time()
    terms_of("KANBAN a" + "\u0301\u0316" * 49_900, "de")
    assert time.process_time() - started < 1.0
    assert composed("u\u0308ber") == "über"


def test_numbers_are_no_labels() -> None:
    assert labels_in("360 Grad 2024", ["360", "2024", "Grad"]) == ["Grad"]


def test_words_are_shown_as_they_were_written() -> None:
    from graph_service.text.terms import written_words

    written = written_words("Die Kabelrollen fehlen", "de")
    assert written["kabelroll"] == "kabelrollen" and written["roll"] == "kabelrollen"


def test_a_hole_without_a_value_never_breaks_a_sentence() -> None:
    assert "…" in sentence("file.no_rows", "de")
    assert sentence("kind.solves_for_others", "de", count=1, of=1) == "der eine gelöste Fall war von anderen gemeldet"
