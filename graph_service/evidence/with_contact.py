"""Good work with the customer's contact before."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has solved cases with this contact of the customer.

    log(1 + n), n the number of cases noted with the contact that they solved; it says nothing of anybody else, nor of
    other contacts (`answer.md` 3, pairing).
    """
    return situation.log_of(situation.beside.together)


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """The newest of these cases, and with whom."""
    cases = situation.beside.together.get(person, {})
    newest = sorted(cases, key=lambda case: (-cases[case], case))
    contact = situation.beside.contact
    return Citation(
        len(cases),
        since=min(cases.values(), default=None),
        newest=max(cases.values(), default=None),
        cases=tuple(newest[:CITED]),
        texts=(contact.name,) if contact else (),
    )


KIND = Kind("with_contact", measure, cite, about_problem=False, of_asker=True)
