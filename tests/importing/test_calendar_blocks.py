"""Out of office and focus time by calendar: no way to somebody for so long, and never why."""

from collections.abc import Callable
from pathlib import Path

from workbench import Bench, at, write_csv

from graph_service.evidence.reachability import Asking, Person, Reachability
from graph_service.model import Channel, SourceId
from graph_service.sign_in import person_now
from graph_service.store.base import Store
from graph_service.store.listed import listed_of
from graph_service.understanding.working_days import WorkingDays

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:out
DTSTART;VALUE=DATE:20260512
DTEND;VALUE=DATE:20260514
X-MICROSOFT-CDO-BUSYSTATUS:OOF
SUMMARY:Zahnarzt
ORGANIZER:mailto:Jo.Beispiel@firma.example
END:VEVENT
BEGIN:VEVENT
UID:focus
DTSTART;TZID=Europe/Berlin:20260504T080000
DTEND;TZID=Europe/Berlin:20260504T100000
RRULE:FREQ=WEEKLY;COUNT=6
SUMMARY:Fokuszeit Umbau
ORGANIZER:mailto:jo.beispiel@firma.example
END:VEVENT
BEGIN:VEVENT
UID:private
CLASS:PRIVATE
DTSTART;VALUE=DATE:20260520
DTEND;VALUE=DATE:20260521
X-MICROSOFT-CDO-BUSYSTATUS:OOF
ORGANIZER:mailto:jo.beispiel@firma.example
END:VEVENT
BEGIN:VEVENT
UID:nobody
DTSTART;VALUE=DATE:20260520
DTEND;VALUE=DATE:20260521
X-MICROSOFT-CDO-BUSYSTATUS:OOF
END:VEVENT
END:VCALENDAR
"""


def test_a_calendar_tells_when_somebody_is_out_and_never_why(
    make_embedded: Callable[[str], Store], tmp_path: Path
) -> None:
    bench = Bench(make_embedded("calendar"), tmp_path)
    people = [{"person": "jo", "name": "Jo Beispiel", "email": "jo.beispiel@firma.example"}]
    bench.take(write_csv(tmp_path / "people.csv", list(people[0]), people))
    path = tmp_path / "out.ics"
    path.write_text(CALENDAR, encoding="utf-8")
    first, again = bench.take(path), bench.take(path)
    assert first.counts.facts_added > 0 and (again.counts.facts_added, again.counts.refused) == (0, 0)
    with bench.store.view(as_of=bench.now) as view:
        person = person_now(bench.store, SourceId("house", "jo").id_of("person"))
        told = listed_of(view, (Channel,), people=[person]).of(Channel)
    assert {one.kind for one in told} == {"AWAY", "FOCUS"} and not any(one.text or one.place for one in told)
    assert "Zahnarzt" not in str(told) and "Umbau" not in str(told)

    def way(moment: str) -> Reachability:
        days = WorkingDays("Europe/Berlin", "DE-BY")
        return Reachability(Person(person, days=days, channels=told), Asking(at(moment)))

    out = way("2026-05-12T08:00")
    assert not out.may_be_called and out.next_at == at("2026-05-15T05:00")  # the 14th is a public holiday
    assert way("2026-05-11T12:00").may_be_called and way("2026-05-15T08:00").may_be_called
    assert way("2026-05-11T07:00").focus_until == at("2026-05-11T08:00")
    assert way("2026-05-11T09:00").focus_until is None
