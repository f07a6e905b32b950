// Edges: curves from sign to sign, with arrows where they stand out; thousands are one stroke.
/** While the picture moves, a graph shows this many edges, the best-linked; at rest all. */
const MOVING = 2500;

const straight = large || bundles.length > MANY;

/** The control point of a bundle's curve; a straight line where there are very many. */
function bend(bundle) {
  const a = nodes[bundle.a];
  const b = nodes[bundle.b];
  const much = straight ? 0 : 0.1;
  return [(a.x + b.x) / 2 - (b.y - a.y) * much, (a.y + b.y) / 2 + (b.x - a.x) * much];
}

function curve(ctx, bundle) {
  const a = nodes[bundle.a];
  const b = nodes[bundle.b];
  if (bundle.a === bundle.b) { // a loop, above its node
    ctx.moveTo(a.x + a.size * 0.6, a.y - a.size);
    ctx.arc(a.x, a.y - a.size * 1.5, a.size * 0.8, 0.6, 2 * Math.PI + 0.6);
    return;
  }
  ctx.moveTo(a.x, a.y);
  if (straight) ctx.lineTo(b.x, b.y);
  else ctx.quadraticCurveTo(...bend(bundle), b.x, b.y);
}

function drawEdges(ctx) {
  const scale = network.getScale();
  const view = viewBox(scale);
  const inView = ({ a, b }) => Math.max(nodes[a].x, nodes[b].x) > view[0] && Math.min(nodes[a].x, nodes[b].x) < view[2]
    && Math.max(nodes[a].y, nodes[b].y) > view[1] && Math.min(nodes[a].y, nodes[b].y) < view[3];
  const few = moving && visibleBundles.length > MOVING ? visibleBundles.slice(0, MOVING) : visibleBundles;
  const layers = [[], [], []]; // by how many facts a bundle holds
  for (const bundle of few) {
    if (lit && lit.along.has(bundle.id)) continue;
    if (inView(bundle)) layers[Math.min(2, bundle.facts.length - 1)].push(bundle);
  }
  ctx.lineCap = 'round';
  ctx.strokeStyle = colours.edge;
  ctx.globalAlpha = (lit ? 0.35 : 1) * (few.length < 400 ? 0.6 : few.length < MANY ? 0.42 : 0.26);
  layers.forEach((layer, k) => {
    ctx.lineWidth = (1 + k * 0.9) / scale;
    ctx.beginPath();
    for (const bundle of layer) curve(ctx, bundle);
    ctx.stroke();
  });
  ctx.globalAlpha = 1;
  drawStanding(ctx);
}

/** The edges that stand out, one by one. */
function drawStanding(ctx) {
  if (!lit || (large && lit.along.size > DIRECT)) return;
  for (const id of lit.along) if (bundleShown(bundles[id])) drawLit(ctx, bundles[id], network.getScale());
}

function drawLit(ctx, bundle, scale) {
  const from = nodes[bundle.a];
  ctx.strokeStyle = state.path || state.edge !== null ? colours.accent : fills[nodes[state.focus === bundle.b ? bundle.a : bundle.b].group];
  ctx.fillStyle = ctx.strokeStyle;
  ctx.globalAlpha = 0.85;
  ctx.lineWidth = (1.6 + Math.min(3, bundle.facts.length - 1) * 0.8) / scale;
  ctx.beginPath();
  curve(ctx, bundle);
  ctx.stroke();
  const shownFacts = factsShown(bundle).map((f) => facts[f]).filter((f) => properties[f.p].directed);
  if (shownFacts.some((f) => f.o === bundle.b)) arrow(ctx, bend(bundle), nodes[bundle.b], scale);
  if (shownFacts.some((f) => f.o === bundle.a) && bundle.a !== bundle.b) arrow(ctx, bend(bundle), from, scale);
  ctx.globalAlpha = 1;
}

function arrow(ctx, [x, y], to, scale) {
  const angle = Math.atan2(to.y - y, to.x - x);
  const tip = [to.x - Math.cos(angle) * (to.size + 3 / scale), to.y - Math.sin(angle) * (to.size + 3 / scale)];
  const long = 9 / scale;
  ctx.beginPath();
  ctx.moveTo(...tip);
  for (const turn of [0.42, -0.42]) ctx.lineTo(tip[0] - Math.cos(angle + turn) * long, tip[1] - Math.sin(angle + turn) * long);
  ctx.fill();
}

/** The bundles that can be pointed at: in a large graph those that stand out, or where few are in view, these. */
function bundlesNear(x, y) {
  if (!large) return visibleBundles;
  if (lit) return lit.along.size > DIRECT ? [] : [...lit.along].map((id) => bundles[id]).filter(bundleShown);
  if (crowded) return [];
  const within = (p, q, n) => Math.min(p, q) - 8 / network.getScale() < n && n < Math.max(p, q) + 8 / network.getScale();
  return visibleBundles.filter(({ a, b }) => within(nodes[a].x, nodes[b].x, x) && within(nodes[a].y, nodes[b].y, y));
}

/** The bundle under a point, within a few pixels. */
function bundleAt({ x, y }) {
  let best = null;
  let nearest = 7 / network.getScale();
  for (const bundle of bundlesNear(x, y)) {
    if (lit && state.focus !== null && !lit.along.has(bundle.id)) continue;
    const a = nodes[bundle.a];
    const b = nodes[bundle.b];
    const [cx, cy] = bend(bundle);
    for (let k = 0, px = a.x, py = a.y; k < 12; k += 1) {
      const t = (k + 1) / 12;
      const qx = (1 - t) ** 2 * a.x + 2 * t * (1 - t) * cx + t * t * b.x;
      const qy = (1 - t) ** 2 * a.y + 2 * t * (1 - t) * cy + t * t * b.y;
      const along = Math.max(0, Math.min(1, ((x - px) * (qx - px) + (y - py) * (qy - py)) / ((qx - px) ** 2 + (qy - py) ** 2 || 1)));
      const far = Math.hypot(x - px - along * (qx - px), y - py - along * (qy - py));
      if (far < nearest) { nearest = far; best = bundle; }
      [px, py] = [qx, qy];
    }
  }
  return best;
}
