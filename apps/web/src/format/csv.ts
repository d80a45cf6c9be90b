/** Rows as a CSV file (RFC 4180) that a spreadsheet opens without running anything in it. */

export type CsvCell = string | number | undefined

/** With a byte order mark. Without it Excel reads the text as Latin-1. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `\u{feff}${rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')}`
}

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

function toCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell)
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
