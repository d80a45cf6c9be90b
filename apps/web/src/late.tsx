/**
 * Parts of the app that load when they are needed. A loaded one shows at once. React shows a `lazy`
 * component 300 ms late each time that it waits for one, even if that was loaded long ago.
 */
import { lazy, useState, type ComponentType, type ReactNode } from 'react'

export interface Late<Props extends object> {
  readonly Component: ComponentType<Props>
  /** Begins to load it. If that fails, the component says so when it is shown. */
  readonly load: () => Promise<void>
}

export function late<Props extends object>(
  importIt: () => Promise<ComponentType<Props>>,
): Late<Props> {
  let loaded: ComponentType<Props> | undefined
  async function fetch(): Promise<{ default: ComponentType<Props> }> {
    loaded ??= await importIt()
    return { default: loaded }
  }
  const Awaited = lazy(fetch)
  function Component(props: Props): ReactNode {
    // The same component as long as it is shown: React would mount another one again.
    const [Shown] = useState(() => loaded ?? Awaited)
    return <Shown {...props} />
  }
  return { Component, load: () => fetch().then(ignore, ignore) }
}

const ignore = () => undefined
