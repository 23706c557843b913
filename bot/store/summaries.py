"""Stories condensed, once for each version of their sources and each recipe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select

from bot.model import Story, Summary, Tokens
from bot.store.database import Database, batches
from bot.store.tables import summaries

BODY = TypeAdapter(Summary)


@dataclass(frozen=True, slots=True)
class StoredSummaries:
    """Fulfils the port `Summaries`."""

    database: Database

    async def find(self, stories: Sequence[Story], recipe: str) -> Mapping[int, Summary]:
        """The stored summaries of exactly these versions, by story id."""
        versions = {story.id: story.version for story in stories}
        found = {}
        for batch in batches(list(versions)):
            wanted = select(summaries).where(summaries.c.recipe == recipe, summaries.c.story.in_(batch))
            async for row in self.database.rows(wanted):
                if versions[row.story] == row.version:
                    found[row.story] = BODY.validate_json(row.body)
        return found

    async def keep(self, summary: Summary, recipe: str, tokens: Tokens) -> None:
        """Store a summary; a second one for the same story, version and recipe is ignored."""
        insert = self.database.insert(summaries).on_conflict_do_nothing()
        async with self.database.writing() as connection:
            await connection.execute(insert, _row(summary, recipe, tokens))


def _row(summary: Summary, recipe: str, tokens: Tokens) -> dict[str, Any]:
    return {
        "story": summary.story_id,
        "version": summary.version,
        "recipe": recipe,
        "body": BODY.dump_json(summary).decode(),
        "tokens_read": tokens.read,
        "tokens_written": tokens.written,
    }
