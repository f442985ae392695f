"""A company of invented people in three sources, with homonyms, renamed and half-known ones; who is who is known."""

import random
from dataclasses import dataclass, field

from graph_service.identity.linking import Known

FIRST = (
    "Anna", "Jürgen", "Ines", "Tobias", "Aylin", "Petra", "Jörg", "Sabine", "Łukasz", "Çağla", "Björn", "René",
    "Müslüm", "Katja", "Heike", "Nils", "Ursula", "Bernd", "Thomas", "Mehmet", "Priya", "Jean-Luc", "Anna-Lena", "Zoë",
    "Søren", "Olga", "Ivan", "Sven", "Gül", "Marta", "Uwe", "Frank", "Elke", "Birgit", "Kai", "Lea", "Emil", "Ida",
    "Otto", "Ute",
)  # fmt: skip
SYLLABLES = [
    "ber",
    "stein",
    "mül",
    "hof",
    "gro",
    "weiß",
    "ker",
    "dorf",
    "lang",
    "kün",
    "sche",
    "öz",
    "tal",
    "wit",
    "bach",
    "rie",
]

UNITS = ("Fertigung", "Lager", "IT", "Service", "Einkauf", "Vertrieb", "Technik", "Personal")


@dataclass
class Company:
    """Accounts, and for each the number of the person behind it."""

    known: list[Known] = field(default_factory=list)
    behind: dict[str, int] = field(default_factory=dict)

    def add(self, person: int, known: Known) -> None:
        """An account of a person."""
        self.known.append(known)
        self.behind[known.account] = person


def company(people: int, homonyms: float, seed: int = 7) -> Company:
    """`homonyms` is the share of people who bear a name that somebody else bears too."""
    draw = random.Random(seed)
    shared = [_name(draw) for _ in range(max(1, int(people * homonyms / 4)))]
    found = Company()
    taken: set[str] = set()
    for number in range(people):
        name = draw.choice(shared) if draw.random() < homonyms else _name(draw)
        unit, own = draw.choice(UNITS), f"{number:06}"
        login = _unique(f"{_ascii(name[0])[0]}{_ascii(name[1])}", taken)
        mail = _unique(f"{_ascii(name[0])}.{_ascii(name[1])}", taken) + "@werk.example"
        has_mail, has_login = draw.random() < 0.9, draw.random() < 0.8
        found.add(number, Known(
            f"p{number}", f"p{number}", f"p{number}", "personnel", own, (f"{name[0]} {name[1]}",), (unit,), (own,),
            (mail,) if has_mail else (), (login,) if has_login else (), True,
        ))  # fmt: skip
        if draw.random() < 0.7:
            spelled = _spelled(draw, name)
            found.add(
                number, Known(f"m{number}", f"m{number}", f"m{number}", "mail", mail, (spelled,), (), (), (mail,))
            )
        if draw.random() < 0.6:
            shown = () if draw.random() < 0.3 else (_spelled(draw, name),)
            key = login if draw.random() < 0.8 else f"ext{number}"
            units = (unit,) if draw.random() < 0.5 else ()
            found.add(
                number, Known(f"t{number}", f"t{number}", f"t{number}", "otrs", key, shown, units, (), (), (key,))
            )
    return found


def _name(draw: random.Random) -> tuple[str, str]:
    return draw.choice(FIRST), "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 3))).capitalize()


def _unique(base: str, taken: set[str]) -> str:
    """A key that nobody has yet: directories number those of one name."""
    key = next(one for one in (base, *(f"{base}{n}" for n in range(2, 9_999))) if one not in taken)
    taken.add(key)
    return key


def _ascii(text: str) -> str:
    turned = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ç": "c", "ğ": "g", "ł": "l", "é": "e", "ë": "e", "ø": "o"}
    return "".join(turned.get(letter, letter) for letter in text.lower()).replace(" ", "").replace("-", "")


def _spelled(draw: random.Random, name: tuple[str, str]) -> str:
    """A name as lists write it: turned, with titles, without umlauts, an initial, a slip of the pen."""
    first, last = name
    how = draw.random()
    if how < 0.3:
        return f"{last}, {first}"
    if how < 0.45:
        return f"{_ascii(first).capitalize()} {_ascii(last).capitalize()}"
    if how < 0.55:
        return f"Dr. {first} {last}"
    if how < 0.62:
        return f"{first[0]}. {last}"
    if how < 0.7:
        place = draw.randrange(1, len(last))
        return f"{first} {last[:place]}{last[place + 1 :]}"
    return f"{first} {last}"
