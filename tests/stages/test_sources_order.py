"""The numbers of a summary's sources, as a reader meets them."""

from dataclasses import replace

from bot.model import Length, Sentence
from bot.summaries.sources import in_order
from bot.summaries.write import shorten
from tests.stages.digests import SUMMARY

SOURCES = tuple(replace(SUMMARY.sources[0], n=n, outlet=f"Blatt {n}") for n in (1, 2, 3))
TOLD = replace(SUMMARY, sources=SOURCES, sentences=(Sentence("Eins.", (3,)), Sentence("Zwei.", (1, 3))))


def test_the_first_source_that_is_named_is_the_first() -> None:
    ordered = in_order(TOLD)

    assert [one.sources for one in ordered.sentences] == [(1,), (1, 2)]
    assert [(source.n, source.outlet) for source in ordered.sources] == [(1, "Blatt 3"), (2, "Blatt 1"), (3, "Blatt 2")]
    assert in_order(ordered) == ordered


def test_a_shorter_summary_has_the_same_numbers() -> None:
    long, short = shorten(TOLD, Length.LONG), shorten(TOLD, Length.SHORT)

    assert long.sources == short.sources == in_order(TOLD).sources
