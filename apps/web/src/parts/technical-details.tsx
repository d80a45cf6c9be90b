/** What a developer asks for first. Never a token, a code or a verifier: errors hold none. */
import { ConnectError } from '@polar-connect/browser'
import { useState, type ReactNode } from 'react'
import { useFrontMessages } from '../messages/use-front-messages.ts'

export function TechnicalDetails({ error }: { readonly error: unknown }): ReactNode {
  const { details: words } = useFrontMessages()
  const [time] = useState(() => new Date().toISOString())
  const known = error instanceof ConnectError ? error : undefined
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    [words.code, known?.code ?? 'unknown'],
    [words.status, known?.details.status],
    [words.scope, known?.details.scopes?.join(' ')],
    [words.description, known?.details.description],
    [words.reference, known?.details.reference],
    [words.time, time],
  ]
  return (
    <details className="pc-details">
      <summary>{words.title}</summary>
      <dl>
        {facts.map(
          ([name, value]) => value !== undefined && <Fact key={name} name={name} value={value} />,
        )}
      </dl>
    </details>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string | number }) {
  return (
    <>
      <dt>{name}</dt>
      <dd translate="no">{value}</dd>
    </>
  )
}
