/** Which requests get the app's page though no file has their path: a person who opens an address. */

/**
 * A path that can be an address of the app, as a case-insensitive pattern. What looks like a file or
 * a call gets a 404: a browser would read the page as a script, and a program as an answer.
 */
export const PAGE_PATH = '/(?!/|(?:assets|bff|\\.well-known)(?:/|$))(?!.*//)(?!.*\\.[a-z0-9]+$).*'

const PAGE = new RegExp(`^${PAGE_PATH}$`, 'i')

/** @param header reads a header of the request. */
export function asksForPage(
  path: string,
  header: (name: string) => string | null | undefined,
): boolean {
  const navigates =
    header('Sec-Fetch-Mode') === 'navigate' || header('Accept')?.includes('text/html') === true
  return navigates && PAGE.test(path)
}

/** Whether `path` could be taken for a call of the BFF. Then no file answers either. */
export function looksLikeCall(path: string): boolean {
  return path.includes('//') || /^\/bff(\/|$)/i.test(path)
}
