/** Which requests without a file get the app's page: a person who opens an address. */

/**
 * A pattern for paths that can be an address of the app; its case does not matter. A path that looks
 * like a file or a call gets a 404: a browser could run the page as a script, and a program could
 * read it as an answer.
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

/** Whether `path` looks like a call of the BFF. No file answers it. */
export function looksLikeCall(path: string): boolean {
  return path.includes('//') || /^\/bff(\/|$)/i.test(path)
}
