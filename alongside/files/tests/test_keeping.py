"""Keeping files: each content once, in pieces, under a name that is only a label."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from alongside.files.models import Blob, Chunk, File, in_use, sweep_blobs, sweep_files
from alongside.files.models.blob import PIECE

pytestmark = pytest.mark.django_db


def letters(size: int) -> bytes:
    return (b"the white shoes, and a puppy " * (size // 29 + 1))[:size]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 77])
@pytest.mark.parametrize(
    "form",
    [
        bytes,
        io.BytesIO,
        lambda content: iter([content[:10], content[10:], b""]),
    ],
    ids=["bytes", "file", "iterable"],
)
def test_what_is_kept_is_what_comes_back(size, form):
    content = letters(size)
    file = File.keep(form(content), name="notes.txt")
    assert file.read() == content
    assert file.size == size == Blob.objects.get().size
    assert Chunk.objects.count() == -(-size // PIECE)


@pytest.mark.parametrize("size", [12, 2 * PIECE + 5])
@pytest.mark.parametrize("form", [bytes, io.BytesIO, lambda content: iter([content])], ids=["bytes", "file", "any"])
def test_the_same_content_is_stored_once(size, form):
    content = letters(size)
    first = File.keep(content, name="one.txt")
    second = File.keep(form(content), name="two.txt")
    assert second.blob == first.blob
    assert second.id != first.id
    assert Blob.objects.count() == 1
    assert Chunk.objects.count() == -(-size // PIECE)


def test_a_file_is_read_from_where_it_stands():
    content = io.BytesIO(b"skip me, keep me")
    content.seek(9)
    assert File.keep(content, name="x").read() == b"keep me"


def test_who_brought_it_is_kept(joe):
    assert File.keep(b"hello", name="a.txt", by=joe).by == joe


def test_pieces_are_not_compressed():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstorage FROM pg_attribute WHERE attrelid = 'files_chunk'::regclass AND attname = 'data'"
        )
        assert cursor.fetchone()[0] in ("e", b"e")


def test_a_copy_has_the_same_content_and_another_owner(joe, ryan):
    file = File.keep(b"recipe", name="recipe.txt", by=joe)
    copy = file.copy(by=ryan, purpose="forward")
    assert (copy.read(), copy.name, copy.size, copy.by) == (b"recipe", "recipe.txt", 6, ryan)
    assert Blob.objects.count() == 1


@pytest.fixture
def only_room(monkeypatch):
    """The port as if one room alone had registered, which holds on to the ids in the list it returns."""
    held: list[int] = []
    monkeypatch.setattr(in_use, "_rooms", {"room": lambda: list(held)})
    return held


def test_a_room_may_name_nothing_among_its_files(only_room):
    aged(File.keep(b"forgotten", name="forgotten"), 8)
    in_use._rooms["other"] = lambda: File.objects.filter(by=None).values("by_id")
    assert sweep_files() == 1


def aged(file: File, days: int) -> File:
    File.objects.filter(id=file.id).update(at=timezone.now() - timedelta(days=days))
    return file


def test_files_that_no_room_holds_go_after_a_week(only_room):
    held = aged(File.keep(b"held", name="held"), 30)
    fresh = aged(File.keep(b"fresh", name="fresh"), 6)
    aged(File.keep(b"forgotten", name="forgotten"), 8)
    only_room.append(held.id)
    assert sweep_files() == 1
    assert set(File.objects.all()) == {held, fresh}


def test_a_content_goes_with_its_last_file(only_room):
    one, two = File.keep(b"shared", name="one"), File.keep(b"shared", name="two")
    alone = File.keep(b"alone", name="alone")
    one.delete()
    alone.delete()
    assert sweep_blobs() == 1
    assert Blob.objects.get() == two.blob
    assert two.read() == b"shared"


def test_brought_by_finds_ones_own_only(joe, ryan):
    from alongside.lib.principal import ANONYMOUS, Principal

    mine = File.keep(b"mine", name="mine", by=joe)
    File.keep(b"his", name="his", by=ryan)
    File.keep(b"nobody's", name="nobody")
    assert list(File.objects.brought_by(Principal("person", joe.id))) == [mine]
    assert not File.objects.brought_by(ANONYMOUS).exists()
