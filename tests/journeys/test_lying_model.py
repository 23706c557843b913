"""Whatever a model answers, the digest comes, and no lie of it is on the wire; real parts, a loopback model."""

import logging
from collections.abc import Mapping, Sequence

import pytest
from aiohttp import web

from bot.llm.endpoints import OUTPUT_TOKENS
from bot.llm.openai import OpenAIModel
from bot.model import Article, Sentence
from bot.summaries import condense as condensing
from bot.summaries.check import Checked
from bot.summaries.prompt import Draft
from tests import liars
from tests.chats.guildhall import Guildhall
from tests.journeys.office import TOLD, office, subscription, texts
from tests.liars import ATTACK, BABBLE, LIES, PETREL, TRUTHS
from tests.models import KEY, Asked, ModelServer, Responder, drips, says, status

PATIENCE = 2.0  # seconds
# Classes that no rule of the check sees yet. Once one does, its test says so (XPASS): take the class out of here.
AWAITED = frozenset("place product company negation".split())
AWAITED_IN_HEADLINES = AWAITED
MENDED = {"html in the answer", "half of it repeated"}  # what is left of it tells enough of so short an article


def classes(awaited: frozenset[str]) -> list[object]:
    """Every class of lies; those that are not seen yet are expected to fail."""
    waiting = pytest.mark.xfail(reason="no rule sees it yet")
    return [pytest.param(kind, marks=[waiting] if kind in awaited else []) for kind in LIES]


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OpenAIModel.__init__, "__defaults__", (PATIENCE, OUTPUT_TOKENS))


async def posted(
    hall: Guildhall, url: str, model: Responder, told: Mapping[str, str] = TOLD, judge: str = ""
) -> tuple[str, ModelServer]:
    """What is on the wire of the morning's digest; how often the model was asked."""
    async with ModelServer(model) as server, office(url, hall, model=server, llm_judge=judge) as bot:
        await bot.publish(told)
        await bot.subscribe(subscription(0))
        await bot.morning()
        assert set(await bot.states()) == {"sent"}
    (text,) = texts(hall)
    return text, server


async def test_an_honest_model_passes(hall: Guildhall, url: str) -> None:
    text, server = await posted(hall, url, liars.honest)
    assert all(truth in text for truths in TRUTHS.values() for truth in truths)
    assert len(server.asked) == len(TOLD)


@pytest.mark.parametrize("kind", classes(AWAITED))
async def test_no_lie_is_on_the_wire(hall: Guildhall, url: str, kind: str) -> None:
    text, server = await posted(hall, url, liars.lies(LIES[kind]))
    assert LIES[kind] not in text
    assert all(truth in text for truths in TRUTHS.values() for truth in truths), "what is true stays"
    assert len(server.asked) == len(TOLD) + 1, "one repair, of one story"


@pytest.mark.parametrize("kind", classes(AWAITED_IN_HEADLINES))
async def test_no_lie_is_a_headline(hall: Guildhall, url: str, kind: str) -> None:
    text, _ = await posted(hall, url, liars.lies_in_the_headline(LIES[kind].removesuffix(".")))
    assert LIES[kind].removesuffix(".") not in text
    assert PETREL in text


@pytest.mark.xfail(reason="no rule sees all of them yet", condition=bool(AWAITED))
async def test_nothing_but_lies_is_an_extract(hall: Guildhall, url: str) -> None:
    text, _ = await posted(hall, url, liars.lies(*LIES.values()))
    assert not [lie for lie in LIES.values() if lie in text]
    assert TRUTHS[PETREL][0] in text


@pytest.mark.parametrize("answer", BABBLE)
async def test_babble_becomes_extracts(hall: Guildhall, url: str, answer: str) -> None:
    text, server = await posted(hall, url, BABBLE[answer]())
    assert all(title in text for title in TOLD)
    assert ("Auszug" in text) == (answer not in MENDED)
    assert "<b>" not in text
    assert "The company" not in text
    assert text.count(TRUTHS[PETREL][0]) <= 1
    assert len(server.asked) <= 3 * len(TOLD), "no storm of requests"


@pytest.mark.parametrize("model", [drips, status(500), status(429, headers={"Retry-After": "3600"}), status(401)])
async def test_a_model_that_does_not_answer_holds_up_nothing(hall: Guildhall, url: str, model: Responder) -> None:
    text, _ = await posted(hall, url, model)
    assert all(title in text for title in TOLD)
    assert "Kein Sprachmodell war beteiligt" in text


@pytest.mark.parametrize("judge", ["", "on"])
async def test_an_attacker_who_is_obeyed_in_everything_gains_nothing(hall: Guildhall, url: str, judge: str) -> None:
    told = {title: f"{text} {ATTACK}" if title == PETREL else text for title, text in TOLD.items()}

    def obeys(asked: Asked) -> web.StreamResponse:
        return liars.obeys(asked) if ATTACK[:60] in liars.question(asked) else liars.honest(asked)

    text, server = await posted(hall, url, obeys, told, judge)
    assert PETREL in text
    attacked = [asked for asked in server.asked if ATTACK[:60] in liars.question(asked)]
    nonces = {liars.question(asked).split("=== ", 1)[1].split(" ", 1)[0] for asked in attacked}
    assert attacked
    for leaked in (*nonces, "boese.example", "hxxps", "@everyone", "Nachrichtenredakteur"):
        assert leaked not in text
    assert all(truth in text for title, truths in TRUTHS.items() if title != PETREL for truth in truths)


@pytest.mark.parametrize(
    "verdict",
    [{"story": 0, "doubts": [{"sentence": n, "reason": "@everyone kauft"} for n in (1, 2)]}, "nein", {"doubts": 7}],
)
async def test_a_judge_that_lies_costs_no_digest(hall: Guildhall, url: str, verdict: object) -> None:
    async with ModelServer(says(verdict)) as judge:
        text, _ = await posted(hall, url, liars.honest, judge=f"judge@{judge.url}")
        assert len(judge.asked) >= len(TOLD)
    assert all(title in text for title in TOLD)
    assert "@everyone" not in text


async def test_the_control_without_the_check_all_of_it_is_on_the_wire(
    hall: Guildhall, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def believes(draft: Draft, articles: Sequence[Article], nonce: str) -> Checked:
        return Checked(draft.headline, tuple(Sentence(one.text, tuple(one.sources)) for one in draft.sentences), ())

    monkeypatch.setattr(condensing, "check", believes)
    text, _ = await posted(hall, url, liars.lies("Mehr steht auf boese.example."))
    assert "boese" in text


async def test_no_key_is_in_the_log(hall: Guildhall, url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        await posted(hall, url, status(401, f"bad key {KEY}"))
    assert KEY not in "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("bot"))
