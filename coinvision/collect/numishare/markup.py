"""Read XML and HTML that strangers sent, and take texts and attributes out of it.

Nothing is loaded from the network or the disk, no entity is resolved, a document type is refused
and so is anything too large. Elements are found by local name: real files differ in namespaces.
"""

from collections.abc import Iterator

from lxml import etree

from coinvision.errors import PageError

MAX_BYTES = 32_000_000
XLINK = "http://www.w3.org/1999/xlink"
# elements that stand on a line of their own, so that words around them are apart
_BLOCKS = {"div", "ab", "p", "l", "lg", "lb", "br", "head"}


def parse_xml(data: bytes, *, url: str) -> etree._Element:
    """The root of a document.

    Raises:
        PageError: too large, not well-formed or with a document type; names `url` and the place.
    """
    _check_size(data, url)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PageError(f"{url} is no well-formed XML: {_said(error)}.") from error
    if root.getroottree().docinfo.doctype:
        raise PageError(f"{url} declares a document type; records have none, so it is not read.")
    return root


def parse_html(data: bytes, *, url: str) -> etree._Element:
    """The root of a page, however untidy.

    Raises:
        PageError: too large, or no markup at all.
    """
    _check_size(data, url)
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PageError(f"{url} is no HTML: {_said(error)}.") from error
    if root is None:
        raise PageError(f"{url} is empty; expected an HTML page.")
    return root


def local_name(element: etree._Element) -> str:
    """The name without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """Elements below, one level a name: children(nuds, "descMeta", "title")."""
    for child in element:
        if local_name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def descendants(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Elements of that name at any depth, in the order of the document."""
    return (below for below in element.iter() if local_name(below) == name)


def attribute(element: etree._Element, name: str) -> str:
    """An XLink attribute, or one without namespace, white space collapsed; "" if absent."""
    value = element.get(f"{{{XLINK}}}{name}")
    return collapse(element.get(name, "") if value is None else value)


def text(element: etree._Element) -> str:
    """All text inside, white space collapsed."""
    return collapse("".join(_pieces(element)))


def collapse(value: str) -> str:
    """Text with every run of white space as one space, none at the ends."""
    return " ".join(value.split())


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        around = " " if local_name(child) in _BLOCKS else ""
        yield around
        yield from _pieces(child)
        yield around
        yield child.tail or ""


def _check_size(data: bytes, url: str) -> None:
    if len(data) > MAX_BYTES:
        raise PageError(
            f"{url} has {len(data):,} bytes, more than the limit of {MAX_BYTES:,}; it is not read."
        )


def _said(error: etree.XMLSyntaxError) -> str:
    line, column = error.position
    return f"{collapse(error.msg or 'nothing to read')} (line {line}, column {column})"
