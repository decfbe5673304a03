from data.permalink import *  # noqa: D100, F403 – passing, until every import names data.permalink
