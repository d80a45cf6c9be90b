/** Whether the app's page answers at `path`: what looks like a call must not be given a page. */
export function isPageAddress(path: string): boolean {
  return !path.includes('//') && !/^\/bff(\/|$)/i.test(path)
}
