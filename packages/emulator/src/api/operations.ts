/** The operations of the API. One definition gives the route and its part of the contract. */
import type { Context, Hono } from 'hono'
import type { EmulatorEnv } from '../http/environment.ts'
import type { Parameters } from '../http/parameters.ts'

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** In Hono's form: `/v1/products/:id`. */
  readonly path: string
  /** One of them is enough. */
  readonly scopes: readonly string[]
  readonly query?: Parameters
  readonly takesBody?: true
  readonly status?: 201 | 202 | 204
  /** The contract's component for the answer, or for the items of a list. */
  readonly answer?: string
  readonly isList?: true
}

export interface Operations {
  on(operation: Operation, handler: (c: Context<EmulatorEnv>) => Response | Promise<Response>): void
  /** Describes a component of the contract by examples. */
  describe(component: string, examples: () => readonly object[]): void
  all(): readonly Operation[]
  examplesOf(component: string): readonly object[]
}

export function createOperations(app: Hono<EmulatorEnv>): Operations {
  const operations: Operation[] = []
  const components = new Map<string, () => readonly object[]>()
  return {
    on(operation, handler) {
      operations.push(operation)
      app.on(operation.method, operation.path, handler)
    },
    describe: (component, examples) => void components.set(component, examples),
    all: () => operations,
    examplesOf: (component) => components.get(component)?.() ?? [],
  }
}
