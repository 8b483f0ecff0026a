"""Numpy's threads are held to one while texts are read, and given back after."""

import os
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from quotekit.blas import one_thread


def threads() -> list[int]:
    np.ones((2, 2)) @ np.ones((2, 2))
    return [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]


@pytest.fixture(autouse=True)
def _two_threads() -> Iterator[None]:
    if not threads():
        pytest.skip("numpy's matrix library is one whose threads cannot be set")
    with threadpool_limits(2, user_api="blas"):
        yield


def test_one_thread_inside_and_as_many_as_before_after_it() -> None:
    with one_thread():
        assert set(threads()) == {1}
        with one_thread():
            assert set(threads()) == {1}
        assert set(threads()) == {1}
    assert set(threads()) == {2}


def test_an_error_gives_the_threads_back() -> None:
    with pytest.raises(KeyError), one_thread():
        raise KeyError
    assert set(threads()) == {2}


def test_several_threads_give_them_back() -> None:
    inside, leave = threading.Event(), threading.Event()

    def read() -> None:
        with one_thread():
            inside.set()
            leave.wait()

    with one_thread():
        other = threading.Thread(target=read)
        other.start()
        inside.wait()
    leave.set()
    other.join()
    assert set(threads()) == {2}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on this system")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning")
def test_a_fork_made_while_another_thread_reads_gets_the_threads_back() -> None:
    inside, leave = threading.Event(), threading.Event()

    def read() -> None:
        with one_thread():
            inside.set()
            leave.wait()

    other = threading.Thread(target=read)
    other.start()
    inside.wait()
    process = os.fork()
    if process == 0:
        right = False
        try:
            with one_thread():
                pass
            right = set(threads()) == {2}
        finally:
            os._exit(0 if right else 1)
    _, status = os.waitpid(process, 0)
    leave.set()
    other.join()
    assert os.waitstatus_to_exitcode(status) == 0
    assert set(threads()) == {2}
