// Where entities stand: a grid, so that what lies in a window or under the pointer is found among few.
class Grid {
  constructor(points) {
    const [left, right] = extremes(points.map((p) => p.x));
    const [top, bottom] = extremes(points.map((p) => p.y));
    this.points = points;
    this.box = [left, top, right, bottom];
    this.cell = Math.max(1, Math.sqrt(((right - left + 1) * (bottom - top + 1)) / Math.max(1, points.length))) * 1.5;
    this.columns = Math.floor((right - left) / this.cell) + 1;
    this.cells = Array.from({ length: this.columns * (Math.floor((bottom - top) / this.cell) + 1) }, () => []);
    points.forEach(({ x, y }, i) => this.cells[this.columnOf(x) + this.columns * this.rowOf(y)].push(i));
  }

  columnOf(x) { return Math.max(0, Math.min(this.columns - 1, Math.floor((x - this.box[0]) / this.cell))); }

  rowOf(y) { return Math.max(0, Math.min(this.cells.length / this.columns - 1, Math.floor((y - this.box[1]) / this.cell))); }

  * near([left, top, right, bottom]) {
    for (let row = this.rowOf(top); row <= this.rowOf(bottom); row += 1) {
      for (let column = this.columnOf(left); column <= this.columnOf(right); column += 1) yield* this.cells[column + this.columns * row];
    }
  }

  /** The numbers of the points in a box. */
  within(box) {
    const found = [];
    for (const i of this.near(box)) if (isIn(this.points[i], box)) found.push(i);
    return found;
  }
}

const isIn = ({ x, y }, [left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
const meet = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];
const widen = ([left, top, right, bottom], by) => [left - by, top - by, right + by, bottom + by];
const holds = (outer, inner) => outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3];

/** The least and the greatest; too many numbers for one call of Math.min. */
function extremes(numbers) {
  let [least, greatest] = [Infinity, -Infinity];
  for (const n of numbers) { if (n < least) least = n; if (n > greatest) greatest = n; }
  return [least, greatest];
}
