/** The page alone as a Worker, where another one on the same origin is the BFF. */
import { servePage } from './worker-page.ts'

export default { fetch: servePage }
