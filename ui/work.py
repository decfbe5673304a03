"""Long work beside the page: it goes on while the page is drawn again, says how far it is, and can be stopped.

A piece of work is known by its key, a text that says all it depends on; asking again for the same key, in any session,
gives the same work. Nothing of Streamlit runs inside it.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

import streamlit as st

from data.progress import Progress
from errors import AtlasError, CancelledError
from locales import Voice, later, say, use_language, voice

logger = logging.getLogger("atlas")

PATIENCE_S = 1.5
"""So long the page waits before it draws a bar; most files are read within it."""
KEPT = 4
"""Finished pieces of work whose results are kept, the latest; a million rows take some hundred megabytes."""


@dataclass
class Work:
    """One piece of work.

    Attributes
    ----------
    share : float
        How much is done, 0 to 1.
    doing : str
        What is being done.
    result : object
        What it gave, once it is done.
    error : Exception or None
        Why it gave nothing.
    """

    share: float = 0.0
    doing: str = later("Starting")
    result: Any = None
    error: Exception | None = None
    _stopped: Event = field(default_factory=Event)
    _done: Event = field(default_factory=Event)

    def tell(self, share: float, doing: str) -> None:
        """Note how far the work is; CancelledError when it was stopped meanwhile."""
        if self._stopped.is_set():
            raise CancelledError(say("Stopped; nothing was changed."), say("Start again whenever you like."))
        self.share, self.doing = min(max(share, 0.0), 1.0), doing

    def stop(self) -> None:
        """Ask the work to end at its next step."""
        self._stopped.set()

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for its end, at most so long; return whether it has ended."""
        return self._done.wait(seconds)

    def run(self, function: Callable[[Progress], Any], speaker: Voice) -> None:
        """Do the work in the words of who asked for it; every error is kept for the page."""
        use_language(speaker.language, speaker.digits)
        try:
            self.result = function(self.tell)
        except AtlasError as error:
            self.error = error
        except Exception as error:  # shown by the page as any other unforeseen error
            logger.warning("%s in the background", type(error).__name__)
            self.error = error
        finally:
            self._done.set()


_WORKS: OrderedDict[str, Work] = OrderedDict()
_LOCK = Lock()


def ask(key: str, function: Callable[[Progress], Any]) -> Work:
    """Return the work with this key; started now, with `function`, when it is not known yet."""
    with _LOCK:
        work = _WORKS.get(key)
        if work is None:
            work = _WORKS[key] = Work()
            Thread(target=work.run, args=(function, voice()), daemon=True, name="atlas-work").start()
        _WORKS.move_to_end(key)
        finished = [one for one, known in _WORKS.items() if known.done]
        for old in finished[: max(len(finished) - KEPT, 0)]:
            del _WORKS[old]
    return work


def forget(key: str) -> None:
    """Let go of a piece of work, so that the next request starts it anew."""
    with _LOCK:
        _WORKS.pop(key, None)


def await_work(key: str, function: Callable[[Progress], Any], *, label: str) -> Any | None:
    """Return what the work gave, or draw how far it is and return None; raise what it raised.

    Parameters
    ----------
    key, function
        See `ask`.
    label : str
        What a person is told is being done; constant text.
    """
    work = ask(key, function)
    if not work.wait(PATIENCE_S):
        with st.container(border=True, key="work"):
            st.markdown(f"**{label}**")
            _show_work(key)
        return None
    if work.error is not None:
        forget(key)
        raise work.error
    return work.result


@st.fragment(run_every=0.5)
def _show_work(key: str) -> None:
    work = _WORKS.get(key)
    if work is None or work.done:
        st.rerun()
        return
    st.progress(work.share, text=f"{say(work.doing)} …")
    if st.button(say("Stop"), key="stop_work", icon=":material/stop_circle:"):
        work.stop()
