"""The note for the specialist: what is known, what was tried, what is asked, by when. Facts, no opinions."""

from graph_service.casework.company import Company


def note_of(company: Company) -> str:
    """Lines to be copied; what nobody said is not in them."""
    told, say = company.told, company.say
    lines = [say("note.title")]
    system = told.system.one
    names = {
        "customer": told.customer.one.name if told.customer.one else "",
        "contact": told.contact.one.name if told.contact.one else "",
        "system": f"{system.name} {system.version}".strip() if system else "",
    }
    lines += [say(f"note.{field}", name=name) for field, name in names.items() if name]
    if told.kinds:
        lines.append(say("note.kinds", names=", ".join(told.labels)))
    if told.impact:
        confirmed = "confirmed" if told.impact.is_confirmed else "claimed"
        name = say(f"impact.{told.impact.kind}")
        lines.append(say(f"note.impact_{confirmed}", impact=name, name=told.impact.confirmed_by))
    lines.append(say("note.words", text=" ".join(company.answer.problem.text.split())))
    lines.append(say("note.tried", steps=", ".join(told.tried)) if told.tried else say("note.nothing_tried"))
    lines += [say("note.supposed", text=one.text) for one in told.hypotheses]
    lines.append(say(f"note.mode_{told.mode}"))
    if told.deadline:
        lines.append(say("note.deadline", clock=company.clock(told.deadline.at)))
    if told.consequence and told.consequence.clock:
        day = company.day(told.consequence.clock.at)
        lines.append(say("note.consequence", what=told.consequence.words, day=day))
    return "\n".join(lines)
