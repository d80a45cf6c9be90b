/** Joins the component's class and the app's class. */
export function classNames(own: string, given: string | undefined): string {
  return given ? `${own} ${given}` : own
}
