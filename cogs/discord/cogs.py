"""All cogs: who answers what on Discord."""

from cogs.discord import (
    alerts,
    digests,
    forms,
    privacy,
    questions,
    sources,
    status,
    stories,
    suggestions,
    summaries,
    topics,
)

COGS = (
    summaries.COG,
    questions.COG,
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
