"""All cogs: who answers what on Discord."""

from cogs.discord import alerts, digests, forms, privacy, sources, status, stories, suggestions, summaries, topics

COGS = (
    summaries.COG,
    stories.COG,
    topics.COG,
    digests.COG,
    forms.COG,
    alerts.COG,
    sources.COG,
    privacy.COG,
    status.COG,
    suggestions.COG,
)
