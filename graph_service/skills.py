"""Names of skills: which published or house skill a free-text name may mean, decided by people and never by itself.

Suggestions are two orders fused (reciprocal rank, Cormack et al. 2009, k = 20): BM25 over stems and compound parts of
labels (twice), other labels, descriptions and the labels of the group, and the likeness of letters (TF-IDF of 3 to 5
letters, cosine). Where no label is the same, the group that several of the suggested skills share is offered too.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from graph_service.errors import InputRefused
from graph_service.identity.linking import IdentityVerdict, Judgement
from graph_service.store import named_queries as nq
from graph_service.store.base import Store, Transaction, View
from graph_service.text.terms import terms_of

SKILL = "SKILL"
FUSED_WITH = 20
MOST = 5
_CONSIDERED = 50
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill that a name may mean: its id, labels, the score of the fused order; `is_same_label` letter for letter,
    `group` the label of the group it belongs to, `is_group` for the group of several of the others."""

    skill: str
    label_de: str
    label_en: str
    score: float
    is_same_label: bool
    group: str = ""
    is_group: bool = False


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A name that was claimed and stands for no listed skill yet, with what it may mean, likeliest first."""

    skill: str
    label: str
    suggestions: tuple[Suggestion, ...]


class Concepts:
    """The listed skills, ready to be searched."""

    def __init__(self, rows: Sequence[nq.SkillConcept]) -> None:
        merged: dict[str, nq.SkillConcept] = {}
        for row in rows:
            before = merged.get(row.skill)
            merged[row.skill] = row if before is None else _merged(before, row)
        self.rows = [row for _, row in sorted(merged.items()) if row.label_de or row.label_en]
        places = {(row.source, row.key): place for place, row in enumerate(self.rows)}
        self._groups = [
            [places[row.source, key] for key in row.broader if (row.source, key) in places] for row in self.rows
        ]
        self._words = [
            Counter(_words(row, [self.rows[place] for place in groups]))
            for row, groups in zip(self.rows, self._groups, strict=True)
        ]
        self._lengths = [words.total() for words in self._words]
        self._mean = sum(self._lengths) / max(len(self._lengths), 1)
        self._holders: dict[str, list[int]] = {}
        for place, words in enumerate(self._words):
            for word in words:
                self._holders.setdefault(word, []).append(place)
        self._by_label: dict[str, set[int]] = {}
        for place, row in enumerate(self.rows):
            for label in _labels(row):
                self._by_label.setdefault(label, set()).add(place)
        self._letters: tuple[Callable[[list[str]], object], object] | None = None

    def suggested(self, text: str, most: int = MOST, without: Collection[str] = ()) -> list[Suggestion]:
        """The likeliest skills for a name or a sentence, `without` some; labels that are the same stand first."""
        written_out = spelled_out(text)
        orders = (self._by_words(written_out), self._by_letters(written_out))
        fused: dict[int, float] = {}
        for order in orders:
            for rank, place in enumerate(order[:_CONSIDERED], start=1):
                fused[place] = fused.get(place, 0.0) + 1 / (FUSED_WITH + rank)
        same = self._by_label.get(text.casefold().strip(), set())
        best = sorted(
            {*fused, *same}, key=lambda place: (place not in same, -fused.get(place, 0.0), self.rows[place].skill)
        )
        best = [place for place in best if self.rows[place].skill not in without][:most]
        shared = None if same else self._shared_group(best, without)
        return [
            Suggestion(
                self.rows[place].skill,
                self.rows[place].label_de,
                self.rows[place].label_en,
                round(fused.get(place, 0.0), 6),
                place in same,
                next((_shown(self.rows[group]) for group in self._groups[place]), ""),
                place == shared,
            )
            for place in (*best, *([shared] if shared is not None else ()))
        ]

    def _shared_group(self, places: Sequence[int], without: Collection[str]) -> int | None:
        """The group that most of these skills belong to, at least two; None where it is suggested anyway."""
        times = Counter(group for place in places for group in self._groups[place] if group not in places)
        shared = [group for group in times if times[group] > 1 and self.rows[group].skill not in without]
        return min(shared, key=lambda one: (-times[one], one), default=None)

    def _by_words(self, text: str) -> list[int]:
        scores: dict[int, float] = {}
        for word in set(terms_of(text, "")):
            holders = self._holders.get(word, [])
            weight = math.log(1 + (len(self.rows) - len(holders) + 0.5) / (len(holders) + 0.5))
            for place in holders:
                times = self._words[place][word]
                norm = _K1 * (1 - _B + _B * self._lengths[place] / self._mean)
                scores[place] = scores.get(place, 0.0) + weight * times * (_K1 + 1) / (times + norm)
        return sorted(scores, key=lambda place: (-scores[place], place))

    def _by_letters(self, text: str) -> list[int]:
        import numpy as np
        from sklearn.feature_extraction.text import TfidfVectorizer

        if not self.rows:
            return []
        if self._letters is None:
            vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
            matrix = vectors.fit_transform(
                [f"{row.label_de} {' '.join(row.alternatives)} {row.label_en}" for row in self.rows]
            )
            self._letters = (vectors.transform, matrix)
        transform, matrix = self._letters
        scores = (matrix @ transform([text]).T).toarray().ravel()  # type: ignore[attr-defined]
        order = np.argsort(-scores, kind="stable")[:_CONSIDERED]
        return [int(place) for place in order if scores[place] > 0]


def spelled_out(text: str) -> str:
    """The text with what abbreviations in it stand for."""
    known = _abbreviations()
    return " ".join([text, *(known[word] for word in re.findall(r"\w+", text.casefold()) if word in known)])


@cache
def _abbreviations() -> dict[str, str]:
    lines = files("graph_service.text").joinpath("abbreviations.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line)
    return {short.strip(): long.replace(";", " ").strip() for short, _, long in pairs}


def _merged(one: nq.SkillConcept, other: nq.SkillConcept) -> nq.SkillConcept:
    """One skill told in two languages."""
    return one._replace(
        label_de=one.label_de or other.label_de,
        label_en=one.label_en or other.label_en,
        alternatives=tuple(dict.fromkeys((*one.alternatives, *other.alternatives))),
        description=one.description or other.description,
        broader=tuple(dict.fromkeys((*one.broader, *other.broader))),
    )


def _shown(row: nq.SkillConcept) -> str:
    return row.label_de or row.label_en


def _words(row: nq.SkillConcept, groups: Sequence[nq.SkillConcept]) -> list[str]:
    labels = [row.label_de, row.label_en]
    above = [label for group in groups for label in (group.label_de, group.label_en)]
    text = " ".join((*labels, *labels, *row.alternatives, row.description, *above))
    return list(terms_of(text, ""))


def _labels(row: nq.SkillConcept) -> set[str]:
    return {label.casefold() for label in (row.label_de, row.label_en, *row.alternatives) if label}


def concepts_of(store: Store) -> Concepts:
    """The listed skills that are offered: not retired, not ended."""
    return Concepts(store.state(nq.SKILL_CONCEPTS))


def unplaced(store: Store, view: View, limit: int) -> list[Unplaced]:
    """Claimed names that stand for no listed skill, in the order of names, those for later last."""
    judged = store.state(nq.JUDGEMENTS, kind=SKILL)
    decided = {row.one for row in judged if row.verdict in (IdentityVerdict.SAME, IdentityVerdict.EXTERNAL)}
    later = {row.one for row in judged if row.verdict == IdentityVerdict.LATER}
    never = {(row.one, row.other) for row in judged if row.verdict == IdentityVerdict.NOT_SAME}
    waiting = [row for row in view.ask(nq.SKILL_LABELS) if row.skill not in decided and row.label]
    waiting = sorted(waiting, key=lambda row: row.skill in later)[:limit]
    concepts = concepts_of(store) if waiting else Concepts(())
    found = []
    for row in waiting:
        refused = {other for one, other in never if one == row.skill}
        found.append(Unplaced(row.skill, row.label, tuple(concepts.suggested(row.label, without=refused))))
    return found


def decide_skill(store: Store, view: View, judgement: Judgement) -> None:
    """Keeps what a claimed name (`one`, its skill id) means (`other`); questions then find it under all names of that
    skill. EXTERNAL: a name of the house's own that stands for itself. Raises InputRefused for a name nobody
    has claimed and for a skill not listed."""
    if judgement.one not in {row.skill for row in view.ask(nq.SKILL_LABELS)}:
        raise InputRefused("skill.unknown_name")
    about_two = judgement.verdict in (IdentityVerdict.SAME, IdentityVerdict.NOT_SAME)
    listed = {row.skill for row in store.state(nq.SKILL_CONCEPTS) if row.label_de or row.label_en}
    if about_two and judgement.other not in listed:
        raise InputRefused("skill.unknown")
    row = (judgement if about_two else replace(judgement, other="")).as_row(SKILL)

    def work(transaction: Transaction) -> None:
        for other in _said_before(transaction, judgement):
            transaction.write(nq.DROP_JUDGEMENT, {"kind": SKILL, "one": judgement.one, "other": other})
        transaction.write(nq.SET_JUDGEMENTS, [row])

    store.write(work)


def _said_before(transaction: Transaction, judgement: Judgement) -> list[str]:
    """What was decided about the name and no longer holds: to be a listed skill, or none, or to be put off."""
    said = _said(transaction, judgement.one)
    if judgement.verdict is IdentityVerdict.SAME:
        return [row.other for row in said if not row.other]
    if judgement.verdict is IdentityVerdict.NOT_SAME:
        return []
    return [row.other for row in said if row.verdict == IdentityVerdict.SAME]


def _said(transaction: Transaction, label: str) -> list[nq.JudgementRow]:
    """All that was decided about a name."""
    return [row for row in transaction.read(nq.JUDGEMENTS, {"kind": SKILL}) if row.one == label]


def undo_skill(store: Store, label: str, concept: str) -> None:
    """Forgets what was decided about a name, with one listed skill or (`concept` empty) altogether. Raises InputRefused
    when nothing was."""

    def work(transaction: Transaction) -> int:
        gone = [row.other for row in _said(transaction, label) if concept in ("", row.other)]
        for other in gone:
            transaction.write(nq.DROP_JUDGEMENT, {"kind": SKILL, "one": label, "other": other})
        return len(gone)

    if not store.write(work):
        raise InputRefused("skill.not_decided")
