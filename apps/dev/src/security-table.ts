/** `security-table`: makes the table of docs/security.md anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { DOCUMENT, withTable } from './security/table.ts'

writeFileSync(DOCUMENT, withTable(readFileSync(DOCUMENT, 'utf8')))
