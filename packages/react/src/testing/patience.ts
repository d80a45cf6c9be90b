/** Longer waits for conditions: the library's one second is too short on a busy machine. */
import { configure } from '@testing-library/react'

configure({ asyncUtilTimeout: 20_000 })
