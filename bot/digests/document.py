"""A digest -> the JSON of the outside contract (`preview --format json`)."""

from bot.model import Digest, DigestStory, Sentence, Source


def as_json(digest: Digest) -> dict[str, object]:
    """The digest as plain values; dates and times in ISO 8601, times in UTC."""
    return {
        "date": digest.day.isoformat(),
        "audience": digest.audience,
        "stories": [_story(story) for story in digest.stories],
        "looked_at": digest.looked_at,
        "failed": [{"feed": failure.feed, "reason": failure.reason} for failure in digest.failed],
        "notes": list(digest.notes),
    }


def _story(story: DigestStory) -> dict[str, object]:
    summary = story.summary
    return {
        "headline": summary.headline,
        "sentences": [_sentence(sentence) for sentence in summary.sentences],
        "topics": list(story.topics),
        "sources": [_source(source) for source in summary.sources],
        "made_by": summary.made_by.value,
        "translated": summary.translated,
        "dropped": [{"text": dropped.text, "reason": dropped.reason} for dropped in summary.dropped],
        "follow_up": story.follow_up,
        "why": [{"name": part.name, "points": round(part.points, 2)} for part in story.parts],
    }


def _sentence(sentence: Sentence) -> dict[str, object]:
    return {"text": sentence.text, "sources": list(sentence.sources), "hedged": sentence.hedged}


def _source(source: Source) -> dict[str, object]:
    return {
        "n": source.n,
        "outlet": source.outlet,
        "title": source.title,
        "url": source.url,
        "language": source.language.value,
        "published": source.published.isoformat(),
        "extent": source.extent.value,
    }
