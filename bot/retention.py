"""How long is kept what people left; `bot/running.py` deletes it, and `/privacy show` tells it."""

from datetime import timedelta

from bot.stories.votes import COUNTED

REMEMBERED = timedelta(days=30)  # of what was posted, for „was told before“ and for `/status`
UNNEEDED = timedelta(days=2)  # of texts that were to be posted to nobody who is there still
UNPOSTED = timedelta(days=7)  # of pages whose digest was not posted; the longest cut-off is two days
CONVERSATIONS_REMEMBERED = timedelta(days=30)
DELIVERIES, QUESTIONS, VOTES = REMEMBERED.days, CONVERSATIONS_REMEMBERED.days, COUNTED.days  # days
