"""All cogs: who answers what on Discord."""

from cogs.discord import alerts, digests, forms, privacy, status, stories, suggestions, summaries, topics

COGS = (
    summaries.COG,
    stories.COG,
    topics.COG,
    digests.COG,
    forms.COG,
    alerts.COG,
    privacy.COG,
    status.COG,
    suggestions.COG,
)
