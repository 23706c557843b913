"""New articles -> their stories, in the order they were published, with the topics they are about.

The window of what was told lately is kept between rounds; a new process builds it from the store.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.model import Article, Topic
from bot.ports import Archive, Placement, Progress, Stories
from bot.stories.group import SPAN, Window
from bot.stories.topics import TopicIndex

Turn = Callable[[datetime], Awaitable[bool]]

BEHIND = 1_000  # articles of a former version that a round takes into the archive, in two seconds
BATCH = 50  # articles that are written at once
BREATH = 4  # articles, at 2 to 5 ms each, between two looks at the event loop: an answer takes about ten turns of it


class Placing:
    """Finds each new article its story, once."""

    def __init__(self, stories: Stories, archive: Archive, topics: Sequence[Topic], turn: Turn | None = None) -> None:
        """`turn` tells whether this process may place now; without it, it always may."""
        self._stories = stories
        self._archive = archive
        self._topics = TopicIndex(topics)
        self._turn = turn
        self._window: Window | None = None
        self._placing = asyncio.Lock()
        self._behind = True  # whether articles may be missing in the archive

    async def place(self, now: datetime, progress: Progress) -> int:
        """Place what has no story yet and is young enough to have one; how many that were."""
        async with self._placing:
            return await self._place_all(now, progress)

    async def _place_all(self, now: datetime, progress: Progress) -> int:
        if self._turn is not None and not await self._turn(now):
            self._window = None  # another process goes on; what it places is not in ours
            return 0
        window = await self._ready(now)
        await self._catch_up()
        placed = 0
        while articles := await self._stories.unplaced(now - SPAN, BATCH):
            placements = []
            for n, article in enumerate(articles):
                placements.append(self._place(window, article))
                if n % BREATH == 0:
                    await asyncio.sleep(0)
            await self._stories.place(placements)
            placed += len(articles)
            progress("Meldungen zugeordnet", placed, placed + (BATCH if len(articles) == BATCH else 0))
        return placed

    async def _catch_up(self) -> None:
        """Let some of what was placed before there was an archive be found; soon there is none left."""
        self._behind = self._behind and await self._archive.catch_up(BEHIND) > 0

    def topics(self, article: Article) -> tuple[str, ...]:
        """What an article is about, best first."""
        return self._topics.of(article.title, article.text, article.topics)

    async def _ready(self, now: datetime) -> Window:
        """The window, as of the last round or built anew."""
        if self._window is None:
            window = Window()
            for n, (article, placement) in enumerate(await self._stories.placed(now - SPAN)):
                window.known(article, placement)
                if n % BREATH == 0:
                    await asyncio.sleep(0)
            self._window = window
        return self._window

    def _place(self, window: Window, article: Article) -> Placement:
        return replace(window.place(article), topics=self.topics(article))
