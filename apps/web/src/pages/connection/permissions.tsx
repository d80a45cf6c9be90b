/** What the person granted, in words, by area. */
import {
  SCOPE_AREAS,
  describeScope,
  hasScope,
  type Connection,
  type ScopeDescription,
} from '@polar-connect/protocol'
import type { ReactNode } from 'react'
import { useMessages } from '../../messages/use-messages.ts'
import { Badge } from '../../parts/badge.tsx'
import { Card } from '../../parts/card.tsx'
import { Icon } from '../../parts/icon.tsx'

export function Permissions({ connection }: { readonly connection: Connection }): ReactNode {
  const { app, connection: words, details } = useMessages()
  const { scopes, requested_scopes: requested } = connection
  const granted = scopes.map(describeScope)
  const missing = requested.filter((scope) => !hasScope(scopes, scope)).map(describeScope)
  return (
    <Card title={words.permissions(app)}>
      {missing.length > 0 && <p>{words.notIncluded(missing.map((scope) => scope.label))}</p>}
      <div className="pc-areas">
        {SCOPE_AREAS.map((area) => (
          <Area key={area} name={area} scopes={granted.filter((scope) => scope.area === area)} />
        ))}
      </div>
      <details className="pc-details">
        <summary>{details.title}</summary>
        <ul>
          {scopes.map((scope) => (
            <li key={scope}>
              <code translate="no">{scope}</code>
            </li>
          ))}
        </ul>
      </details>
    </Card>
  )
}

interface AreaProps {
  readonly name: string
  readonly scopes: readonly ScopeDescription[]
}

function Area({ name, scopes }: AreaProps): ReactNode {
  const { connection: words } = useMessages()
  if (scopes.length === 0) return null
  const changing = scopes.filter(({ changes }) => changes)
  return (
    <div>
      <h3>{name}</h3>
      <Words scopes={scopes.filter(({ changes }) => !changes)} />
      {changing.length > 0 && (
        <>
          <p className="pc-areas__changes">
            <Badge tone="warning">{words.canChange}</Badge>
          </p>
          <Words scopes={changing} />
        </>
      )}
    </div>
  )
}

function Words({ scopes }: Pick<AreaProps, 'scopes'>): ReactNode {
  if (scopes.length === 0) return null
  return (
    <ul className="pc-list">
      {scopes.map(({ scope, label }) => (
        <li key={scope}>
          <Icon name="check" size={16} />
          <span>{label}</span>
        </li>
      ))}
    </ul>
  )
}
