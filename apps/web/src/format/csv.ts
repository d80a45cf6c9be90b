/** Rows as a CSV file (RFC 4180) that a spreadsheet opens without running anything in it. */

export type CsvCell = string | number | undefined

/** With a byte order mark. Without it Excel reads the text as Latin-1. */
export function toCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `\u{feff}${rows.map((row) => `${row.map(toCell).join(',')}\r\n`).join('')}`
}

/** What a spreadsheet takes for the beginning of a formula. Some languages separate cells by `;`. */
const FORMULA = /(^|[;\t])(?=[=+\-@\t\r\n＝＋－＠])/g

function toCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell)
  const harmless = cell.replaceAll(FORMULA, "$1'")
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
