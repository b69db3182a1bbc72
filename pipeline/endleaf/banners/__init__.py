"""Banners: what archives and savers leave in the pages they keep, recognised, read, and taken out.

:data:`BANNERS` is the table of recognisers. Each looks at a page and gives what
it found of its archive or saver, or None; :func:`lift` puts the layers in
order, outermost first, and takes them out of the tree. A new archive is one
module and one line (or, where its URLs tell all, one line in replay_hosts).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from endleaf.banners import (
    archive_it,
    archive_today,
    by_url,
    clippers,
    containers,
    google_cache,
    perma,
    pywb,
    savers,
    solrwayback,
    ukgwa,
    wayback,
    wayback_print,
)
from endleaf.banners.clues import Clues, visible
from endleaf.banners.layers import Layer
from endleaf.model import Banner, Capture, Frozen, Removal
from endleaf.parse import TEXT, Tree

Recogniser = Callable[[Clues], Layer | None]

BANNERS: dict[str, Recogniser] = {
    "file": containers.saved_file,
    "browser": savers.browser,
    "singlefile": savers.singlefile,
    "httrack": savers.httrack,
    "teleport": savers.teleport,
    "webcopy": savers.webcopy,
    "wget": savers.wget,
    "savepage": clippers.savepage,
    "scrapbook": clippers.scrapbook,
    "monolith": clippers.monolith,
    "evernote": clippers.evernote,
    "fetched": containers.fetched,
    "wayback": wayback.recognise,
    "pywb": pywb.recognise,
    "solrwayback": solrwayback.recognise,
    "archive.today": archive_today.recognise,
    "perma": perma.recognise,
    "google-cache": google_cache.recognise,
    "record": by_url.of_record,
    "memento": by_url.memento,
    "wayback-print": wayback_print.recognise,
    "ukgwa": ukgwa.recognise,
    "archive-it": archive_it.recognise,
    "page": by_url.of_page,
}
"""Recognisers in the order they are asked: a notice at the page's start is looked for below what stands above it."""

_UNSIGNED = ("memento", "replay")
"""Layers known by the form of a header or a URL alone."""


class Lifted(Frozen, frozen=True):
    """A page without its banners."""

    tree: Tree
    """The same object where there was no banner."""
    banners: tuple[Banner, ...] = ()
    """Outermost first."""
    removals: tuple[Removal, ...] = ()


def lift(tree: Tree, capture: Capture) -> Lifted:
    """Take every archive's and saver's banner out of a page.

    >>> from endleaf.model import Provenance
    >>> from endleaf.parse import parse
    >>> page = parse("<!-- saved from url=(0023)http://www.example.org/ --><p>Text")
    >>> lifted = lift(page, Capture(provenance=Provenance(source="a.html", container="html"), payload=b""))
    >>> [(banner.archive_id, banner.url) for banner in lifted.banners]
    [('browser', 'http://www.example.org/')]
    """
    clues = Clues(tree, capture)
    if not clues.any:
        return Lifted(tree=tree)
    layers = _recognised(clues)
    if not layers:
        return Lifted(tree=tree)
    layers = _ordered(layers)
    nodes = {i for layer in layers for i in layer.nodes}
    return Lifted(
        tree=_without(tree, layers, nodes),
        banners=tuple(layer.banner() for layer in layers),
        removals=tuple(_removals(tree, layers, nodes)),
    )


def _recognised(clues: Clues) -> list[Layer]:
    """The layers found, one an archive: what two recognisers find of the same archive is put together."""
    layers: dict[str, Layer] = {}
    for recognise in BANNERS.values():
        layer = recognise(clues)
        if layer is None:
            continue
        clues.gone |= layer.nodes
        if layer.archive_id in layers:
            layers[layer.archive_id].merge(layer)
        else:
            layers[layer.archive_id] = layer
    return _named(list(layers.values()))


def _named(layers: list[Layer]) -> list[Layer]:
    """Layers that no archive signed (a header, root-relative links) speak of the archive that signed the page."""
    archives = [layer for layer in layers if layer.kind == "archive" and layer.archive_id not in _UNSIGNED]
    archives = archives or [layer for layer in layers if layer.archive_id == "replay"]
    if not archives:
        return layers
    unsigned = [layer for layer in layers if layer.archive_id in _UNSIGNED and layer not in archives]
    for layer in unsigned:
        same = (each for each in archives if _agree(each, layer))
        next(same, archives[0]).merge(layer)
    return [layer for layer in layers if layer not in unsigned]


def _agree(one: Layer, other: Layer) -> bool:
    first, second = one.captured_at, other.captured_at
    return bool(first and second and first.agrees(second))


def _ordered(layers: list[Layer]) -> list[Layer]:
    """Outermost first: a layer whose URL is another's replay URL lies around it."""
    known = {layer.archive_id: layer for layer in layers}
    around: dict[str, str] = {}
    queue = list(layers)
    while queue:
        outer = queue.pop()
        inner = by_url.of_url(outer.url, f"the URL in {outer.name}") if outer.url else None
        if inner is None or inner.archive_id == outer.archive_id:
            continue
        if inner.archive_id in _UNSIGNED:  # a replay on a host nobody knows, which the page may have signed
            signed = (each for each in known.values() if each.kind == "archive" and each is not outer)
            inner.archive_id = next((each.archive_id for each in signed if _agree(each, inner)), inner.archive_id)
        around[inner.archive_id] = outer.archive_id
        if inner.archive_id in known:
            known[inner.archive_id].merge(inner)
        else:
            known[inner.archive_id] = inner
            queue.append(inner)
    return sorted(known.values(), key=lambda layer: _place(layer, around))


def _place(layer: Layer, around: dict[str, str]) -> tuple[bool, int]:
    """How deep a layer lies. A saver that is around no archive saved the page before the archive took it."""
    above = [layer.archive_id]
    while above[-1] in around and around[above[-1]] not in above:
        above.append(around[above[-1]])
    return (layer.kind == "saver" and layer.archive_id not in around.values(), len(above))


def _without(tree: Tree, layers: Iterable[Layer], nodes: set[int]) -> Tree:
    """The tree with nodes left out, cut texts cut, and attributes put back."""
    texts = {i: text for layer in layers for i, text in layer.texts.items()}
    attrs = {i: value for layer in layers for i, value in layer.attrs.items()}
    if texts or attrs:
        changed = Tree()
        for name in ("tags", "texts", "attrs", "parents", "ends"):
            setattr(changed, name, list(getattr(tree, name)))
        changed.notes = tree.notes
        for i, text in texts.items():
            changed.texts[i] = text
        for i, value in attrs.items():
            changed.attrs[i] = value
        tree = changed
    return tree.without(nodes) if nodes else tree


def _removals(tree: Tree, layers: Iterable[Layer], nodes: set[int]) -> Iterable[Removal]:
    """One removal for each subtree with words, and for each text cut short; one for all that shows none."""
    tops = list(_topmost(tree, nodes))
    silent: list[int] = []
    for i in tops:
        text = visible(tree, i)
        if text:
            yield Removal(reason="banner", where=tree.path(i), text=text)
        elif tree.tags[i] != TEXT:
            silent.append(i)
    for layer in layers:
        for i, rest in layer.texts.items():
            if not any(top <= i < tree.ends[top] for top in tops):
                cut = tree.texts[i][: len(tree.texts[i].rstrip()) - len(rest.rstrip())]
                yield Removal(reason="banner", where=tree.path(i), text=" ".join(cut.split()))
    if silent:
        yield Removal(reason="banner", where=tree.path(silent[0]))


def _topmost(tree: Tree, nodes: set[int]) -> Iterable[int]:
    """The subtrees that lie in no other of them, in document order."""
    at = 0
    for i in sorted(nodes):
        if i >= at:
            at = tree.ends[i]
            yield i
