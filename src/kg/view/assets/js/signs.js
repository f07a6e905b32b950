// Signs: a shape and a colour for each class, on the canvas and beside its name.

/** The corners of a shape of radius r; null for a circle. Areas are about equal. */
function corners(shape, r) {
  const around = (n, turn, reach) => Array.from({ length: n }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / n;
    const far = Array.isArray(reach) ? reach[k % reach.length] : reach;
    return [far * Math.cos(angle), far * Math.sin(angle)];
  });
  switch (shape) {
    case 'square': return around(4, Math.PI / 4, r * 1.22);
    case 'diamond': return around(4, 0, r * 1.28);
    case 'triangle': return around(3, -Math.PI / 2, r * 1.36);
    case 'triangleDown': return around(3, Math.PI / 2, r * 1.36);
    case 'hexagon': return around(6, 0, r * 1.08);
    case 'star': return around(10, -Math.PI / 2, [r * 1.42, r * 0.66]);
    default: return null;
  }
}

/** Trace a shape as the canvas's current path. */
function trace(ctx, shape, x, y, r) {
  ctx.beginPath();
  const points = corners(shape, r);
  if (!points) { ctx.arc(x, y, r, 0, 2 * Math.PI); return; }
  points.forEach(([dx, dy], k) => (k ? ctx.lineTo(x + dx, y + dy) : ctx.moveTo(x + dx, y + dy)));
  ctx.closePath();
}

/** The SVG path of a shape. */
function outline(shape, x, y, r) {
  const points = corners(shape, r);
  const f = (n) => Math.round(n * 100) / 100;
  if (!points) return `M${f(x - r)} ${f(y)}a${f(r)} ${f(r)} 0 1 0 ${f(2 * r)} 0a${f(r)} ${f(r)} 0 1 0 ${f(-2 * r)} 0Z`;
  return `M${points.map(([dx, dy]) => `${f(x + dx)} ${f(y + dy)}`).join('L')}Z`;
}

/** A class's sign, to stand beside words. */
const sign = (kind) => el('svg', { class: 'sign', viewBox: '-10 -10 20 20', 'aria-hidden': 'true', focusable: 'false' },
  el('path', { d: outline(kind.shape, 0, 0, 6.4), fill: colourOf(kind) }));

const isDark = () => (state.theme ? state.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);

/** A class's colour; lighter on dark paper, where deep blue would sink. */
function colourOf(kind) {
  if (!isDark()) return kind.colour;
  const parts = [1, 3, 5].map((k) => Number.parseInt(kind.colour.slice(k, k + 2), 16));
  return `rgb(${parts.map((p) => Math.round(p + (255 - p) * 0.28)).join(',')})`;
}

/** The colours that the style sheet gives the drawing. */
function paper() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  return { paper: get('--paper'), ink: get('--ink'), muted: get('--muted'), accent: get('--accent'), edge: get('--edge') };
}
