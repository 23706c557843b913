"""How much each sentence tells about its story: LexRank, then what newspapers have always known about leads."""

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.summaries.candidates import Candidate
from bot.summaries.terms import Terms

Scores = NDArray[np.float64]

DAMPING = 0.85  # as in LexRank (Erkan and Radev, 2004) and PageRank before it
ROUNDS = 20
ROUNDING = 1e-9  # what floating point leaves of nothing
COMFORTABLE = (60, 240)  # characters of a sentence that reads well
CENTRAL, LEADING, TITLED, TELLING = 1.0, 1.2, 0.6, 0.2  # what counts, and how much
UNCOMFORTABLE, LEANING, COMMENTING = 0.25, 0.3, 1.0  # what is taken off
_LEANING = re.compile(r"\b(?:hingegen|dagegen|jedoch|allerdings|demnach|stattdessen|damit|dazu|ebenfalls|however)\b")
_COMMENT = re.compile(
    r"\b(?:vielleicht|natürlich|kein Wunder|hoffentlich|leider|bekanntlich|ohnehin|immerhin|wer|spannend|ehrlich"
    r"|of course|perhaps|no wonder|unfortunately|hopefully)\b|!$",
    re.IGNORECASE,
)


def rated(sentences: Sequence[Candidate], titles: Terms, weight: Mapping[str, float]) -> list[float]:
    """A score for each sentence, comparable within a story only. `titles` are the terms of the story's headlines."""
    central = _centrality(_vectors([sentence.terms for sentence in sentences], weight))
    return [
        CENTRAL * float(centre) + _own(sentence, titles, weight)
        for sentence, centre in zip(sentences, central, strict=True)
    ]


def _own(sentence: Candidate, titles: Terms, weight: Mapping[str, float]) -> float:
    """What a sentence is worth by itself: where it stands, what it shares with the headlines, how it reads."""
    shared = sum(weight[term] for term in sentence.terms & titles)
    of_all = sum(weight[term] for term in titles if term in weight) or 1.0
    score = LEADING / math.sqrt(1 + sentence.position) + TITLED * shared / of_all
    score += TELLING * min(len(sentence.figures), 2)
    if not COMFORTABLE[0] <= len(sentence.text) <= COMFORTABLE[1]:
        score -= UNCOMFORTABLE
    score -= LEANING * bool(_LEANING.search(sentence.text))
    return score - COMMENTING * bool(_COMMENT.search(sentence.text))


def _vectors(texts: Sequence[Terms], weight: Mapping[str, float]) -> Scores:
    """One row of length 1 for each text, one column for each term."""
    column = {term: n for n, term in enumerate(weight)}
    rows = np.zeros((len(texts), len(column)))
    for row, text in zip(rows, texts, strict=True):
        for term in text:
            row[column[term]] = weight[term]
    lengths: Scores = np.linalg.norm(rows, axis=1, keepdims=True)
    normed: Scores = rows / np.where(lengths == 0, 1, lengths)
    return normed


def _centrality(rows: Scores) -> Scores:
    """The stationary weight of each row in the graph of their similarities; the largest is 1.

    The graph is never built: a product of two matrices makes BLAS start threads, which takes 20 times as long where
    the processors are busy.
    """
    own = (rows * rows).sum(axis=1)
    totals = rows @ rows.sum(axis=0) - own  # what each row has in common with all others
    shared = totals > ROUNDING
    even = 1 / len(rows)
    ranks: Scores = np.full(len(rows), even)
    for _ in range(ROUNDS):
        alone = ranks[~shared].sum() * even  # a row like no other leads everywhere
        passed = np.divide(ranks, totals, out=np.zeros(len(rows)), where=shared)
        ranks = (1 - DAMPING) * even + DAMPING * (alone + rows @ (passed @ rows) - passed * own)
    normed: Scores = ranks / ranks.max()
    return normed
