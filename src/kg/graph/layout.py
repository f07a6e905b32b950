"""Where each node is drawn: a force-directed layout whose repulsion is a convolution.

Linked nodes pull each other, all nodes push each other apart (ForceAtlas2: Jacomy et al., PLOS ONE 2014,
doi:10.1371/journal.pone.0098679). The push of all on all is what costs: here each node's mass is spread on
a grid, the grid is convolved with the kernel r/|r|^2 by FFT, and each node reads its force off the grid.
That is O(n + g log g) a step instead of O(n^2), with no tree to build.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Floats = NDArray[np.float64]

N = TypeVar("N", bound=Hashable)

#: Steps; a graph of a few thousand nodes no longer moves visibly after this many.
STEPS = 300
#: Pull towards the middle, as a part of a node's mass: keeps components that no edge links in one picture.
GRAVITY = 0.02
#: How much stronger an edge within a community pulls than one between two.
COHESION = 3.0
#: How much the density of the drawing is evened out: 0 leaves the forces' picture, 1 spreads nodes evenly.
EVENNESS = 0.45
#: Room around a sign, for its label and for the eye, in the units of the positions.
ROOM = 11.0
#: Above this many nodes details that nobody can see any more are left out for time.
LARGE = 5_000
GOLDEN_ANGLE = 2.399963229728653


def layout(
    graph: nx.Graph[N],
    *,
    communities: Mapping[N, int] | None = None,
    radius: Mapping[N, float] | None = None,
    steps: int = STEPS,
    seed: int = 1,
) -> dict[N, tuple[float, float]]:
    """Return a position for each node, in whole units; the same graph and seed give the same positions.

    Parameters
    ----------
    communities
        Community of each node; nodes of one community are drawn together.
    radius
        Radius of each node's sign, in the units of the positions; signs are then moved apart until
        they no longer overlap (12 unless given).

    >>> import networkx as nx
    >>> sorted(layout(nx.path_graph(3))) , layout(nx.Graph())
    ([0, 1, 2], {})
    """
    import numpy as np

    # Sorted, so that the positions do not depend on the order in which nodes and edges were added.
    nodes = sorted(graph, key=lambda node: (str(type(node)), str(node)))
    number = {node: i for i, node in enumerate(nodes)}
    pairs = sorted({(min(a, b), max(a, b)) for a, b in ((number[s], number[o]) for s, o in graph.edges())})
    pairs = [(a, b) for a, b in pairs if a != b]
    groups = [communities.get(node, -1) if communities else -1 for node in nodes]
    weights = np.array([COHESION if groups[a] == groups[b] != -1 else 1.0 for a, b in pairs])
    radii = np.array([radius.get(node, 12.0) if radius else 12.0 for node in nodes])
    points = _forces(len(nodes), pairs, weights, steps, seed)
    if len(nodes) > LARGE:
        points = _loosened(points)
    points = _apart(_spread(_landscape(points), radii), radii)
    points = _packed(points, radii, _components(len(nodes), pairs))
    return {node: (float(x), float(y)) for node, (x, y) in zip(nodes, np.round(points) + 0.0, strict=True)}


def _forces(n: int, pairs: Sequence[tuple[int, int]], weights: Floats, steps: int, seed: int) -> Floats:
    """Return positions after so many steps of attraction, repulsion and gravity."""
    import numpy as np
    from scipy.sparse import csr_matrix

    if n < 2:
        return np.zeros((n, 2))
    edges = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    ends = np.concatenate([edges[:, 0], edges[:, 1]]), np.concatenate([edges[:, 1], edges[:, 0]])
    links: csr_matrix = csr_matrix((np.concatenate([weights, weights]), ends), shape=(n, n))
    pull: Floats = np.asarray(links.sum(axis=1)).ravel()
    # The root keeps hubs, which here have many leaves, from pushing everything else to the rim.
    mass = np.sqrt(1.0 + np.bincount(edges.ravel(), minlength=n))
    points = _sunflower(n)[np.random.default_rng(seed).permutation(n)]
    grid = _Grid(n)
    before = np.zeros((n, 2))
    speed = 1.0
    for _ in range(steps):
        force = grid.repulsion(points, mass) + (links @ points - pull[:, None] * points)
        force -= GRAVITY * mass[:, None] * points
        # ForceAtlas2's adaptive speed: slow where a node swings, fast where all go one way.
        swing = np.hypot(*(force - before).T)
        traction = np.hypot(*(force + before).T) / 2
        speed = min((mass * traction).sum() / max((mass * swing).sum(), 1e-9), speed * 1.5)
        step = speed / (1 + np.sqrt(speed * swing))
        # No node leaps further than ten units a step, so nothing can overflow.
        points = points + force * np.minimum(step, 10 / (np.hypot(*force.T) + 1e-9))[:, None]
        before = force
    centred: Floats = points - points.mean(axis=0)
    return centred


class _Grid:
    """Mass on a grid, and the force that it exerts."""

    def __init__(self, n: int) -> None:
        import numpy as np
        from scipy.fft import next_fast_len, rfft2

        # More cells cost more than they show: what stands closer than one is moved apart afterwards.
        self.cells = int(min(256, max(64, 2 * np.sqrt(n))))
        # Twice as wide as the cells in use, so that the convolution does not wrap around.
        self.width = next_fast_len(2 * self.cells)
        offsets = np.arange(self.width, dtype=float)
        offsets[offsets > self.width // 2] -= self.width
        x, y = np.meshgrid(offsets, offsets, indexing="ij")
        # A quarter cell squared softens the kernel where two nodes share a cell.
        squared = x * x + y * y + 0.25
        self.kernels = rfft2(x / squared), rfft2(y / squared)

    def repulsion(self, points: Floats, mass: Floats) -> Floats:
        """Return the push of all nodes on each."""
        import numpy as np
        from scipy.fft import irfft2, rfft2

        low = points.min(axis=0)
        cell = ((points - low).max() * 1.001 + 1e-9) / (self.cells - 1)
        at = (points - low) / cell
        corner = np.minimum(at.astype(np.int64), self.cells - 2)
        (right, up) = (at - corner).T
        index = corner[:, 0] * self.width + corner[:, 1]
        # Each node shares its mass among the four corners of its cell, and reads its force there.
        corners = (
            (index, (1 - right) * (1 - up)),
            (index + 1, (1 - right) * up),
            (index + self.width, right * (1 - up)),
            (index + self.width + 1, right * up),
        )
        size = self.width * self.width
        density = np.zeros(size)
        for where, share in corners:
            density += np.bincount(where, share * mass, minlength=size)
        spectrum = rfft2(density.reshape(self.width, self.width))
        force = np.empty_like(points)
        for axis, kernel in enumerate(self.kernels):
            field = irfft2(spectrum * kernel, (self.width, self.width)).ravel()
            force[:, axis] = sum(field[where] * share for where, share in corners)
        pushed: Floats = force / cell * mass[:, None]
        return pushed


def _sunflower(n: int) -> Floats:
    """Return n points spread evenly on a disc, no two alike."""
    import numpy as np

    i = np.arange(n)
    reach, angle = np.sqrt(i + 0.5), i * GOLDEN_ANGLE
    return np.column_stack([reach * np.cos(angle), reach * np.sin(angle)])


def _loosened(points: Floats) -> Floats:
    """Move each node by less than a node's share of the drawing, in a direction of its own.

    The leaves of a hub stand almost on one spot, where no force tells them apart: evened out by rank in
    both directions, they would make a diagonal line.
    """
    import numpy as np

    i = np.arange(len(points))
    share = np.sqrt(np.ptp(points, axis=0).prod() / len(points))
    # The golden ratio's multiples fill the unit interval evenly.
    reach = 0.7 * share * np.sqrt(i * 0.6180339887498949 % 1)
    moved: Floats = points + np.column_stack(
        [reach * np.cos(i * GOLDEN_ANGLE), reach * np.sin(i * GOLDEN_ANGLE)]
    )
    return moved


def _spread(points: Floats, radii: Floats) -> Floats:
    """Even out the density and scale, so that signs cover a twentieth of the drawing.

    Forces leave some parts crowded and others empty. Each coordinate moves towards its rank, which keeps
    who is left of and above whom.
    """
    import numpy as np

    n = len(points)
    if n < 2:
        return points
    extent = np.maximum(np.ptp(points, axis=0), 1e-6)
    even = points
    if n > 3:
        ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0) / (n - 1)
        even = (1 - EVENNESS) * (points - points.min(axis=0)) / extent + EVENNESS * ranks
        # Near the shape of a screen: a ribbon would leave most of it empty.
        even = even * np.maximum(extent, extent.max() / 1.35)
    extent = np.maximum(np.ptp(even, axis=0), extent.max() / 4)
    scaled: Floats = even * np.sqrt(20 * np.pi * ((radii + ROOM) ** 2).sum() / extent.prod() / 4)
    return scaled


def _landscape(points: Floats) -> Floats:
    """Turn the longest direction of the drawing to the horizontal, as screens lie."""
    import numpy as np

    if len(points) < 3:
        return points
    _, axes = np.linalg.eigh(np.cov(points.T))
    turn = axes[:, ::-1]
    # An eigenvector's sign is arbitrary: fix it, so that every machine draws the same picture.
    turn = turn * np.where(turn[np.argmax(np.abs(turn), axis=0), [0, 1]] < 0, -1.0, 1.0)
    turned: Floats = points @ turn
    return turned


def _components(n: int, pairs: Sequence[tuple[int, int]]) -> list[NDArray[np.int64]]:
    """Return the numbers of the nodes of each connected component, the largest first."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    edges = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    matrix = csr_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(n, n))
    _, label = connected_components(matrix, directed=False)
    parts = np.split(np.argsort(label, kind="stable"), np.cumsum(np.bincount(label))[:-1]) if n else []
    return sorted(parts, key=lambda part: (-len(part), int(part[0])))


def _packed(points: Floats, radii: Floats, components: list[NDArray[np.int64]]) -> Floats:
    """Set unconnected parts in rows under the largest, as text is set: no part drifts off alone."""
    import numpy as np

    if len(components) < 2:
        return points
    gap = 4 * ROOM
    boxes = []
    for part in components:
        reach = radii[part][:, None] + ROOM
        boxes.append(((points[part] - reach).min(axis=0), (points[part] + reach).max(axis=0)))
    sizes = np.array([high - low + gap for low, high in boxes])
    width = max(sizes[:, 0].max(), 1.2 * np.sqrt(sizes.prod(axis=1).sum()))
    x = y = row = 0.0
    for part, (low, _), (wide, high) in zip(components, boxes, sizes, strict=True):
        # What is less than half of the graph does not widen it: it stands below the main part.
        if x and (x + wide > width or (y == 0 and 2 * len(components[0]) > len(points))):
            x, y, row = 0.0, y + row, 0.0
        points[part] += np.array([x, y]) - low
        x, row = x + wide, max(row, high)
    centred: Floats = points - (points.max(axis=0) + points.min(axis=0)) / 2
    return centred


def _apart(points: Floats, radii: Floats) -> Floats:
    """Push overlapping signs apart, a little more than they overlap."""
    import numpy as np
    from scipy.spatial import cKDTree

    gap = ROOM
    # Of 33,000 signs some 30,000 pairs overlap at first, ten after 36 rounds: the rest is time.
    rounds = 150 if len(points) <= LARGE else 40
    for _ in range(rounds if len(points) > 1 else 0):
        pairs = cKDTree(points).query_pairs(2 * float(radii.max()) + gap, output_type="ndarray")
        if not len(pairs):
            break
        first, second = pairs.T
        lack = radii[first] + radii[second] + gap - np.hypot(*(points[second] - points[first]).T)
        close = pairs[lack > 0.5]
        if not len(close):
            break
        first, second = close[np.lexsort((close[:, 1], close[:, 0]))].T
        along = points[second] - points[first]
        far = np.hypot(*along.T)[:, None]
        lack = radii[first] + radii[second] + gap - far[:, 0]
        # Two nodes on one spot part in a direction of their own.
        own = np.column_stack([np.cos(first * GOLDEN_ANGLE), np.sin(first * GOLDEN_ANGLE)])
        away = np.where(far > 1e-6, along / np.maximum(far, 1e-6), own)
        shift = away * (lack * 0.55)[:, None]
        for axis in (0, 1):
            points[:, axis] += np.bincount(second, shift[:, axis], minlength=len(points))
            points[:, axis] -= np.bincount(first, shift[:, axis], minlength=len(points))
    return points
