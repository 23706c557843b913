"""What the newsroom needs from outside. Stages and pipeline know these protocols; wiring knows who fulfils them.

Clock · bot/clock.py: what time it is
Web · bot/feeds/fetch.py: one guarded, bounded GET
Workers · bot/workers.py: heavy work in processes that can be killed
Model · bot/llm/: a language model that answers in JSON
Store · bot/store/: everything that outlives the process
Surface · cogs/discord/: a chat that takes digests
Engine · bot/engine.py: jobs that run once, however many processes see that they are due
"""

from bot.ports.chat import Engine, Job, Surface
from bot.ports.news import Articles, Feeds, Known, Placement, Spending, Stories, Summaries, Tally
from bot.ports.people import People
from bot.ports.posts import Alerts, Body, Leases, Outbox, Outcome, Past, Shown, Subscriptions, Votes
from bot.ports.published import Page, Printed, Published
from bot.ports.questions import Archive, Conversations, Sought
from bot.ports.store import Store
from bot.ports.watching import Pulse, Watch
from bot.ports.world import Answer, AnswerT, Clock, Model, Progress, Prompt, Reply, Request, Web, Workers

__all__ = [
    "Alerts",
    "Answer",
    "AnswerT",
    "Archive",
    "Articles",
    "Body",
    "Clock",
    "Conversations",
    "Engine",
    "Feeds",
    "Job",
    "Known",
    "Leases",
    "Model",
    "Outbox",
    "Outcome",
    "Page",
    "Past",
    "People",
    "Placement",
    "Printed",
    "Progress",
    "Prompt",
    "Published",
    "Pulse",
    "Reply",
    "Request",
    "Shown",
    "Sought",
    "Spending",
    "Store",
    "Stories",
    "Subscriptions",
    "Summaries",
    "Surface",
    "Tally",
    "Votes",
    "Watch",
    "Web",
    "Workers",
]
