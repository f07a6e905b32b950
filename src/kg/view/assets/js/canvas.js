// The drawing: vis-network keeps view, pointer and nodes; edges and labels are drawn here, so that
// thousands of edges are one stroke and labels never lie on each other. What differs for large graphs
// is in detail.js and layers.js.
let network = null;
let shapes = null;
let colours = null;
let fills = [];
let moving = false;
let hovered = null;
/** What stands out: entities and bundles; null where nothing is chosen. */
let lit = null;
let visibleBundles = [];

function startCanvas() {
  if (graphBoxIsPortrait()) for (const place of [...nodes, ...communities]) [place.x, place.y] = [-place.y, place.x];
  shapes = new vis.DataSet(large ? [] : ranked.map(asShape));
  network = new vis.Network(at('graph'), { nodes: shapes, edges: new vis.DataSet() }, {
    physics: { enabled: false },
    layout: { improvedLayout: false },
    interaction: { hover: !large, dragNodes: !large, selectConnectedEdges: false, tooltipDelay: 1e9, keyboard: false, zoomSpeed: 0.7 },
    nodes: { shape: 'custom', ctxRenderer: drawNode, chosen: false, label: undefined },
  });
  if (large) startDetail();
  network.on('beforeDrawing', large ? (ctx) => { watchWindow(); drawLayers(ctx); drawStanding(ctx); } : drawEdges);
  network.on('afterDrawing', drawNames);
  const hitBy = large ? ({ pointer }) => entityAt(pointer.canvas) : ({ nodes: [hit = null] }) => hit;
  network.on('click', (event) => {
    const { pointer } = event;
    const hit = hitBy(event);
    if (hit !== null) { if (hit !== state.focus || state.path || state.edge !== null) focusOn(hit); return; }
    const bundle = bundleAt(pointer.canvas);
    if (bundle) change({ edge: bundle.id, path: null, tab: 'details' });
    else if (state.focus !== null || state.edge !== null || state.path) clearFocus();
  });
  network.on('doubleClick', (event) => { const hit = hitBy(event); if (hit !== null) change({ focus: hit, depth: Math.min(9, state.depth + 1) }); });
  at('graph').addEventListener('keydown', panByKey);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => change({}));
  if (large) return;
  network.on('dragStart', ({ nodes: hit }) => { if (!hit.length) move(); });
  network.on('dragging', ({ nodes: hit }) => hit.forEach(placeOf));
  network.on('dragEnd', ({ nodes: hit }) => { hit.forEach(placeOf); rest(); });
  network.on('zoom', () => { move(); rest(160); });
  network.on('hoverNode', ({ node, pointer }) => { hovered = node; showTip(pointer.DOM); network.redraw(); });
  network.on('blurNode', () => { hovered = null; at('tip').hidden = true; network.redraw(); });
}

const graphBoxIsPortrait = () => at('graph').clientHeight > at('graph').clientWidth * 1.15;
const asShape = (i) => ({ id: i, x: nodes[i].x, y: nodes[i].y, hidden: !entityShown(i) });

function move() { moving = true; }
let resting = 0;
function rest(after = 0) {
  clearTimeout(resting);
  resting = setTimeout(() => { moving = false; network.redraw(); }, after);
}

function placeOf(i) {
  const where = network.getPosition(i);
  nodes[i].x = where.x;
  nodes[i].y = where.y;
}

/** What the last drawing was coloured and filtered by. */
let drawnFor = '';

/** Show the state: what is hidden, what stands out. */
function refreshCanvas(patch) {
  colours = paper();
  fills = classes.map(colourOf);
  const now = JSON.stringify([colours, [...state.hide], [...state.drop]]);
  if (now !== drawnFor) {
    drawnFor = now;
    visibleBundles = bundles.filter(bundleShown);
    if (large) spoil();
    else {
      const weight = (b) => Math.min(degree[b.a], degree[b.b]);
      visibleBundles.sort((a, b) => weight(b) - weight(a) || a.id - b.id);
      const turned = shapes.get({ fields: ['id', 'hidden'], filter: (s) => Boolean(s.hidden) === entityShown(s.id) });
      if (turned.length) shapes.update(turned.map((s) => ({ id: s.id, hidden: !entityShown(s.id) })));
    }
  }
  if (!started || ['hide', 'drop', 'focus', 'path', 'edge', 'depth'].some((key) => key in patch)) lit = litNow();
  if (lit && ('focus' in patch || 'path' in patch || 'edge' in patch || 'depth' in patch)) show([...lit.near]);
  if (large) settle();
  network.redraw();
}

/** What stands out now, the chosen and the best-linked first. */
function litNow() {
  const found = standing();
  if (!found) return null;
  const chosen = (i) => i === state.focus || Boolean(state.path && state.path.includes(i));
  found.order = [...found.near].sort((a, b) => chosen(b) - chosen(a) || degree[b] - degree[a] || a - b);
  return found;
}

function standing() {
  if (state.path) {
    const steps = shortestPath(...state.path);
    if (steps) return { near: new Set([state.path[0], ...steps.map((s) => s.to)]), along: new Set(steps.map((s) => s.bundle.id)) };
    return { near: new Set(state.path), along: new Set() };
  }
  if (state.edge !== null) {
    const bundle = bundles[state.edge];
    return { near: new Set([bundle.a, bundle.b]), along: new Set([bundle.id]) };
  }
  return state.focus === null ? null : around(state.focus, state.depth);
}

const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches || large;

/** Bring entities into view. */
function show(which) {
  if (!which.length) return;
  const animation = calm() || !started ? false : { duration: 350, easingFunction: 'easeInOutQuad' };
  if (large) frame(boxAround(which), 1.25);
  else network.fit({ nodes: which, animation, maxZoomLevel: 1.25, minZoomLevel: 0.02 });
  if (!animation) roomForLabels();
}

const boxAround = (which) => {
  const [left, right] = extremes(which.map((i) => nodes[i].x));
  const [top, bottom] = extremes(which.map((i) => nodes[i].y));
  return widen([left, top, right, bottom], 40);
};
const fitScale = ([left, top, right, bottom], w, h) => Math.min(w / Math.max(1, right - left), h / Math.max(1, bottom - top)) * 0.97;

/** Bring a box into view; vis-network's own way sees only what is a node of it. */
function frame(box, most) {
  const { clientWidth: w, clientHeight: h } = at('graph');
  network.moveTo({ position: { x: (box[0] + box[2]) / 2, y: (box[1] + box[3]) / 2 }, scale: Math.min(most, fitScale(box, w, h)), animation: false });
}

/** Show the whole graph, with room for labels at its rim. */
function showAll() {
  if (large) frame(grid.box, 1.6);
  else network.fit({ animation: false, maxZoomLevel: 1.6, minZoomLevel: 0.01 });
  if (!large) roomForLabels();
}
function roomForLabels() { network.moveTo({ scale: network.getScale() * 0.92, animation: false }); }

function zoomBy(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.01, network.getScale() * factor)), animation: false });
}

function panByKey(event) {
  const step = 60 / network.getScale();
  const { x, y } = network.getViewPosition();
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  if (moves[event.key]) network.moveTo({ position: { x: x + moves[event.key][0], y: y + moves[event.key][1] }, animation: false });
  else if (event.key === '+' || event.key === '=') zoomBy(1.25);
  else if (event.key === '-') zoomBy(0.8);
  else if (event.key === '0') showAll();
  else return;
  event.preventDefault();
}

function showTip({ x, y }) {
  const tip = fill(at('tip'), el('strong', {}, shorten(nameOf(hovered))), ` ${classOf(hovered)[state.lang]}`);
  tip.hidden = false;
  tip.style.left = `${Math.min(x + 14, at('graph').clientWidth - 180)}px`;
  tip.style.top = `${y + 14}px`;
}

function drawNode({ ctx, id, x, y }) {
  const node = nodes[id];
  const r = large ? Math.max(node.size, 1.6 / network.getScale()) : node.size;
  return {
    drawNode() {
      const out = lit && !lit.near.has(id);
      const scale = network ? network.getScale() : 1;
      ctx.globalAlpha = out ? (id === hovered ? 0.7 : 0.14) : 1;
      ctx.fillStyle = fills[node.group];
      if (r * scale < 1.8) ctx.fillRect(x - r, y - r, 2 * r, 2 * r); // too small to tell a shape
      else {
        trace(ctx, node.shape, x, y, r);
        ctx.fill();
        if (!out) {
          ctx.lineWidth = 1.5 / scale;
          ctx.strokeStyle = colours.paper;
          ctx.stroke();
        }
      }
      if (id === state.focus || (state.path && state.path.includes(id))) {
        trace(ctx, node.shape, x, y, r + 5 / scale);
        ctx.lineWidth = 2.5 / scale;
        ctx.strokeStyle = colours.accent;
        ctx.stroke();
      }
      ctx.globalAlpha = 1;
    },
    nodeDimensions: { width: 2 * r, height: 2 * r },
  };
}

function viewBox(scale) {
  const { x, y } = network.getViewPosition();
  const w = at('graph').clientWidth / scale / 2;
  const h = at('graph').clientHeight / scale / 2;
  return [x - w, y - h, x + w, y + h];
}

function drawNames(ctx) {
  const matrix = ctx.getTransform();
  const scale = network.getScale();
  const ratio = matrix.a / scale;
  const onScreen = (x, y) => [matrix.a * x + matrix.e, matrix.d * y + matrix.f];
  const view = viewBox(scale);
  const candidates = [];
  const signBoxes = [];
  const named = new Set();
  if (large && crowded) for (const label of communityLabels(onScreen)) { candidates.push(label); label.named.forEach((i) => named.add(i)); }
  const order = large ? present : lit ? lit.order : ranked;
  for (const i of hovered === null ? order : [hovered, ...order.filter((j) => j !== hovered)]) {
    if (candidates.length > (moving ? 120 : 700)) break;
    const { x, y, size } = nodes[i];
    if (!entityShown(i) || named.has(i) || x < view[0] || x > view[2] || y < view[1] || y > view[3]) continue;
    candidates.push(nameLabel(i, onScreen(x, y), size * matrix.a, ratio, signBoxes.length < 24 || lit !== null));
    signBoxes.push(square(onScreen(x, y), size * matrix.a * 0.9));
  }
  if (lit && !moving && lit.along.size <= 80) {
    for (const bundle of visibleBundles) if (lit.along.has(bundle.id)) candidates.push(edgeLabel(bundle, onScreen, ratio));
  }
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  drawLabels(ctx, candidates, { signBoxes, reserved: ['zoom', 'notice'].map((id) => boxOf(at(id), ratio)) }, ratio, colours, [ctx.canvas.width, ctx.canvas.height]);
  ctx.restore();
}

/** Where something stands over the canvas, that no label should lie under. */
function boxOf({ offsetLeft: x, offsetTop: y, offsetWidth: w, offsetHeight: h }, ratio) {
  return [x, y, x + w, y + h].map((n) => n * ratio);
}

function nameLabel(i, [x, y], r, ratio, important) {
  const bold = i === state.focus || i === hovered;
  const gap = 3 * ratio;
  return {
    text: shorten(nameOf(i)),
    size: bold ? 15 : Math.min(15, 11 + nodes[i].size / 9),
    bold,
    colour: colours.ink,
    important,
    places: (half, tall) => [[x, y + r + tall + gap], [x + r + half + gap, y], [x, y - r - tall - gap], [x - r - half - gap, y]],
  };
}

function edgeLabel(bundle, onScreen, ratio) {
  const shownFacts = factsShown(bundle).map((f) => facts[f]);
  const words = [...new Set(shownFacts.map(labelOf))];
  const text = shorten(words.slice(0, 2).join(state.lang === 'zh' ? '、' : ', ')) + (shownFacts.length > 1 ? ` ×${shownFacts.length}` : '');
  const [cx, cy] = bend(bundle);
  const middle = (p, q, c) => (p + q) / 4 + c / 2;
  const [x, y] = onScreen(middle(nodes[bundle.a].x, nodes[bundle.b].x, cx), middle(nodes[bundle.a].y, nodes[bundle.b].y, cy));
  return { text, size: 11, bold: false, colour: colours.muted, places: () => [[x, y], [x, y - 14 * ratio], [x, y + 14 * ratio]] };
}
