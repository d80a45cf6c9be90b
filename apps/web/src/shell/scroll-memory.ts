/**
 * The reader's position on each page, so that Back and a reload return to it. The browser's own memory
 * gives up if the page is still loading. This one waits until the page is tall enough.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { NavigationType, useLocation, useNavigationType } from 'react-router'
import { readJson, tabStorage } from '../data/storage.ts'

const STORE = 'polar-connect:scroll'
const MOST_PLACES = 50
/** After this time people have begun to read where they are. */
const PATIENCE_MS = 5000

export function useScrollMemory(): void {
  const { key, pathname } = useLocation()
  const back = useNavigationType() === NavigationType.Pop
  const place = `${key} ${pathname}`
  const here = useRef(place)
  const [places] = useState(readPlaces)

  useEffect(() => {
    history.scrollRestoration = 'manual'
    const note = () => {
      // The newest last: the oldest is forgotten first.
      places.delete(here.current)
      places.set(here.current, scrollY)
    }
    const keep = () => writePlaces(places)
    addEventListener('scroll', note, { passive: true })
    addEventListener('pagehide', keep)
    return () => {
      history.scrollRestoration = 'auto'
      removeEventListener('scroll', note)
      removeEventListener('pagehide', keep)
    }
  }, [places])

  useLayoutEffect(() => {
    here.current = place
    const top = back ? places.get(place) : undefined
    return top === undefined ? undefined : scrollOnceThere(top)
  }, [back, place, places])
}

/** Scrolls to `top` as soon as the page is tall enough, unless the reader scrolls. */
function scrollOnceThere(top: number): (() => void) | undefined {
  const root = document.documentElement
  const isThere = () => top <= root.scrollHeight - innerHeight
  if (top === 0 || isThere()) {
    scrollTo(0, top)
    return undefined
  }
  const observer = new ResizeObserver(() => {
    if (!isThere()) return
    stop()
    scrollTo(0, top)
  })
  const timer = setTimeout(stop, PATIENCE_MS)
  const gestures = ['wheel', 'touchmove', 'keydown'] as const
  function stop(): void {
    observer.disconnect()
    clearTimeout(timer)
    for (const gesture of gestures) removeEventListener(gesture, stop)
  }
  observer.observe(document.body)
  for (const gesture of gestures) addEventListener(gesture, stop, { passive: true })
  return stop
}

function readPlaces(): Map<string, number> {
  const kept = readJson(tabStorage, STORE)
  return new Map(Array.isArray(kept) ? (kept as [string, number][]) : [])
}

function writePlaces(places: ReadonlyMap<string, number>): void {
  tabStorage.set(STORE, JSON.stringify([...places].slice(-MOST_PLACES)))
}
