"""Who took part in similar cases by commenting."""

from graph_service.evidence.situation import CITED, Citation, Floats, Kind, Situation, Work


def measure(situation: Situation) -> Floats:
    """Has commented on similar things.

    log(1 + x/0.02), x = share(.25) of (similarity/nearest)^2 * 0.5^(age/360 d) over the 50 nearest opened cases.
    """
    return situation.logarithm(situation.near_share((row.case_id, row.person) for row in situation.commenters))


def cite(situation: Situation, work: Work, person: str) -> Citation:
    """On which of the nearest opened cases the person commented, by first comment."""
    firsts = {row.case_id: row.first_at for row in situation.commenters if row.person == person}
    cases = [case.case_id for case in situation.opened if case.case_id in firsts]
    return Citation(
        len(cases),
        min((case.opened_at for case in situation.opened), default=None),
        max(firsts.values(), default=None),
        tuple(cases[:CITED]),
        of=len(situation.opened),
    )


KIND = Kind("commented_similar", measure, cite)
