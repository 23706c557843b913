"""All cogs: who answers what on Discord."""

from cogs.discord import digests, forms, sources, status, stories, suggestions, summaries, topics

COGS = (summaries.COG, stories.COG, topics.COG, digests.COG, forms.COG, sources.COG, status.COG, suggestions.COG)
