"""All cogs: who answers what on Slack."""

from cogs.slack import alerts, digests, forms, home, privacy, questions, sources, status, stories, summaries, topics

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
    home.COG,
)
