"""An answer as the page shows it: the headline, the clocks in their order, cards with their doors."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from graph_service.text.messages import Spoken, sentence
from graph_service.web.rendering import clock, instant_of, short_day
from graph_service.web.sessions import Question

SOURCES_SHOWN = 2
WHAT_IFS_SHOWN = 2
BARS = {"STRONG": 3, "GOOD": 2, "POSSIBLE": 1}
Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody in one of the lists: `anchor` names the card on the page, `sources` the cases shown at once, `doors`
    those still to be tried, at least the last (`was_tried`: the first was not answered), `what_ifs` what would move
    them, `number` what an override has opened."""

    expert: Value
    anchor: str
    bars: int
    sources: Sequence[Value]
    doors: Sequence[Value]
    what_ifs: Sequence[str]
    number: str
    was_tried: bool

    @property
    def person(self) -> str:
        """Their id; two may be called the same."""
        return str(self.expert["person"]["id"])

    @property
    def name(self) -> str:
        """What they are called."""
        return str(self.expert["person"]["name"])

    @property
    def has_no_number(self) -> bool:
        """Whether it has to be said that no number is on file."""
        return any(_is_dumb(door) for door in self.expert["doors"]) and not any(_is_dumb(door) for door in self.doors)

    @property
    def opening(self) -> str:
        """The code of how the headline names the first door."""
        door = self.doors[0]
        if self.later:
            return f"pages.door.later.{door['kind']}" if door["kind"] in ("DUTY", "ON_CALL") else "pages.door.LATER"
        return f"pages.door.{door['kind']}{'.none' if _is_dumb(door) else ''}"

    @property
    def later(self) -> str:
        """From when they can be reached themselves, where others stand in until then; empty: they are not."""
        found = next((door for door in self.doors if door["kind"] == "LATER" and door["fromAt"]), None)
        return str(found["fromAt"]) if found and self.doors[0]["kind"] != "CALL" else ""

    @property
    def glyph(self) -> str:
        """How the asker stands to them: LIVING, DORMANT, VIA, UNKNOWN; empty where nothing is told."""
        relation = self.expert["relation"]
        if relation is None:
            return ""
        if relation["nearness"] == "KNOWN":
            return "LIVING" if relation["isLiving"] else "DORMANT"
        return str(relation["nearness"])


@dataclass(frozen=True, slots=True)
class Moment:
    """A point on the line of clocks: its `mark` is now, promise, due or plain."""

    at: datetime
    title: str
    text: str
    mark: str = "plain"
    note: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the two lists as cards, level ones together after the first; the line of clocks; the numbers
    of cases that can be opened; the note with who was not reached; whether both lists begin with one person, and
    whether the clock is one of today."""

    today: Sequence[Card]
    experts: Sequence[Card]
    moments: Sequence[Moment]
    cases: Mapping[str, str]
    zone: ZoneInfo
    note: str
    is_one: bool
    is_for_today: bool

    @property
    def heads(self) -> list[Card]:
        """The first of either list."""
        return [*self.today[:1], *self.experts[:1]]

    @property
    def calls(self) -> list[Card]:
        """Those the headline names whose first door is a number to ring, each number once."""
        first = [card for card in (*self.heads, self.plan_b) if card and card.doors[0]["number"]]
        return list({card.doors[0]["number"]: card for card in reversed(first)}.values())[::-1]

    @property
    def plan_b(self) -> Card | None:
        """Who to turn to besides: where somebody of the headline was not reached the next who can be called, where one
        person heads both lists the second of today, who can be called or follows an override."""
        if any(card.was_tried for card in self.heads):
            named = {card.person for card in self.heads}
            rest = [card for card in (*self.today, *self.experts) if card.person not in named and not card.was_tried]
            return next((card for card in rest if _is_call(card.doors[0])), None)
        second = self.today[1:2] if self.is_one else ()
        return next((card for card in second if self.experts[0].number or _is_call(card.doors[0])), None)

    def further(self, cards: Sequence[Card]) -> list[list[Card]]:
        """Those after the first, level ones in one group."""
        return [list(group) for _, group in groupby(cards[1:], key=lambda card: card.expert["rank"])]


def shown(answer: Value, question: Question, language: Spoken) -> Shown:
    """The answer for one question."""
    zone = ZoneInfo(answer["zone"])
    today = [_card(one, answer, question, language, is_today=True) for one in answer["today"]]
    experts = [_card(one, answer, question, language, is_today=False) for one in answer["experts"]]
    moments = _Moments(answer, language, zone).of(today[:1], experts[:1])
    clock_said = answer["strip"]["deadline"]
    return Shown(
        today,
        experts,
        moments,
        dict(_cases(answer)),
        zone,
        _note(answer, (*today, *experts), language),
        is_one=bool(today and experts and today[0].person == experts[0].person),
        is_for_today=clock_said is None or _day(clock_said["at"], zone) == _day(answer["asOf"], zone),
    )


def _day(at: str | datetime, zone: ZoneInfo) -> date:
    return instant_of(at).astimezone(zone).date()


def _cases(answer: Value) -> Iterator[tuple[str, str]]:
    """Number and id of each case that the answer cites."""
    for near in answer["nearest"]:
        yield near["case"]["key"], near["case"]["id"]
    for expert in (*answer["today"], *answer["experts"], *answer["onlyDeclared"]):
        for name in ("knows", "proven", "reachable"):
            for reason in expert[name]["reasons"]:
                for case in reason["cases"]:
                    yield case["key"], case["id"]


def _note(answer: Value, cards: Sequence[Card], language: Spoken) -> str:
    """The handover note, and whom somebody has tried to reach in vain."""
    unreached = ", ".join(dict.fromkeys(card.name for card in cards if card.was_tried))
    tried = [sentence("pages.below.not_reached", language, names=unreached)] if unreached else []
    return "\n".join([answer["around"]["handoverNote"], *tried])


def _card(expert: Value, answer: Value, question: Question, language: Spoken, *, is_today: bool) -> Card:
    person = expert["person"]["id"]
    told = [one for one in answer["whatIfs"] if one["person"]["id"] == person and one["isToday"] == is_today]
    moving = [one["sentence"] for one in told if one["rank"] != one["rankBefore"]]
    hangs_on = answer["whatIf"]
    if hangs_on and hangs_on["person"]["id"] == person and not is_today:
        moving.append(hangs_on["sentence"])
    number = question.numbers.get(person, "")
    doors = [door for door in expert["doors"] if not _is_dumb(door)] or expert["doors"]
    if number:
        doors = [_opened(number, language), *doors]
    tried = question.unreached.get(person, 0)
    return Card(
        expert,
        f"{'heute' if is_today else 'dauerhaft'}-{person.rstrip('=')}",
        BARS.get(expert["band"] or "", 0),
        expert["solved"][:SOURCES_SHOWN],
        doors[min(tried, len(doors) - 1) :],
        moving[:WHAT_IFS_SHOWN],
        number,
        bool(tried),
    )


def _opened(number: str, language: Spoken) -> Value:
    """The door that an override has opened."""
    said = sentence("pages.override.opened", language)
    return {"kind": "CALL", "number": number, "words": said, "fromAt": None, "untilAt": None}


class _Moments:
    """Puts the clocks of an answer in their order."""

    def __init__(self, answer: Value, language: Spoken, zone: ZoneInfo) -> None:
        self._answer, self._language, self._zone = answer, language, zone
        self._now = instant_of(answer["asOf"])
        self._strip = answer["strip"]

    def of(self, today: Sequence[Card], experts: Sequence[Card]) -> list[Moment]:
        """The line: now, when doors open and close, promises, and when it is too late."""
        first = (*today, *experts)
        reached = next((card.name for card in first if _is_call(card.doors[0]) and not card.was_tried), "")
        now = self._say("now_reached", name=reached) if reached else ""
        line = [Moment(self._now, self._say("now", at=clock(self._now, self._zone)), now, "now")]
        for card in {card.person: card for card in first}.values():
            line += self._doors(card)
        line += [*self._promises(), *self._ends()]
        return sorted(line, key=lambda one: one.at)

    def _say(self, code: str, **values: object) -> str:
        return sentence(f"pages.time.{code}", self._language, **values)

    def _when(self, at: datetime) -> str:
        local, today = at.astimezone(self._zone), self._now.astimezone(self._zone)
        return clock(at, self._zone) if local.date() == today.date() else short_day(at, self._language, self._zone)

    def _doors(self, card: Card) -> Iterator[Moment]:
        end = self._strip["deadline"] and instant_of(self._strip["deadline"]["at"])
        if end and _day(end, self._zone) != _day(self._now, self._zone):
            end = None  # whoever goes home today is back before it
        for door in card.expert["doors"]:
            if door["kind"] == "LATER" and door["fromAt"] and not card.number:
                at = instant_of(door["fromAt"])
                code = "flag_ends" if card.expert["override"] else "back"
                yield Moment(at, self._when(at), self._say(code, name=card.name))
            if door["kind"] == "CALL" and door["untilAt"] and end and instant_of(door["untilAt"]) < end:
                at = instant_of(door["untilAt"])
                early = self._say("too_early", count=int((end - at) / timedelta(minutes=1)))
                yield Moment(at, self._when(at), self._say("gone", name=card.name), warning=early)

    def _promises(self) -> Iterator[Moment]:
        for one in self._answer["around"]["promises"]:
            due, begins = instant_of(one["dueAt"]), one["dueFrom"] and instant_of(one["dueFrom"])
            title = self._when(due)
            if begins:
                title = f"{self._when(begins)} – {title}"
            yield Moment(due, title, self._say(f"promise.{one['kind']}"), "promise", self._say("not_promised"))

    def _ends(self) -> Iterator[Moment]:
        clock_said, end = self._strip["deadline"], self._strip["consequence"]
        promised = {one["dueAt"] for one in self._answer["around"]["promises"]}
        if clock_said and clock_said["at"] not in promised:
            at = instant_of(clock_said["at"])
            yield Moment(at, self._when(at), self._say("deadline"), "due", clock_said["assumed"])
        if end:
            at = instant_of(end["at"])
            text = self._say("consequence", words=end["words"], what=end["what"]) if end["words"] else end["what"]
            yield Moment(at, self._when(at), text, "due", end["assumed"])


def _is_call(door: Value) -> bool:
    return bool(door["kind"] == "CALL" and door["number"])


def _is_dumb(door: Value) -> bool:
    """A call without a number: no door where there is another."""
    return door["kind"] == "CALL" and not door["number"]
