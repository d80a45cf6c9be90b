/** A Worker with only the page. Another Worker on the same origin is the BFF. */
import { servePage } from './worker-page.ts'

export default { fetch: servePage }
