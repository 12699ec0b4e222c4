"""Fetching what somebody names: only from outside, only what fits, only in time, and nothing of ours is told."""

import datetime
import gzip
import socket
import ssl

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from alongside.lib import fetching, unfetched
from alongside.lib.fetching import fetch
from alongside.lib.outside import is_outside
from alongside.lib.tests.remote import Remote, answer

SMALL = {"most_bytes": 1000, "seconds": 10}
PRIVATE = [
    "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "192.0.0.192", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1", "168.63.129.16",
    "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::",
    "2001:0:7f00:1::", "2001:db8::1", "100::1", "fec0::1", "nonsense", "",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_of_the_public_internet_is_not_outside(address):
    assert not is_outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00::1"])
def test_the_public_internet_is_outside(address):
    assert is_outside(address)


@pytest.fixture
def no_line(monkeypatch):
    """No connection may be made, to anywhere."""

    def forbidden(*anything):
        raise AssertionError("a connection was made")

    monkeypatch.setattr(socket.socket, "connect", forbidden)


def resolves_to(monkeypatch, *addresses):
    """Have every name resolve to these addresses; returns what was looked up."""
    asked = []

    def getaddrinfo(host, port, **more):
        asked.append(host)
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, 1, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.mark.parametrize("addresses", [
    ["127.0.0.1"], ["169.254.169.254"], ["::ffff:10.0.0.1"], ["93.184.215.14", "10.0.0.1"],
    ["10.0.0.1", "93.184.215.14"], ["2606:2800:21f::1", "::1"],
])  # fmt: skip
def test_a_name_of_which_one_address_is_private_is_refused(monkeypatch, no_line, addresses):
    asked = resolves_to(monkeypatch, *addresses)
    with pytest.raises(unfetched.NotOutside):
        fetch("http://pictures.example/a.png", **SMALL)
    assert asked == ["pictures.example"]


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "0x7f.1", "2130706433", "017700000001", "localhost", "0"])
def test_no_spelling_of_this_machine_leads_to_it(no_line, host):
    with pytest.raises(unfetched.CannotFetch):
        fetch(f"http://{host}/", **SMALL)


@pytest.mark.parametrize("url", [
    "", "ftp://a.example/", "file:///etc/passwd", "//a.example/x", "a.example", "http://", "http:///x", "gopher://a.example",
    "http://joe@a.example/", "http://joe:secret@a.example/", "http://@a.example/", "http://a.example\\@127.0.0.1/",
    "http://a.example/\r\nX: 1", "http://a\n.example/", "http://a b.example/", "http://[fe80::1%25eth0]/", "http://[::1/",
    "http://a.example:port/", "http://a.example:99999/", "http://-a/", f"http://{'a' * 64}.example/",
    "http://a.example/" + "x" * 4000, "http://a..example/", "http://a_%2f.example/",
])  # fmt: skip
def test_what_is_no_address_is_refused_before_anything_is_looked_up(monkeypatch, no_line, url):
    asked = resolves_to(monkeypatch, "93.184.215.14")
    with pytest.raises(unfetched.NotAnAddress):
        fetch(url, **SMALL)
    assert asked == []


def test_other_ports_are_refused_unless_the_setting_allows_them(monkeypatch, no_line, settings):
    resolves_to(monkeypatch, "127.0.0.1")
    for port in (22, 25, 6379, 8080):
        with pytest.raises(unfetched.NotThisPort):
            fetch(f"http://a.example:{port}/", **SMALL)
    settings.FETCH_PORTS = ["80", "443", "8080"]
    with pytest.raises(unfetched.NotOutside):
        fetch("http://a.example:8080/", **SMALL)


def test_the_name_is_looked_up_once_and_the_checked_address_is_the_one_connected_to(monkeypatch):
    answers, connected = iter([["93.184.215.14"], ["127.0.0.1"]]), []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, port, **more: [
        (socket.AF_INET, 1, 6, "", (one, port)) for one in next(answers)])

    def connect(self, address):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(unfetched.NobodyThere):
        fetch("http://rebinding.example/", **SMALL)
    assert connected == [("93.184.215.14", 80)]


def test_the_next_address_is_tried_where_the_first_does_not_answer(remote):
    addresses = ["127.0.0.2", "127.0.0.1"]
    gate = fetching.Gate(frozenset({remote.port}), lambda host, port: addresses, addresses.__contains__)
    remote.answers["/"] = answer(b"here")
    assert fetch(remote.url(), **SMALL, gate=gate).content == b"here"


def test_what_lies_there_is_fetched_and_nothing_of_ours_is_told(remote):
    said = answer(b"bytes", Content_Type="Image/PNG; charset=x", Set_Cookie="a=1")
    remote.answers["/a%20b/%C3%A9.png?x=1&y=%20"] = said
    found = fetch(remote.url("/a b/é.png?x=1&y=%20"), **SMALL, accept="image/png", gate=remote.gate)
    assert (found.status, found.content, found.content_type) == (200, b"bytes", "image/png")
    fetch(remote.url("/a b/é.png?x=1&y=%20"), **SMALL, gate=remote.gate)
    first, again = (text.lower() for text in remote.asked)
    assert f"host: pictures.example:{remote.port}" in first and "accept: image/png" in first
    assert "user-agent: alongside\r\n" in first and "accept-encoding: identity" in first
    assert "cookie" not in again and "referer" not in again and "authorization" not in again


def test_a_name_in_other_letters_is_asked_for_in_ascii(remote):
    remote.answers["/"] = answer(b"x")
    fetch(remote.url(host="Bücher.example."), **SMALL, gate=remote.gate)
    assert "Host: xn--bcher-kva.example:" in remote.asked[0]


def test_something_is_sent_with_another_method(remote):
    remote.answers["/hook"] = answer(b"", "204 No Content")
    found = fetch(remote.url("/hook"), **SMALL, method="POST", body=b"{}", headers={"Content-Type": "application/json"},
                  gate=remote.gate)
    assert found.status == 204
    assert remote.asked[0].startswith("POST /hook") and "Content-Length: 2\r\n" in remote.asked[0]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent", "304 Same"])
def test_no_redirect_is_followed(remote, status):
    remote.answers["/"] = answer(b"", status, Location=remote.url("/secret"))
    with pytest.raises(unfetched.LeadsOn) as led:
        fetch(remote.url(), **SMALL, gate=remote.gate)
    assert len(remote.asked) == 1 and "do not follow" in str(led.value)


@pytest.mark.parametrize("status", [400, 403, 404, 500, 503])
def test_an_error_is_told_with_its_number(remote, status):
    remote.answers["/"] = answer(b"long words", f"{status} Sorry")
    with pytest.raises(unfetched.Refused) as refused:
        fetch(remote.url(), **SMALL, gate=remote.gate)
    assert refused.value.status == status and str(status) in str(refused.value)


def test_too_many_bytes_are_refused_however_they_come(remote):
    body = b"x" * 1001
    chunks = b"".join(b"1\r\nx\r\n" for _ in range(1001)) + b"0\r\n\r\n"
    remote.answers.update({
        "/said": answer(b"", "200 OK").replace(b"Content-Length: 0", b"Content-Length: 1001"),
        "/sent": b"HTTP/1.1 200 OK\r\n\r\n" + body,
        "/chunks": answer(chunks, Transfer_Encoding="chunked"),
        "/head": b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 60_000) for n in range(50)) + b"\r\n",
        "/forever": lambda line, done: [line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 5000) for _ in range(1000)],
    })
    for path in remote.answers:
        with pytest.raises(unfetched.TooLarge):
            fetch(remote.url(path), **SMALL, gate=remote.gate)
    remote.answers["/fits"] = b"HTTP/1.1 200 OK\r\n\r\n" + body[:1000]
    assert fetch(remote.url("/fits"), **SMALL, gate=remote.gate).content == body[:1000]


def test_packed_bytes_are_refused(remote):
    packed = gzip.compress(b"x" * 500)
    remote.answers["/a"] = answer(packed, Content_Encoding="gzip")
    remote.answers["/b"] = answer(packed, Transfer_Encoding="gzip, chunked")
    remote.answers["/c"] = answer(packed, Content_Encoding="identity, br")
    for path in remote.answers:
        with pytest.raises(unfetched.NotUnderstood):
            fetch(remote.url(path), **SMALL, gate=remote.gate)


@pytest.mark.parametrize("said", [
    b"SSH-2.0-OpenSSH\r\n", b"hello", b"", b"HTTP/1.1 two OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nshort",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
])  # fmt: skip
def test_what_is_no_whole_answer_is_refused(remote, said):
    remote.answers["/"] = said
    with pytest.raises((unfetched.NotUnderstood, unfetched.NobodyThere)):
        fetch(remote.url(), **SMALL, gate=remote.gate)


def dribbling(beginning: bytes):
    """An answer of which one byte comes now and then, for ever."""

    def speak(line, done):
        line.sendall(beginning)
        while not done.wait(0.05):
            line.sendall(b"x")

    return speak


@pytest.mark.parametrize("beginning", [
    b"", b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n",
])  # fmt: skip
def test_a_server_that_dribbles_is_left_when_the_time_is_over(remote, beginning):
    remote.answers["/"] = dribbling(beginning)
    with pytest.raises(unfetched.TooSlow):
        fetch(remote.url(), most_bytes=1000, seconds=0.5, gate=remote.gate)


def test_a_server_that_is_silent_is_left_when_the_time_is_over(remote):
    remote.answers["/"] = lambda line, done: done.wait(30)
    for scheme in ("http", "https"):
        with pytest.raises(unfetched.TooSlow):
            fetch(remote.url().replace("http:", f"{scheme}:"), most_bytes=1000, seconds=0.4, gate=remote.gate)


def test_a_look_up_that_hangs_is_left_when_the_time_is_over(remote):
    gate = fetching.Gate(frozenset({80}), lambda host, port: remote.done.wait(30))
    with pytest.raises(unfetched.TooSlow):
        fetch("http://slow.example/", most_bytes=1000, seconds=0.3, gate=gate)


def certified(*names: str) -> tuple[str, bytes]:
    """A key with a certificate for these names, signed by itself, as PEM; and the certificate alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now, day = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1).not_valid_before(now - day).not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(each) for each in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    own = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    certificate = made.public_bytes(serialization.Encoding.PEM)
    return certificate.decode(), own + certificate


@pytest.fixture
def secure_remote(tmp_path):
    """A server with a certificate for pictures.example, which the gate trusts."""
    certificate, whole = certified("pictures.example")
    (tmp_path / "key.pem").write_bytes(whole)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "key.pem")
    server = Remote(trust=ssl.create_default_context(cadata=certificate), scheme="https")
    names = []
    context.sni_callback = lambda line, name, context: names.append(name)
    server.names = names
    server.secured = lambda line: context.wrap_socket(line, server_side=True)
    yield server
    server.close()


def test_a_certificate_must_be_the_hosts_own(secure_remote):
    secure_remote.answers["/"] = answer(b"safe")
    assert fetch(secure_remote.url(), **SMALL, gate=secure_remote.gate).content == b"safe"
    with pytest.raises(unfetched.NotTrusted):
        fetch(secure_remote.url(host="other.example"), **SMALL, gate=secure_remote.gate)
    assert secure_remote.names == ["pictures.example", "other.example"]
    secure_remote.trust = None
    with pytest.raises(unfetched.NotTrusted):
        fetch(secure_remote.url(), **SMALL, gate=secure_remote.gate)
