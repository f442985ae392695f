"""Who reported similar things."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has reported similar things.

    log(1 + x/0.02), x = share(.25) of (similarity/nearest)^2 * 0.5^(age/360 d) over the 50 nearest opened cases.
    """
    return situation.logarithm(situation.near_share((row.case_id, row.person) for row in situation.reporters))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """Which of the nearest opened cases the person reported."""
    mine = {row.case_id for row in situation.reporters if row.person == person}
    cases = [case for case in situation.opened if case.case_id in mine]
    return Citation(
        len(cases),
        min((case.opened_at for case in situation.opened), default=None),
        max((case.opened_at for case in cases), default=None),
        tuple(case.case_id for case in cases[:CITED]),
        of=len(situation.opened),
    )


KIND = Kind("reported_similar", measure, cite)
