/** The rule that keeps translated pages alive: each text is alone in its element. */
import type { Page } from '@playwright/test'

/**
 * The texts that share their element with something else, as HTML. A translator puts each text into
 * an element of its own, and React could no longer find their place. What no one translates is left out.
 */
export function sharedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const shared: string[] = []
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { textContent, parentElement: parent } = texts.currentNode
      if (textContent?.trim() === '' || parent?.closest('[translate="no"]')) continue
      if ((parent?.childNodes.length ?? 1) > 1) shared.push(parent?.outerHTML ?? '')
    }
    return shared
  })
}
