"""All cogs: who answers what on Discord."""

from cogs.discord import digests, forms, questions, status, stories, suggestions, summaries, topics

COGS = (summaries.COG, stories.COG, topics.COG, digests.COG, forms.COG, status.COG, suggestions.COG, questions.COG)
