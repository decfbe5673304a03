"""The commands of ``cli.py``: they read arguments and print; the work is done in ``data/`` and ``geo/``."""
