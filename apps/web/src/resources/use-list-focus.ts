/** Where a list has its focus: at its top on a new page, and at the followed link after Back. */
import { useEffect, useRef, type RefObject } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'
import type { KeptQuery } from '../data/use-kept-query.ts'

/** A new page scrolls to the top of the table, once it has loaded. */
export function useTurns(
  { data, isPlaceholderData }: KeptQuery<unknown>,
  table: RefObject<HTMLElement | null>,
  change: (page: number) => void,
): (page: number) => void {
  const turning = useRef(false)
  useEffect(() => {
    if (!turning.current || data === undefined || isPlaceholderData) return
    turning.current = false
    scrollTo(0, 0)
    table.current?.focus({ preventScroll: true })
  }, [data, isPlaceholderData, table])
  return (page) => {
    turning.current = true
    change(page)
  }
}

/** The record that was opened from each history entry, for the way back. */
const FOLLOWED = new Map<string, string>()

/** Back gives the focus to the link that was followed, as if the page had never gone away. */
export function useReturn(
  { data }: KeptQuery<unknown>,
  table: RefObject<HTMLElement | null>,
): (record: string) => void {
  const { key } = useLocation()
  const back = useNavigationType() === NavigationType.Pop
  const returning = useRef(back ? FOLLOWED.get(key) : undefined)
  useEffect(() => {
    if (data === undefined || returning.current === undefined) return
    const selector = `tr[data-id="${CSS.escape(returning.current)}"] th a`
    returning.current = undefined
    table.current?.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
  }, [data, table])
  return (record) => FOLLOWED.set(key, record)
}
