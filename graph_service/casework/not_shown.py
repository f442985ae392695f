"""What an answer does not show and says so: counts of who is not named, nobody before the clock, nobody who asks."""

from graph_service.casework.company import Company


def not_shown(company: Company) -> list[str]:
    """Only missing clearance and absence are counted, nobody else is."""
    answer, told = company.answer, company.told
    counted = (("clearance", answer.without_clearance), ("absent", answer.absent))
    lines = [company.say(f"not_shown.{name}", count=count) for name, count in counted if count]
    if told.wants_workaround and told.deadline and answer.experts and not answer.helping_today:
        lines.append(company.say("not_shown.nobody_before", clock=company.clock(told.deadline.at)))
    if company.asker is None:
        lines.append(company.say("not_shown.asker"))
    return lines
