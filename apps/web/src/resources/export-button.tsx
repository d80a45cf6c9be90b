/** Saves all pages of a list as a file. */
import type { ReactNode } from 'react'
import { EXPORT_PAGE } from '../data/export-list.ts'
import { useRead } from '../data/known-error.ts'
import type { ListQuery } from '../data/list-address.ts'
import type { Identified } from '../data/list-page.ts'
import { useSession } from '../data/use-session.ts'
import { useToday } from '../data/use-today.ts'
import { useMessages } from '../messages/use-messages.ts'
import { ExplainedButton } from '../parts/explained-button.tsx'
import { useExporter } from './export-bar.tsx'
import type { FileColumn, Resource, ResourceWords } from './resource.ts'
import { usePages } from './use-resource.ts'

interface ExportButtonProps {
  readonly resource: Resource<Identified>
  readonly query: ListQuery
  readonly columns: readonly FileColumn<Identified>[]
  /** The name of the file, before its day. */
  readonly name: string
}

export function ExportButton({ resource, query, columns, name }: ExportButtonProps): ReactNode {
  const messages = useMessages()
  const words: ResourceWords = messages[resource.name]
  const { exporting } = messages
  const { busy, begin } = useExporter()
  const { serverNow } = useSession()
  const read = useRead()
  const { fetchPage } = usePages(resource, { query })
  const today = useToday()

  function start(): void {
    // Sales after this moment belong to another file.
    const created_before = new Date(serverNow()).toISOString()
    begin({
      file: `${name}-${today}.csv`,
      things: words.thing,
      count: words.count,
      head: columns.map(({ title }) => title),
      row: (item) => columns.map((column) => column.cell(item) ?? undefined),
      fetchPage: (page) => read(() => fetchPage({ page, limit: EXPORT_PAGE, created_before })),
    })
  }

  return (
    <ExplainedButton reason={busy ? exporting.busy : undefined} onClick={start}>
      {exporting.button}
    </ExplainedButton>
  )
}
