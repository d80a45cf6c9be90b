/** The component's own class, and the app's. */
export function classNames(own: string, given: string | undefined): string {
  return given === undefined ? own : `${own} ${given}`
}
