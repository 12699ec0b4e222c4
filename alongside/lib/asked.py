"""Words that a reader asks for in an address, as a database may take them."""


def words(request, name: str = "q", most: int = 200) -> str:
    """The parameter `name` of the address, trimmed, without what no database takes, at most `most` characters."""
    text = request.GET.get(name, "").replace("\0", "").encode("utf-8", "replace").decode()
    return text.strip()[:most]


def ids(request, *names: str) -> dict[str, int]:
    """Those of the parameters `names` of the address that are ids."""
    given = {name: request.GET.get(name, "") for name in names}
    return {name: int(id) for name, id in given.items() if id.isascii() and id.isdecimal() and len(id) < 19}


def sent(request):
    """What a form sent, or None where the page is only asked for; so an empty form is still a form."""
    return request.POST if request.method == "POST" else None
