// Rows out of columns: the page holds each key once, not once a row.

/** Call `put` with the row and the value of each field of a column that is there. */
function eachOf(column, length, put) {
  if (Array.isArray(column)) column.forEach((value, i) => { if (value !== null) put(i, value); });
  else if (column.distinct) column.each.forEach((n, i) => put(i, column.distinct[n]));
  else if (column.rows) eachOf(column.column, column.rows.length, (i, value) => put(column.rows[i], value));
  else for (let i = 0; i < length; i += 1) put(i, column.from + i);
}

function rowsOf({ length, columns }) {
  const rows = Array.from({ length }, () => ({}));
  for (const [key, column] of Object.entries(columns)) eachOf(column, length, (i, value) => { rows[i][key] = value; });
  return rows;
}
