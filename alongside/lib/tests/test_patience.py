"""A client that does not finish its headers is not waited for; one that does is not hurried."""

import pytest

from alongside.lib import patience


@pytest.fixture
def short(monkeypatch):
    """Hardly any patience."""
    monkeypatch.setattr(patience, "HEAD_SECONDS", 0.5)


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET /health HTTP/1.1\r\nHost: x\r\n"])
def test_unfinished_headers_close_the_line(short, server, sent):
    with server.line() as line:
        line.sendall(sent)
        assert line.recv(100) == b""


def test_an_unfinished_second_request_closes_the_line_too(short, server):
    with server.line() as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = b""
        while b'"well"' not in answer:
            answer += line.recv(4000)
        line.sendall(b"GET /hea")
        assert line.recv(100) == b""


def test_a_body_may_take_its_time(short, server):
    with server.line() as line:
        line.sendall(b"POST /accounts/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\n")
        line.settimeout(1.0)
        with pytest.raises(TimeoutError):
            line.recv(100)
        line.settimeout(10)
        line.sendall(b"a=1")
        assert line.recv(100).startswith(b"HTTP/1.1 403")
