"""Form of address and signature from somebody's own words."""

import pytest

from graph_service.understanding.own_words import Proposal, proposal_of, quoted_in


@pytest.mark.parametrize(
    ("words", "address", "signature"),
    [
        ("Könnt ihr euch das ansehen? Danke dir. Gruß, Marco", "DU", "Marco"),
        ("Bitte prüfen Sie das. Mit freundlichen Grüßen\nDr. Ulrich Maßmann", "SIE", "Dr. Ulrich Maßmann"),
        ("Ich bitte Sie um Hilfe; schaust du mal?", "", None),
        ("Sie geht nicht, die Maschine.", "", None),
        ("Kind regards, Paul Meier", "", "Paul Meier"),
        ("Der Abruf hängt.", "", None),
    ],
)
def test_what_their_words_tell(words: str, address: str, signature: str | None) -> None:
    found = proposal_of([words])
    if not address and signature is None:
        assert found is None
    else:
        assert found is not None and (found.address, found.signature) == (address, signature or "")
        assert found.quote and found.quote in " ".join(words.split())


def test_only_what_is_quoted_is_theirs() -> None:
    text = "Bitte helfen Sie! Er schreibt: „Kannst du das prüfen? VG Marco“"
    assert quoted_in(text) == ["Kannst du das prüfen? VG Marco"]
    assert proposal_of(quoted_in(text)) == Proposal("DU", "Marco", "Kannst du das prüfen")
    assert proposal_of(quoted_in("Bitte helfen Sie!")) is None
