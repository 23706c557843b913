# docker build -t depesche . && docker run --env-file .env -v depesche:/data depesche
FROM python:3.14-slim

ENV PYTHONUNBUFFERED=1 DATA_DIR=/data
WORKDIR /app

# First what seldom changes; there are wheels of everything, so nothing is compiled.
COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore \
        --require-hashes --only-binary :all: -r requirements.txt

COPY bot bot
COPY cogs cogs
COPY config config
RUN python -m compileall -q bot cogs config \
    && useradd --system --user-group --uid 10001 --no-create-home depesche \
    && install -d -o depesche -g depesche /data

USER depesche
VOLUME /data
# No shell between: SIGTERM is the bot's, which finishes what it is posting.
CMD ["python", "-m", "bot", "run"]
