"""Trust surveys: who gives whom which mark in what. Scale and direction must be known: German marks have 1 as best."""

import re
from typing import ClassVar

from graph_service.model import DAY, Skipped, SourceFile, SourceId, SourceRow, Statement, TrustRating
from importers.cells import figure
from importers.columns import Field, Kind, matches
from importers.house import person_of
from importers.levels import on_scale
from importers.row_format import Row, TableFormat
from importers.tables import Look, header_of
from importers.tabular import CellFault

_SCALE = re.compile(r"(\d)\s*(?:-|–|bis|to)\s*(\d{1,2})")
_SCHOOL = ("schulnote", "note", "school mark")
_SHOWN = {"mit namen": "NAMED", "named": "NAMED", "in summe": "AGGREGATE", "aggregate": "AGGREGATE",
          "nur ich": "PRIVATE", "private": "PRIVATE"}  # fmt: skip
_TENDENCY = {"+": -0.3, "-": 0.3}
"""How much worse a mark is, in steps of its scale."""


class TrustSurvey(TableFormat):
    """`scale` is `6-1` (the worst first): told by the header, else by the mapping."""

    name: ClassVar[str] = "trust-survey"
    fields: ClassVar[tuple[Field, ...]] = (
        Field("rater", ("Bewerter", "Bewertende Person", "bewertet von", "rater"), needed=True),
        Field("ratee", ("Bewertete Person", "Bewerteter", "rated person", "ratee"), needed=True),
        Field("mark", ("Wert", "Note", "Schulnote", "Bewertung", "answer", "mark", "value"), needed=True),
        Field("subject", ("Thema", "Gebiet", "Fachgebiet", "subject", "topic")),
        Field("reliability", ("Verlässlichkeit", "Zuverlässigkeit")),
        Field("given_on", ("Datum", "date", "given on"), Kind.DAY),
        Field("week", ("week", "Woche")),
        Field("occasion", ("Anlass", "occasion")),
        Field("shown", ("sichtbar", "shown as")),
        Field("until_at", ("gilt bis", "expires"), Kind.DAY),
        Field("words", ("answer_text",), kept=False),
        Field("score", ("score",), kept=False),
    )

    def recognises(self, source: SourceFile) -> float:
        """As other tables."""
        found = {field.name for field in matches(self.fields, header_of(source)) if field}
        return super().recognises(source) if {"rater", "ratee"} <= found else 0.0

    def own_settings(self, look: Look) -> tuple[tuple[str, str], ...]:
        """The scale as the header tells it, else to be asked."""
        found = matches(self.fields, look.header)
        header = next((look.header[place] for place, field in enumerate(found) if field and field.name == "mark"), "")
        told = _SCALE.search(header)
        school = any(word in header.casefold() for word in _SCHOOL)
        scale = "6-1" if school and not told else "?"
        if told:
            low, high = sorted((told[1], told[2]), key=int)
            scale = f"{high}-{low}" if school else "?"
        return (("scale", scale), ("zone", "Europe/Berlin"))

    def row(self, row: Row) -> SourceRow | Skipped:
        """The rating; of oneself it is none. A later one of the same pair in the same subject replaces it."""
        rater, ratee, subject = row.needed("rater"), row.needed("ratee"), row.text("subject")
        if rater.casefold() == ratee.casefold():
            return Skipped("rating.oneself")
        written = row.needed("mark")
        given_at = row.at("given_on")
        if row.text("week"):
            given_at = int(figure(row.text("week"), row.header("week")) * 7) * DAY
        own = SourceId("trust survey", f"{rater.casefold()} {ratee.casefold()} {subject.casefold()}")
        rating = TrustRating(
            source_id=own,
            rater=_who(rater),
            ratee=_who(ratee),
            subject=subject,
            competence=_mark(row, "mark"),
            reliability=_mark(row, "reliability"),
            original=written,
            occasion=row.text("occasion"),
            shown=_shown(row),
            given_at=given_at,
            until_at=row.at("until_at"),
        )
        return SourceRow((Statement(own, (rating,), row.provenance, given_at),))


def _shown(row: Row) -> str:
    """Who may see it; a survey that does not say shows ratings in sums only."""
    text = row.text("shown").casefold()
    if text and text not in _SHOWN:
        raise CellFault(row.header("shown"), row.text("shown"), "value.not_a_choice")
    return _SHOWN.get(text, "AGGREGATE")


def _who(text: str) -> SourceId:
    """A login, an e-mail or a number; a text with blanks is a name and goes to review."""
    return SourceId("trust survey names", text.strip().casefold()) if " " in text.strip() else person_of(text)


def _mark(row: Row, name: str) -> float | None:
    """The mark as 0..1, the best 1; `1-` is a little worse than 1, `2+` a little better than 2."""
    written = row.text(name)
    if not written:
        return None
    tendency = _TENDENCY.get(written[-1], 0.0) if len(written) > 1 else 0.0
    number = figure(written[:-1] if tendency else written, row.header(name))
    scale = row.mapping.setting("scale", "1-5")
    value = on_scale(number, scale, written, row.header(name))
    worst, _, best = scale.partition("-")
    step = tendency / abs(float(worst) - float(best))
    return min(1.0, max(0.0, value - step))
