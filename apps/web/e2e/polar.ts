/** The controls of the emulator, over HTTP. */
import { keepSecrets } from './evidence.ts'

export interface LogEntry {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly status: number
  readonly grant_type: string | null
  readonly note: string | null
  readonly request_headers: Readonly<Record<string, string>>
}

export interface Grant {
  readonly id: string
  readonly kind: 'user' | 'organization'
  readonly ended: string | null
  readonly organizations: readonly string[]
  readonly access_token: { readonly live: boolean; readonly value: string }
  readonly refresh_token: { readonly live: boolean; readonly value: string | null }
}

export interface Polar {
  readonly url: string
  control<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>
  /**
   * Oldest first, optionally those of one path. Without a path, revocations are left out: the app
   * sends one again seconds later, into the next test.
   */
  requests(path?: string): Promise<LogEntry[]>
  grants(): Promise<Grant[]>
  tokenRequests(grantType: string): Promise<number>
  /** Every token that it issued since it was as new: no log may say one. */
  tokens(): Promise<readonly string[]>
}

export function createPolar(url: string): Polar {
  const control = async <Answer>(method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
    return (text === '' ? undefined : JSON.parse(text)) as Answer
  }
  const requests = async (path = '') => {
    const answer = await control<{ items: LogEntry[] }>('GET', `/requests?reveal=1&path=${path}`)
    const ofTests = ({ path: one }: LogEntry) => path !== '' || !one.endsWith('/revoke')
    return answer.items.toReversed().filter(ofTests)
  }
  const grants = async () => (await control<{ items: Grant[] }>('GET', '/grants?reveal=1')).items
  return {
    url,
    control,
    requests,
    grants,
    async tokens() {
      const pairs = (await grants()).flatMap((grant) => [grant.access_token, grant.refresh_token])
      const tokens = pairs.flatMap(({ value }) => value ?? [])
      keepSecrets(tokens)
      return tokens
    },
    async tokenRequests(grantType) {
      const all = await requests('/v1/oauth2/token')
      return all.filter((entry) => entry.grant_type === grantType).length
    },
  }
}
